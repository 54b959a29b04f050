"""Make `data/words.txt.gz` from Debian's wamerican and wbritish: how English words are written, one form a line.

    apt-get download wamerican wbritish && for p in *.deb; do dpkg-deb -x "$p" dict; done
    python tools/build_words.py dict/usr/share/dict/american-english dict/usr/share/dict/british-english

Kept are forms without apostrophes: ordinary words in lower case, names and abbreviations with their capitals.
Licence of the lists (SCOWL): see NOTICE.
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "src" / "vedette" / "data" / "words.txt.gz"


def main(paths: list[Path]) -> None:
    listed = {word for path in paths for word in path.read_text(encoding="utf-8").split()}
    kept = sorted(word for word in listed if word.isalpha() and len(word) > 1)
    OUT.write_bytes(gzip.compress("".join(f"{word}\n" for word in kept).encode(), 9, mtime=0))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main([Path(path) for path in sys.argv[1:]])
