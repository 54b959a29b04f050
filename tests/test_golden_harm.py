"""Shootings, wounds and deaths: which words of invented reports tell an ASSAULT, and which look like one and do not."""

from __future__ import annotations

import pytest

import vedette

TOLD = [
    # A noun of violence before what it did, or before whom it hit.
    ("Rasmus was taken to hospital with a gunshot wound.", {"gunshot": ["Rasmus"]}),
    ("Rasmus suffered gunshot wounds to the chest.", {"gunshot": ["Rasmus"]}),
    ("Deputies found three people with gunshot wounds.", {"gunshot": ["three people"]}),
    ("Seven shooting victims were taken to hospital.", {"shooting": ["Seven shooting victims"]}),
    ("It was the second gunshot death of a young person this month.", {"gunshot death": ["a young person"]}),
    # Nouns, whole words, and lines with capitals on all words.
    ("Police called it a murder-suicide.", {"murder-suicide": []}),
    ("Police called it a murder - suicide.", {"murder suicide": []}),
    ("Police are investigating the shooting.", {"shooting": []}),
    ("17-Year-Old Man Charged With Negligent Homicide", {"Homicide": []}),
    # What hits is no actor, and what breaks out is one act.
    ("The girl was hit by a stray bullet.", {"hit bullet": ["The girl"]}),
    ("Stevens was in his car when he was hit by a stray bullet.", {"hit bullet": ["he"]}),
    ("Fighting erupted in Lublin on Monday.", {"Fighting erupted": []}),
    ("He shot his brother, then turned the gun on himself.", {"shot": ["his brother"], "turned gun on": ["himself"]}),
    # Deaths told apart from the act.
    ("Two men shot Ana Ruiz outside her home. She was taken to hospital, where she died.", {"shot": ["Ana Ruiz"], "died": ["she"]}),
    ("Two men shot Ana Ruiz outside her home on Monday. She died on Tuesday.", {"shot": ["Ana Ruiz"], "died": ["She"]}),
    (
        "Gunmen shot a boy in Lublin. Neighbours called an ambulance. The boy died at the scene.",
        {"shot": ["a boy"], "died": ["The boy"]},
    ),
    ("A child died after she was shot in the head.", {"died": ["A child"], "shot": ["she"]}),
    ("He was shot in the chest and later died.", {"shot": ["He"], "died": ["He"]}),
    ("A gunman shot Ana Ruiz outside her home. She was pronounced dead at a hospital.", {"shot": ["Ana Ruiz"], "dead": ["She"]}),
    ("A gunman shot a boy in Lublin. Doctors pronounced him dead.", {"shot": ["a boy"], "dead": ["him"]}),
    ("A man is dead after a shooting in Lublin.", {"shooting": [], "dead": ["A man"]}),
    ("Police found a guard dead in the warehouse.", {"dead": ["a guard"]}),
]  # fmt: skip
NOT_TOLD = [
    "Her father was dead.",
    "The poet was pronounced dead at a hospital.",
    "They buried the dead man.",
    "The poet died of cancer in 2010.",
    "He died in a crash on Monday.",
    "The company shot a video in Lublin.",
    "The film was shot in Lublin.",
    "He runs a shooting range for hunters.",
    "A shooting star was seen over Lublin.",
    "The striker took a shot at goal.",
    "Lublin scored in injury time.",
    "The court upheld the death penalty.",
    "The board pulled the trigger on the deal.",
    "His administration will not succumb to pressure from the banks.",
    "Stray bullet casings were shown at the museum.",
]
# An act is told, but the death beside it is another matter.
OTHER_DEATHS = [
    "Two men shot Ana Ruiz at home on Monday. Her father died on Tuesday in a crash.",
    "Rebels attacked the village. The talks died at the scene.",
    "The minister condemned the attack. He died at his home, aged 90.",
    "Gunmen shot a boy in Lublin. The poet Ana Ruiz died on Monday.",
    "Two soldiers were shot on Monday. She died of pneumonia in hospital.",
]


def assaults(text: str) -> dict[str, list[str]]:
    """Triggers of a text's ASSAULT claims with the mentions of their recipients."""
    coded = vedette.code(text, published="2031-05-06")
    return {
        " ".join(span.of(text).replace("\n", " ") for span in claim.trigger): [a.mention for a in claim.recipients]
        for claim in coded.claims
        if claim.event_type == "ASSAULT"
    }


@pytest.mark.parametrize(("text", "expected"), TOLD, ids=[text for text, _ in TOLD])
def test_what_is_told(text, expected):
    assert assaults(text) == expected


@pytest.mark.parametrize("text", NOT_TOLD)
def test_what_is_no_assault(text):
    assert assaults(text) == {}


@pytest.mark.parametrize("text", OTHER_DEATHS)
def test_a_death_of_another_cause_or_of_another_is_not_the_acts(text):
    assert "died" not in assaults(text)


def test_a_missile_is_no_actor():
    coded = vedette.code("Rasmus died from a gunshot wound.", published="2031-05-06")

    assert [claim.actors for claim in coded.claims if claim.event_type == "ASSAULT"] == [(), ()]
