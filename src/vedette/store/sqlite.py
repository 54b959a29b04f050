"""One database file: open, migrate, lock for writing.

WAL mode, so that readers never wait for the writer. One process writes: it holds a lock on `<file>.lock` for as long
as its store is open, and a second writer is refused at once instead of waiting half-way.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import IO
from urllib.parse import quote

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from vedette.errors import NewerSchema, NotFound, StoreBusy, StoreError

try:
    import fcntl
except ImportError:  # Windows: SQLite's own write lock still keeps the file whole
    fcntl = None  # type: ignore[assignment]

__all__ = ["WriterLock", "migrate", "open_engine"]

BUSY_MS = 10_000
# Memory for pages of a writer: what a run changes in a large database lies on thousands of pages, 4 kB each.
CACHE_KB = 65_536
ADVICE = {
    "locked": "another program is writing it; close that and run the same command again",
    "full": "make room and run the same command again; what was coded is kept",
    "disk I/O error": "see whether the disk is full or was taken out; what was coded is kept",
    "not a database": "name another file",
    "readonly": "it may not be written",
    "malformed": "it is damaged; restore a copy",
}


def open_engine(path: Path, *, read_only: bool) -> Engine:
    """Return an engine on the file at `path`.

    Raises:
        NotFound: `read_only` and no such file.
        StoreError: its folder does not exist, or it is no SQLite database.
    """
    if path.is_dir():
        raise NotFound(f"{path} is a folder: name a database file, such as {path / 'vedette.db'}")
    if read_only and not path.is_file():
        raise NotFound(f"no database at {path}: make one with `vedette ingest PATH --db {path}`")
    if not path.parent.is_dir():
        raise StoreError(f"cannot create {path}: its folder does not exist")
    if not read_only and not os.access(path if path.exists() else path.parent, os.W_OK):
        raise StoreError(f"cannot write {path}: permission denied")
    mode = "" if not read_only else "?mode=ro" if _can_share(path) else "?mode=ro&immutable=1"
    address = f"file:{quote(os.fsencode(path))}{mode}"
    engine = create_engine("sqlite+pysqlite://", creator=lambda: sqlite3.connect(address, uri=True), poolclass=NullPool)

    @event.listens_for(engine, "handle_error")
    def explain(context: ExceptionContext) -> None:
        error = context.original_exception
        if isinstance(error, sqlite3.OperationalError):
            raise StoreError(f"cannot use {path}: {_mend(str(error))}") from error

    @event.listens_for(engine, "connect")
    def prepare(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        cursor.execute("PRAGMA foreign_keys = ON")
        if not read_only:
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute("PRAGMA synchronous = NORMAL")
            cursor.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        cursor.close()

    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()
    except (DatabaseError, sqlite3.DatabaseError) as error:
        reason = str(error.orig if isinstance(error, DatabaseError) else error)
        raise StoreError(f"cannot open {path}: {_mend(reason)}") from error
    return engine


def _can_share(path: Path) -> bool:
    """Whether a reader may keep its notes beside the file, as WAL mode asks; else it must be one that none writes."""
    return os.access(path.parent, os.W_OK) or path.with_name(path.name + "-wal").exists()


def _mend(reason: str) -> str:
    """SQLite's reason, with what to do."""
    return reason + next((f": {advice}" for words, advice in ADVICE.items() if words in reason), "")


def migrate(engine: Engine, path: Path, *, read_only: bool) -> None:
    """Bring the tables up to date; a reader only checks that it understands them.

    Raises:
        NewerSchema: the file was written by a newer vedette.
        StoreError: it is another program's database, or a reader meets an older one.
    """
    config = Config()
    config.set_main_option("script_location", "vedette:store/migrations")
    script = ScriptDirectory.from_config(config)
    known = {revision.revision for revision in script.walk_revisions()}
    head = script.get_current_head()
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
        tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()
    if current == head:
        return
    if current is not None and current not in known:
        raise NewerSchema(f"{path} was written by a newer vedette (schema {current}): update vedette to open it")
    if current is None and tables:
        raise StoreError(f"{path} is a database of another program: name another file")
    if read_only:
        raise StoreError(f"{path} has an older schema: run `vedette ingest --db {path}` once to update it")
    with engine.begin() as connection:
        _upgrade(config, connection)


def _upgrade(config: Config, connection: Connection) -> None:
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


class WriterLock:
    """An advisory lock that dies with its process."""

    def __init__(self, path: Path) -> None:
        self._file: IO[str] | None = None
        if fcntl is None:
            return
        lock = path.with_name(path.name + ".lock")
        try:
            file = lock.open("a+")
        except OSError as error:
            raise StoreError(f"cannot write {lock}: {(error.strerror or str(error)).lower()}") from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.close()
            raise StoreBusy(f"{path} is being written by another process: wait for it, or name another file") from error
        file.seek(0)
        file.truncate()
        file.write(f"{os.getpid()}\n")
        file.flush()
        self._file = file

    def release(self) -> None:
        """Give the lock back; safe to call twice."""
        if self._file is not None:
            self._file.close()
            self._file = None
