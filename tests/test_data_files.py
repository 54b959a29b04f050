"""Every data file of the package is refused where it is malformed, with its line and what to change."""

from __future__ import annotations

import shutil
from importlib.resources import files

import pytest

from vedette import controls, toolbox
from vedette.coding.contexts import parse_contexts
from vedette.errors import BadData
from vedette.lookups import actors, gazetteer, sides, streams
from vedette.sources import event_layouts

SHIPPED = files("vedette") / "data"
LOADERS = {
    "events": toolbox.load_lexicon,
    "events/contexts.toml": toolbox.load_contexts,
    "control.toml": toolbox.load_control,
    "analysis/control.toml": controls.load_control_model.__wrapped__,
    "cues.toml": toolbox.load_cues,
    "cue_classes.csv": toolbox.load_cues,
    "factuality.toml": toolbox.load_factuality,
    "actors": actors.load_actor_table,
    "linkage/layouts.toml": event_layouts.load_layouts.__wrapped__,
    "linkage/types.csv": event_layouts.load_types.__wrapped__,
    "analysis/streams.toml": streams.load_streams,
}


@pytest.fixture
def refused(tmp_path, monkeypatch):
    """A function that breaks one shipped file and returns what its loader says, and the line that was broken."""
    shutil.copytree(str(SHIPPED), tmp_path / "data", ignore=shutil.ignore_patterns("*.gz"))
    for module in (controls, toolbox, actors, sides, gazetteer, event_layouts, streams):
        monkeypatch.setattr(module, "files", lambda _package: tmp_path)

    def broken(name, before, after):
        path = tmp_path / "data" / name
        text = path.read_text(encoding="utf-8")
        assert before in text
        at = text.index(before)
        path.write_text(text.replace(before, after, 1), encoding="utf-8")
        loader = LOADERS.get(name) or LOADERS[name.split("/")[0]]
        with pytest.raises(BadData) as caught:
            loader()
        assert "\n" not in str(caught.value)
        return caught.value, text[:at].count("\n") + 1

    return broken


