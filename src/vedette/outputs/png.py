"""SVG pictures as PNG. The only module that imports resvg."""

from __future__ import annotations

import resvg_py

__all__ = ["png_of"]

# A picture is drawn this many times as large as its SVG says, so that its letters are sharp in a document.
ZOOM = 2.0


def png_of(svg: str) -> bytes:
    """Return an SVG drawn as PNG, at twice its size, with the fonts of the machine."""
    return resvg_py.svg_to_bytes(svg_string=svg, zoom=ZOOM)
