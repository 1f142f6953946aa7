"""Harm that did not happen is no toll, or a toll of nobody."""

from __future__ import annotations

import pytest

from vedette.model.kinds import Harm
from vedette.model.values import Tally
from vedette.read.tolls import find_tolls
from vedette.reference.lexicon import load_lexicon

NOBODY = Tally(0, 0, 0)


def tolls(sentence, phrases, text):
    line = sentence(text)
    return [(toll.harm, toll.counted.tally) for toll in find_tolls(line, phrases(line), load_lexicon())]


@pytest.mark.parametrize(
    "text",
    [
        "An assessment found that the airstrike had not harmed any civilians.",
        "No women or children were injured.",
        "The troops left without injuring anyone.",
        "The strike did not wound civilians.",
    ],
)
def test_negated_harm_hurt_nobody(sentence, phrases, text):
    assert tolls(sentence, phrases, text) == [(Harm.WOUNDED, NOBODY)]


@pytest.mark.parametrize(
    "text",
    [
        "They promised that they would not harm women or children.",
        "The attack could have killed many people.",
        "The governor was not injured.",
    ],
)
def test_what_might_have_been_and_one_who_was_spared_are_no_toll(sentence, phrases, text):
    assert tolls(sentence, phrases, text) == []


@pytest.mark.parametrize("text", ["Coalition forces killed in Kunduz.", "The patrol killed, and then withdrew."])
def test_an_uncounted_force_before_a_bare_participle_is_not_its_dead(sentence, phrases, text):
    assert tolls(sentence, phrases, text) == []


def test_counted_soldiers_before_a_bare_participle_are_the_dead(sentence, phrases):
    assert tolls(sentence, phrases, "Four soldiers killed in Kunduz.") == [(Harm.KILLED, Tally(4, 4, 4))]


def test_harm_to_nobody_does_not_name_the_event(claims_of):
    (claim,) = claims_of("No women or children were injured when the force detained two insurgents in Khost.")
    assert claim.kind.value.value == "arrests"
