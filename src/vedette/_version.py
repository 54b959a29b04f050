"""The version, by itself so that it can be read without loading anything."""

__version__ = "0.1.0"
