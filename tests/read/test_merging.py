"""One claim per event, however many sentences tell it."""

from __future__ import annotations

from vedette.model.kinds import Harm, Side


def test_title_and_lead_tell_one_event(claims_of):
    claims = claims_of("A roadside bomb killed three soldiers in Kunduz on Friday.", title="Bomb kills three in Kunduz")
    assert len(claims) == 1


def test_a_separate_attack_is_its_own_claim(claims_of):
    claims = claims_of(
        "Gunmen killed two policemen in Kunduz on Friday. In a separate attack, insurgents killed a teacher in Herat."
    )
    assert [claim.place.value.name for claim in claims] == ["Kunduz", "Herat"]


def test_an_update_with_a_paragraph_per_province_gives_a_claim_per_province(claims_of):
    claims = claims_of(
        "In Khost province, security forces detained two suspected insurgents yesterday.\n\n"
        "In Ghazni province, security forces detained three suspected insurgents yesterday."
    )
    assert [claim.tolls[0].value.tally.best for claim in claims] == [2, 3]


def test_what_a_raid_also_detained_is_added(claims_of):
    (claim,) = claims_of(
        "A security force arrested a Taliban leader in Logar province today. "
        "The security force also detained two suspected insurgents."
    )
    (toll,) = claim.tolls
    assert (toll.value.harm, toll.value.tally.best, toll.value.side) == (Harm.CAPTURED, 3, Side.TARGETS)


def test_a_raid_with_a_fire_fight_keeps_its_detained(claims_of):
    (claim,) = claims_of(
        "A security force detained two insurgents in Logar province today. "
        "An insurgent fired at the security force and the soldiers killed the insurgent."
    )
    assert claim.kind.value.value == "armed_clash"
    assert {toll.value.harm for toll in claim.tolls} == {Harm.CAPTURED, Harm.KILLED}


def test_the_finer_place_of_one_event_wins(claims_of):
    (claim,) = claims_of(
        "Several insurgents were killed in Helmand province on Friday. "
        "In Sangin district, the insurgents were killed by a coalition patrol."
    )
    assert claim.place.value.name == "Sangin"


def test_where_a_person_was_before_is_not_where_he_was_taken(claims_of):
    claims = claims_of(
        "In Zharay district, Kandahar province, forces searched for a Taliban leader today. "
        "The leader coordinates attacks around Herat. The force detained several insurgents."
    )
    assert [claim.place.value.name for claim in claims if claim.kind.value.value == "arrests"] == ["Zharay"]
