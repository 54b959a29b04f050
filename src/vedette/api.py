"""The public functions: what the command line does, from Python.

`code`, `code_pair` and `certainty` load the tools once a process and keep them.
"""

from __future__ import annotations

import logging
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from vedette._version import __version__
from vedette.bulk import executor_for
from vedette.coding.factuality import factuality
from vedette.coding.places import locate as _locate
from vedette.config import Settings, load_settings
from vedette.errors import InputError
from vedette.explanation import Explanation, explain_document
from vedette.explanation import explain_pair as _explain_pair
from vedette.lookups.gazetteer import build_gazetteer as _build_gazetteer
from vedette.outputs.files import check_out, whole_file
from vedette.pipeline import CODER, Tools, claim_of_event, code_documents, event_of_pair
from vedette.records import Claim, Coded, Document, Located, Segment, SkippedDocument, Span, document_id
from vedette.results import write_report
from vedette.sources import ReadOptions, read
from vedette.sources.contract import read_contract
from vedette.sources.exercise import exercise_note
from vedette.store import Store, open_store
from vedette.store.keep import now
from vedette.text.casing import restore_case
from vedette.text.tree import Parsed
from vedette.toolbox import load_tools

__all__ = [
    "Found",
    "build_gazetteer",
    "certainty",
    "check_paths",
    "code",
    "code_file",
    "code_pair",
    "exercise_note",
    "explain",
    "explain_pair",
    "ingest",
    "locate",
    "open_store",
    "report",
    "tools",
]

log = logging.getLogger(__name__)

Progress = Callable[[str], None]


class Found(msgspec.Struct, frozen=True):
    """What a run found: numbers of documents coded and already known, of claims, and of skipped ones by reason."""

    n_coded: int
    n_known: int
    n_claims: int
    skipped: dict[str, int]


_TOOLS: dict[Settings, Tools] = {}


def tools(settings: Settings | None = None, *, progress: Callable[[str, float], None] | None = None) -> Tools:
    """The tools of this process, loaded at the first call with these settings.

    `progress` is told the step and its share done while the gazetteer's index is built.
    """
    settings = settings or load_settings()
    if settings not in _TOOLS:
        _TOOLS[settings] = load_tools(settings, progress=progress)
    return _TOOLS[settings]


_tools = tools


def code(
    text: str,
    *,
    published: date | str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    url: str | None = None,
    id: str | None = None,
) -> Coded:
    """Code one report.

    Args:
        published: the outlet's local calendar day, or its ISO form ("2031-05-06").
        id: its id; by default a hash of address and text.

    Raises:
        InputError: `published` is no ISO day, or `text` no string.
    """
    return next(code_documents([_document(text, published, outlet, title, url, id)], tools()))


def explain(text: str, *, published: date | str | None = None, outlet: str | None = None) -> Explanation:
    """Code a text and return why each claim was coded so, what was passed over and why, and the parse.

    Args:
        published: as for `code`.

    Raises:
        InputError: as `code`, and where the text is blank.
    """
    document = _document(text, published, outlet)
    if not document.text.strip():
        raise InputError("the text is empty")
    return explain_document(document, tools())


def code_pair(
    text: str,
    actor_span: tuple[int, int] | Span | None,
    recipient_span: tuple[int, int] | Span | None,
    *,
    published: date | str | None = None,
) -> Claim | None:
    """Code what `text` says that one actor did to another, for those who bring their own actors.

    Spans are characters ``[start, end)``, None where the text does not tell who it is. Returns None where no event
    joins them. Where the lexicon finds none, the scorer tells the type by likeness to examples: `coder` is then
    "scorer/1", `confidence` its score, 0..1, and `mode` None (docs/method/events_scorer.md).

    Raises:
        InputError: both spans are None, or one is no span of `text`.
    """
    parsed, actor, recipient = _pair(text, actor_span, recipient_span)
    event = event_of_pair(parsed, actor, recipient, tools())
    return claim_of_event(parsed, event, _day(published), tools()) if event else None


