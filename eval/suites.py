"""What is measured: gold sets, how they are coded, how they are scored.

Gold of our own (`eval/gold`) is scored by `scoring.py` anywhere; the gold sets of `../shared` by the scorers that lie
beside them, where they are there. Coded files go to `eval/out`, which is not kept.
"""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import incidents
import links
import planted
import scoring
import vedette
from terrorism import terrorist_acts
from vedette import api
from vedette.coding.actors import code_actor
from vedette.errors import InputError
from vedette.lookups.actors import load_actor_table
from vedette.ontology import INTERNATIONAL, type_of_cameo
from vedette.resolution import find_copies

HERE = Path(__file__).resolve().parent
OWN = HERE / "gold"
OUT = HERE / "out"
SHARED = HERE.parent.parent / "shared"

Scores = dict[str, float]


class Measured(NamedTuple):
    """Scores of one suite, with what they were measured on."""

    scores: Scores
    corpus: str
    n: int


class Suite(NamedTuple):
    """A gold file and how to measure on it; `is_slow` ones are left to `make eval`."""

    name: str
    gold: Path
    measure: Callable[[Path], Scores]
    is_slow: bool = False


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def measure(suite: Suite) -> Measured:
    return Measured(suite.measure(suite.gold), digest(suite.gold), sum(1 for _ in rows(suite.gold)))


def coded(gold: Path, *, processes: int = 2) -> Path:
    """Code the texts of a gold file and return the coded file."""
    OUT.mkdir(exist_ok=True)
    out = OUT / f"{gold.stem}.coded.jsonl"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in.jsonl"
        keys = ("id", "text", "title", "published", "outlet", "url")
        _write(source, ({k: row[k] for k in keys if row.get(k) is not None} for row in rows(gold)))
        api.code_file(source, out, processes=processes)
    return out


