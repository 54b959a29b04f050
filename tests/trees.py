"""Small parsed texts built by hand, so that unit tests need no model."""

from __future__ import annotations

from vedette.records import Span
from vedette.text.tree import Parsed, Sentence, Token

LEMMAS = {"said": "say", "says": "say", "were": "be", "was": "be", "is": "be", "has": "have", "had": "have"}


def tree(*sentences: str) -> Parsed:
    """Build a `Parsed` from sentences written as ``word/TAG/dep/head[/lemma]``, heads counted from 1, 0 the root.

    A word after ``+`` follows the one before without a space; a sentence after ``¶`` begins a paragraph.

    >>> tree("Troops/NNS/nsubj/2 left/VBD/ROOT/0/leave +././punct/2").text
    'Troops left.'
    """
    text, rows, paragraphs = "", [], [0]
    for sentence in sentences:
        row = []
        for k, item in enumerate(sentence.removeprefix("¶").split()):
            is_glued = item[0] == "+" and item[1] != "/"
            word, tag, dep, head, *lemma = item[is_glued:].split("/")
            if text and not k and sentence.startswith("¶"):
                text += "\n\n"
                paragraphs.append(len(text))
            elif text and not is_glued:
                text += " "
            row.append((word, tag, dep, int(head), lemma[0] if lemma else LEMMAS.get(word, word.lower()), len(text)))
            text += word
        rows.append(row)
    made, n = [], 0
    for i, row in enumerate(rows):
        tokens = []
        for word, tag, dep, _, lemma, start in row:
            tokens.append(Token(n, word, lemma, tag, universal(tag, dep), dep, start))
            n += 1
        root = tokens[0]
        for token, (*_, head, _lemma, _start) in zip(tokens, row, strict=True):
            token.head = tokens[head - 1] if head else token
            if head:
                token.head.children.append(token)
            else:
                root = token
        sentence = Sentence(i, tokens, root)
        for token in tokens:
            token.sentence = sentence
        made.append(sentence)
    ends = [start - 2 for start in paragraphs[1:]] + [len(text)]
    return Parsed(text, made, [Span(*both) for both in zip(paragraphs, ends, strict=True)] if text else [])


def universal(tag: str, dep: str) -> str:
    """The Universal POS of a Penn tag, near enough for tests."""
    if dep in ("aux", "auxpass"):
        return "AUX"
    for prefix, pos in (
        ("NNP", "PROPN"), ("NN", "NOUN"), ("VB", "VERB"), ("JJ", "ADJ"), ("RB", "ADV"), ("PRP", "PRON"),
        ("DT", "DET"), ("IN", "ADP"), ("CD", "NUM"), ("MD", "AUX"), ("CC", "CCONJ"), ("TO", "PART"), ("W", "PRON"),
    ):  # fmt: skip
        if tag.startswith(prefix):
            return pos
    return "PUNCT" if not tag.isalpha() else "X"
