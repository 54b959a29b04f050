"""CPU seconds of adding 100 reports to databases that hold more and more.

    python bench/growth.py [N_CLAIMS ...]    10,000, 100,000 and 1,000,000 without it
    python bench/growth.py --at-once N       one database, all of which is resolved: hours beyond 100,000

Prints a JSON line for each size. Reports are made by `tests/growth/corpus.py`, four claims each: four reports a
happening, twelve a day, in eight towns. A first database of 10,000 claims is resolved at once; larger ones are filled
with copies of what was found there (`resolved_copies.py`), as resolving a million claims takes hours. Then 100 more
reports of the first happenings are added three times, to one database after the other, each time resolved and
committed: what makes the machine slow for a while makes all sizes slow.
"""

from __future__ import annotations

import resource
import shutil
import statistics
import sys
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.growth.corpus import reports

from printing import print_line
from resolved_copies import add_copies
from vedette.growth import update
from vedette.records import Coded, Document
from vedette.store import Store, open_store

AT = datetime(2031, 7, 1, tzinfo=UTC)
SEED = 6
SIZES = (10_000, 100_000, 1_000_000)
FIRST = 10_000
ADDED = 100
TIMES = 3
CLAIMS_OF_A_REPORT = 4
REPORTS_A_DAY = 12


def keep(store: Store, batch: list[Coded]) -> None:
    for coded in batch:
        kept = Document(
            id=coded.id,
            text=coded.text,
            address=coded.id,
            url=coded.url,
            outlet=coded.outlet,
            published=coded.published,
        )
        store.keep(kept, coded, coder="bench/1", at=AT)


def fill(path: Path, n_claims: int) -> tuple[float, list[list[Coded]]]:
    """Make a database of so many claims; return the CPU seconds of resolving it, and batches held back of it."""
    n = n_claims // CLAIMS_OF_A_REPORT
    made = reports(n + TIMES * ADDED, SEED, days=max(n // REPORTS_A_DAY, 1))
    # Every so many reports are held back, so that what is added is like what is there.
    step = len(made) // (TIMES * ADDED)
    held = made[step - 1 :: step][: TIMES * ADDED]
    ids = {c.id for c in held}
    with open_store(path, read_only=False) as store:
        keep(store, [c for c in made if c.id not in ids])
        started = time.process_time()
        update(store, at=AT)
        seconds = time.process_time() - started
    return seconds, [held[k : k + ADDED] for k in range(0, len(held), ADDED)]


def main() -> None:
    with TemporaryDirectory() as folder, ExitStack() as stack:
        first = Path(folder) / "first.db"
        stores: dict[int, Store] = {}
        if sys.argv[1:2] == ["--at-once"]:
            size = int(sys.argv[2])
            whole, batches = fill(first, size)
            stores[size] = stack.enter_context(open_store(first, read_only=False))
        else:
            whole, batches = fill(first, FIRST)
            for size in [int(x) for x in sys.argv[1:]] or SIZES:
                path = Path(folder) / f"{size}.db"
                shutil.copy(first, path)
                add_copies(path, round(size / FIRST) - 1)
                stores[size] = stack.enter_context(open_store(path, read_only=False))
        seconds: dict[int, list[float]] = {size: [] for size in stores}
        for batch in batches:
            for size, store in stores.items():
                keep(store, batch)
                started = time.process_time()
                done = update(store, at=AT)
                seconds[size].append(time.process_time() - started)
                assert (done.n_documents, done.is_whole) == (ADDED, False)
        for size, store in stores.items():
            with store.engine.connect() as connection:
                n_documents, n_told, n_incidents = (
                    connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
                    for table in ("documents", "told", "incidents")
                )
            print_line(
                "growth",
                {
                    "documents": n_documents,
                    "claims": n_told,
                    "incidents": n_incidents,
                    "cpu_seconds_of_first": round(whole, 1),
                    f"cpu_seconds_of_{ADDED}_more": round(statistics.median(seconds[size]), 2),
                    "of_each": [round(s, 2) for s in seconds[size]],
                    "mb": round(store.path.stat().st_size / 2**20),
                    "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
                },
            )


if __name__ == "__main__":
    sys.exit(main())
