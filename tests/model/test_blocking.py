from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.model.blocking import actor_key, blocking_keys, days_meant, is_named
from vedette.model.kinds import Attribution, EventKind, Harm, Precision, Stance
from vedette.model.nouns import Claim
from vedette.model.values import Actor, Cited, Place, Tally, Toll, When

CITY = Place("Taloqan", Precision.SETTLEMENT, "", "AF", ("Afghanistan", "Takhar"))
PROVINCE = Place("Takhar", Precision.PROVINCE, "", "AF", ("Afghanistan",))
COUNTRY = Place("Afghanistan", Precision.COUNTRY, "", "AF")
FRIDAY = When(date(2025, 3, 7), date(2025, 3, 7))
WEEK = When(date(2025, 3, 3), date(2025, 3, 8))


def claim(place=CITY, when=FRIDAY, kind=EventKind.ATTACK, stance=Stance.ASSERTS, *, by="", killed=None):
    return Claim(
        "id",
        "article",
        Cited(kind),
        Cited(when),
        Cited(place),
        Cited(stance),
        Cited(Attribution.FACT),
        (Cited(Actor(by, "ndf" if by == "Front" else "")),) if by else (),
        tolls=(Cited(Toll(Harm.KILLED, Tally(killed, killed, None))),) if killed is not None else (),
    )


def test_town_and_its_province_share_the_key_of_the_day():
    assert blocking_keys(claim()) == blocking_keys(claim(PROVINCE)) == ("afghanistan|takhar|force|2025-03-07",)


def test_week_in_a_town_has_a_key_for_each_day_and_a_week_in_a_province_none():
    assert len(blocking_keys(claim(when=WEEK))) == 6
    assert blocking_keys(claim(PROVINCE, WEEK)) == ()


def test_claim_without_a_place_is_found_by_its_named_actor_and_telling_toll():
    assert blocking_keys(claim(Place(), by="Front", killed=9)) == ("ndf|killed=9|2025-03",)
    assert blocking_keys(claim(COUNTRY, by="Front", killed=2)) == ()
    assert blocking_keys(claim(COUNTRY, by="gunmen", killed=9)) == ()


def test_open_day_reaches_back_two_months():
    keys = blocking_keys(claim(Place(), When(None, date(2025, 3, 7)), by="Front", killed=9))
    assert keys == ("ndf|killed=9|2025-01", "ndf|killed=9|2025-02", "ndf|killed=9|2025-03")


def test_denial_without_a_day_answers_the_past_week():
    denial = claim(when=When(None, date(2025, 3, 9)), stance=Stance.DENIES)
    assert days_meant(denial) == When(date(2025, 3, 2), date(2025, 3, 9))
    assert set(blocking_keys(claim())) <= set(blocking_keys(denial))


def test_threat_has_no_key():
    assert blocking_keys(claim(stance=Stance.THREATENS, by="Front", killed=9)) == ()


@pytest.mark.parametrize(
    ("actor", "named"),
    [
        (Actor("gunmen"), False),
        (Actor("Gunmen"), False),
        (Actor("unknown armed men"), False),
        (Actor("police", "police-x"), False),
        (Actor("Northern Dawn Front"), True),
        (Actor("the Northern Dawn Front"), True),
        (Actor("Taliban fighters", "taliban"), True),
        (Actor("worshippers"), False),
        (Actor(""), False),
    ],
)
def test_named_actor_is_an_organisation_and_not_a_role(actor, named):
    assert is_named(actor) is named


def test_article_before_a_name_is_no_part_of_it():
    assert actor_key(Actor("the Northern Dawn Front")) == actor_key(Actor("Northern Dawn Front"))


@given(
    ends=st.tuples(st.none() | st.dates(), st.none() | st.dates()),
    place=st.sampled_from([CITY, PROVINCE, COUNTRY, Place()]),
    kind=st.sampled_from(EventKind),
    stance=st.sampled_from(Stance),
)
def test_keys_are_few_for_any_days(ends, place, kind, stance):
    assert len(blocking_keys(claim(place, When(*ends), kind, stance, by="Front", killed=9))) <= 28
