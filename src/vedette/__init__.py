"""Who says that who did what to whom, where and when; how sure are they; and who else says so.

    import vedette

    coded = vedette.code("Police in Kunduz said on Monday that ...", published="2031-05-06", outlet="The Oxus Post")
    store = vedette.open_store("demo/vedette.db")
    vedette.frame(store, "claims")

Importing this package is cheap; the parser and tables are loaded when they are first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vedette._version import __version__

if TYPE_CHECKING:
    from vedette.api import certainty, code, code_pair, explain, ingest, locate, report
    from vedette.config import Settings
    from vedette.controls import control
    from vedette.errors import VedetteError
    from vedette.hotspot_runs import HotspotQuery, hotspots
    from vedette.outputs.tables import hotspot_frame, trend_frame
    from vedette.plots import plot
    from vedette.records import Coded, Document
    from vedette.results import frame, resolve, update
    from vedette.store import Store, open_store
    from vedette.trend_runs import TrendQuery, trends

__all__ = [
    "Coded",
    "Document",
    "HotspotQuery",
    "Settings",
    "Store",
    "TrendQuery",
    "VedetteError",
    "__version__",
    "certainty",
    "code",
    "code_pair",
    "control",
    "explain",
    "frame",
    "hotspot_frame",
    "hotspots",
    "ingest",
    "locate",
    "open_store",
    "plot",
    "report",
    "resolve",
    "trend_frame",
    "trends",
    "update",
]

_HOMES = {
    "Coded": "vedette.records",
    "Document": "vedette.records",
    "HotspotQuery": "vedette.hotspot_runs",
    "Settings": "vedette.config",
    "Store": "vedette.store",
    "TrendQuery": "vedette.trend_runs",
    "VedetteError": "vedette.errors",
    "control": "vedette.controls",
    "frame": "vedette.results",
    "hotspot_frame": "vedette.outputs.tables",
    "hotspots": "vedette.hotspot_runs",
    "open_store": "vedette.store",
    "plot": "vedette.plots",
    "resolve": "vedette.results",
    "trend_frame": "vedette.outputs.tables",
    "trends": "vedette.trend_runs",
    "update": "vedette.results",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'vedette' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES.get(name, "vedette.api")), name)


def __dir__() -> list[str]:
    return sorted(__all__)
