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