@pytest.mark.parametrize(
    ("name", "before", "after", "below", "mend"),
    [
        ("events/assault.toml", 'type = "ASSAULT"', 'type = "TICKLE"', 0, "unknown type 'TICKLE': use one of ACCUSE"),
        ("events/aid.toml", 'type = "AID"', 'type = "AID"\nmode = "tickle"', 1, "AID has no mode 'tickle'"),
        ("events/aid.toml", 'type = "AID"', 'tipe = "AID"', 0, "unknown field `tipe`"),
        ("events/assault.toml", "attack assault wound", "attack attack assault wound", 0, "'attack' stands already in"),
        ("events/assault.toml", "@buildings", "@bildings", 0, "unknown class '@bildings'"),
        ("events/assault.toml", "confidence = 0.9", "confidence = 9", -2, "confidence must be above 0"),
        ("events/contexts.toml", '"military"', '"naval"', 0, "unknown context 'naval': use one of asylum"),
        ("events/contexts.toml", 'sectors = "MIL"', 'sectors = "MILL"', 0, "unknown sector 'MILL': use one of"),
        ("events/contexts.toml", "\narmy navy", "\narmy army navy", 1, "'army' stands twice"),
        ("events/contexts.toml", "\narmy navy", "\nArmy navy", 1, "is a lemma: write it in lower case"),
        ("analysis/streams.toml", 'types = "MOBILIZE"', 'types = "TICKLE"', 0, "unknown type 'TICKLE': use one of ACCUSE"),
        ("analysis/streams.toml", "seized lost", "seized seized lost", 0, "'seized' stands twice"),
        ("control.toml", 'state = "seized"', 'state = "tickled"', 0, "Invalid enum value 'tickled'"),
        ("control.toml", "overrun retake", "overrun retake retake", 0, "'retake' stands already in verb 1"),
        ("analysis/control.toml", "held_half_life_days = 180", "held_half_life_days = 0", 0, "0 is no half-life"),
        ("analysis/control.toml", "contested = 0.4", "contested = 0.5", -2, "do not add up to 1"),
        ("analysis/control.toml", "unknown = 0.25", "unknown = 25", 0, "25 is not between 0 and 1"),
        ("analysis/control.toml", "if_so = 0.90", "if_so = 0.40", 0, "give 0 < if_not <= if_so <= 1"),
        ("analysis/control.toml", 'interest = "neutral"', 'interest = "neutrl"', 0, "Invalid enum value 'neutrl'"),
        ("analysis/control.toml", 'speakers = ["outlet"]', "speakers = []", 0, "no 'speakers'"),
        ("analysis/control.toml", "memory_days = 7", "memory_dayz = 7", 0, "unknown field `memory_dayz`"),
        ("analysis/control.toml", "serving_memory_days = 60", "serving_memory_days = 0", 0, "0 is no time"),
        ("analysis/control.toml", "dependence = 0.3", "dependence = 3", 0, "3 is not from 0 to below 1"),
        ("analysis/control.toml", "assault = 1.5", "assault = 0.5", 0, "0.5 is not from 1 to 10"),
        ("analysis/control.toml", 'reason = "Nobody answers for it."', 'reason = ""', 0, "no 'reason'"),
        ("cues.toml", 'stance = "assert"', 'stance = "tickle"', 0, "Invalid enum value 'tickle'"),
        ("cues.toml", 'frames = "clause"', 'frames = "clauses"', 0, "unknown frames"),
        ("cues.toml", 'verbs = "say state', 'verbs = "say say state', 0, "'say' stands twice"),
        ("factuality.toml", '["asserted", 2.8]', '["tickled", 2.8]', 0, "'tickled' is none of asserted"),
        ("factuality.toml", '["asserted", 2.8]', '["asserted", 28]', 0, "certainty 28 lies outside -3..3"),
        ("factuality.toml", '1.8]\npresupposed = true', '1.8]\nsupposed = true', 1, "unknown key: use adjectives"),
        ("factuality.toml", '"say", "report"', '"say", "know", "report"', 10, "'know' takes 'that' in effects.say"),
        ("actors/roles.toml", 'code = "GOV"', 'code = "GVO"', 0, "unknown sector 'GVO': use one of"),
        ("actors/roles.toml", "president;vice", "president;president;vice", 0, "'president' stands already in sector 1"),
        ("linkage/layouts.toml", 'scheme = "acled"', 'scheme = "acledd"', 0, "unknown scheme 'acledd': use one of acled"),
        ("linkage/layouts.toml", 'lat = "latitude"', 'lad = "latitude"', 0, "unknown field `lad`"),
        ("linkage/layouts.toml", 'lon = "longitude"', 'lon = "Longitude"', 0, "'Longitude': write columns in lower case"),
        ("actors/roles.toml", "\nsoldier;", "\nsoldier;president;", 1, "'president' stands already in sector 1"),
    ],
)  # fmt: skip
def test_a_bad_toml_file_is_refused_with_its_line(refused, name, before, after, below, mend):
    error, line = refused(name, before, after)

    assert error.file.endswith(name.rpartition("/")[2])
    assert mend in str(error)
    assert error.where.startswith(f"line {line + below}, ")


