"""What resolution takes of a claim. People, groups and events are invented."""

from __future__ import annotations

from msgspec import structs

from tests.resolution.make import claim, document
from vedette.records import Actor, Interest, Span
from vedette.resolution.told import tell


def names(mention, party, stands="own", name=None):
    own = Actor((Span(0, 5),), mention, name)
    made = structs.replace(
        claim("c1", 5),
        actors=(own,),
        interest=Interest(stands, None, None, "speaker", party, "the same party"),
    )
    return [a.name for a in tell(document("d", [made]))[0].actors]


def test_our_men_are_those_of_the_group_that_speaks():
    assert names("Our men", "Lake Guard") == ["Lake Guard"]


def test_names_states_and_others_stay_as_they_are():
    assert names("Our men", "AFG") == [None]  # a state's men have its code
    assert names("Our men", None) == [None]
    assert names("gunmen", "Lake Guard") == [None]
    assert names("our ally", "Lake Guard", stands="third") == [None]
    assert names("Our Second Battalion", "Lake Guard", name="Second Battalion") == ["Second Battalion"]
