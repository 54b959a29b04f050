"""CPU seconds and accuracy of `vedette link` on two invented tables of a known truth.

Happenings are drawn here: places by Zipf's law, days at random, kinds and numbers of dead. Each table records a part of
them, ACLED-like the one and UCDP-like the other, with its own point for each place, days that are off by one, and
tolls of its own. Prints one JSON line: seconds, and how many links are right, missed and flagged.
"""

from __future__ import annotations

import csv
import resource
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from printing import print_line
from vedette.links import LinkOptions, link_files
from vedette.resolution.linked import LinkReport

FIRST = date(2030, 1, 1)
KINDS = (
    ("Armed clash", 1, 0.5),
    ("Shelling/artillery/missile attack", 1, 0.15),
    ("Attack", 3, 0.25),
    ("Mob violence", 2, 0.1),
)
RECORDED, DAY_OFF, TOLL_OFF = 0.625, 0.15, 0.3
CPU_WANTED = 30.0


def write_tables(folder: Path, n_rows: int, n_days: int, n_places: int, seed: int) -> list[str]:
    """Two tables of about `n_rows` rows together; the id of a row ends in the number of its happening."""
    rng = np.random.default_rng(seed)
    n = round(n_rows / (2 * RECORDED))
    share = 1 / np.arange(1, n_places + 1)
    place = rng.choice(n_places, n, p=share / share.sum())
    day = rng.integers(0, n_days, n)
    kind = rng.choice(len(KINDS), n, p=[k[2] for k in KINDS])
    deaths = 1 + rng.geometric(0.3, n)
    lat, lon = rng.uniform(30, 38, n_places), rng.uniform(60, 72, n_places)
    headers = {
        "acled": ["event_id_cnty", "event_date", "event_type", "sub_event_type", "latitude", "longitude", "fatalities"],
        "ucdp": ["id", "date_start", "date_end", "type_of_violence", "latitude", "longitude", "best"],
    }
    files = []
    for name, header in headers.items():
        is_told = rng.random(n) < RECORDED
        y, x = lat + rng.normal(0, 0.015, n_places), lon + rng.normal(0, 0.015, n_places)
        off = np.where(rng.random(n) < DAY_OFF, rng.choice([-1, 1], n), 0)
        toll = np.where(rng.random(n) < TOLL_OFF, np.maximum(deaths + rng.integers(-2, 4, n), 1), deaths)
        path = folder / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            for i in rng.permutation(np.flatnonzero(is_told)):
                when = FIRST + timedelta(days=int(day[i] + off[i]))
                where = [f"{y[place[i]]:.4f}", f"{x[place[i]]:.4f}", toll[i]]
                sub_type, violence, _ = KINDS[kind[i]]
                what = [when, "", sub_type] if name == "acled" else [when, when, violence]
                writer.writerow([f"{name[0]}{i}", *what, *where])
        files.append(str(path))
    return files


def judged(report: LinkReport) -> dict[str, float | int]:
    """How many links join rows of one happening, and how many happenings of both tables were found."""
    links = [record for record in report.records if len(record.rows) > 1]
    is_right = [len({row.ref.id[1:] for row in record.rows}) == 1 for record in links]
    told = [row.ref.id[1:] for record in report.records for row in record.rows]
    n_wanted = len(told) - len(set(told))
    is_flagged = [bool(record.rivals) for record in links]
    right_flagged = sum(r and f for r, f in zip(is_right, is_flagged, strict=True))
    wrong_flagged = sum(f and not r for r, f in zip(is_right, is_flagged, strict=True))
    n_right, n_wrong = sum(is_right), len(links) - sum(is_right)
    return {
        "links": len(links),
        "precision": round(n_right / len(links), 3),
        "recall": round(n_right / n_wanted, 3),
        "precision_unflagged": round((n_right - right_flagged) / max(len(links) - sum(is_flagged), 1), 3),
        "wrong_flagged": round(wrong_flagged / max(n_wrong, 1), 3),
        "right_flagged": round(right_flagged / max(n_right, 1), 3),
    }


def main() -> None:
    made = {}
    for name, n_rows, n_days, n_places in (
        ("dense", 100_000, 730, 3_000),
        ("country_year", 5_000, 365, 300),
        ("sparse", 1_000, 365, 300),
    ):
        with TemporaryDirectory() as folder:
            files = write_tables(Path(folder), n_rows, n_days, n_places, seed=1)
            started = time.process_time()
            report = link_files(files, LinkOptions(km=10, days=1))
            seconds = time.process_time() - started
        made[name] = {"rows": report.n_rows, "cpu_seconds": round(seconds, 2), **judged(report)}
    print_line(
        "link",
        {
            "studies": made,
            "above_wanted": made["dense"]["cpu_seconds"] > CPU_WANTED,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        },
    )


if __name__ == "__main__":
    sys.exit(main())
