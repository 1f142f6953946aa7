"""What an operation was for, and what a person did before, are no events of the day and count nobody."""

from __future__ import annotations

import pytest

from vedette.model.kinds import Harm


def counted(claims, harm):
    return [toll.value.tally.best for claim in claims for toll in claim.tolls if toll.value.harm is harm]


@pytest.mark.parametrize(
    "purpose",
    [
        "to arrest a Taliban leader",
        "to capture or kill a Taliban leader",
        "in search of a Taliban leader",
        "targeting a Taliban leader",
    ],
)
def test_a_purpose_takes_nobody(claims_of, purpose):
    claims = claims_of(f"A security force detained two insurgents during an operation {purpose} in Khost province.")
    assert counted(claims, Harm.CAPTURED) == [2]
    assert counted(claims, Harm.KILLED) == []


def test_a_raid_that_only_detains_is_an_arrest(claims_of):
    (claim,) = claims_of("Troops detained two insurgents during a raid in Khost province.")
    assert claim.kind.value.value == "arrests"


def test_a_raid_to_detain_is_no_event_by_itself(claims_of):
    assert claims_of("Forces launched a raid to arrest a Haqqani facilitator in Khost province.") == ()


@pytest.mark.parametrize(
    "description",
    [
        "responsible for planning and executing attacks against coalition forces",
        "linked to a roadside bombing that killed four soldiers",
        "who coordinated attacks that killed four soldiers",
    ],
)
def test_what_describes_a_person_is_no_event_of_the_day(claims_of, description):
    (claim,) = claims_of(f"A security force detained two insurgents and a Taliban leader {description} in Khost.")
    assert claim.kind.value.value == "arrests"
    assert counted([claim], Harm.KILLED) == []


def test_the_aim_of_an_operation_does_nothing_in_it(claims_of):
    (claim,) = claims_of(
        "Coalition forces conducted an operation to capture a Taliban leader, detaining two insurgents."
    )
    assert [actor.value.name for actor in claim.perpetrators] == ["Coalition forces"]


def test_without_a_word_of_time_an_event_is_open_to_the_dateline(claims_of):
    text = "KABUL, Afghanistan (Oct. 5, 2011) – In Zurmat district, Paktiya province, troops detained two insurgents."
    (claim,) = claims_of(text, published="")
    assert (claim.when.value.earliest, str(claim.when.value.latest)) == (None, "2011-10-05")


@pytest.mark.parametrize("saying", ["said today that", "confirmed today that", "said yesterday,"])
def test_the_day_of_the_saying_is_not_the_day_of_the_event(claims_of, saying):
    text = f"KABUL, Afghanistan (June 16, 2011) – Officials {saying} troops detained a Taliban leader in Khost June 14."
    (claim,) = claims_of(text, published="")
    assert str(claim.when.value.earliest) == "2011-06-14"
