"""Score by example what no pattern settles: which PLOVER type the words around two actors tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vedette.coding.frames import conjuncts, core, is_passive, modal_of
from vedette.coding.senses import lemmas_of
from vedette.text.tree import Token

__all__ = ["Features", "features_of_predicate", "features_of_pair"]

CONTENT = frozenset({"NOUN", "VERB", "ADJ", "ADV"})
N_WORDS = 12


@dataclass(frozen=True, slots=True)
class Features:
    """Words by block, whose vectors are averaged, and flags."""

    blocks: tuple[tuple[str, ...], ...]
    flags: tuple[str, ...]


def _word(token: Token) -> str:
    return token.lemma.lower()


def _objects(token: Token) -> list[Token]:
    return [core(c) for c in token.children if c.dep in ("dobj", "nsubjpass", "attr", "oprd", "acomp", "dative") and c.pos != "ADP"]


def _common(tokens: Iterable[Token]) -> tuple[str, ...]:
    return tuple(_word(t) for t in tokens if t.pos in CONTENT)[:N_WORDS]


def features_of_predicate(token: Token) -> Features:
    kids = token.children
    objects = _objects(token)
    mods = [c for o in objects for c in o.children if c.dep in ("compound", "amod")]
    preps = [c for c in kids if c.dep in ("prep", "prt", "agent")]
    preps += [c for p in preps for c in p.children if c.dep == "prep"]
    pobjs = [core(c) for p in preps for c in p.children if c.dep in ("pobj", "pcomp")]
    under_objects = [core(c) for o in objects for p in o.children if p.dep == "prep" for c in p.children if c.dep == "pobj"]
    comps = [c for c in kids if c.dep in ("xcomp", "ccomp")]
    comps += [o for c in comps for o in _objects(c)]
    subjects = [core(c) for c in kids if c.dep in ("nsubj", "agent")]
    mod = [c for c in kids if c.dep in ("compound", "amod", "advmod", "prt")] if token.pos in ("NOUN", "PROPN") else []
    gov = [token.head] if not token.is_root else []
    mood, _, negated = modal_of(token) if token.pos in ("VERB", "AUX") else (None, None, False)
    flags = [f"pos={token.pos}", f"dep={token.dep}", f"tag={token.tag}", f"lemma={_word(token)}"]
    flags += [f"prep={p.lower}" for p in preps] + [f"lp={_word(token)}_{p.lower}" for p in preps]
    flags += [f"mood={mood}"] if mood else []
    flags += ["neg"] if negated else []
    flags += ["passive"] if token.pos == "VERB" and is_passive(token) else []
    flags += [f"obj={_word(o)}" for o in objects if o.pos in CONTENT]
    flags += ["name_obj"] if any(o.pos == "PROPN" for o in objects) else []
    flags += ["name_subj"] if any(o.pos == "PROPN" for o in subjects) else []
    flags += ["name_pobj"] if any(o.pos == "PROPN" for o in pobjs) else []
    return Features(
        (
            (_word(token),),
            _common(objects),
            _common(mods) + _common(mod),
            _common(pobjs) + _common(under_objects),
            _common(comps),
            _common(subjects),
            _common(gov),
        ),
        tuple(flags),
    )


def path_of(a: Token, b: Token) -> tuple[list[Token], Token]:
    """Tokens from a up to the meeting point and down to b, both left out unless they meet there; the meeting point."""
    ups = [a, *a.ancestors()]
    index = {t.i: k for k, t in enumerate(ups)}
    down = []
    t = b
    while t.i not in index:
        down.append(t)
        if t.is_root:
            return [], t
        t = t.head
    return [*ups[1 : index[t.i]], t, *reversed(down[1:])], t


def features_of_pair(a: Token, b: Token) -> Features:
    path, top = path_of(a, b)
    lo, hi = min(a.i, b.i), max(a.i, b.i)
    tokens = a.sentence.tokens
    between = [t for t in tokens if lo < t.i < hi]
    after = [t for t in tokens if hi < t.i][:10]
    before = [t for t in tokens if t.i < lo][-6:]
    kids = [c for p in path for c in p.children if c.dep in ("dobj", "xcomp", "ccomp", "prt", "attr", "acomp", "nsubjpass", "oprd", "pcomp") and c.i not in (a.i, b.i)]
    kids2 = [core(c) for p in path for q in p.children if q.dep == "prep" for c in q.children if c.dep in ("pobj", "pcomp") and c.i not in (a.i, b.i)]
    kids3 = [c for k in kids for c in k.children if c.dep in ("dobj", "amod", "compound", "xcomp", "prep")]
    flags = [f"path={_word(t)}" for t in path] + [f"kid={_word(t)}" for t in kids + kids3]
    flags += [f"btw={_word(t)}" for t in between if t.pos not in ("PROPN", "NUM", "PUNCT")]
    flags += [f"top={_word(top)}", f"adep={a.dep}", f"bdep={b.dep}", f"order={a.i < b.i}"]
    mood, _, negated = modal_of(top) if top.pos in ("VERB", "AUX") else (None, None, False)
    flags += [f"mood={mood}"] if mood else []
    flags += ["neg"] if negated else []
    return Features(
        (
            _common([top]),
            _common(path),
            _common(kids),
            _common(kids2 + kids3),
            _common(between),
            _common(before),
            _common(after),
            _common([c for c in [*a.subtree(), *b.subtree()] if c.i not in {t.i for t in path}]),
        ),
        tuple(flags),
    )
