"""Stories and incidents across documents against gold: by the scorer of `../shared`, and over covered mentions.

`covered` leaves out the gold mentions that no claim covers, which the scorer counts as alone: what is not coded cannot
be joined. `lemma` is the baseline on the same mentions: one incident for each head lemma of a story as predicted.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from vedette import api
from vedette.records import Coded, Resolution
from vedette.results import resolve
from vedette.sources.contract import read_coded


def score(docs: Path, scorer: Path, out: Path) -> dict[str, float]:
    """Code and resolve tokenised documents, and score what was made; `NAME_docs.jsonl` has `NAME_mentions.jsonl`.

    Coded documents are kept in the folder `out`.
    """
    official = _load(scorer)
    source, coded_file = (out / f"{docs.stem}.{kind}.jsonl" for kind in ("in", "coded"))
    official.make_input(docs, source)
    api.code_file(source, coded_file, processes=2)
    coded = {c.id: c for c in read_coded(coded_file)}
    made = resolve(list(coded.values()))
    story_of = {member: s.story for s in made.stories for member in s.members}
    read = official.rows(docs)
    gold_story = {d["doc_id"]: d.get("incident_id") or d.get("subtopic") for d in read}
    gold, said, lemma = {}, {}, {}
    where = {d["doc_id"]: official.layout(d)[1] for d in read}
    mentions = official.rows(docs.with_name(docs.name.replace("_docs", "_mentions")))
    for n, (mention, incident) in enumerate(_found(mentions, where, coded, made)):
        gold[n] = mention["event_id"]
        said[n] = incident or f"alone {n}"
        head = (mention.get("head_lemma") or mention["text"].split()[-1]).lower()
        lemma[n] = f"{story_of.get(mention['doc_id'])} {head}"
    covered = [n for n in gold if not said[n].startswith("alone")]
    parts = {name: {n: of[n] for n in covered} for name, of in (("gold", gold), ("said", said), ("lemma", lemma))}
    found = {
        "stories_b3_f1": official.bcubed(gold_story, {i: story_of.get(i, i) for i in gold_story})["F1"],
        "all_conll_f1": official.conll(gold, said)["conll_f1"],
        "covered_conll_f1": official.conll(parts["gold"], parts["said"])["conll_f1"],
        "covered_lemma_conll_f1": official.conll(parts["gold"], parts["lemma"])["conll_f1"],
        "covered": round(len(covered) / len(gold), 3),
    }
    return {name: float(value) for name, value in found.items()}


def _found(
    mentions: list[dict[str, Any]], where: dict[str, Any], coded: dict[str, Coded], made: Resolution
) -> Iterator[tuple[dict[str, Any], str | None]]:
    """Gold mentions, each with the incident of the first claim whose trigger meets it."""
    incident_of = {(m.id, m.claim): i.incident for i in made.incidents for m in i.members}
    for mention in mentions:
        if mention.get("validated") is False:
            continue
        places = where[mention["doc_id"]]
        at = [places[mention["sent_id"], k] for k in mention["tok"] if (mention["sent_id"], k) in places]
        claims = coded[mention["doc_id"]].claims
        met = (c for c in claims if any(s.start < end and start < s.end for s in c.trigger for start, end in at))
        claim = next(met, None)
        yield mention, incident_of.get((mention["doc_id"], claim.id)) if claim else None


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("shared_incidents", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
