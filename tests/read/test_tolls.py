"""The toll table of the code book, row by row, and what is no toll."""

from __future__ import annotations

import pytest

from vedette.model.kinds import Harm
from vedette.model.values import Tally
from vedette.read.tolls import find_tolls
from vedette.reference.lexicon import load_lexicon

ROWS = [
    ("12 people were killed", Tally(12, 12, 12)),
    ("Twelve people were killed", Tally(12, 12, 12)),
    ("Twenty-five people were killed", Tally(25, 25, 25)),
    ("1,200 people were killed", Tally(1200, 1200, 1200)),
    ("At least 12 people were killed", Tally(12, 12, None)),
    ("More than 11 people were killed", Tally(12, 12, None)),
    ("Up to 12 people were killed", Tally(None, 12, 12)),
    ("As many as 12 people were killed", Tally(None, 12, 12)),
    ("About 12 people were killed", Tally(11, 12, 13)),
    ("Around 200 people were killed", Tally(180, 200, 220)),
    ("Between 10 and 15 people were killed", Tally(10, 12, 15)),
    ("10 to 15 people were killed", Tally(10, 12, 15)),
    ("10-15 people were killed", Tally(10, 12, 15)),
    ("A civilian was killed", Tally(1, 1, 1)),
    ("One civilian was killed", Tally(1, 1, 1)),
    ("A couple of civilians were killed", Tally(2, 2, 2)),
    ("A few civilians were killed", Tally(3, 3, 9)),
    ("Several civilians were killed", Tally(3, 3, 9)),
    ("A dozen civilians were killed", Tally(12, 12, 12)),
    ("Dozens of civilians were killed", Tally(24, 24, None)),
    ("Scores of civilians were killed", Tally(40, 40, None)),
    ("Hundreds of civilians were killed", Tally(200, 200, None)),
    ("Thousands of civilians were killed", Tally(2000, 2000, None)),
    ("Many civilians were killed", Tally(1, None, None)),
    ("A number of civilians were killed", Tally(1, None, None)),
    ("No one was killed", Tally(0, 0, 0)),
]


def tolls(sentence, phrases, text):
    line = sentence(text)
    return [(toll.harm, toll.counted.tally) for toll in find_tolls(line, phrases(line), load_lexicon())]


@pytest.mark.parametrize(("text", "tally"), ROWS)
def test_a_count_is_as_vague_as_its_words(sentence, phrases, text, tally):
    assert tolls(sentence, phrases, text + " in Kabul.") == [(Harm.KILLED, tally)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A bomb exploded, killing eight and wounding 20.", [(Harm.KILLED, 8), (Harm.WOUNDED, 20)]),
        ("The blast left 12 dead and 30 wounded.", [(Harm.KILLED, 12), (Harm.WOUNDED, 30)]),
        ("THE ATTACK LEFT 29 DEAD.", [(Harm.KILLED, 29)]),
        ("The death toll rose to 15.", [(Harm.KILLED, 15)]),
        ("There were 12 deaths.", [(Harm.KILLED, 12)]),
        ("Police arrested two suspected militants.", [(Harm.CAPTURED, 2)]),
        ("Gunmen kidnapped three engineers.", [(Harm.ABDUCTED, 3)]),
        ("3 killed, 5 injured in Kabul blast", [(Harm.KILLED, 3), (Harm.WOUNDED, 5)]),
        ("Two soldiers and a policeman were killed.", [(Harm.KILLED, 2), (Harm.KILLED, 1)]),
        ("They killed and wounded several insurgents.", [(Harm.KILLED, 3), (Harm.WOUNDED, 3)]),
        ("Two bomb makers were detained.", [(Harm.CAPTURED, 2)]),
    ],
)
def test_a_count_goes_with_its_harm(sentence, phrases, text, expected):
    assert [(harm, tally.best) for harm, tally in tolls(sentence, phrases, text)] == expected


def test_a_subset_is_not_added(sentence, phrases):
    assert tolls(sentence, phrases, "12 people were killed, three of them children.") == [
        (Harm.KILLED, Tally(12, 12, 12))
    ]
    assert tolls(sentence, phrases, "The bomb killed 12 people, including five children.") == [
        (Harm.KILLED, Tally(12, 12, 12))
    ]


def test_the_wounded_who_later_died_are_killed(sentence, phrases):
    assert tolls(sentence, phrases, "Two soldiers were wounded and later died.") == [(Harm.KILLED, Tally(2, 2, 2))]


def test_casualties_without_a_number_are_one_or_more_hurt(sentence, phrases):
    assert tolls(sentence, phrases, "The blast caused casualties.") == [(Harm.WOUNDED, Tally(1, None, None))]


def test_no_casualties_is_zero_of_both(sentence, phrases):
    assert tolls(sentence, phrases, "There were no casualties.") == [
        (Harm.KILLED, Tally(0, 0, 0)),
        (Harm.WOUNDED, Tally(0, 0, 0)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "A 14-year-old boy was seen near the bomb that wounded nobody we know.",
        "The rebels were killed in 2019.",
        "Militants fired 12 rockets that killed civilians.",
        "Forces killed insurgents in two operations on May 25.",
        "The blast 40 km away killed civilians.",
    ],
)
def test_ages_years_weapons_and_distances_are_no_tolls(sentence, phrases, text):
    assert not {12, 14, 25, 40, 2019} & {tally.best for _, tally in tolls(sentence, phrases, text)}


def test_a_toll_corrected_within_the_article_is_the_corrected_one(claims_of):
    (claim,) = claims_of(
        "A roadside bomb killed 15 civilians in Kunduz on Friday. Officials later revised the death toll to 12."
    )
    assert 12 in [toll.value.tally.best for toll in claim.tolls if toll.value.harm is Harm.KILLED]
