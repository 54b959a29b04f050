"""Showing: the report, tables, GeoJSON. Edge."""