def _write(path: Path, items: Iterable[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for item in items:
            file.write(json.dumps(item, ensure_ascii=False) + "\n")


def _official(script: str, *arguments: str | Path) -> list[dict[str, Any]]:
    """The JSON lines that a scorer of `../shared` prints."""
    command = [sys.executable, str(SHARED / "score" / script), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def own_stories(gold: Path) -> Scores:
    return scoring.stories(rows(gold), {d["id"]: d for d in rows(coded(gold, processes=1))})


def own_attribution(gold: Path) -> Scores:
    return scoring.attribution(rows(gold), {d["id"]: d for d in rows(coded(gold, processes=1))})


def own_places(gold: Path) -> Scores:
    return scoring.places(rows(gold), {d["id"]: d for d in rows(coded(gold, processes=1))})


def shared_stories(gold: Path) -> Scores:
    (made,) = _official("stories.py", gold, coded(gold))
    found = {"typed_f1": made["typed"]["F1"], "detect_f1": made["detect"]["F1"], "full_f1": made["full"]["F1"]}
    found |= {"typed_p": made["typed"]["P"], "typed_r": made["typed"]["R"]}
    found |= {f"of_matched_{k}": v for k, v in made["of_matched"].items()}
    found["document_macro_f1"] = made["document_macro_f1"]
    control = made["control"]
    found["control_met"] = round(control["met"] / control["gold"], 3)
    found["control_holder"] = round(control["holder"] / control["gold"], 3)
    return found


def shared_attribution(gold: Path) -> Scores:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "scores.json"
        _official("attribution.py", gold, coded(gold), "--json", out)
        made = json.loads(out.read_text())
    relations, recall = made["AR"], made["recall_by_type"]
    found = {
        "content_f1": relations["content50"]["F1"],
        "content_speaker_f1": relations["content50+source"]["F1"],
        "all_exact_f1": relations["all-exact"]["F1"],
    }
    return found | {f"{kind}_recall": recall[kind]["content50"] for kind in sorted(recall)}


def shared_places(gold: Path) -> Scores:
    (made,) = _official("places.py", gold, coded(gold))
    return {k: made[k] for k in ("span_f1", "exact", "acc161_all", "acc161_found")}


def shared_pairs(gold: Path) -> Scores:
    path = coded(gold)
    wanted = {row["id"]: row for row in rows(gold)}
    answered = []
    for document in rows(path):
        row = wanted[document["id"]]
        document["pair"] = _pair(row)
        answered.append(document)
    _write(path, answered)
    made = {line["system"]: line for line in _official("events.py", "pairs", gold, path)}
    keys = ("coded", "root_macro_f1", "quad_macro_f1", "binary_macro_f1", "root_accuracy")
    return {
        f"{name}_{k}": made[system][k]
        for name, system in (("free", "end to end"), ("given", "given pair"))
        if system in made
        for k in keys
    }


def _pair(row: Mapping[str, Any]) -> dict[str, str | None] | None:
    text = row["text"]
    spans: list[tuple[int, int] | None] = []
    for key in ("source", "target"):
        at = text.find(row[key])
        spans.append((at, at + len(row[key])) if at >= 0 else None)  # "a recipient": the text names none
    try:
        claim = vedette.code_pair(text, *spans)
    except InputError:
        return None
    return {"event_type": claim.event_type} if claim else None


def shared_certainty(gold: Path) -> Scores:
    wanted, said = [], []
    for row in rows(gold):
        if row.get("split") != "dev":
            continue
        for event in row["events"]:
            wanted.append(event["factuality"])
            said.append(vedette.certainty(row["text"], tuple(event["span"])))
    return {k if k != "mae" else "mae": v for k, v in scoring.certainty(wanted, said).items()}


def shared_actors(gold: Path) -> Scores:
    table = load_actor_table()

    def answer(mention: str, year: int) -> tuple[str, Sequence[str]]:
        code = code_actor(mention, table, year=year)
        prefix = (code.code or "")[:3]
        return code.country or (prefix if prefix in INTERNATIONAL else ""), code.sectors

    return scoring.actors(rows(gold), answer)


def shared_muc(gold: Path) -> Scores:
    """All claims, and those that a user would select who counts terrorist acts (`terrorism.py`)."""
    path = coded(gold)
    selected = path.with_suffix(".terrorism.jsonl")
    _write(selected, map(_terrorist_acts, rows(path)))
    keys = ("template_recall", "relevant_recall", "relevant_precision", "place_of_found", "perpetrator_of_found")
    found = {}
    for prefix, file in (("", path), ("selected_", selected)):
        (made,) = _official("events.py", "muc", gold, file)
        found |= {prefix + k: made[k] for k in keys}
    return found | incidents.when_of_found(gold, path, SHARED / "score" / "events.py")


def _terrorist_acts(document: Mapping[str, Any]) -> dict[str, Any]:
    published = date.fromisoformat(document["published"]) if document.get("published") else None
    return {**document, "claims": terrorist_acts(document["claims"], published)}


def invented_country(gold: Path) -> Scores:
    """How many CAMEO triples (code, source, target) of the sentences of an invented country are found.

    A triple is found at "root" where an event of its sentence has a CAMEO code of the same two digits, at "type" where
    one has the PLOVER type that the map gives the triple's code. Triples whose code is no CAMEO root (01 to 20: the set
    also tries codes of a user's own dictionary) are left out, and at "type" those of roots that PLOVER does not code
    (statements). "actor" and "recipient" are of the triples found at "type" whose source (target) the words of the
    sentence tell: its code is that of a country we know, or begins a word of the sentence with its three letters (the
    names of the invented country stand in no table of ours; "ARN" is Arnor, and a capital of that name is not found).
    Right is an actor with that country, or with a word so begun in its mention. "silent" are the sentences without
    triples in which no event is coded.
    """
    read = list(rows(gold))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / gold.name
        days = (f"{r['date'][:4]}-{r['date'][4:6]}-{r['date'][6:]}" for r in read)
        _write(path, ({"id": r["id"], "text": r["text"], "published": day} for r, day in zip(read, days, strict=True)))
        found = list(rows(coded(path)))
    table = csv.reader((files("vedette") / "data" / "actors" / "countries.csv").open(encoding="utf-8"), delimiter="|")
    names = {row[0]: [name for cell in row[1:3] for name in cell.split(";") if name] for row in table}
    return scoring.triples(read, found, type_of_cameo, names)


def copies(gold: Path) -> Scores:
    """Planted copies found among independent reports; recall by kind, means of two corpora (`planted.py`).

    The reports are made from the sentences of the gold file and of `samples/`: another sample is another corpus.
    """
    sentences = planted.sentences_of(planted.texts_of(gold, HERE.parent / "samples"))
    made = []
    for seed in (2, 3):  # thresholds were set on 1
        corpus = planted.plant(sentences, seed=seed)
        made.append(planted.score(corpus, find_copies(corpus.documents)))
    return {name: round(sum(scores[name] for scores in made) / len(made), 4) for name in made[0]}


def shared_incidents(gold: Path) -> Scores:
    """Stories and incidents across documents (`links.py`)."""
    OUT.mkdir(exist_ok=True)
    return links.score(gold, SHARED / "score" / "incidents.py", OUT)


def suites() -> list[Suite]:
    """All suites whose gold is here."""
    gold = SHARED / "gold"
    listed = [
        Suite("own_stories", OWN / "stories.jsonl", own_stories),
        Suite("own_attribution", OWN / "attribution.jsonl", own_attribution),
        Suite("own_places", OWN / "places.jsonl", own_places),
        Suite("copies", OWN / "stories.jsonl", copies),
        Suite("voa_dev", gold / "stories" / "voa_dev.jsonl", shared_stories),
        Suite("polnear_dev", gold / "attribution" / "polnear_dev.jsonl", shared_attribution),
        Suite("plv_dev", gold / "events" / "plv_dev.jsonl", shared_pairs),
        *(
            Suite(f"places_{name}", gold / "places" / f"{name}_dev.jsonl", shared_places)
            for name in ("tr_news", "geowebnews", "lgl")
        ),
        *(
            Suite(f"certainty_{name}", gold / "certainty" / f"{name}.jsonl", shared_certainty)
            for name in ("uw", "meantime", "cb", "rp", "megaveridicality")
        ),
        Suite("invented_country", gold / "events" / "invented_country.jsonl", invented_country),
        Suite("actor_mentions", gold / "events" / "actor_mentions.jsonl", shared_actors),
        Suite("incidents_gvc", gold / "incidents" / "gvc_dev_docs.jsonl", shared_incidents),
        Suite("incidents_ecb", gold / "incidents" / "ecbplus_dev_docs.jsonl", shared_incidents, is_slow=True),
        Suite("muc4_dev", gold / "events" / "muc4_dev.jsonl", shared_muc, is_slow=True),
    ]
    return [suite for suite in listed if suite.gold.is_file()]
