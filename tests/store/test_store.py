"""The store returns what it was given, writes the same rows for the same input, and stays whole."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest
from alembic import command
from alembic.config import Config
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, event

from tests.strategies import coded_documents
from vedette.errors import NewerSchema, NotFound, StoreBusy, StoreError
from vedette.records import Coded, Copy, Document, Origin, Resolution, Skipped, SkippedDocument, Span
from vedette.store import open_store
from vedette.store.ledger import Ledger

AT = datetime(2031, 5, 6, tzinfo=UTC)


def keep(store, coded, coder="vedette/1"):
    document = Document(id=coded.id, text=coded.text, address="a/" + coded.id, title=coded.title)
    return store.keep(document, coded, coder=coder, at=AT)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(coded_documents(), max_size=3, unique_by=lambda c: c.id))
def test_a_store_returns_what_it_was_given(tmp_path, batch):
    path = tmp_path / f"{len(list(tmp_path.iterdir()))}.db"
    with open_store(path, read_only=False) as store:
        seen = {c.id for d in batch for c in d.claims}
        if len(seen) < sum(len(d.claims) for d in batch):
            return
        for coded in batch:
            keep(store, coded)

        assert list(store.coded()) == sorted(batch, key=lambda c: c.id)


def test_the_same_document_twice_is_one_set_of_rows(tmp_path):
    coded = Coded(id="d1", text="Troops left Kunduz.")
    with open_store(tmp_path / "a.db", read_only=False) as store:
        first = keep(store, coded)
        before = store.counts()
        second = keep(store, coded)

        assert (first, second) == (True, False)
        assert store.counts() == before


def test_another_coder_replaces_the_rows(tmp_path):
    with open_store(tmp_path / "a.db", read_only=False) as store:
        keep(store, Coded(id="d1", text="Troops left.", language="en"))
        keep(store, Coded(id="d1", text="Troops left.", language="fr"), coder="vedette/2")

        assert [c.language for c in store.coded()] == ["fr"]
        assert store.counts()["documents"] == 1


def test_words_are_found_without_their_accents(tmp_path):
    with open_store(tmp_path / "a.db", read_only=False) as store:
        keep(store, Coded(id="d1", text="Fighting near Kūndūz went on."))
        keep(store, Coded(id="d2", text="The bridge was opened."))

        assert store.search("kunduz") == ["d1"]
        assert store.search('"unbalanced') == []


def test_a_second_writer_is_refused_and_readers_are_not(tmp_path):
    path = tmp_path / "a.db"
    with open_store(path, read_only=False) as store:
        keep(store, Coded(id="d1", text="Troops left."))
        with pytest.raises(StoreBusy, match="another process"):
            open_store(path, read_only=False)
        with open_store(path) as reader:
            assert reader.counts()["documents"] == 1


def test_a_missing_database_is_named(tmp_path):
    with pytest.raises(NotFound, match="no database at"):
        open_store(tmp_path / "none.db")


def test_a_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "a.db"
    path.write_bytes(b"not a database at all, only words" * 100)

    with pytest.raises(StoreError, match="cannot open"):
        open_store(path, read_only=False)


def test_a_newer_schema_is_refused(tmp_path):
    path = tmp_path / "a.db"
    open_store(path, read_only=False).close()
    with open_store(path, read_only=False) as store, store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(NewerSchema, match="newer vedette"):
        open_store(path)


def test_a_skipped_document_is_kept_once(tmp_path):
    skipped = SkippedDocument("folder/a.pdf", Skipped("encrypted", "needs a password"))
    with open_store(tmp_path / "a.db", read_only=False) as store:
        store.skip(skipped, at=AT)
        store.skip(skipped, at=AT)

        assert store.skipped_documents() == [skipped]


def test_resolution_is_returned_as_kept(tmp_path):
    made = Resolution(
        copies=(Copy("d1", "d2", 0.8, (Span(0, 9),), (Span(4, 13),), "copy", "d1", "credit"),),
        origins=(Origin("d1", "d2", "copy"), Origin("d2", "d2", "none")),
    )
    with open_store(tmp_path / "a.db", read_only=False) as store:
        with store.engine.begin() as connection:
            ledger = Ledger(connection)
            ledger.add_copies(made.copies)
            ledger.put_origins(made.origins, {"d1": ("d2", "copy")})

        assert msgspec.json.encode(store.resolution()) == msgspec.json.encode(made)


def test_a_kill_in_the_middle_leaves_a_whole_database(tmp_path):
    path = tmp_path / "a.db"
    script = f"""
import datetime
from vedette.records import Coded, Document
from vedette.store import open_store
from vedette.store.ledger import Ledger
store = open_store({str(path)!r}, read_only=False)
n = 0
while True:
    coded = Coded(id=f"d{{n}}", text="Troops left the town. " * 200)
    store.keep(Document(id=coded.id, text=coded.text, address=coded.id), coded, coder="c", at=datetime.datetime.now(datetime.UTC))
    n += 1
    print(n, flush=True)
