"""A gazetteer of a dozen real places, built in a few milliseconds; the whole one takes many seconds."""

from __future__ import annotations

import json
from pathlib import Path

from vedette.lookups import gazetteer

CITIES = [
    # geonameid, name, lat, lon, country, admin 1, population, alternate names
    (1135690, "Kunduz", 36.72896, 68.857, "AF", "24", 161902, ["Qunduz", "Қундуз", "UND"]),
    (1220826, "Khŭjand", 40.28256, 69.62216, "TJ", "03", 144865, ["Leninabad"]),
    (2988507, "Paris", 48.85341, 2.3488, "FR", "11", 2138551, ["Lutetia"]),
    (4717560, "Paris", 33.66094, -95.55551, "US", "TX", 24782, []),
]
UNITS = [
    ("1123230", "1", "AF.36", "Takhar Province", "Velayat-e Takhar;Takhār", "36.75", "69.75", "0"),
    ("4736286", "1", "US.TX", "Texas", "Lone Star State", "31.25044", "-99.25061", "0"),
    ("3012874", "1", "FR.11", "Île-de-France", "", "48.5", "2.5", "0"),
    ("7053323", "2", "AF.36.1206", "Farkhār", "Farkhar District", "36.5729", "69.8578", "0"),
]
FIELDS = ("id", "level", "code", "name", "alternates", "lat", "lon", "population")


def shrink(folder: Path, put) -> None:
    """Let `gazetteer` read these few towns and units; `put` is `setattr` or a monkeypatch's."""
    cities = {
        str(id): {
            "geonameid": id, "name": name, "latitude": lat, "longitude": lon, "countrycode": country,
            "admin1code": admin1, "population": population, "alternatenames": alternates,
        }
        for id, name, lat, lon, country, admin1, population, alternates in CITIES
    }  # fmt: skip
    file = folder / "cities.json"
    file.write_text(json.dumps(cities), encoding="utf-8")
    put(gazetteer, "_cities_file", lambda: file)
    put(gazetteer, "_units", lambda: [dict(zip(FIELDS, unit, strict=True)) for unit in UNITS])
    put(gazetteer, "_towns", dict)
    put(gazetteer, "_hamlets", lambda names1: iter(()))
