"""Commands on a sentence or a place name: explain, locate; and the index of place names."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vedette.cli.common import app, exits, gazetteer
from vedette.errors import InputError

__all__ = ["explain", "gazetteer_build", "locate"]


@app.command()
@exits
def explain(
    sentence: Annotated[str, typer.Argument(help="A sentence or a short text.")],
    published: Annotated[str | None, typer.Option(help="The day of publication, as 2031-05-06.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    actor: Annotated[str | None, typer.Option(help="Words of the sentence: who, of a pair to code.")] = None,
    recipient: Annotated[str | None, typer.Option(help="Words of the sentence: whom, of a pair to code.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print why each claim of a sentence was coded so, what was looked at and not coded, and the parse.

    With --actor, --recipient or both: what the sentence says that one did to the other, as vedette.code_pair does.

    Example: vedette explain "Police said on Monday that rebels had shelled Kunduz." --published 2031-05-06
    """
    from vedette import api
    from vedette.outputs.terminal import print_explanation, steps

    with steps() as progress:
        api.tools(progress=progress)
    if actor is None and recipient is None:
        made = api.explain(sentence, published=published, outlet=outlet)
    else:
        made = api.explain_pair(
            sentence, _words_in(sentence, actor), _words_in(sentence, recipient), published=published
        )
    print_explanation(made, as_json=json)


def _words_in(sentence: str, words: str | None) -> tuple[int, int] | None:
    if words is None:
        return None
    at = sentence.find(words)
    if at < 0 or not words:
        raise InputError(f"{words!r} does not stand in the sentence")
    return at, at + len(words)


@app.command()
@exits
def locate(
    text: Annotated[str, typer.Argument(help="The words of a report.")],
    country: Annotated[str | None, typer.Option(help="What it is about, ISO 3166 alpha-3, such as AFG.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON lines.")] = False,
    geojson: Annotated[bool, typer.Option("--geojson", help="Print a GeoJSON FeatureCollection.")] = False,
) -> None:
    """Show the places that TEXT names, what each may mean, and what speaks for it.

    Example: vedette locate "Rain fell in Kunduz" --country AFG
    """
    import msgspec

    from vedette import api
    from vedette.outputs import located

    found = api.locate(text, country=country)
    if geojson:
        typer.echo(located.feature_collection(f.place for f in found))
    elif json:
        for f in found:
            typer.echo(msgspec.json.encode(f))
    else:
        for line in located.lines(found):
            typer.echo(line)


@gazetteer.command("build")
@exits
def gazetteer_build(
    geonames: Annotated[Path | None, typer.Option(help="GeoNames' allCountries.zip or .txt, if you have it.")] = None,
    places: Annotated[Path | None, typer.Option(help="Your own places; they win over ours.")] = None,
    cache: Annotated[Path | None, typer.Option(help="Folder for the index; else the user's cache.")] = None,
) -> None:
    """Make the index of place names ahead of its first use.

    Example: vedette gazetteer build
    """
    from vedette import api
    from vedette.outputs.terminal import steps

    with steps() as progress:
        path = api.build_gazetteer(cache=cache, geonames=geonames, places=places, progress=progress)
    typer.echo(f"gazetteer: {path}", err=True)
