"""Every format is read; what cannot be read is skipped with a reason and never raises."""

from __future__ import annotations

import gzip
import inspect
import io
import json
import os
import re
import sys
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.errors import InputError, NotFound
from vedette.records import Coded, Document, Skipped, SkippedDocument
from vedette.sources import ReadOptions, read
from vedette.sources.contract import read_contract
from vedette.sources.days import parse_day
from vedette.sources.decode import clean, decode
from vedette.sources.guard import guarded
from vedette.sources.tables import text_lines

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
WORDS = "The bridge at Panji Poyon was closed on Tuesday, officials said."


def one(path, **options):
    (item,) = list(read([path], ReadOptions(**options)))
    return item


def reason(path, **options):
    item = one(path, **options)
    assert isinstance(item, SkippedDocument)
    return item.skipped.reason


def write(folder, name, data):
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_a_head_of_keys_is_metadata(tmp_path):
    head = "Title: Bridge closed\nOutlet: The Oxus Post\nPublished: 2031-05-06\nURL: https://oxuspost.example/1\n\n"

    document = one(write(tmp_path, "a.txt", head + WORDS))

    assert (document.title, document.outlet, document.published) == ("Bridge closed", "The Oxus Post", date(2031, 5, 6))
    assert document.text == WORDS


def test_a_text_that_begins_with_a_colon_line_is_all_text(tmp_path):
    text = "Note: nothing here is metadata\n\n" + WORDS

    assert one(write(tmp_path, "a.txt", text)).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_found(tmp_path, encoding):
    text = "Café owners in Khorog said “no” — again and again, and the café was closed. " * 5

    document = one(write(tmp_path, "a.txt", text.encode(encoding)))

    assert document.text.strip() == text.strip()


def test_a_few_wrong_bytes_cost_no_document(tmp_path):
    document = one(write(tmp_path, "a.txt", "Fighting in Kūndūz, ".encode() * 20 + b"\xff\xfe\xfa broken"))

    assert "Kūndūz" in document.text


def test_samples_are_read_in_every_format():
    items = list(read([SAMPLES]))
    formats = {i.format for i in items if isinstance(i, Document)}

    assert formats == {"text", "html", "pdf", "docx", "jsonl", "csv", "feed"}
    assert {i.skipped.reason for i in items if isinstance(i, SkippedDocument)} == {"empty", "unsupported", "damaged"}
    assert len({i.id for i in items if isinstance(i, Document)}) == 40


def test_a_page_gives_title_outlet_day_and_paragraphs():
    document = one(SAMPLES / "22-page-aid.html")

    assert (document.outlet, document.published) == ("Oxus Relief News", date(2031, 5, 10))
    assert "Subscribe" not in document.text
    assert document.text.count("\n\n") >= 3


def test_a_word_file_round_trip(tmp_path):
    made = docx.Document()
    made.add_paragraph("First paragraph of the report.")
    made.add_paragraph(WORDS)
    made.save(str(tmp_path / "a.docx"))

    assert one(tmp_path / "a.docx").text == "First paragraph of the report.\n\n" + WORDS


def test_columns_are_guessed_or_named(tmp_path):
    guessed = write(tmp_path, "a.csv", f'headline;date;body\nBridge;2031-05-06;"{WORDS}"\n')
    named = write(tmp_path, "b.csv", f'kop,tekst\nBrug,"{WORDS}"\n')

    assert (one(guessed).title, one(guessed).text) == ("Bridge", WORDS)
    assert one(named, columns={"text": "tekst", "title": "kop"}).title == "Brug"
    assert reason(named) == "bad row"


def test_json_lines_go_on_after_a_bad_line(tmp_path):
    path = write(
        tmp_path, "a.jsonl", f'{{"text": "{WORDS}", "id": "x"}}\nno json\n[1]\n{{"text": ""}}\n{{"text": "{WORDS}"}}\n'
    )

    items = list(read([path]))

    assert [type(i).__name__ for i in items] == [
        "Document",
        "SkippedDocument",
        "SkippedDocument",
        "SkippedDocument",
        "Document",
    ]
    assert items[0].id == "x"


def test_a_line_that_is_too_long_is_passed_over(tmp_path):
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "' + b"x" * 3_000_000 + b'"}\n')
        file.write(json.dumps({"text": WORDS}).encode() + b"\n")

    items = list(read([path], ReadOptions(max_line=1_000_000)))

    assert [getattr(i, "skipped", None) and i.skipped.reason for i in items] == ["too long", None]


