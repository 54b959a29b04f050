"""Parse a sentence and print its tree: `python tools/peek.py "Text."`."""

import sys

from vedette.records import Segment, Span
from vedette.text.annotate import load_annotator


def main() -> None:
    text = sys.argv[1]
    segments = [Segment("body", Span(0, len(text)))]
    for parsed in load_annotator().annotate([(text, segments, [])]):
        for token in parsed.tokens:
            row = (token.i, token.text, token.lemma, token.tag, token.pos, token.dep, token.head.text)
            print("\t".join(map(str, row)))


if __name__ == "__main__":
    main()
