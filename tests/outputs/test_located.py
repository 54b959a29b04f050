"""Places as lines and GeoJSON."""

from __future__ import annotations

import json

from vedette.outputs.located import feature, feature_collection, lines
from vedette.records import Located, Place, Reading, Span

KUNDUZ = Place(
    Span(3, 9), "Kunduz", "Kunduz", 36.72, 68.86, "AFG", "Kunduz", "Kunduz", 1135690, "settlement", confidence=0.72
)
NEPAL = Place(Span(0, 5), "Nepal", "Nepal", 28.0, 84.0, "NPL", None, None, 1282988, "country", confidence=1.0)
UNKNOWN = Place(Span(0, 7), "Tsarang")


def test_a_point_is_longitude_before_latitude():
    made = feature(KUNDUZ)

    assert made["geometry"] == {"type": "Point", "coordinates": [68.86, 36.72]}
    assert made["properties"]["geonameid"] == 1135690


def test_a_country_and_an_unknown_place_are_no_points():
    assert feature(NEPAL)["geometry"] is None
    assert feature(UNKNOWN)["geometry"] is None


def test_a_collection_holds_all_in_order():
    made = json.loads(feature_collection([NEPAL, KUNDUZ]))

    assert made["type"] == "FeatureCollection"
    assert [f["properties"]["mention"] for f in made["features"]] == ["Nepal", "Kunduz"]


def test_lines_show_readings_with_their_reasons():
    shown = list(lines([Located(KUNDUZ, (Reading(KUNDUZ, 1.98, {"people": 1.06, "class": 0.1}),)), Located(UNKNOWN)]))

    assert shown[0] == "[3:9] Kunduz: Kunduz, AFG: settlement 36.72 68.86, confidence 0.72"
    assert "(people +1.06, class +0.10)" in shown[1]
    assert shown[2] == "[0:7] Tsarang: in no gazetteer"
