"""Words of peoples and outlets, in the index of a few towns."""

from __future__ import annotations

import csv
import io
from importlib.resources import files

import pytest

from tests.lookups.small import shrink
from vedette.lookups.gazetteer import SqliteGazetteer, build_gazetteer
from vedette.lookups.place_words import host_of


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        shrink(tmp_path_factory.mktemp("small"), patch.setattr)
        made = SqliteGazetteer(build_gazetteer(tmp_path_factory.mktemp("index")))
        yield made
        made.close()


def rows(name):
    text = (files("vedette") / "data" / "places" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text), delimiter="|"))


@pytest.mark.parametrize(
    ("word", "name"), [("Afghan", "Afghanistan"), ("Afghans", "Afghanistan"), ("Texans", "Texas"), ("Asian", "Asia")]
)
def test_a_word_for_a_people_names_their_place(gazetteer, word, name):
    assert [c.name for c in gazetteer.people(word)] == [name]


def test_a_name_is_no_word_for_a_people(gazetteer):
    assert gazetteer.people("Kunduz") == ()


def test_an_outlet_sits_in_its_town(gazetteer):
    (home,) = [gazetteer.home(outlet, None) for outlet in ("theparisnews.com",)]

    assert home is not None and (home.name, home.code) == ("Paris", "US.TX")


def test_an_outlet_that_is_not_listed_sits_in_the_country_of_its_domain(gazetteer):
    home = gazetteer.home(None, "https://www.example.co.uk/news/1")

    assert home is None or home.country == "GBR"


@pytest.mark.parametrize("outlet", [None, "", "The Oxus Post", "example.com", "http://[", "localhost"])
def test_an_outlet_of_which_nothing_is_known_has_no_home(gazetteer, outlet):
    assert gazetteer.home(outlet, None) is None


@pytest.mark.parametrize(
    ("outlet", "url", "host"),
    [
        ("www.example.com", None, ("example", "com")),
        (None, "https://news.example.co.uk/a?b", ("example", "uk")),
        ("The Herald", None, None),
        ("www.example.com", "https://other.org/1", ("other", "org")),
    ],
)
def test_the_host_is_the_name_of_the_site(outlet, url, host):
    assert host_of(outlet, url) == host


def test_every_outlet_is_listed_once_for_its_country():
    keys = [(key, row["code"].split(".")[0]) for row in rows("outlets.csv") for key in row["outlets"].split(";")]

    assert all(key == key.strip().lower() and key for key, _ in keys)
    assert len(keys) == len(set(keys))


def test_every_word_for_a_people_is_listed_once():
    words = [word for row in rows("demonyms.csv") for word in row["words"].split(";")]

    assert len(words) == len(set(words))
    assert all(row["precision"] in ("region", "country", "admin1", "settlement") for row in rows("demonyms.csv"))
