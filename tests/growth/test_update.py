"""A database that grows: the same as one made at once where nothing is counted over all, whole after a kill."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from tests.growth.corpus import reports
from tests.resolution.make import claim, document
from vedette import results
from vedette.errors import NotFound
from vedette.growth import update
from vedette.records import Document
from vedette.resolution import resolve
from vedette.store import open_store
from vedette.store.ledger import Ledger

AT = datetime(2031, 6, 1, tzinfo=UTC)
REPORTS = reports(80, 3)


def keep(store, batch, coder="vedette/1"):
    for coded in batch:
        kept = Document(
            id=coded.id, text=coded.text, address="a/" + coded.id, url=coded.url, outlet=coded.outlet,
            published=coded.published,
        )  # fmt: skip
        store.keep(kept, coded, coder=coder, at=AT)


def grown(path, batches):
    """The resolution of a database to which batches were added, each a day later."""
    with open_store(path, read_only=False) as store:
        for n, batch in enumerate(batches):
            keep(store, batch)
            update(store, at=AT + timedelta(days=n))
        return store.resolution()


def members(resolution):
    return {i.members: i for i in resolution.incidents}


def pairs_of(groups):
    return {(a, b) for group in groups for a in group for b in group if a < b}


@pytest.fixture(scope="module")
def at_once(tmp_path_factory):
    return grown(tmp_path_factory.mktemp("whole") / "a.db", [REPORTS])


@pytest.fixture(scope="module")
def in_ten(tmp_path_factory):
    return grown(tmp_path_factory.mktemp("ten") / "a.db", [REPORTS[n : n + 8] for n in range(0, 80, 8)])


def test_a_database_made_at_once_holds_what_resolve_returns(at_once):
    pure = resolve(REPORTS)

    assert at_once.copies == pure.copies
    assert at_once.origins == tuple(sorted(pure.origins, key=lambda o: o.id))
    assert {s.members for s in at_once.stories} == {s.members for s in pure.stories}
    assert members(at_once).keys() == members(pure).keys()
    for own, incident in members(pure).items():
        kept = members(at_once)[own]
        assert (kept.versions, kept.conflicts, kept.n_origins) == (
            incident.versions, incident.conflicts, incident.n_origins,
        )  # fmt: skip


def test_ten_batches_give_the_copies_and_origins_of_one(at_once, in_ten):
    # Passages may differ: what is an outlet's boilerplate shows only when it recurs.
    assert [(c.container, c.contained, c.derived, c.basis) for c in in_ten.copies] == [
        (c.container, c.contained, c.derived, c.basis) for c in at_once.copies
    ]
    assert in_ten.origins == at_once.origins


def test_ten_batches_give_nearly_the_incidents_of_one(at_once, in_ten):
    one, ten = pairs_of(members(at_once)), pairs_of(members(in_ten))

    # What is left is explained in docs/method/resolution.md: the rarity of words changes as reports are added.
    assert len(one & ten) / len(one | ten) > 0.9
    same = members(at_once).keys() & members(in_ten).keys()
    assert all(members(at_once)[m].versions == members(in_ten)[m].versions for m in same)


def test_most_incidents_of_ten_batches_have_the_ids_of_one(at_once, in_ten):
    same = members(at_once).keys() & members(in_ten).keys()

    n_equal = sum(members(at_once)[m].incident == members(in_ten)[m].incident for m in same)
    assert n_equal > 0.9 * len(same)


def test_every_claim_that_is_told_is_in_one_incident(in_ten):
    told = [m for i in in_ten.incidents for m in i.members]

    assert len(told) == len(set(told))
    assert {m.id for m in told} >= {c.id for c in REPORTS} - {
        c.contained for c in in_ten.copies if c.kind == "revision"
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_keeping_within_a_batch_changes_nothing(tmp_path, seed):
    rng = random.Random(seed)
    batches = [REPORTS[:20], REPORTS[20:25], REPORTS[25:30]]

    shuffled = grown(tmp_path / "b.db", [rng.sample(b, len(b)) for b in batches])

    assert msgspec.json.encode(shuffled) == msgspec.json.encode(grown(tmp_path / "a.db", batches))


def test_without_new_documents_nothing_is_done(tmp_path):
    with open_store(tmp_path / "a.db", read_only=False) as store:
        keep(store, REPORTS[:20])
        update(store, at=AT)
        before = store.resolution(), store.counts()

        again = update(store, at=AT)

        assert (again.n_documents, again.n_minted) == (0, 0)
        assert (store.resolution(), store.counts()) == before


def test_only_what_is_touched_is_written_anew(tmp_path):
    with open_store(tmp_path / "a.db", read_only=False) as store:
        keep(store, REPORTS[:60])
        update(store, at=AT)
        before = {i.incident: i for i in store.resolution().incidents}
        far = document("far", [claim("far", 28, who=["Lake Guard"], where=(31.6, 65.7))], text="Nothing like it. " * 9)
        keep(store, [far])

        made = update(store, at=AT)

        after = {i.incident: i for i in store.resolution().incidents}
        assert (made.is_whole, made.n_minted, made.n_merged) == (False, 1, 0)
        assert {id: i for id, i in after.items() if id in before} == before


def test_documents_coded_anew_with_the_same_claims_keep_their_ids(tmp_path):
    with open_store(tmp_path / "a.db", read_only=False) as store:
        keep(store, REPORTS[:40])
        update(store, at=AT)
        before = store.resolution()
        counted = store.counts()
        keep(store, REPORTS[7:12], coder="vedette/2")

        made = update(store, at=AT)

        assert (made.n_documents, made.is_whole) == (5, False)
        assert {i.incident: i.members for i in store.resolution().incidents} == {
            i.incident: i.members for i in before.incidents
        }
        same = ("told", "told_keys", "word_counts", "voices", "profiles", "incidents", "origins", "copies", "stories")
        assert {t: store.counts()[t] for t in same} == {t: counted[t] for t in same}


def test_an_incident_whose_reports_were_coded_anew_ended_and_says_so(tmp_path):
    with open_store(tmp_path / "a.db", read_only=False) as store:
        for n in range(4):
            told = claim(f"c{n}", 1 + 7 * n, who=[f"Group{n}"], where=(30.0 + n, 60.0 + n))
            keep(store, [document(f"d{n}", [told], text=f"quay{n} boat{n} reed{n} " * 20)])
        update(store, at=AT)
        (gone,) = (i.incident for i in store.resolution().incidents if i.members[0].id == "d2")
        keep(store, [document("d2", [], text="quay2 boat2 reed2 " * 20)], coder="vedette/2")

        assert update(store, at=AT).n_ended == 1
        with pytest.raises(NotFound, match=f"incident {gone} ended on 2031-06-01"):
            results.find(store, gone)


def test_the_older_version_of_a_page_tells_no_incident_any_more(tmp_path):
    text = "Three boats were seen near the old quay on the river, two of them empty, and nobody knew whose they were. "
    old = document("old", [claim("c-old", 5, deaths=3)], text=text * 3, day=6)
    others = [document(f"x{n}", [claim(f"x{n}", 20 + n)], text=f"{n} other words " * 20) for n in range(3)]
    new = document("new", [claim("c-new", 5, deaths=5)], text="Corrected: five. " + text * 3, day=7)
    old, new = (msgspec.structs.replace(d, url="https://oxus.example/quay") for d in (old, new))
    with open_store(tmp_path / "a.db", read_only=False) as store:
        keep(store, [old, *others])
        update(store, at=AT)
        keep(store, [new])

        update(store, at=AT)

        told = {m.claim for i in store.resolution().incidents for m in i.members}
        assert "c-new" in told and "c-old" not in told
        assert {o.id: o.via for o in store.resolution().origins}["old"] == "revision"


def test_the_id_of_a_merged_incident_leads_to_the_one_that_lives(tmp_path):
    with open_store(tmp_path / "a.db", read_only=False) as store:
        keep(store, REPORTS[:40])
        update(store, at=AT)
        first, second = [i.incident for i in store.resolution().incidents if i.part_of is None][:2]
        with store.engine.begin() as connection:
            ledger = Ledger(connection)
            run = ledger.start(at=AT + timedelta(days=3), resolver="x", n_documents=40, is_whole=False)
            connection.exec_driver_sql(
                "INSERT INTO incident_aliases VALUES ('i-old', ?, 1), ('i-older', 'i-old', ?)", (first, run)
            )

        found = results.find(store, "i-older")

        assert isinstance(found, results.FoundIncident)
        assert (found.incident.incident, found.alias.old, found.alias.at.date()) == (first, "i-older", date(2031, 6, 4))
        assert {a.old for a in found.history.aliases} == {"i-old", "i-older"}
        assert second != first


def test_a_kill_while_resolving_leaves_what_was_before(tmp_path):
    path = tmp_path / "a.db"
    with open_store(path, read_only=False) as store:
        keep(store, REPORTS[:40])
        update(store, at=AT)
        before = store.resolution()
        keep(store, REPORTS[40:70])
    script = f"""
