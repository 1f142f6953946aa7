"""Who did it to whom, and nobody by name."""

from __future__ import annotations

import pytest


def roles(claim):
    return (
        [actor.value.name for actor in claim.perpetrators],
        [actor.value.name for actor in claim.targets],
    )


@pytest.mark.parametrize(
    ("text", "perpetrators", "targets"),
    [
        ("Gunmen attacked a police station in Kunduz on Friday.", ["Gunmen"], ["police station"]),
        ("Three engineers were kidnapped by armed men in Kunduz.", ["armed men"], ["engineers"]),
        ("An attack on a convoy by insurgents killed two soldiers in Kunduz.", ["insurgents"], ["convoy"]),
        ("A rebel attack on the power station wounded a guard in Kunduz.", ["rebel"], ["power station"]),
        ("Masked gunmen shot dead a journalist in Kunduz.", ["Masked gunmen"], ["journalist"]),
        ("A group of armed men kidnapped a priest in Kunduz.", ["armed men"], ["priest"]),
    ],
)
def test_roles_follow_the_order_of_words(claims_of, text, perpetrators, targets):
    (claim,) = claims_of(text)
    assert roles(claim) == (perpetrators, targets)


def test_both_sides_of_a_clash_are_perpetrators_and_undirected(claims_of):
    (claim,) = claims_of("Clashes between Taliban fighters and government forces killed 12 people in Kunduz on Friday.")
    assert claim.undirected
    assert roles(claim) == (["Taliban fighters", "government forces"], [])


@pytest.mark.parametrize(
    ("text", "role", "name"),
    [
        ("Mullah Hassan Akhund, a Taliban commander, was killed by soldiers in Kunduz.", "Taliban commander", "Hassan"),
        ("Gunmen killed police commander Colonel Waldemar Quintero in Medellin.", "police commander", "Quintero"),
        ("Insurgents kidnapped Judge Maria Elena Diaz in Bogota.", "Judge", "Diaz"),
        ("Rebels assassinated journalist Juan Perez in Bogota.", "journalist", "Perez"),
    ],
)
def test_a_person_is_told_by_role_and_never_by_name(claims_of, text, role, name):
    (claim,) = claims_of(text)
    told = [actor.value.name for actor in (*claim.perpetrators, *claim.targets)]
    assert role in told
    assert not any(name in one for one in told)


def test_a_speaker_is_kept_by_role(claims_of):
    (claim,) = claims_of("Gunmen killed a teacher in Kunduz, Taliban spokesman Zabihullah Mujahid said.")
    assert claim.said_by is not None
    assert claim.said_by.value == "Taliban spokesman"