@pytest.mark.parametrize(
    ("name", "before", "after", "mend"),
    [
        ("cue_classes.csv", "noun,", "nuon,", "line 2: a row is: noun or verb, lemma, three shares"),
        ("actors/countries.csv", "AFG|", "AFGH|", "'AFGH' is no ISO 3166 alpha-3 code"),
        ("actors/countries.csv", "ALB|", "AFG|", "'AFG' is no ISO 3166 alpha-3 code, or stands here twice"),
        ("actors/countries.csv", "iso3|", "iso|", "line 1: the columns must be iso3|names"),
        ("actors/groups.csv", "|UNO|IGO|", "|UNO|IGG|", "line 2: unknown sectors ['IGG']"),
        ("actors/groups.csv", "UN Security Council|", "United Nations|", "line 3: 'United Nations' has a row above"),
        ("actors/groups.csv", "UN Security Council|", "|", "line 3: the group has no name"),
        ("actors/people.csv", "|2000|", "|MM|", "line 2: 'MM' is no year"),
        ("actors/people.csv", "|2000|", "|2000|1999", "line 2: 2000 lies after 1999"),
        ("actors/people.csv", "Sergey Lavrov|", "Vladimir Putin|RUS|GOV|president|2000|\nSergey Lavrov|", "line 3: 'Vladimir"),
        ("actors/group_years.csv", "Taliban|REB|1994", "Talibans|REB|1994", "line 2: 'Talibans' is no first name of"),
        ("actors/group_years.csv", "|2002|2020", "|1995|2020", "line 3: the years of 'Taliban' meet those of a row above"),
        ("actors/cities.csv", "AFG|", "AFH|", "line 2: 'AFH' is no ISO 3166 alpha-3 code"),
        ("actors/first_names.csv", "james|m", "james|x", "line 2: sex 'x' is none of m, f"),
        ("linkage/types.csv", "scheme,", "schema,", "line 1: the columns must be scheme,category,manner"),
        ("linkage/types.csv", "armed sides,ASSAULT", "armed sides,ASSULT", "line 2: unknown type 'ASSULT': use one of"),
        ("linkage/types.csv", "acled,Battles,", "acled,armed CLASH,", "line 3: 'Armed clash' has a line above"),
        ("linkage/types.csv", "acled,Grenade,explosives,,", "acled,Grenade,explosives,", "5 cells, not 6"),
        ("linkage/types.csv", "plover,AID,", "plover,AIDS,", "unknown type 'AIDS'"),
        ("linkage/types.csv", "plover,AID,,,AID,politics\n", "", "no line for AID: add it"),
        ("linkage/types.csv", "ASSAULT/aerial", "ASSAULT/arial", "ASSAULT has no mode 'arial': use one of abduct"),
        ("linkage/types.csv", "riot,,PROTEST", "small arms,,PROTEST", "'small arms' is of type ASSAULT above"),
        ("linkage/types.csv", "ucdp,1,", "ucdp,,", "the scheme or the category is empty"),
        ("actors/first_names.csv", "john|m", "james|m", "line 3: 'james' has a row above"),
    ],
)  # fmt: skip
def test_a_bad_table_is_refused_with_its_line(refused, name, before, after, mend):
    error, _ = refused(name, before, after)

    assert error.file.endswith(name.rpartition("/")[2])
    assert mend in str(error)


@pytest.mark.parametrize(
    ("rows", "mend"),
    [
        ("Ala.|US.AL", "line 1: the columns must be abbreviation|code"),
        ("abbreviation|code\nAla.|Alabama", "line 2: 'Alabama' is no code of a unit, such as US.AL"),
        ("abbreviation|code\nAla.|US.AL\nAla.|US.AL", "line 3: 'Ala.' stands twice"),
        ("abbreviation|code\nAla.", "line 2: 1 columns, not 2"),
    ],
)
def test_bad_abbreviations_of_units_are_refused_with_their_line(rows, mend):
    with pytest.raises(BadData) as caught:
        list(gazetteer._abbreviations(rows, "abbreviations.csv"))

    assert mend in str(caught.value)


def test_a_place_listed_twice_is_refused_with_its_line():
    row = "Kestrel|37.5|70.1|AFG|settlement|"

    with pytest.raises(BadData, match="own.csv: line 3: 'Kestrel' stands already in line 2"):
        list(gazetteer._listed(f"name|lat|lon|country|precision|aliases\n{row}\n{row}\n", "own.csv", -1))


def test_a_context_that_stands_twice_is_refused():
    entry = {"context": "cyber", "words": "hacker"}

    with pytest.raises(BadData, match=r"c.toml: context 2 \(cyber\): 'cyber' stands already in context 1"):
        parse_contexts({"context": [entry, entry]}, "c.toml")
