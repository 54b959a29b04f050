"""Keeping: schema, queries, SQLite. Edge."""

from vedette.store.keep import Store, open_store

__all__ = ["Store", "open_store"]
