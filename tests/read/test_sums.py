"""Over the sentences of one event a toll is added, bettered, or only told again."""

from __future__ import annotations

import pytest

from vedette.model.kinds import Harm
from vedette.model.values import Tally

LED = "Security forces captured a Taliban leader in Khost on Friday. "
SEVERAL = "Troops detained several suspected insurgents in Khost on Friday. "


@pytest.mark.parametrize(
    ("text", "tally"),
    [
        (SEVERAL + "The troops detained several suspected insurgents in the compound.", Tally(3, 3, 9)),
        (SEVERAL + "The troops also detained two additional suspects.", Tally(5, 5, 11)),
        (LED + "The force detained two suspected insurgents.", Tally(3, 3, 3)),
        (LED + "The force detained the leader and one additional insurgent.", Tally(2, 2, 2)),
        (
            "Troops detained a Taliban leader and several other insurgents in Khost. "
            "Two additional insurgents were detained for questioning.",
            Tally(3, 3, 3),
        ),
        ("Troops detained a Taliban leader along with several insurgents in Khost.", Tally(4, 4, 10)),
    ],
)
def test_a_toll_told_again_is_one_toll(claims_of, text, tally):
    (claim,) = claims_of(text)
    assert [toll.value.tally for toll in claim.tolls if toll.value.harm is Harm.CAPTURED] == [tally]


def test_a_sum_since_some_day_is_no_toll_of_this_one(claims_of):
    (claim,) = claims_of(LED + "Security teams have killed two and detained more than 30 insurgents since December.")
    assert [toll.value.tally.best for toll in claim.tolls] == [1]


@pytest.mark.parametrize(
    "total",
    [
        "More than 900 people have been killed this year.",
        "Violence has killed more than 900 people this year.",
        "This year 900 people have been killed and 1,200 wounded.",
        "Since January, 900 people have been killed in the city.",
        "In all, 900 people have been killed in the past six weeks.",
    ],
)
def test_a_total_over_a_period_is_no_toll_and_no_claim(claims_of, total):
    (claim,) = claims_of(f"A car bomb killed 13 people in Kunduz on Monday, police said. {total}")
    assert [(toll.value.harm, toll.value.tally.best) for toll in claim.tolls] == [(Harm.KILLED, 13)]


@pytest.mark.parametrize(
    ("text", "harm", "best"),
    [
        ("Gunmen killed nine people in Kunduz this week.", Harm.KILLED, 9),
        ("Gunmen have killed two policemen in Kunduz in the last few hours.", Harm.KILLED, 2),
        ("Two soldiers have been killed this month in an ambush near Kunduz.", Harm.KILLED, 2),
        ("Two suspects have been arrested over a bombing in Kunduz earlier this year.", Harm.CAPTURED, 2),
        ("A bomb exploded in Kunduz on Monday. So far 12 people have been killed.", Harm.KILLED, 12),
    ],
)
def test_one_event_told_in_the_perfect_keeps_its_toll(claims_of, text, harm, best):
    (claim,) = claims_of(text)
    assert [(toll.value.harm, toll.value.tally.best) for toll in claim.tolls] == [(harm, best)]
