"""Documents with what is known across them, for those who count: as the store keeps it, else made anew."""

from __future__ import annotations

from collections.abc import Iterable

from vedette.records import Coded, Resolution
from vedette.resolution import resolve
from vedette.store import Store

__all__ = ["known_across"]


def known_across(source: Store | Coded | Iterable[Coded]) -> tuple[list[Coded], Resolution]:
    """Return the coded documents and their resolution.

    The store's is taken where it holds all documents; it may be read-only, and then nothing is written to it.
    """
    if isinstance(source, Coded):
        source = [source]
    if not isinstance(source, Store):
        coded = list(source)
        return coded, resolve(coded)
    coded, known = list(source.coded()), source.resolution()
    if {o.id for o in known.origins} != {c.id for c in coded if c.skipped is None}:
        known = resolve(coded)
    return coded, known
