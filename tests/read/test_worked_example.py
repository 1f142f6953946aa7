"""The code book's worked example, value by value and span by span."""

from __future__ import annotations

from datetime import date

import pytest

from vedette.model.kinds import Attribution, EventKind, Harm, Precision, Side, Stance
from vedette.model.values import Tally, Toll, When

TEXT = (
    "KABUL, Oct. 9, 2021 – A suicide bomber struck a Shiite mosque in the northern city of Kunduz on Friday, "
    "killing at least 46 people, officials said. The Islamic State claimed the attack. A Taliban spokesman denied "
    "reports that a second bomb had gone off. Earlier this week gunmen killed two Taliban policemen in Jalalabad; "
    "no group took responsibility."
)


@pytest.fixture(scope="module")
def claims(claims_of):
    return claims_of(TEXT)


def words(cited):
    return [span.text for span in cited.spans]


def names(cited):
    return [(actor.value.name, words(actor)) for actor in cited]


def test_the_example_gives_three_claims(claims):
    assert [claim.kind.value for claim in claims] == [
        EventKind.SUICIDE_BOMB,
        EventKind.REMOTE_EXPLOSIVE_LANDMINE_IED,
        EventKind.ARMED_CLASH,
    ]


def test_the_mosque_bombing_is_told_claimed_and_counted(claims):
    bombing = claims[0]
    assert words(bombing.kind) == ["suicide bomber"]
    assert (bombing.when.value, words(bombing.when)) == (When(date(2021, 10, 8), date(2021, 10, 8)), ["on Friday"]) or (
        bombing.when.value == When(date(2021, 10, 8), date(2021, 10, 8)) and words(bombing.when) == ["Friday"]
    )
    assert (bombing.place.value.name, bombing.place.value.precision) == ("Kunduz", Precision.SETTLEMENT)
    assert words(bombing.place) == ["Kunduz"]
    assert names(bombing.perpetrators) == [("Islamic State", ["Islamic State"])]
    assert (bombing.attribution.value, words(bombing.attribution)) == (Attribution.CLAIMED, ["claimed the attack"])
    assert names(bombing.targets) == [("Shiite mosque", ["Shiite mosque"])]
    (toll,) = bombing.tolls
    assert toll.value == Toll(Harm.KILLED, Tally(46, 46, None), Side.UNKNOWN)
    assert words(toll) == ["at least 46", "killing"]
    assert bombing.said_by is not None
    assert bombing.said_by.value == "officials"
    assert bombing.stance.value is Stance.ASSERTS


def test_the_second_bomb_is_denied_by_the_spokesman(claims):
    second = claims[1]
    assert words(second.kind) == ["bomb"]
    assert second.when.value == When(date(2021, 10, 8), date(2021, 10, 8))
    assert second.place.value.name == "Kunduz"
    assert second.perpetrators == ()
    assert second.attribution.value is Attribution.UNKNOWN
    assert (second.stance.value, words(second.stance)) == (Stance.DENIES, ["denied"])
    assert second.said_by is not None
    assert second.said_by.value == "Taliban spokesman"


def test_the_policemen_are_a_clash_with_its_own_place_and_week(claims):
    clash = claims[2]
    assert words(clash.kind) == ["killed"]
    assert clash.when.value == When(date(2021, 10, 4), date(2021, 10, 9))
    assert words(clash.place) == ["Jalalabad"]
    assert names(clash.perpetrators) == [("gunmen", ["gunmen"])]
    assert clash.attribution.value is Attribution.FACT
    assert names(clash.targets) == [("Taliban policemen", ["Taliban policemen"])]
    (toll,) = clash.tolls
    assert toll.value == Toll(Harm.KILLED, Tally(2, 2, 2), Side.TARGETS)
