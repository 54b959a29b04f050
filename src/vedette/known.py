"""What is known across the documents of a database, or of coded documents: copies, origins, incidents.

Hotspots, trends and pictures ask for the same; whoever needs several of them asks once and hands it on.
"""

from __future__ import annotations

from collections.abc import Iterable

from vedette.analysis.known import Known
from vedette.records import Coded
from vedette.resolution import resolve
from vedette.resolution.origins import claim_origins
from vedette.store import Store

__all__ = ["Known", "Source", "known_of"]

type Source = Store | Known | Iterable[Coded]


def known_of(source: Source) -> Known:
    """Return what the store keeps across its documents, if that is of all of them; else they are resolved anew.

    What is resolved here is not kept. What is known already is given back.
    """
    if isinstance(source, Known):
        return source
    coded = list(source.coded() if isinstance(source, Store) else source)
    known = source.resolution() if isinstance(source, Store) else None
    if known is None or {o.id for o in known.origins} != {c.id for c in coded if c.skipped is None}:
        known = resolve(coded)
    return Known(coded, known, claim_origins(coded, known.copies, known.origins))