import datetime
from vedette.growth import update
from vedette.growth.incidents import Incidents
from vedette.store import open_store
settle = Incidents.settle
def told(self, run):
    made = settle(self, run)
    print("written", flush=True)
    import time; time.sleep(60)
    return made
Incidents.settle = told
update(open_store({str(path)!r}, read_only=False), at=datetime.datetime.now(datetime.UTC))
"""
    child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "written\n"
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()

    with open_store(path, read_only=False) as store, store.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert store.resolution() == before
        assert update(store, at=AT).n_documents == 30


def n_looked_at(path, many, monkeypatch):
    """Claims that are read when the last five of many reports are added."""
    sizes = []
    told_of = Ledger.told_of

    def counted(self, column, values):
        found = told_of(self, column, values)
        sizes.append(len(found))
        return found

    with open_store(path, read_only=False) as store:
        keep(store, many[:-5])
        update(store, at=AT)
        keep(store, many[-5:])
        with monkeypatch.context() as patch:
            patch.setattr(Ledger, "told_of", counted)
            assert not update(store, at=AT).is_whole
    return sum(sizes)


def test_an_addition_looks_at_as_much_beside_many_as_beside_few(tmp_path, monkeypatch):
    few = n_looked_at(tmp_path / "few.db", reports(40, 8), monkeypatch)
    many = n_looked_at(tmp_path / "many.db", reports(120, 8), monkeypatch)

    assert many <= 2 * few
