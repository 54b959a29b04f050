"""A database filled with copies of what was resolved in it: ids, days and what is rare are others in each copy.

What resolution reads and writes is copied, in SQL: reports, claims as compared, their blocks, terms, hashes of
passages, incidents, stories. Numbers that stand for words, passages and blocks are others in each copy (exclusive or
with a number of the copy), so that a copy holds other happenings, days and words; common words and outlets stay, with
their counts. Tables that resolution does not look at (claims for tables and maps, full text) are left as they are.
"""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

__all__ = ["add_copies"]

SEED = 6
# Days by which copies lie apart.
SHIFT = 400
# A word of so large a share of the reports is one of all copies.
COMMON = 0.02

# A file that only this fills needs no journal; SQLite's cache is kept under half a gigabyte.
PRAGMAS = (
    "foreign_keys = OFF", "journal_mode = OFF", "synchronous = OFF", "cache_size = -400000", "temp_store = MEMORY",
)  # fmt: skip
# Tables whose rows are numbered; :documents and so on are their last numbers.
NUMBERED = ("documents", "compared", "told")
# What of a row is another in a copy, in SQL: its number k, what its ids begin with p, its own number x, its days.
COPIED: dict[str, dict[str, str]] = {
    "documents": {"n": "n + k * :documents", "id": "p || id", "address": "p || address"},
    "segments": {"document_id": "p || document_id"},
    "copies": {"container": "p || container", "contained": "p || contained", "derived": "p || derived"},
    "origins": {"id": "p || id", "origin": "p || origin", "parent": "p || parent"},
    "incidents": {"incident": "p || incident", "part_of": "p || part_of", "first_report": "p || first_report"},
    "incident_members": {
        "incident": "p || incident", "document_id": "p || document_id", "claim_id": "p || claim_id",
    },
    "conflicts": {"incident": "p || incident"},
    "stories": {"story": "p || story", "document_id": "p || document_id"},
    "incident_possible": {"incident": "p || incident", "other": "p || other"},
    "incident_ids": {"incident": "p || incident"},
    "compared": {"n": "n + k * :compared", "document_id": "p || document_id"},
    "kept_hashes": {"hash": "(hash | x) - (hash & x)", "n": "n + k * :compared"},
    "profiles": {"document_id": "p || document_id"},
    "profile_terms": {"term": "(term | x) - (term & x)", "n": "n + k * :compared"},
    "told": {
        "n": "n + k * :told", "document_id": "p || document_id", "claim_id": "p || claim_id",
        "origin": "p || origin", "incident": "p || incident", "happening": "p || happening",
    },
    "told_keys": {"key": '("key" | x) - ("key" & x)', "first": "first + days", "n": "n + k * :told"},
}  # fmt: skip


def add_copies(path: Path, n_copies: int) -> None:
    """Fill the database with so many copies of all that is in it."""
    rng = random.Random(SEED)
    connection = sqlite3.connect(path)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    with connection:
        for name, _ in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        lasts = {table: connection.execute(f"SELECT max(n) FROM {table}").fetchone()[0] for table in NUMBERED}
        (n_documents,) = connection.execute("SELECT count(*) FROM documents").fetchone()
        common = COMMON * n_documents
        for table in COPIED:
            connection.execute(f"CREATE TEMP TABLE first_{table} AS SELECT * FROM {table}")
        connection.execute("CREATE TEMP TABLE first_words AS SELECT * FROM word_counts WHERE n < ?", (common,))
        connection.execute("CREATE TEMP TABLE made (k INTEGER PRIMARY KEY, p TEXT, x INTEGER, days INTEGER)")
        made = [(k, f"k{k}-", rng.getrandbits(62), k * SHIFT) for k in range(1, n_copies + 1)]
        connection.executemany("INSERT INTO made VALUES (?, ?, ?, ?)", made)
        for table, changed in COPIED.items():
            connection.execute(_statement(connection, table, changed), lasts)
        connection.execute("INSERT INTO word_counts SELECT kind, word || p, n FROM made, first_words ORDER BY 1, 2")
        connection.execute("UPDATE word_counts SET n = n * ? WHERE n >= ?", (n_copies + 1, common))
        connection.execute("UPDATE voices SET n = n * ?", (n_copies + 1,))
        connection.execute("UPDATE resolutions SET n_documents = n_documents * ?", (n_copies + 1,))
        for table in ("compared", "told"):
            connection.execute(f"UPDATE sqlite_sequence SET seq = (SELECT max(n) FROM {table}) WHERE name = '{table}'")
        for _, trigger in triggers:
            connection.execute(trigger)
    connection.close()


def _statement(connection: sqlite3.Connection, table: str, changed: dict[str, str]) -> str:
    """Make all copies of the first rows of a table, in the order of its key: each page is written once."""
    facts = connection.execute(f"PRAGMA table_info({table})").fetchall()
    made = {name: changed.get(name, f'"{name}"') for _, name, *_ in facts}
    key = [made[name] for _, name, *_, place in sorted(facts, key=lambda f: int(f[-1])) if place]
    columns = ", ".join(f'"{name}"' for name in made)
    values, order = ", ".join(made.values()), ", ".join(key)
    return f"INSERT INTO {table} ({columns}) SELECT {values} FROM made CROSS JOIN first_{table} ORDER BY {order}"
