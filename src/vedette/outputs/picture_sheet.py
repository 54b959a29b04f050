"""A picture that stands alone: title, what it shows, drawings one below or beside the other, and notes; as SVG.

Colours come from the page's style sheets (`report.css`, `pictures.css` and `control.css` of `templates`), the
light ones, written out: drawing programs and resvg know no variables.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import NamedTuple

__all__ = ["Drawing", "Sheet", "make_sheet"]

MARGIN = 24.0
GAP = 16.0
LINE = 20.0
# Letters of 14 units are about this wide.
LETTER = 7.3
FONTS = "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', Arial, sans-serif"
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
VARIABLE = re.compile(r"(--[\w-]+):([^;}]+)")


class Drawing(NamedTuple):
    """An SVG element with its own `viewBox`, and how large it is drawn."""

    svg: str
    width: float
    height: float


class Sheet(NamedTuple):
    """A whole picture; `too_few`: why it shows nothing."""

    svg: str
    too_few: str | None = None


def make_sheet(
    title: str, gist: str, drawings: Sequence[Drawing], notes: Iterable[str] = (), *, width: float = 1000.0,
    too_few: str | None = None,
) -> Sheet:  # fmt: skip
    """Lay out drawings in rows, as many beside each other as fit, between a title and notes.

    Args:
        width: of what is drawn, without the margins; lines of words are broken to it.
        too_few: said in place of drawings.
    """
    parts: list[str] = []
    y = MARGIN + 24
    parts.append(f'<text class="sheet-title" x="{MARGIN:g}" y="{y:g}">{escape(title)}</text>')
    y = _words(parts, _broken([gist], width), y + 6, "sheet-note")
    if too_few:
        y = _words(parts, _broken([too_few], width), y + GAP, "sheet-words")
    x, tallest = MARGIN, 0.0
    y += GAP
    for drawing in drawings:
        if x > MARGIN and x + drawing.width > MARGIN + width + 0.5:
            x, y, tallest = MARGIN, y + tallest + GAP, 0.0
        place = f'x="{x:g}" y="{y:g}" width="{drawing.width:g}" height="{drawing.height:g}" '
        parts.append(drawing.svg.replace("<svg ", f"<svg {place}", 1))
        x += drawing.width + GAP
        tallest = max(tallest, drawing.height)
    y = _words(parts, _broken(notes, width), y + tallest + 4, "sheet-note")
    full, height = width + 2 * MARGIN, y + MARGIN
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {full:g} {height:g}" width="{full:g}" '
        f'height="{height:g}" role="img" aria-labelledby="sheet-title">'
    )
    ground = f'<rect class="sheet" width="{full:g}" height="{height:g}"/>'
    named = f'<title id="sheet-title">{escape(title)}</title>'
    return Sheet("\n".join([head, named, f"<style>{_style()}</style>", ground, *parts, "</svg>\n"]), too_few)


def _broken(texts: Iterable[str], width: float) -> list[str]:
    return [line for text in texts for line in textwrap.wrap(text, int(width / LETTER)) or [""]]


def _words(parts: list[str], lines: Sequence[str], y: float, style: str) -> float:
    for line in lines:
        y += LINE
        parts.append(f'<text class="{style}" x="{MARGIN:g}" y="{y:g}">{escape(line)}</text>')
    return y


@cache
def _style() -> str:
    """The rules of the pictures, in the page's light colours, for a picture of its own size."""
    folder = files("vedette") / "outputs" / "templates"
    page, *sheets = ((folder / f"{name}.css").read_text(encoding="utf-8") for name in ("report", "pictures", "control"))
    colours: dict[str, str] = {}
    for sheet in (page, *sheets):
        colours |= dict(VARIABLE.findall(sheet[sheet.index(":root{") : sheet.index("}")]))
    rules = [
        f"{selector.strip()}{{{re.sub(r'var[(](--[^)]+)[)]', lambda m: colours[m[1]], body)}}}"
        for sheet in sheets
        for selector, body in RULE.findall(sheet[: sheet.index("/* page */")])
        if ":root" not in selector
    ]
    return f"svg{{font-family:{FONTS};color:{colours['--ink']}}}" + "".join(rules)
