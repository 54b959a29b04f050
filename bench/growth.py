"""CPU seconds of adding 100 reports to a database that holds more and more.

    python bench/growth.py [N_CLAIMS ...]    10,000 and 100,000 without it

Prints one JSON line for each size. Reports are made by `tests/growth/corpus.py`, four claims each; the numbers of
happenings and of days grow with the reports: four reports a happening, twelve a day, in eight towns. The database is
filled at once; then 100 more reports of the same happenings are added three times, each time resolved and committed.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.growth.corpus import reports

from printing import print_line
from vedette.growth import update
from vedette.records import Coded, Document
from vedette.store import Store, open_store

AT = datetime(2031, 7, 1, tzinfo=UTC)
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


def main() -> None:
    for n_claims in [int(x) for x in sys.argv[1:]] or [10_000, 100_000]:
        n = n_claims // CLAIMS_OF_A_REPORT
        made = reports(n + TIMES * ADDED, 6, days=max(n // REPORTS_A_DAY, 1))
        # Every so many reports are held back, so that what is added is like what is there.
        step = len(made) // (TIMES * ADDED)
        held = made[step - 1 :: step][: TIMES * ADDED]
        ids = {c.id for c in held}
        with TemporaryDirectory() as folder, open_store(Path(folder) / "a.db", read_only=False) as store:
            keep(store, [c for c in made if c.id not in ids])
            started = time.process_time()
            update(store, at=AT)
            whole = time.process_time() - started
            seconds = []
            for k in range(TIMES):
                keep(store, held[k * ADDED : (k + 1) * ADDED])
                started = time.process_time()
                done = update(store, at=AT)
                seconds.append(time.process_time() - started)
                assert (done.n_documents, done.is_whole) == (ADDED, False)
            counts = store.counts()
            size = (Path(folder) / "a.db").stat().st_size
        print_line(
            "growth",
            {
                "documents": n,
                "claims": counts["told"],
                "incidents": counts["incidents"],
                "cpu_seconds_at_once": round(whole, 1),
                f"cpu_seconds_of_{ADDED}_more": round(statistics.median(seconds), 2),
                "of_each": [round(s, 2) for s in seconds],
                "bytes_a_document": round(size / counts["documents"]),
                "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            },
        )


if __name__ == "__main__":
    sys.exit(main())
