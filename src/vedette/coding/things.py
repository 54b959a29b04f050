"""Whether words in a role name a party at all, or a thing or an act: "welcomed the move", "boycotted the vote".

A thing cannot agree, ask or meet. Where all that is told of an act's recipients are things, whose they are is left open,
and the report may tell it (`coding.carried`, `coding.counterparts`).
"""

from __future__ import annotations

from vedette.coding.lexicon import Lexicon
from vedette.records import Actor
from vedette.text.tree import Parsed, Token

__all__ = ["Things", "is_thing"]

ABSTRACT = ("tion", "ment", "ness", "ity", "ism", "ance", "ence", "sion", "ship", "ing", "ure")
BODIES = frozenset(
    """
organization organisation administration delegation government parliament commission coalition opposition institution
corporation association federation ministry authority community majority minority leadership department nation union
regiment detachment establishment management mission faction conference alliance intelligence resistance judiciary
population legislature nobility confederation foundation entity electorate station insurgence city university facility
""".split()
)


def is_thing(token: Token, lexicon: Lexicon) -> bool:
    """Whether a noun or pronoun names what cannot act."""
    lemma = token.lemma.lower()
    if token.pos == "PRON":
        return lemma in lexicon.things and token.tag != "PRP"
    if token.pos != "NOUN" or lemma in lexicon.agents:
        return False
    return lemma in lexicon.things or (lemma.endswith(ABSTRACT) and lemma not in BODIES)


class Things:
    """Tells of the actors of a document's claims which are none: things, acts and what is made, sold or given."""

    def __init__(self, parsed: Parsed, lexicon: Lexicon) -> None:
        self._parsed = parsed
        self._lexicon = lexicon
        senses = (s for table in (lexicon.verbs, lexicon.nouns) for held in table.values() for s in held)
        self._acted_on = frozenset(word for sense in senses for word in sense.objects) - lexicon.victims

    def __call__(self, actor: Actor) -> bool:
        """Whether an actor is a thing; whose it is ("the 2004 bombing of the French base") makes it no party."""
        if actor.name or actor.sectors:
            return False
        head = self._parsed.token_at(actor.spans[-1].start)
        head = self._parsed.head_of(actor.spans[-1]) or head
        if head is None:
            return False
        lemma = head.lemma.lower()
        if head.pos == "NOUN" and lemma not in self._lexicon.agents:
            if actor.country:
                return lemma in self._lexicon.nouns
            return lemma in self._acted_on or lemma in self._lexicon.nouns or is_thing(head, self._lexicon)
        return is_thing(head, self._lexicon)
