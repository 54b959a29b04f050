"""Across documents: copies, independent origins, incidents and conflicts. Pure."""

from vedette.resolution.copies import CopyIndex, find_copies
from vedette.resolution.resolve import resolve

__all__ = ["CopyIndex", "find_copies", "resolve"]
