"""Across documents: copies, independent origins, incidents and conflicts. Pure."""

from vedette.resolution.copies import find_copies
from vedette.resolution.resolve import resolve

__all__ = ["find_copies", "resolve"]
