"""An organisation's names lead to one id; persons lead nowhere."""

from __future__ import annotations

import pytest

from vedette.model.kinds import EventKind, EventType
from vedette.reference import load_reference
from vedette.reference.actors import Actors, KnownActor, load_actors
from vedette.reference.kinds import kind_name, type_name

KINDS = {
    "state_force", "police", "government", "armed_group", "militia", "political", "criminal",
    "international_force", "international_body", "aid", "civil",
}  # fmt: skip


@pytest.fixture(scope="module")
def actors() -> Actors:
    return load_actors()


@pytest.mark.parametrize(
    ("text", "ident"),
    [
        ("the Taliban", "taliban"),
        ("Islamic State's Afghan branch", "is-khorasan"),
        ("Islamic State’s Afghan branch", "is-khorasan"),
        ("ISIS-K", "is-khorasan"),
        ("the Islamic State group", "is"),
        ("al-Qaida", "al-qaeda"),
        ("Al Qaeda in the Arabian Peninsula", "aqap"),
        ("SENDERO LUMINOSO", "shining-path"),
        ("U.S. forces", "us-forces"),
        ("Tehreek-e-Taliban Pakistan", "ttp"),
        ("Pakistani Taliban fighters", "ttp"),
        ("the Farabundo Marti National\nLiberation Front", "fmln"),
        ("gunmen", ""),
        ("a provincial police chief", ""),
        ("", ""),
    ],
)
def test_the_longest_name_in_the_text_tells_the_actor(actors: Actors, text: str, ident: str) -> None:
    assert actors.find(text) == ident


def test_mentions_carry_the_characters_of_the_name_alone(actors: Actors) -> None:
    text = "The Taliban's men fought Daesh, and the army of nobody."
    assert [(text[start:end], ident) for start, end, ident in actors.mentions(text)] == [
        ("Taliban", "taliban"),
        ("Daesh", "is"),
    ]


def test_an_acronym_in_lower_case_is_a_word_of_its_own(actors: Actors) -> None:
    assert actors.find("The arena was full.") == ""
    assert actors.find("ARENA was founded in 1981.") == "arena"


def test_a_name_does_not_reach_over_a_full_stop(actors: Actors) -> None:
    assert actors.find("They left the Islamic. State officials said nothing.") == ""


def test_of_two_names_at_one_word_the_longer_counts() -> None:
    two = Actors([KnownActor("a", "Red Army", "x", "", ()), KnownActor("b", "Red Army Faction", "x", "", ())])
    assert two.find("the Red Army Faction") == "b"
    assert two.find("the Red Army") == "a"


def test_every_actor_has_a_known_kind_and_no_name_has_two_actors(actors: Actors) -> None:
    assert len(actors) >= 120
    owners: dict[str, str] = {}
    for actor in actors:
        assert actor.kind in KINDS, actor
        for name in (actor.name, *[each.text for each in actor.names]):
            assert owners.setdefault(name.lower(), actor.id) == actor.id, name
            assert actors.find(name), name


def test_every_kind_and_type_has_a_name() -> None:
    assert all(kind_name(kind) for kind in EventKind)
    assert all(type_name(event_type) for event_type in EventType)


def test_the_reference_is_loaded_once() -> None:
    assert load_reference() is load_reference()
    assert load_reference().actors is load_actors()