def test_what_cannot_be_read_has_a_reason(tmp_path):
    whole = gzip.compress(WORDS.encode() * 100)

    assert reason(write(tmp_path, "empty.txt", b"")) == "empty"
    assert reason(write(tmp_path, "blank.txt", b" \n \n")) == "empty"
    assert reason(write(tmp_path, "zero.pdf", b"")) == "empty"
    assert reason(write(tmp_path, "cut.pdf", b"%PDF-1.4\nnothing")) == "damaged"
    assert reason(write(tmp_path, "cut.txt.gz", whole[:30])) == "damaged"
    assert reason(write(tmp_path, "a.jpg", b"\xff\xd8\xff\xe0" + bytes(500))) == "unsupported"
    assert reason(write(tmp_path, "a.dat", bytes(range(256)) * 10)) == "binary"
    assert reason(write(tmp_path, "a.docx", b"PK\x03\x04 not a zip")) == "damaged"
    assert reason(write(tmp_path, "a.zip", b"PK\x03\x04 zip")) == "unsupported"
    assert reason(write(tmp_path, "a.csv", b"text\n")) == "empty"
    assert reason(write(tmp_path, "a.html", "<html><body></body></html>")) == "no text"
    assert reason(write(tmp_path, "a.rss", '<?xml version="1.0"?><rss><channel></channel></rss>')) in (
        "no text",
        "damaged",
    )


def test_large_files_and_texts_are_skipped(tmp_path):
    path = write(tmp_path, "a.txt", WORDS * 100)

    assert reason(path, max_bytes=1000) == "too long"
    assert reason(path, max_chars=1000) == "too long"


def test_deeply_nested_pages_crash_nothing(tmp_path):
    path = write(tmp_path, "a.html", "<html><body>" + "<div>" * 100_000 + WORDS + "</div>" * 100_000)

    assert reason(path) == "damaged"


def test_a_page_of_many_megabytes_is_too_long(tmp_path):
    assert reason(write(tmp_path, "a.html", "<html><body>" + "<p>word</p>" * 1_000_000)) == "too long"


def test_an_encrypted_pdf_says_so(tmp_path):
    # the standard security handler with an unknown user password
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"3 0 obj<</Filter/Standard/V 1/R 2/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">/P -44>>endobj\n"
    )
    offsets = [body.index(b"%d 0 obj" % n) for n in (1, 2, 3)]
    table = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % o for o in offsets)
    tail = b"trailer<</Size 4/Root 1 0 R/Encrypt 3 0 R/ID[<01><01>]>>\nstartxref\n%d\n%%%%EOF" % len(body)

    assert reason(write(tmp_path, "a.pdf", body + table + tail)) == "encrypted"


