"""From bytes to characters: byte order marks, declared and guessed encodings; and what no text may hold.

The only module that imports charset-normalizer.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes

__all__ = ["clean", "decode", "looks_binary", "wide_encoding"]

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# The guess is made on this much: enough to tell, and its cost grows with length.
SAMPLE = 50_000


def decode(data: bytes) -> tuple[str, str, int]:
    """Return the characters, the encoding's name, and how many bytes could not be read (shown as U+FFFD).

    Order: byte order mark, UTF-8 where it is valid, the declared encoding (HTML, XML), a guess, cp1252; UTF-8 with
    a few wrong bytes stays UTF-8.
    """
    wide = wide_encoding(data)
    if wide or data.startswith(codecs.BOM_UTF8):
        name = wide or "utf-8-sig"
        text = data.decode(name, errors="replace").removeprefix("\ufeff")
        return text, name, text.count("\ufffd")
    try:
        return data.decode("utf-8"), "utf-8", 0
    except UnicodeDecodeError:
        pass
    declared = DECLARED.search(data[:2048])
    if declared:
        try:
            name = codecs.lookup(declared.group(1).decode("ascii")).name
            if name != "utf-8":
                return data.decode(name), name, 0
        except (LookupError, UnicodeError):
            pass
    loose = data.decode("utf-8", errors="replace")
    wrong = loose.count("\ufffd")
    high = sum(b >= 0x80 for b in data[:SAMPLE])
    if wrong * 10 <= high * len(data) / max(len(data[:SAMPLE]), 1):
        return loose, "utf-8", wrong
    best = from_bytes(data[:SAMPLE]).best()
    name = best.encoding if best is not None else "cp1252"
    text = data.decode(name, errors="replace")
    return text, name, text.count("\ufffd")


def clean(text: str) -> str:
    """Return the text as it is kept for ever: line ends as a line feed, NFC, no control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    return unicodedata.normalize("NFC", CONTROL.sub("", text))


def wide_encoding(data: bytes) -> str | None:
    """The encoding of two or four bytes a character that `data` begins in, by its mark or by its zero bytes, if any."""
    head = data[:4096]
    marked = next((name for mark, name in MARKS[1:] if head.startswith(mark)), None)
    if marked == "utf-16" and b"\x00" not in head and sum(32 <= b < 127 for b in head) > 0.7 * len(head):
        return None  # two odd bytes before plain letters
    if marked or len(head) < 16:
        return marked
    even, odd = head[::2].count(0) / len(head[::2]), head[1::2].count(0) / len(head[1::2])
    if max(even, odd) < 0.6 or min(even, odd) > 0.05:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def looks_binary(data: bytes) -> bool:
    """Whether the first bytes are no text in any usual encoding."""
    head = data[:4096]
    if not head or head.startswith(tuple(mark for mark, _ in MARKS)):
        return False
    odd = sum(b < 9 or (13 < b < 32 and b != 27) for b in head)
    return odd > len(head) * 0.02 or b"\x00" in head
