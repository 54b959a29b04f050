"""What a claim goes back to: a passage to its document, a quotation to its speaker, an old version to the newest."""

from __future__ import annotations

import msgspec

from tests.resolution.make import claim, document
from tests.resolution.test_resolve import prose
from vedette.records import Attribution, Content, Copy, Cue, Span, Speaker
from vedette.resolution import resolve
from vedette.resolution.copies import find_copies
from vedette.resolution.origins import claim_origins, document_origins, superseded
from vedette.resolution.resolve import compared


def origins_of(documents, copies=None):
    copies = find_copies([compared(d) for d in documents]) if copies is None else copies
    origins = document_origins(documents, copies)
    return {o.id: (o.origin, o.via) for o in origins}, claim_origins(documents, copies, origins)


def with_speaker(id, n, speaker):
    made = document(id, [claim(f"c-{id}", 5, speaker="a1")], text=prose(100, n))
    attribution = Attribution("a1", speaker, Cue((Span(5, 9),), "say"), Content((Span(9, 20),)), "indirect")
    return msgspec.structs.replace(made, attributions=(attribution,))


def speaker(mention, *, name=None, role=None, organization=None):
    return Speaker((Span(0, 5),), mention, name, role, organization, kind="named" if name else "collective")


def test_a_report_that_copies_one_paragraph_is_dependent_for_that_paragraph_only():
    wire, own = prose(120, 1), prose(200, 2)
    text = own + "\n" + wire
    longer = document("longer", [claim("own", 5, at=10), claim("copied", 5, at=len(own) + 20)], text=text, day=7)

    documents, claims = origins_of([document("wire", [claim("w", 5)], text=wire, day=6), longer])

    assert documents["longer"] == ("longer", "none")
    assert claims["longer", "own"] == "longer"
    assert claims["longer", "copied"] == claims["wire", "w"] == "wire"


def test_the_claims_of_an_excerpt_go_back_to_the_longer_report():
    words = prose(300, 3).split()
    excerpt = prose(80, 4) + " " + " ".join(words[100:180])
    short = document("a-short", [claim("own", 5, at=3), claim("copied", 5, at=len(excerpt) - 30)], text=excerpt, day=7)

    _, claims = origins_of([document("whole", [], text=" ".join(words), day=6), short])

    assert claims["a-short", "own"] == "a-short"
    assert claims["a-short", "copied"] == "whole"


def test_a_document_put_together_from_two_others_has_nothing_of_its_own():
    one, two = prose(150, 5), prose(100, 6)
    listed = [
        document("one", [], text=one),
        document("two", [], text=two),
        document("both", [], text=one + " " + two, day=7),
    ]

    assert origins_of(listed)[0]["both"] == ("one", "copy")


def test_a_copy_of_a_copy_goes_back_to_the_first():
    words = prose(300, 7).split()
    listed = [
        document("c", [], text=" ".join(words), day=4),
        document("b", [], text=" ".join(words[:240]), day=5),
        document("a", [], text=" ".join(words[:200]), day=6),
    ]

    assert set(origins_of(listed)[0].values()) == {("c", "none"), ("c", "copy")}


def test_documents_that_credit_each_other_in_a_ring_have_one_origin():
    listed = [document(x, [], text=prose(60, 8)) for x in "abc"]
    whole = (Span(0, len(listed[0].text)),)
    ring = [Copy(y, x, 1.0, whole, whole, "copy", y, "credit") for x, y in ("ab", "bc", "ca")]

    assert {origin for origin, _ in origins_of(listed, ring)[0].values()} == {"a"}


def test_unclear_derivation_counts_as_dependent():
    wire = prose(100, 9)
    listed = [document(x, [claim(x, 5)], text=wire) for x in "ab"]

    assert len(set(origins_of(listed)[1].values())) == 1


def test_an_older_version_goes_back_to_the_newest_and_tells_no_incident():
    text = prose(80, 10)
    listed = [
        document("a-new", [claim("1", 5, deaths=6)], text=text + " six. Correction: the report said nine."),
        document("b-old", [claim("2", 5, deaths=9)], text=text + " nine."),
        document("other", [claim("3", 5, deaths=6)], text=prose(80, 11)),
    ]
    listed[:2] = [msgspec.structs.replace(d, url="https://oxus.example/a") for d in listed[:2]]

    made = resolve(listed)

    assert superseded(made.copies) == {"b-old"}
    assert {o.id: (o.origin, o.via) for o in made.origins}["b-old"] == ("a-new", "revision")
    (incident,) = made.incidents
    assert {m.id for m in incident.members} == {"a-new", "other"}
    assert (incident.n_documents, incident.n_origins, incident.conflicts) == (2, 2, ())


def test_a_reprint_of_an_older_version_goes_back_to_the_newest():
    text = prose(80, 12)
    page = [document("v1", [], text=text, day=4), document("v2", [], text=text + " later", day=5)]
    page = [msgspec.structs.replace(d, url="https://oxus.example/b") for d in page]

    assert origins_of([*page, document("reprint", [], text=text, day=6)])[0]["reprint"] == ("v2", "copy")


def test_the_same_spokesman_in_nine_outlets_is_one_origin():
    full = speaker("police spokesman Farid Sample", name="Farid Sample", role="spokesman", organization="Kunduz police")
    ways = [full, full, speaker("Sample", name="Sample"), speaker("Farid Sample", name="Farid Sample")]
    ways += [speaker("Kunduz police", organization="Kunduz police"), full, full, full, full]
    listed = [with_speaker(f"d{n}", 20 + n, s) for n, s in enumerate(ways)]

    assert set(origins_of(listed)[1].values()) == {"speaker:kunduz police"}


def test_two_of_one_family_name_and_a_minister_keep_their_own_voices():
    ways = [
        speaker("Farid Sample", name="Farid Sample"),
        speaker("Nadia Sample", name="Nadia Sample"),
        speaker("Sample", name="Sample"),
        speaker("the minister", name="Gul Example", role="interior minister", organization="Interior Ministry"),
        speaker("the ministry", organization="Interior Ministry"),
    ]
    listed = [with_speaker(f"d{n}", 40 + n, s) for n, s in enumerate(ways)]

    assert len(set(origins_of(listed)[1].values())) == 5
