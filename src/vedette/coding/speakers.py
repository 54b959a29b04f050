"""Who a speaker is: name, role, organisation, country and kind, as the whole document tells them.

A mention takes what its entity has. A pronoun or a first person without a name keeps the fullest mention as its name.
The role is an office, rank or trade of one person; "residents" have none. Who asks in an interview is the outlet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from vedette.coding.actors import NO_OFFICE, ActorTable, code_actor, plain_name
from vedette.coding.entities import Entities
from vedette.records import ActorCode, Attribution, Entity, Speaker
from vedette.text.tree import Parsed, Token

__all__ = ["FIRST_PERSON", "name_of", "quoting", "speakers"]

FIRST_PERSON = frozenset("i we me us my our mine ours myself ourselves".split())
PRONOUNS = FIRST_PERSON | frozenset(
    "he him his she her hers they them their theirs it its who which that whose".split()
)
ANSWERS = frozenset({"a", "answer"})
KINDS: dict[str, str] = {
    "person": "named", "group": "named", "country": "named", "organization": "collective", "unnamed": "unnamed",
    "collective": "collective", "document": "document",
}  # fmt: skip


def speakers(
    attributions: Iterable[Attribution], entities: Entities, table: ActorTable, *, outlet: str | None = None
) -> list[Attribution]:
    """Return the attributions with their speakers resolved; "I" and "we" are who speaks around them."""
    return _own_words([_resolved(a, entities, table, outlet) for a in attributions])


def quoting(parsed: Parsed, attributions: Iterable[Attribution]) -> Mapping[int, Token]:
    """Return who speaks, by the numbers of the words of direct quotations: nobody calls himself "he" in them."""
    found: dict[int, Token] = {}
    for attribution in attributions:
        if attribution.quotation != "direct" or not attribution.speaker.spans:
            continue
        head = parsed.head_of(attribution.speaker.spans[-1])
        if head is not None and head.pos in ("PROPN", "NOUN"):
            found.update((token.i, head) for span in attribution.content.spans for token in parsed.tokens_in(span))
    return found


def name_of(entity: Entity, mention: str) -> str | None:
    """The entity's name; for a pronoun or another short form without one, its fullest mention."""
    if entity.actor.name:
        return plain_name(entity.actor.name)
    name = plain_name(entity.mention)
    is_name = name[:1].isupper() and entity.kind in ("person", "group", "organization")
    if mention.lower() in PRONOUNS or (is_name and not (entity.kind == "person" and entity.actor.role)):
        return name
    return None


def _resolved(attribution: Attribution, entities: Entities, table: ActorTable, outlet: str | None) -> Attribution:
    speaker = attribution.speaker
    if not speaker.spans or speaker.kind == "outlet":
        return attribution
    is_turn = attribution.cue.lemma == ":"
    if is_turn and speaker.mention.lower() in ANSWERS:
        return attribution
    if outlet and _letters(speaker.mention) == _letters(outlet):
        return msgspec.structs.replace(attribution, speaker=msgspec.structs.replace(speaker, kind="outlet"))
    entity = entities.at(speaker.spans[0].start, speaker.spans[-1].end)
    if is_turn and speaker.mention.isupper():
        entity = _named_in_capitals(speaker.mention, entities) or entity
    code = entity.actor if entity is not None else code_actor(speaker.mention, table, in_report=True)
    name = speaker.name or (name_of(entity, speaker.mention) if entity is not None else code.name)
    if is_turn and speaker.mention.isupper() and (name is None or name.isupper()):
        name = speaker.mention.title()
    kind = _kind(speaker, entity, code, name)
    return msgspec.structs.replace(
        attribution,
        speaker=msgspec.structs.replace(
            speaker,
            name=name,
            kind=kind,
            role=speaker.role or _office(code, kind),
            organization=speaker.organization or code.organization,
            country=speaker.country or code.country,
        ),
    )


def _kind(speaker: Speaker, entity: Entity | None, code: ActorCode, name: str | None) -> str:
    if speaker.kind == "document":
        return speaker.kind
    if speaker.mention.lower() in PRONOUNS:
        if entity is None:
            return "unknown"
        return "named" if entity.actor.name else KINDS[entity.kind]
    if speaker.kind == "collective":
        return "named" if name and entity is not None and not entity.is_plural else "collective"
    if name and speaker.kind in ("unknown", "unnamed"):
        return "named"
    if speaker.kind == "unknown" and (code.role or code.sectors):
        return "unnamed" if code.role else "collective"
    return speaker.kind


def _office(code: ActorCode, kind: str) -> str | None:
    if code.role is None or kind == "collective" or code.role.split()[-1] in NO_OFFICE:
        return None
    return code.role


def _named_in_capitals(mention: str, entities: Entities) -> Entity | None:
    """Whose surname an interview gives in capitals."""
    for entity in entities.all:
        name = entity.actor.name or entity.mention
        if entity.kind == "person" and not name.isupper() and name.lower().split()[-1:] == mention.lower().split()[-1:]:
            return entity
    return None


def _letters(words: str) -> str:
    return "".join(c for c in words.lower().removeprefix("the ") if c.isalnum())


def _own_words(attributions: Sequence[Attribution]) -> list[Attribution]:
    """Whose "I" and "we" it is: the speaker's of the attribution that holds it."""
    by_id = {a.id: a for a in attributions}
    found = []
    for attribution in attributions:
        outer = attribution
        while outer.speaker.mention.lower() in FIRST_PERSON and outer.within is not None:
            outer = by_id[outer.within]
        if outer is not attribution:
            known = outer.speaker
            speaker = msgspec.structs.replace(
                attribution.speaker,
                name=known.name or plain_name(known.mention),
                role=known.role,
                organization=known.organization,
                country=known.country,
                kind=known.kind,
            )
            attribution = msgspec.structs.replace(attribution, speaker=speaker)
        found.append(attribution)
    return found