def explain_pair(
    text: str,
    actor_span: tuple[int, int] | Span | None,
    recipient_span: tuple[int, int] | Span | None,
    *,
    published: date | str | None = None,
) -> Explanation:
    """Return why `code_pair` says of two actors what it says, and the parse; where the scorer speaks, by which words.

    Raises:
        InputError: as `code_pair`.
    """
    parsed, actor, recipient = _pair(text, actor_span, recipient_span)
    return _explain_pair(_document(text, published, None), parsed, actor, recipient, tools())


def _pair(
    text: str, actor_span: tuple[int, int] | Span | None, recipient_span: tuple[int, int] | Span | None
) -> tuple[Parsed, Span | None, Span | None]:
    if actor_span is None and recipient_span is None:
        raise InputError("a pair needs the span of its actor or its recipient")
    actor, recipient = (None if span is None else _span(span, text) for span in (actor_span, recipient_span))
    return _parse(text), actor, recipient


def certainty(text: str, span: tuple[int, int] | Span) -> float:
    """Return how sure the text is that the predicate at `span` holds, -3.0 certainly not to +3.0 certainly.

    Scale: Stanovsky et al. 2017 (unified factuality). A span without a word gives 0.0.
    """
    parsed = _parse(text)
    head = parsed.head_of(_span(span, text))
    return factuality(parsed, head, tools().factuality).certainty if head is not None else 0.0


def locate(text: str, *, country: str | None = None) -> list[Located]:
    """Return the places that `text` names, each with what it may mean, best first, and what speaks for it.

    Args:
        country: what the text is about, ISO 3166 alpha-3 ("AFG").

    Raises:
        InputError: `text` is empty, or `country` no such code.
    """
    if country is not None and not (len(country) == 3 and country.isascii() and country.isupper()):
        raise InputError(f"{country!r} is no ISO 3166 alpha-3 code, such as AFG")
    loaded = tools()
    return _locate(
        _parse(text),
        loaded.gazetteer,
        countries={country: 1.0} if country else None,
        first_names=loaded.actors.first_names,
    )


def ingest(
    paths: Iterable[str | Path],
    store: Store,
    *,
    tools: Tools | None = None,
    processes: int | None = None,
    columns: Mapping[str, str | None] | None = None,
    progress: Progress | None = None,
) -> Found:
    """Read files and folders, code what is new, keep it; one transaction a document.

    What is new is resolved by `update(store)`.

    A run that was killed is resumed by running it again: documents that this coder has coded are left alone.

    Args:
        tools: what to code with; by default this process's own.
        processes: how many code at once, 0 for one a core; by default as in the settings.
        columns: names of the columns of tables that hold "text", "title", "published", "outlet"; by default guessed.
        progress: told the address of each document when it is read.
    """
    settings = load_settings()
    paths = [paths] if isinstance(paths, (str, Path)) else list(paths)
    options = ReadOptions(max_chars=settings.max_chars, columns={k: v for k, v in (columns or {}).items() if v})
    found = read(paths, options)
    if processes is not None:
        settings = msgspec.structs.replace(settings, processes=processes)
    executor = executor_for(settings, tools or (_tools(settings) if settings.processes == 1 else None))
    is_exercise = exercise_note(paths) is not None
    run = store.start_run(version=__version__, coder=CODER, at=now())
    skipped: Counter[str] = Counter()
    n_known = n_coded = n_claims = 0
    pending: dict[str, Document] = {}

    def skip(item: SkippedDocument) -> None:
        store.skip(item, at=now())
        skipped[item.skipped.reason] += 1

    def new() -> Iterator[Document]:
        nonlocal n_known
        for item in found:
            if progress:
                progress(item.address)
            if isinstance(item, SkippedDocument):
                skip(item)
                continue
            other = pending[item.id].text if item.id in pending else store.text_of(item.id)
            if other is not None and other != item.text:
                # Two tables number their rows alike, or a row was changed: neither text may be lost.
                item = msgspec.structs.replace(item, id=document_id(item.address, item.text))
            if item.id in pending or store.has(item.id, CODER):
                n_known += 1
            else:
                pending[item.id] = item
                yield item

    for coded in executor.code(new()):
        document = pending.pop(coded.id)
        if coded.skipped is not None:
            skip(SkippedDocument(document.address, coded.skipped, document.id, document.sha256))
            continue
        store.keep(document, coded, coder=CODER, at=now(), is_exercise=is_exercise)
        n_coded += 1
        n_claims += len(coded.claims)
    store.end_run(run, at=now(), n_documents=n_coded, n_skipped=skipped.total())
    log.info("run ended", extra={"coded": n_coded, "known": n_known, "skipped": skipped.total()})
    return Found(n_coded, n_known, n_claims, dict(skipped))