def test_pipes_and_loops_block_nothing(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    write(tmp_path, "a.txt", WORDS)

    items = {Path(i.address).name: i for i in read([tmp_path])}

    assert items["pipe"].skipped.reason == "not a file"
    assert items["nowhere"].skipped.reason == "unreadable"
    assert items["a.txt"].text == WORDS
    assert len(items) == 3


def test_a_folder_without_permission_is_named(tmp_path, monkeypatch):
    (tmp_path / "closed").mkdir()
    write(tmp_path, "a.txt", WORDS)
    real = os.scandir

    def refuse(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    items = {Path(i.address).name: i for i in read([tmp_path])}

    assert items["closed"].skipped.detail == "permission denied"
    assert isinstance(items["a.txt"], Document)


def test_a_named_path_must_exist(tmp_path):
    with pytest.raises(NotFound, match="no such file or folder"):
        read([tmp_path / "nowhere"])
    with pytest.raises(NotFound, match="nothing matches"):
        read([str(tmp_path / "*.txt")])


def test_globs_are_followed(tmp_path):
    write(tmp_path, "a.txt", WORDS)
    write(tmp_path, "b.txt", WORDS + " More.")

    assert len(list(read([str(tmp_path / "*.txt")]))) == 2


def test_ids_do_not_depend_on_the_order(tmp_path):
    write(tmp_path, "a.txt", WORDS)
    write(tmp_path, "b.txt", WORDS)

    first = {i.address: i.id for i in read([tmp_path / "a.txt", tmp_path / "b.txt"])}
    second = {i.address: i.id for i in read([tmp_path / "b.txt", tmp_path / "a.txt"])}

    assert first == second
    assert len(set(first.values())) == 2


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2031-05-06", date(2031, 5, 6)), ("2031-05-06T10:00:00Z", date(2031, 5, 6)), ("6 May 2031", date(2031, 5, 6)),
        ("May 6, 2031", date(2031, 5, 6)), ("Tue, 06 May 2031 10:00:00 GMT", date(2031, 5, 6)), ("20310506", date(2031, 5, 6)),
        ("03/04/2031", None), ("2031-13-45", None), ("soon", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_days_of_publication_are_strict(value, day):
    assert parse_day(value) == day


@given(st.binary(max_size=400))
def test_any_bytes_become_text(data):
    text, _, _ = decode(data)

    assert clean(clean(text)) == clean(text)
    clean(text).encode("utf-8")


def test_the_contract_gives_a_row_a_line(tmp_path):
    lines = [
        '{"id": "a", "text": "One."}', "", "not json", '{"id": "b"}', '{"id": "c", "text": 5}',
        '{"id": "d", "text": "Four.", "published": "yesterday", "extra": [1]}', '{"text": "\\ud800 lone"}',
    ]  # fmt: skip
    path = write(tmp_path, "in.jsonl", "\n".join(lines))

    rows = list(read_contract(path))

    assert [r.skipped.reason if isinstance(r, Coded) else r.text for r in rows] == [
        "One.", "empty", "bad row", "bad row", "bad row", "Four.", "? lone",
    ]  # fmt: skip
    assert (rows[5].id, rows[5].published) == ("d", None)


def test_a_skipped_line_carries_what_it_says(tmp_path):
    line = '{"id": "b", "title": "T", "published": "2031-05-06", "outlet": "O", "url": "https://o.example", "language": "en"}'

    (row,) = read_contract(write(tmp_path, "in.jsonl", line))

    assert (row.id, row.title, row.published, row.outlet) == ("b", "T", date(2031, 5, 6), "O")
    assert (row.url, row.language) == ("https://o.example", "en")


def test_a_folder_is_no_file_of_lines(tmp_path):
    with pytest.raises(InputError, match="is a folder"):
        read_contract(tmp_path)


def test_json_files_may_be_set_out_in_many_lines(tmp_path):
    article = {
        "maintext": WORDS,
        "date_publish": "2031-05-06 10:00:00",
        "source_domain": "o.example",
        "authors": ["A", "B"],
    }
    many = [{"text": WORDS + str(n)} for n in range(3)]

    document = one(write(tmp_path, "a.json", json.dumps(article, indent=2)))

    assert (document.published, document.outlet, document.byline) == (date(2031, 5, 6), "o.example", "A, B")
    assert len(list(read([write(tmp_path, "b.json", json.dumps(many, indent=2))]))) == 3


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
def test_tables_are_read_in_wide_encodings(tmp_path, encoding):
    rows = write(tmp_path, "a.jsonl", (json.dumps({"text": WORDS}) + "\n").encode(encoding))
    table = write(tmp_path, "a.csv", f'text,title\r\n"{WORDS}",Café\r\n'.encode(encoding))

    assert one(rows).text == WORDS
    assert (one(table).text, one(table).title) == (WORDS, "Café")


def test_two_odd_bytes_make_no_utf_16(tmp_path):
    assert WORDS in one(write(tmp_path, "a.txt", b"\xff\xfe\xfa" + WORDS.encode())).text


@pytest.mark.parametrize("charset", ["undefined", "idna", "punycode", "utf-7", "zlib", "no-such"])
def test_a_declared_encoding_that_is_none_costs_nothing(charset):
    text, _, _ = decode(f'<meta charset="{charset}"> caf'.encode() + b"\xe9 at Kunduz")

    assert "at Kunduz" in text


def test_a_table_is_read_in_bounded_memory_and_goes_on(tmp_path):
    path = tmp_path / "a.csv"
    long = "x" * 3_000_000
    path.write_text(f'text,title\n{long},a\n"{WORDS}",b\n"{long}\n{long}",c\n"{WORDS} More.",d\n')

    items = list(read([path], ReadOptions(max_line=1_000_000)))

    titles = [i.title for i in items if isinstance(i, Document)]
    assert (titles[0], titles[-1]) == ("b", "d")
    assert {i.skipped.reason for i in items if isinstance(i, SkippedDocument)} <= {"too long", "bad row"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("size", [1, 2, 65_535, 65_536, 65_537])
def test_lines_are_cut_where_they_end_whatever_the_chunks(size, end):
    lines = ["x" * size + end, "é" + end, end, "last"]
    data = "".join(lines).encode()

    assert list(text_lines(io.BytesIO(data), data[:4096], 1_000_000)) == lines


def test_a_table_in_windows_letters_far_from_its_head(tmp_path):
    rows = "".join(f'"{WORDS} {n}",t\n' for n in range(2000))

    items = list(read([write(tmp_path, "a.csv", b"text,title\n" + rows.encode() + b'"At the caf\xe9.",t\n')]))

    assert items[-1].text == "At the café."


def test_a_folder_of_any_depth_is_walked(tmp_path):
    here = tmp_path.joinpath(*["d"] * 300)
    here.mkdir(parents=True)
    write(here, "a.txt", WORDS)
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 150)

    try:
        assert one(tmp_path).text == WORDS
    finally:
        sys.setrecursionlimit(usual)


def test_a_file_found_twice_is_read_once(tmp_path):
    (tmp_path / "sub").mkdir()
    write(tmp_path / "sub", "a.txt", WORDS)

    assert len(list(read([str(tmp_path / "**")]))) == 1


def test_a_gzip_file_in_a_gzip_file_is_named(tmp_path):
    assert reason(write(tmp_path, "a.txt.gz", gzip.compress(gzip.compress(WORDS.encode())))) == "unsupported"


def docx_of(path, body, head=""):
    space = "http://schemas.openxmlformats.org/"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{space}package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/d.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{space}package/2006/relationships"><Relationship Id="r" Target="d.xml" '
            f'Type="{space}officeDocument/2006/relationships/officeDocument"/></Relationships>',
        )
        package.writestr(
            "d.xml",
            f'{head}<w:document xmlns:w="{space}wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>',
        )
    return path


def test_a_broken_word_file_is_damaged_and_a_bare_one_has_no_made_up_title(tmp_path):
    bare = one(docx_of(tmp_path / "a.docx", f"<w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p>"))

    assert (bare.text, bare.title, bare.byline, bare.published) == (WORDS, None, None, None)
    assert reason(docx_of(tmp_path / "b.docx", "<w:p>&nope;</w:p>")) == "damaged"
    assert reason(docx_of(tmp_path / "c.docx", "<w:p>" * 5000)) == "damaged"
    assert reason(write(tmp_path, "d.docx", b"\xd0\xcf\x11\xe0" + bytes(600))) == "encrypted"


def test_a_pdf_whose_pages_are_broken_is_damaged(tmp_path):
    path = write(tmp_path, "a.pdf", (SAMPLES / "30-panj-institute.pdf").read_bytes())
    path.write_bytes(re.sub(rb"/Kids\s*\[\s*\d+", b"/Kids [1", path.read_bytes()))

    assert reason(path) in ("damaged", "no text")


def test_half_a_character_in_a_feed_costs_nothing(tmp_path):
    feed = f"<rss version='2.0'><channel><item><author>A&#xD800;B</author><description>{WORDS}</description></item></channel></rss>"

    assert one(write(tmp_path, "a.rss", '<?xml version="1.0"?>' + feed)).text == WORDS


def test_what_needs_too_much_memory_or_time_is_skipped_and_the_next_is_read(tmp_path):
    page = (SAMPLES / "22-page-aid.html").read_bytes()
    bomb = docx_of(tmp_path / "a.docx", "<w:p/>" * 5_000_000).read_bytes()

    (heavy,) = guarded("docx", bomb, max_memory=150_000_000)
    (slow,) = guarded("html", page, max_seconds=0.001)
    (fine,) = guarded("html", page)

    assert heavy.reason in ("failed", "too long", "damaged")
    assert slow == Skipped("failed", "reading it took more than 0.001 seconds")
    assert fine.title


class Standard:
    def __init__(self, data):
        self.buffer = io.BufferedReader(io.BytesIO(data))


def test_standard_input_is_read_and_may_be_closed(monkeypatch):
    monkeypatch.setattr("sys.stdin", Standard((SAMPLES / "22-page-aid.html").read_bytes()))
    assert one("-").format == "html"

    monkeypatch.setattr("sys.stdin", None)
    assert reason("-") == "unreadable"
