"""Print the scores of every suite, the headline first: `python eval/run.py [SUITE...]`."""

from __future__ import annotations

import json
import sys
import time

from suites import SHARED, measure, suites


def main() -> None:
    wanted = set(sys.argv[1:])
    known = {suite.name for suite in suites()}
    if unknown := wanted - known:
        sys.exit(f"no suite {', '.join(sorted(unknown))}: there are {', '.join(sorted(known))}")
    if not SHARED.is_dir():
        print("../shared is not here: measured on our own annotated texts only", file=sys.stderr)
    listed = [suite for suite in suites() if not wanted or suite.name in wanted]
    for suite in sorted(listed, key=lambda s: s.name != "voa_dev"):
        started = time.perf_counter()
        made = measure(suite)
        print(json.dumps({"suite": suite.name, "n": made.n, "corpus": made.corpus, **made.scores}), flush=True)
        print(f"{suite.name}: {time.perf_counter() - started:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