def build_gazetteer(
    *,
    cache: Path | None = None,
    geonames: Path | None = None,
    places: Path | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> Path:
    """Make the index of place names ahead of its first use, and return its path.

    Args:
        geonames: GeoNames' allCountries.zip or .txt; used from then on.
        places: the user's own places; by default as in the settings.
    """
    settings = load_settings()
    folder = cache or settings.cache_dir
    return _build_gazetteer(folder, overlay=places or settings.places, geonames=geonames, progress=progress)


def check_paths(paths: Iterable[str | Path]) -> None:
    """Raise `NotFound` where a file, folder or glob that is named is not there; nothing is read."""
    read(paths)


def report(
    paths: Iterable[str | Path], out: str | Path, *, db: str | Path | None = None, title: str | None = None
) -> Found:
    """Read, code, store, resolve, and write the report; without `db` the database is not kept."""
    paths = [paths] if isinstance(paths, (str, Path)) else list(paths)
    read(paths)
    check_out(Path(out))
    with TemporaryDirectory() as folder, open_store(db or Path(folder) / "vedette.db", read_only=False) as store:
        found = ingest(paths, store)
        write_report(store, out, title=title, note=exercise_note(paths))
    return found


def code_file(source: Path, out: Path, *, processes: int = 1, progress: Progress | None = None) -> tuple[int, int]:
    """Code a JSON Lines file by the contract: one line out for every line in, in order.

    Returns the numbers of documents coded and skipped. The file appears whole or not at all.

    Raises:
        NotFound: no such file.
    """
    settings = msgspec.structs.replace(load_settings(), processes=processes)
    executor = executor_for(settings, tools(settings) if processes == 1 else None)
    rows: deque[Document | Coded] = deque()

    def documents() -> Iterator[Document]:
        for row in read_contract(source):
            rows.append(row)
            if isinstance(row, Document):
                yield row

    n = n_skipped = 0
    with whole_file(out) as file:
        for coded in executor.code(documents()):
            while isinstance(row := rows.popleft(), Coded):
                file.write(msgspec.json.encode(row) + b"\n")
                n_skipped += 1
            file.write(msgspec.json.encode(coded) + b"\n")
            n += coded.skipped is None
            n_skipped += coded.skipped is not None
            if progress:
                progress(coded.id)
        for row in rows:
            file.write(msgspec.json.encode(row) + b"\n")
            n_skipped += 1
    return n, n_skipped


def _document(
    text: str,
    published: date | str | None,
    outlet: str | None,
    title: str | None = None,
    url: str | None = None,
    id: str | None = None,
) -> Document:
    if not isinstance(text, str):
        raise InputError(f"text must be a string, not {type(text).__name__}")
    text = text.encode("utf-8", errors="replace").decode("utf-8")  # a lone surrogate is one "?": offsets stay
    return Document(
        id=id or document_id(url or "", text),
        text=text,
        address=url or "text",
        title=title,
        published=_day(published),
        outlet=outlet,
        url=url,
    )


@lru_cache(maxsize=64)
def _parse(text: str) -> Parsed:
    if not text.strip():
        raise InputError("the text is empty")
    segments = [Segment("body", Span(0, len(text)))]
    used = tools()
    return next(iter(used.annotator.annotate([(restore_case(text, used.casing), segments, [])])))


def _span(span: tuple[int, int] | Span, text: str) -> Span:
    if not isinstance(span, Span):
        try:
            span = Span(*span)
        except (TypeError, ValueError) as error:
            raise InputError(f"a span is two numbers, start before end, not {span!r}") from error
    if span.end > len(text):
        raise InputError(f"span [{span.start}, {span.end}) ends after the text, which has {len(text)} characters")
    return span


def _day(value: date | str | None) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise InputError(f"published must be a day as 2031-05-06, not {value!r}") from error
