"""Reading: files, folders, feeds and tables to documents. Edge."""

from vedette.sources.files import read
from vedette.sources.options import ReadOptions

__all__ = ["ReadOptions", "read"]
