"""Rough trees of plain sentences, for rules that look at words beside marks and need little of a tree.

A verb's subject is the name right before or after it, names of several words hold together, everything else hangs on
the sentence's first verb.
"""

from __future__ import annotations

import re

from vedette.records import Span
from vedette.text.tree import Parsed, Sentence, Token

WORD = re.compile(r"''|``|--|[^\W_]+(?:['’-][^\W_]+)*|\S")
VERBS = {
    "said": "say", "says": "say", "asked": "ask", "added": "add", "wrote": "write", "told": "tell", "called": "call",
    "declared": "declare", "closed": "close", "left": "leave", "interrupted": "interrupt", "read": "read",
    "tweeted": "tweet", "met": "meet", "continued": "continue", "shut": "shut", "likes": "like",
}  # fmt: skip
GERUNDS = {"adding": "add", "saying": "say", "noting": "note"}
WORDS = {
    **dict.fromkeys("he she they it we i you him her them".split(), ("PRP", "PRON")),
    **dict.fromkeys("the a an this".split(), ("DT", "DET")),
    **dict.fromkeys("in on of at by to from for as".split(), ("IN", "ADP")),
    **dict.fromkeys("and but".split(), ("CC", "CCONJ")),
    **dict.fromkeys("is was were has had".split(), ("VBD", "AUX")),
    "that": ("IN", "SCONJ"),
}
NOMINAL = ("NOUN", "PROPN", "PRON")


def rough(text: str) -> Parsed:
    """A `Parsed` of `text`, whose paragraphs are its lines."""
    paragraphs = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]*\S[^\n]*", text)]
    sentences: list[Sentence] = []
    n = 0
    for paragraph in paragraphs:
        tokens: list[Token] = []
        for match in WORD.finditer(text, paragraph.start, paragraph.end):
            tokens.append(_token(n, match.group(), match.start()))
            n += 1
            if match.group() in (".", "!", "?"):
                sentences.append(_sentence(len(sentences), tokens))
                tokens = []
        if tokens:
            sentences.append(_sentence(len(sentences), tokens))
    return Parsed(text, sentences, paragraphs)


def _token(i: int, word: str, start: int) -> Token:
    low = word.lower()
    if low in VERBS:
        return Token(i, word, VERBS[low], "VBD", "VERB", "dep", start)
    if low in GERUNDS:
        return Token(i, word, GERUNDS[low], "VBG", "VERB", "advcl", start)
    if low in WORDS:
        return Token(i, word, low, *WORDS[low], "dep", start)
    if not word[0].isalnum():
        return Token(i, word, word, "IN" if word in ("-", "--") else word, "PUNCT", "punct", start)
    if word[0].isupper():
        return Token(i, word, word, "NNP", "PROPN", "dep", start)
    return Token(i, word, low, "NN", "NOUN", "dep", start)


def _sentence(i: int, tokens: list[Token]) -> Sentence:
    verbs = [t for t in tokens if t.pos == "VERB" and t.tag == "VBD"]
    root = verbs[0] if verbs else tokens[0]
    root.dep = "ROOT"
    heads = {root.i: root}
    for at, token in enumerate(tokens):
        if token is root:
            continue
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        joins = token.pos in ("PROPN", "DET", "NOUN") and following is not None and following.pos in ("PROPN", "NOUN")
        if joins and following is not None and not (token.pos == "NOUN" and following.pos == "PROPN"):
            token.dep = "det" if token.pos == "DET" else "compound"
            heads[token.i] = following
    for verb in verbs:
        at = verb.i - tokens[0].i
        before = tokens[at - 1] if at else None
        if before is not None and before.pos in NOMINAL:
            before.dep, heads[before.i] = "nsubj", verb
            continue
        name = next((t for t in tokens[at + 1 : at + 5] if t.pos in NOMINAL and t.i not in heads), None)
        if name is not None and all(t.i in heads for t in tokens[at + 1 : name.i - tokens[0].i]):
            name.dep, heads[name.i] = "nsubj", verb
    for token in tokens:
        token.head = heads.get(token.i, root)
        if token.head is not token:
            token.head.children.append(token)
    made = Sentence(i, tokens, root)
    for token in tokens:
        token.sentence = made
    return made
