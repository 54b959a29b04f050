"""Scores of coded documents against annotated ones, for the gate and for `make eval` without `../shared`.

Definitions follow the common ones of the field, so that figures can be set beside others':
stories      a coded event answers a gold event of the same PLOVER type (announced CONSULT, SUPPORT, COOPERATE and AID
             count as AGREE) whose evidence sentence holds its trigger, one to one; P, R and F1 of those; of the matched
             the share with the right speaker, modality, actor, place, days, deaths; control claims met
attribution  relations paired one to one by the Jaccard overlap of their contents' words (at least .5); F1 of pairs
             whose speakers overlap as much too
places       gold names that a coded place overlaps (F1), and the share of all gold names resolved within 161 km
certainty    mean absolute error and Pearson's r
triples      CAMEO triples of single sentences: see `suites.invented_country`
actors       mentions coded by their own words: share with the expected country and first sector right, where the gold
             states one; an international body's code (IGO, UNO, ...) is its country, UNK is no sector
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
WORD = re.compile(r"\w+")
SMALL = frozenset("the a an of and in on at to for by his her its their mr mrs ms".split())
LATER = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
NEAR_KM = 161.0
# The mentions that name no day were judged when their set was written.
WRITTEN = 2022
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def f1(right: float, said: float, gold: float) -> dict[str, float]:
    precision = right / said if said else 0.0
    recall = right / gold if gold else 0.0
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(both, 4)}


def words(text: str | None) -> set[str]:
    return {w for w in WORD.findall((text or "").lower()) if w not in SMALL}


def stories(gold: Iterable[Row], coded: Mapping[str, Row]) -> dict[str, float]:
    n_gold = n_coded = n_matched = n_control = n_control_met = 0
    checks: dict[str, list[bool]] = {}
    for story in gold:
        document = coded.get(story["id"], {})
        speakers = {a["id"]: a["speaker"] for a in document.get("attributions", [])}
        events = [c for c in document.get("claims", []) if c["kind"] == "event"]
        wanted = [c for c in story["claims"] if c["kind"] == "event"]
        n_gold, n_coded = n_gold + len(wanted), n_coded + len(events)
        for g, c in _paired(story["text"], wanted, events):
            n_matched += 1
            for name, value in _checked(g, c, speakers).items():
                if value is not None:
                    checks.setdefault(name, []).append(value)
        controls = [c for c in document.get("claims", []) if c["kind"] == "control"]
        for g in (c for c in story["claims"] if c["kind"] == "control"):
            start, end, _, _ = _where(story["text"], g)
            n_control += 1
            n_control_met += any(s < end and start < e for c in controls for s, e in c["trigger"])
    found = {f"typed_{k}": v for k, v in f1(n_matched, n_coded, n_gold).items()}
    found |= {f"{name}_of_matched": round(sum(v) / len(v), 4) for name, v in sorted(checks.items())}
    if n_control:
        found["control_met"] = round(n_control_met / n_control, 4)
    return found


def _where(text: str, claim: Row) -> tuple[int, int, int, int]:
    start = max(text.find(claim["evidence"]), 0)
    trigger = text.find(claim["trigger"], start)
    return start, start + len(claim["evidence"]), trigger, trigger + len(claim["trigger"])


def _type(claim: Row) -> str:
    later = claim["modality"] == "announced" and claim["event_type"] in LATER
    return "AGREE" if later else str(claim["event_type"])


def _paired(text: str, gold: Sequence[Row], coded: Sequence[Row]) -> list[tuple[Row, Row]]:
    candidates = []
    for i, g in enumerate(gold):
        start, end, t0, t1 = _where(text, g)
        for j, c in enumerate(coded):
            if _type(g) == _type(c) and any(s < end and start < e for s, e in c["trigger"]):
                on = any(s < t1 and t0 < e for s, e in c["trigger"])
                who = bool(_same_parties(g["actors"], c["actors"]))
                candidates.append((-(2 * on + who), i, j))
    used_gold: set[int] = set()
    used_coded: set[int] = set()
    pairs = []
    for _, i, j in sorted(candidates):
        if i not in used_gold and j not in used_coded:
            used_gold.add(i)
            used_coded.add(j)
            pairs.append((gold[i], coded[j]))
    return pairs


def _same_parties(gold: Sequence[Row], coded: Sequence[Row]) -> bool | None:
    if not gold:
        return None

    def met(g: Row) -> bool:
        return any(
            (g.get("country") is not None and g["country"] == c.get("country"))
            or bool(words(g["mention"]) & (words(c["mention"]) | words(c.get("name"))))
            for c in coded
        )

    return all(met(g) for g in gold)


def _checked(g: Row, c: Row, speakers: Mapping[str, Row]) -> dict[str, bool | None]:
    speaker = speakers.get(c.get("attribution") or "")
    if g.get("speaker") is None:
        said = speaker is None or speaker["kind"] == "outlet"
    else:
        said = speaker is not None and bool(
            words(g["speaker"]) & (words(speaker["mention"]) | words(speaker.get("name")))
        )
    place = None
    if g.get("place"):
        place = any(words(g["place"]) & (words(p["mention"]) | words(p.get("name"))) for p in c["places"])
    when = None
    if g.get("when"):
        when = bool(c["when"]) and c["when"]["start"] <= g["when"]["end"] and g["when"]["start"] < c["when"]["end"]
    deaths = None
    if g.get("deaths"):
        deaths = bool(c["deaths"]) and c["deaths"]["best"] == g["deaths"]["best"]
    return {
        "speaker": said,
        "modality": c["modality"] == g["modality"],
        "actor": _same_parties(g["actors"], c["actors"]),
        "recipient": _same_parties(g["recipients"], c["recipients"]),
        "place": place,
        "when": when,
        "deaths": deaths,
    }


def attribution(gold: Iterable[Row], coded: Mapping[str, Row]) -> dict[str, float]:
    n_gold = n_said = n_content = n_both = 0
    for document in gold:
        spans = [m.span() for m in WORD.finditer(document["text"])]
        wanted = [
            (_tokens(spans, a["content"] or a["cue"]), _tokens(spans, a["source"])) for a in document["attributions"]
        ]
        said = [
            (_tokens(spans, a["content"]["spans"]), _tokens(spans, a["speaker"]["spans"]))
            for a in coded.get(document["id"], {}).get("attributions", [])
            if not a.get("within")
        ]
        n_gold, n_said = n_gold + len(wanted), n_said + len(said)
        overlaps = [(_jaccard(g[0], s[0]), i, j) for i, g in enumerate(wanted) for j, s in enumerate(said)]
        used_gold: set[int] = set()
        used_said: set[int] = set()
        for overlap, i, j in sorted(overlaps, reverse=True):
            if overlap < 0.5 or i in used_gold or j in used_said:
                continue
            used_gold.add(i)
            used_said.add(j)
            n_content += 1
            speaker, found = wanted[i][1], said[j][1]
            n_both += _jaccard(speaker, found) >= 0.5 or not (speaker or found)
    return {"content_f1": f1(n_content, n_said, n_gold)["f1"], "content_speaker_f1": f1(n_both, n_said, n_gold)["f1"]}


def _tokens(spans: Sequence[tuple[int, int]], wanted: Iterable[Sequence[int]]) -> frozenset[int]:
    return frozenset(k for start, end in wanted for k, (s, e) in enumerate(spans) if s < end and start < e)


def _jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    return len(a & b) / len(a | b) if a or b else 0.0


def places(gold: Iterable[Row], coded: Mapping[str, Row]) -> dict[str, float]:
    n_gold = n_found = n_extra = n_near = 0
    for document in gold:
        said = coded.get(document["id"], {}).get("places", [])
        names = [t for t in document["toponyms"] if t["lat"] is not None]
        for t in names:
            over = [p for p in said if p["span"][0] < t["end"] and t["start"] < p["span"][1]]
            n_gold += 1
            n_found += bool(over)
            n_near += any(
                p["lat"] is not None and km(t["lat"], t["lon"], p["lat"], p["lon"]) <= NEAR_KM for p in over[:1]
            )
        n_extra += sum(
            not any(p["span"][0] < t["end"] and t["start"] < p["span"][1] for t in document["toponyms"]) for p in said
        )
    return {
        "name_f1": f1(n_found, n_found + n_extra, n_gold)["f1"],
        "within_161km": round(n_near / n_gold, 4) if n_gold else 0.0,
    }


def km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    p, q = math.radians(lat1), math.radians(lat2)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(min(1.0, h)))


def certainty(gold: Sequence[float], said: Sequence[float]) -> dict[str, float]:
    n = len(gold)
    if not n:
        return {"mae": 0.0, "r": 0.0}
    mean_gold, mean_said = sum(gold) / n, sum(said) / n
    var_gold = sum((g - mean_gold) ** 2 for g in gold)
    var_said = sum((s - mean_said) ** 2 for s in said)
    joint = sum((g - mean_gold) * (s - mean_said) for g, s in zip(gold, said, strict=True))
    r = joint / math.sqrt(var_gold * var_said) if var_gold and var_said else 0.0
    return {"mae": round(sum(abs(g - s) for g, s in zip(gold, said, strict=True)) / n, 4), "r": round(r, 4)}


def triples(
    gold: Iterable[Row],
    coded: Iterable[Row],
    type_of: Callable[[str], str | None],
    names: Mapping[str, Sequence[str]],
) -> dict[str, float]:
    """Score CAMEO triples as `suites.invented_country` defines it, documents in the same order.

    `type_of` maps a code to a PLOVER type, `names` are those of the countries by code.
    """
    hits: dict[str, list[bool]] = {name: [] for name in ("root", "type", "actor", "recipient", "silent")}
    for row, document in zip(gold, coded, strict=True):
        events = [c for c in document["claims"] if c["kind"] == "event"]
        if not row["events"]:
            hits["silent"].append(not events)
        for triple in row["events"]:
            code = triple["eventcode"]
            if not "01" <= code[:2] <= "20":
                continue
            hits["root"].append(any((c["cameo"] or "")[:2] == code[:2] for c in events))
            kind = type_of(code)
            if kind is None:
                continue
            same = [c for c in events if c["event_type"] == kind]
            hits["type"].append(bool(same))
            for role, key in (("actor", "sourcecode"), ("recipient", "targetcode")):
                country = triple[key][:3]
                if same and (_begins(row["text"], country) or any(n in row["text"] for n in names.get(country, ()))):
                    parties = [a for c in same for a in c[f"{role}s"]]
                    hits[role].append(any(a["country"] == country or _begins(a["mention"], country) for a in parties))
    shares = {name: round(sum(found) / len(found), 3) for name, found in hits.items() if found}
    return shares | {f"n_{name}": len(found) for name, found in hits.items()}


def _begins(text: str, country: str) -> bool:
    """Whether a word of the text begins with the letters of a code."""
    return any(word[:3].upper() == country for word in WORD.findall(text))


def actors(gold: Iterable[Row], answer: Callable[[str, int], tuple[str, Sequence[str]]]) -> dict[str, float]:
    """Score mentions; `answer` gives country and sectors, "" and () for none, of a mention and a year.

    Rows that hold no mention, or that expect neither country nor sector, are left out.
    """
    right: dict[str, list[bool]] = {"country": [], "sector": [], "both": []}
    for row in gold:
        mention = row["args"][0] if row["args"] else None
        is_nobody = "code is None" in row["asserts"]
        expected = {"country": "", "code_1": ""} if is_nobody else row["expect"]
        if not mention or mention.startswith("d[") or not expected.keys() & {"country", "code_1"}:
            continue
        year = YEAR.search(" ".join([*row["args"][2:], row["kwargs"].get("query_date", "")]))
        country, sectors = answer(mention, int(year.group()) if year else WRITTEN)
        checks = {}
        if "country" in expected:
            checks["country"] = country == expected["country"]
        if "code_1" in expected and "?" not in expected["code_1"]:
            wanted = expected["code_1"].replace("UNK", "").replace("JNK", "")
            checks["sector"] = (sectors[0] if sectors else "").replace("UNK", "") == wanted
        for name, is_right in checks.items():
            right[name].append(is_right)
        right["both"].append(all(checks.values()))
    return {name: round(sum(v) / len(v), 4) if v else 0.0 for name, v in right.items()}
