"""Every format is read; what cannot be read is skipped with a reason and never raises."""

from __future__ import annotations

import gzip
import json
import os
from datetime import date
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.errors import NotFound
from vedette.records import Document, SkippedDocument
from vedette.sources import ReadOptions, read
from vedette.sources.contract import read_contract
from vedette.sources.days import parse_day
from vedette.sources.decode import clean, decode

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

    items = list(read([path], ReadOptions(max_bytes=1_000_000)))

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

    assert [type(r).__name__ for r in rows] == [
        "Document",
        "SkippedDocument",
        "SkippedDocument",
        "SkippedDocument",
        "Document",
        "Document",
    ]
    assert (rows[4].id, rows[4].published) == ("d", None)
    assert rows[5].text == "? lone"
