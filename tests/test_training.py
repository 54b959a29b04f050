"""The sentences that the event scorer is trained on, and the weights that were made of them."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from pathlib import Path

import pytest

import vedette
from vedette import toolbox
from vedette.errors import BadData, InputError
from vedette.records import Span
from vedette.toolbox import load_scorer, read_toml

TRAINING = Path(__file__).resolve().parents[1] / "training"


def loaded(name):
    spec = importlib.util.spec_from_file_location(name, TRAINING / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def made():
    sentences = loaded("sentences")
    return sentences, list(sentences.sentences(sentences.read_lines()))


def test_the_lines_are_sound(made):
    train = loaded("train")

    assert list(train.check(made[1])) == []
    assert len(made[1]) > 2500


def test_the_sentences_are_the_same_each_time(made):
    sentences, first = made

    assert list(sentences.sentences(sentences.read_lines())) == first


def test_no_slot_or_mark_is_left(made):
    sentences, all_made = made

    assert not [m.text for m in all_made if sentences.MARK.search(m.text) or sentences.SLOT.search(m.text)]


def test_spans_stand_on_their_words(tmp_path, made):
    sentences, _ = made
    (tmp_path / "own.txt").write_text("# ASSAULT/aerial\n{Jets} *(hit|bombed)* [two towns].\n", encoding="utf-8")

    first, second = sentences.sentences(sentences.read_lines(tmp_path))

    words = {m.text[slice(*m.predicates[0])] for m in (first, second)}
    assert words == {"hit", "bombed"}
    assert {first.text[slice(*first.actor)].lower(), second.text[slice(*second.actor)].lower()} == {"jets"}
    assert first.text[slice(*first.recipient)] == "two towns"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{S} *hit* [S].", "line 1: write a head"),
        ("# ASSAULT\n{S} *hit [S].", "line 2: a mark is not closed"),
        ("# ASSAULT\n{S} hit [S].", "line 2: no predicate is marked"),
    ],
)
def test_a_wrong_line_is_refused(tmp_path, made, line, reason):
    (tmp_path / "own.txt").write_text(line, encoding="utf-8")

    with pytest.raises(ValueError, match=reason):
        made[0].read_lines(tmp_path)


def test_what_is_doubled_or_unknown_is_named(tmp_path, made):
    (tmp_path / "own.txt").write_text("# ASSAULT/siege\n{Jets} *hit* [two towns].\n", encoding="utf-8")
    wrong = list(made[0].sentences(made[0].read_lines(tmp_path)))

    problems = list(loaded("train").check([*made[1], *wrong, *wrong]))
    assert any("no such type or mode: ASSAULT/siege" in p for p in problems)
    assert any("a sentence is made twice" in p for p in problems)


def test_the_weights_are_of_these_lines():
    assert read_toml("scorer/scorer.toml")["lines_sha256"] == loaded("train").digest_of_lines(), (
        "the lines have changed: run training/train.py"
    )


class Unknown:
    """A parser whose vectors nobody trained on."""

    def vector(self, word):
        return None

    def vectors_digest(self):
        return None


def test_other_vectors_have_no_scorer():
    assert load_scorer(Unknown()) is None


@pytest.mark.parametrize(
    ("about", "weights", "reason"),
    [
        ("version = 99\n", b"", "version"),
        ('version = 1\nweights_sha256 = "ab"\n', b"PK", "is not the one"),
        (
            f'version = 1\nweights_sha256 = "{hashlib.sha256(b"PK").hexdigest()}"\nvectors_sha256 = "x"\n',
            b"PK",
            "holds no",
        ),
    ],
)
def test_other_weights_are_refused(tmp_path, monkeypatch, about, weights, reason):
    folder = tmp_path / "data" / "scorer"
    folder.mkdir(parents=True)
    (folder / "scorer.toml").write_text(about, encoding="utf-8")
    (folder / "weights.npz").write_bytes(weights)
    monkeypatch.setattr(toolbox, "files", lambda _package: tmp_path)
    monkeypatch.setattr(Unknown, "vectors_digest", lambda self: "x")

    with pytest.raises(BadData, match=reason):
        load_scorer(Unknown())


def pair(text, actor, recipient):
    spans = [(text.index(words), text.index(words) + len(words)) for words in (actor, recipient)]
    return vedette.code_pair(text, *spans)


def test_the_scorer_speaks_where_the_lexicon_is_silent():
    claim = pair("Uruguay eviscerated the Mounted Rangers in a note.", "Uruguay", "the Mounted Rangers")

    assert claim.coder == "scorer/1"
    assert claim.mode is None and 0.3 <= claim.confidence <= 1
    assert [a.mention for a in claim.actors] == ["Uruguay"]


def test_the_lexicon_speaks_first():
    assert pair("Uruguay bombed Paraguay.", "Uruguay", "Paraguay").coder.startswith("events/")


def test_a_pair_of_one_actor():
    text = "Three villages near Osh were shelled on Tuesday."

    assert vedette.code_pair(text, None, Span(0, 14)).event_type == "ASSAULT"
    with pytest.raises(InputError, match="a pair needs"):
        vedette.code_pair(text, None, None)