"""
    child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    for line in child.stdout:
        if int(line) >= 5:
            break
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()

    with open_store(path, read_only=False) as store, store.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert store.counts()["documents"] >= 5
        assert keep(store, Coded(id="new", text="More."), coder="c")


def test_days_come_back_as_days(tmp_path):
    with open_store(tmp_path / "a.db", read_only=False) as store:
        keep(store, Coded(id="d1", text="x", published=date(2031, 5, 6)))

        assert next(store.coded()).published == date(2031, 5, 6)


def test_the_store_names_itself(tmp_path):
    path: Path = tmp_path / "a.db"
    with open_store(path, read_only=False) as store:
        assert repr(store) == "<vedette store a.db: 0 documents, 0 claims>"


def test_a_folder_is_no_database(tmp_path):
    for read_only in (True, False):
        with pytest.raises(NotFound, match="is a folder: name a database file"):
            open_store(tmp_path, read_only=read_only)


@pytest.mark.parametrize("name", ["a b.db", "50%.db", "what?.db", "#1.db", ":memory:", "k\udcff.db", "é.db"])
def test_any_file_name_will_do(tmp_path, name):
    with open_store(tmp_path / name, read_only=False) as store:
        keep(store, Coded(id="d1", text="Troops left."))

    assert (tmp_path / name).is_file()
    with open_store(tmp_path / name) as store:
        assert store.counts()["documents"] == 1


def test_a_foreign_writer_is_one_error(tmp_path, monkeypatch):
    path = tmp_path / "a.db"
    monkeypatch.setattr("vedette.store.sqlite.BUSY_MS", 50)
    with open_store(path, read_only=False) as store:
        other = sqlite3.connect(path)
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(StoreError, match="database is locked: another program is writing it"):
            keep(store, Coded(id="d1", text="Troops left."))

        other.close()
        assert keep(store, Coded(id="d1", text="Troops left."))


def test_a_full_disk_is_one_error_and_loses_nothing(tmp_path):
    with open_store(tmp_path / "a.db", read_only=False) as store:
        keep(store, Coded(id="d1", text="Troops left."))

        @event.listens_for(store.engine, "connect")
        def limit(connection, _record):
            connection.execute("PRAGMA max_page_count = 1")

        with pytest.raises(StoreError, match="full: make room"):
            keep(store, Coded(id="d2", text="Troops left. " * 100_000))

        assert [c.id for c in store.coded()] == ["d1"]


def test_what_may_not_be_written_is_named(tmp_path, monkeypatch):
    path = tmp_path / "a.db"
    with open_store(path, read_only=False) as store:
        keep(store, Coded(id="d1", text="Troops left."))
    monkeypatch.setattr("os.access", lambda _, mode: mode != os.W_OK)

    with pytest.raises(StoreError, match="permission denied"):
        open_store(path, read_only=False)
    with open_store(path) as store:  # as on a disk that is read only
        assert store.counts()["documents"] == 1


def test_a_database_of_the_first_schema_is_brought_up_to_date(tmp_path):
    path = tmp_path / "old.db"
    config = Config()
    config.set_main_option("script_location", "vedette:store/migrations")
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()

    open_store(path, read_only=False).close()

    with closing(sqlite3.connect(path)) as connection:
        columns = {row[1] for row in connection.execute("PRAGMA table_info(claim_actors)")}
    assert "basis" in columns


def test_contexts_of_documents_coded_before_are_filled_in(tmp_path):
    path = tmp_path / "old.db"
    claim = {"id": "c1", "contexts": ["military", "cbrn"]}
    config = Config()
    config.set_main_option("script_location", "vedette:store/migrations")
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        connection.exec_driver_sql(
            "INSERT INTO documents (id, address, is_exercise, text, coded, coder, coded_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            ("d1", "a", False, "", json.dumps({"claims": [claim, {"id": "c2"}]}).encode(), "vedette/4", "2031-05-06"),
        )
        for id in ("c1", "c2"):
            connection.exec_driver_sql(
                "INSERT INTO claims (id, document_id, kind, modality, certainty, confidence, start, end, coder)"
                f" VALUES ('{id}', 'd1', 'event', 'asserted', 3, 1, 0, 1, 'x')"
            )
    engine.dispose()

    open_store(path, read_only=False).close()

    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT id, contexts FROM claims ORDER BY id").fetchall()
        waiting = connection.execute("SELECT document_id FROM pending").fetchall()
    assert rows == [("c1", "military,cbrn"), ("c2", None)]
    assert waiting == [("d1",)]  # to be resolved by the rules of today
