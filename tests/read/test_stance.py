"""Denied, doubted, threatened, claimed, accused."""

from __future__ import annotations

import pytest

from vedette.model.kinds import Attribution, Stance


def test_denial_is_attributed_not_asserted(claims_of):
    (claim,) = claims_of("The army denied that soldiers attacked a village near Kunduz on Friday.")
    assert claim.stance.value is Stance.DENIES
    assert claim.stance.spans[0].text == "denied"
    assert claim.said_by is not None
    assert claim.said_by.value == "army"


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("There were unconfirmed reports that gunmen killed a teacher in Kunduz.", Stance.DOUBTS),
        ("The Taliban threatened to attack polling stations in Kunduz.", Stance.THREATENS),
        ("Gunmen killed a teacher in Kunduz.", Stance.ASSERTS),
    ],
)
def test_a_cue_before_the_event_sets_its_stance(claims_of, text, stance):
    (claim,) = claims_of(text)
    assert claim.stance.value is stance


def test_a_denied_event_is_not_joined_to_an_asserted_one(claims_of):
    claims = claims_of("Gunmen attacked a village near Kunduz. The army denied that gunmen attacked the village.")
    assert sorted(claim.stance.value for claim in claims) == [Stance.ASSERTS, Stance.DENIES]


def test_who_claims_responsibility_is_the_perpetrator(claims_of):
    (claim,) = claims_of(
        "A bomb killed three people in Kabul on Friday. Islamic State claimed responsibility for the blast."
    )
    assert [actor.value.name for actor in claim.perpetrators] == ["Islamic State"]
    assert claim.attribution.value is Attribution.CLAIMED


def test_who_is_blamed_is_accused(claims_of):
    (claim,) = claims_of("A bomb killed three people in Kabul on Friday. Officials blamed the Taliban for the attack.")
    assert [actor.value.name for actor in claim.perpetrators] == ["Taliban"]
    assert claim.attribution.value is Attribution.ACCUSED


def test_no_group_claiming_it_leaves_the_perpetrator_untold(claims_of):
    (claim,) = claims_of("A bomb killed three people in Kabul on Friday. No group claimed responsibility.")
    assert claim.perpetrators == ()
    assert claim.attribution.value is Attribution.UNKNOWN
