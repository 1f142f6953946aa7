"""An organisation's names lead to one id on the day of the text; persons lead nowhere."""

from __future__ import annotations

import gzip
import re
import runpy
from collections import defaultdict
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from vedette.model.errors import FormatError
from vedette.model.kinds import EventKind, EventType
from vedette.reference import load_reference
from vedette.reference.actor_files import written
from vedette.reference.actor_words import key_of
from vedette.reference.actors import ActorName, Actors, KnownActor, load_actors
from vedette.reference.bearers import bearer, overlap
from vedette.reference.folding import fold
from vedette.reference.kinds import kind_name, type_name
from vedette.reference.known_actors import IN_TEXT, KINDS, OWN, SOURCES, TYPES, UCDP

ROOT = Path(__file__).parents[2]
LAST, FIRST = date(2021, 8, 14), date(2021, 8, 15)


@pytest.fixture(scope="module")
def actors() -> Actors:
    return load_actors()


def actor(
    ident: str, *names: str, parent: str = "", since: date | None = None, until: date | None = None
) -> KnownActor:
    told = tuple(ActorName(name, OWN) for name in names)
    return KnownActor(ident, names[0], "armed_group", parent=parent, since=since, until=until, names=told)


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


@pytest.mark.parametrize(
    "name", ["ISIL-KP", "IS-K", "ISIS-K", "ISKP", "Daesh Khorasan", "Islamic State's Afghan affiliate"]
)
def test_all_names_of_the_khorasan_province_are_one(actors: Actors, name: str) -> None:
    assert actors.find(name) == "is-khorasan"


def test_mentions_carry_the_characters_of_the_name_alone(actors: Actors) -> None:
    text = "The Taliban's men fought Daesh, and the army of nobody."
    assert [(text[start:end], ident) for start, end, ident in actors.mentions(text)] == [
        ("Taliban", "taliban"),
        ("Daesh", "is"),
    ]


@pytest.mark.parametrize("text", ["The arena was full.", "They gave us forces.", "Is that so?", "Ana was there."])
def test_a_word_that_is_written_as_no_acronym_is_none(actors: Actors, text: str) -> None:
    assert actors.find(text) == ""


def test_an_acronym_in_capitals_is_one(actors: Actors) -> None:
    assert actors.find("ARENA was founded in 1981.") == "arena"


def test_a_name_does_not_reach_over_a_full_stop(actors: Actors) -> None:
    assert actors.find("They left the Islamic. State officials said nothing.") == ""


def test_of_two_names_at_one_word_the_longer_counts() -> None:
    two = Actors([actor("a", "Red Army"), actor("b", "Red Army Faction")])
    assert two.find("the Red Army Faction") == "b"
    assert two.find("the Red Army") == "a"


def test_a_name_of_two_at_different_times_is_settled_by_the_day_else_by_the_latest() -> None:
    two = Actors([actor("old", "Red Army", until=date(1999, 12, 31)), actor("new", "Red Army", since=date(2005, 1, 1))])
    days = [date(1990, 1, 1), date(2002, 1, 1), date(2010, 1, 1), None]
    assert [two.find("the Red Army", day) for day in days] == ["old", "old", "new", "new"]
    assert two.bearers("Red Army") == ("old", "new")


def test_a_name_of_two_at_one_time_is_neither_and_its_words_are_no_other_name() -> None:
    two = Actors([actor("a", "Red Army Group"), actor("b", "Red Army Group"), actor("c", "Red Army")])
    assert two.mentions("The Red Army Group came.") == []


def test_a_name_that_a_branch_shares_with_its_parent_is_the_parents() -> None:
    two = Actors([actor("a", "Red Army", parent="b"), actor("b", "Red Army")])
    assert two.find("Red Army") == "b"
    assert [each.id for each in two.children("b")] == ["a"]


def test_a_group_that_is_no_more_is_still_known_by_its_name() -> None:
    one = Actors([actor("a", "Red Army", until=date(1999, 12, 31))])
    assert one.find("Red Army", date(2020, 1, 1)) == "a"


def test_the_taliban_are_rebels_until_kabul_falls_and_the_government_from_that_day(actors: Actors) -> None:
    taliban = actors.get("taliban")
    assert taliban
    assert (taliban.kind_on(LAST), taliban.type_on(LAST)) == ("armed_group", "rebel_groups")
    assert (taliban.kind_on(FIRST), taliban.type_on(FIRST)) == ("government", "state_forces")
    for name in ("the Afghan government", "government of Afghanistan", "Afghanistan's government"):
        assert (actors.find(name, LAST), actors.find(name, FIRST)) == ("afghan-government", "taliban")


@pytest.mark.parametrize("name", ["Afghan army", "Afghan troops", "Afghan soldiers", "Afghan air force"])
def test_an_army_goes_with_its_government(actors: Actors, name: str) -> None:
    assert actors.find(name, LAST) != actors.find(name, FIRST) != ""
    assert "taliban" in actors.ancestors(actors.find(name, FIRST))


@pytest.mark.parametrize(
    ("name", "ident"),
    [
        ("Zambian soldiers", "military-zm"),
        ("Zambia's air force", "military-zm"),
        ("Zambian police officers", "police-zm"),
        ("Zambia's defence ministry", "defence-ministry-zm"),
        ("the Zambian Defense Ministry", "defence-ministry-zm"),
        ("Ministry of Foreign Affairs of Zambia", "foreign-ministry-zm"),
        ("the Zambian interior ministry", "interior-ministry-zm"),
        ("the government of Zambia", "government-zm"),
        ("Zambian intelligence", ""),
    ],
)
def test_every_country_has_forces_and_ministries_by_rule(actors: Actors, name: str, ident: str) -> None:
    assert actors.find(name) == ident


@pytest.mark.parametrize(
    ("name", "system", "day", "ident"),
    [
        ("Government of Afghanistan", "ucdp", LAST, "afghan-government"),
        ("Government of Afghanistan", "ucdp", FIRST, "taliban"),
        ("Taleban", "ucdp", None, "taliban"),
        ("Islamic State (Afghanistan)", "acled", None, "is-khorasan"),
        ("Military Forces of Zambia (2011-2021)", "acled", None, "military-zm"),
        ("Police Forces of Zambia (2021-) Mobile Unit", "acled", None, "police-zm"),
        ("Taleban", "acled", None, ""),
        ("Zambian troops", "acled", None, ""),
    ],
)
def test_a_data_sets_name_is_looked_up_whole(
    actors: Actors, name: str, system: str, day: date | None, ident: str
) -> None:
    assert actors.named(name, system, day) == ident


def test_years_in_a_data_sets_name_tell_the_time(actors: Actors) -> None:
    named = [actors.named(f"Government of Afghanistan ({years})", "acled") for years in ("2014-2021", "2021-")]
    assert named == ["afghan-government", "taliban"]


def test_every_actor_is_sound(actors: Actors) -> None:
    for each in actors:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each.id)
        assert each.kind in KINDS
        assert each.type in TYPES
        assert all(state.kind in KINDS and state.type in TYPES for state in each.was)
        assert not each.parent or actors.get(each.parent), each.id
        assert each.id not in actors.ancestors(each.id)
        assert each.names
        assert all(name.text and name.source in SOURCES for name in each.names), each.id


def test_no_two_actors_have_a_name_at_one_time(actors: Actors) -> None:
    held = defaultdict(list)
    for each in actors:
        for name in each.names:
            key = ("", key_of(name.text)) if name.source in IN_TEXT else (name.source, fold(name.text))
            held[key].append(bearer(each, name))
    clashes = {
        (key, one.id, other.id)
        for key, several in held.items()
        for one, other in combinations(several, 2)
        if one.id != other.id and overlap(one, other) and (not key[0] or not _related(actors, one.id, other.id))
    }
    assert clashes == set()


def _related(actors: Actors, one: str, other: str) -> bool:
    return one in actors.ancestors(other) or other in actors.ancestors(one)


def test_the_registry_is_as_large_as_was_asked_for_without_the_rules(actors: Actors) -> None:
    own = [name for each in actors for name in each.names if name.source == OWN]
    assert sum(any(name.source == OWN for name in each.names) for each in actors) >= 1500
    assert len(own) >= 6000


def test_actors_of_ucdp_have_its_numbers(actors: Actors) -> None:
    taliban = actors.get("taliban")
    assert taliban
    assert 303 in taliban.ucdp_ids
    assert all(any(name.source == UCDP for name in each.names) for each in actors if each.ucdp_ids)


def test_the_shipped_registry_is_made_of_the_written_one() -> None:
    compiled = runpy.run_path(str(ROOT / "scripts/build_actors.py"))["compiled"]()
    shipped = (ROOT / "src/vedette/reference/data/actors.json.gz").read_bytes()
    assert gzip.decompress(shipped) == compiled, "run scripts/build_actors.py"


@pytest.mark.parametrize(
    ("ident", "entry", "why"),
    [
        ("Red Army", {}, "is no id"),
        ("red-army", {}, "has no name"),
        ("red-army", {"name": "Red Army", "kind": "person"}, "kind 'person'"),
        ("red-army", {"name": "Red Army", "kind": "militia", "type": "rebels"}, "type 'rebels'"),
        ("red-army", {"name": "Red Army", "kind": "militia", "since": "soon"}, "'soon' is no day"),
        ("red-army", {"name": "Red Army", "kind": "militia", "since": "2020", "until": "2019"}, "before it begins"),
        ("red-army", {"name": "Red Army", "kind": "militia", "leader": "x"}, "has leader"),
    ],
)
def test_what_is_wrong_with_a_written_actor_is_told_with_its_id(ident: str, entry: dict[str, str], why: str) -> None:
    with pytest.raises(FormatError, match=why) as caught:
        written(ident, entry)
    assert ident in str(caught.value)


def test_a_year_or_month_is_all_its_days() -> None:
    one = written("a", {"name": "A", "kind": "militia", "since": "2015-02", "until": "2016"}).actor
    assert (one.since, one.until) == (date(2015, 2, 1), date(2016, 12, 31))


PERSONS = (
    "KANDAHAR, March 3, 2021 - Gunmen shot dead schoolteacher Nargis Amiri and her brother Hamid Amiri in Kandahar on "
    "Tuesday, police said. Two suspects, Karim Wardaki and Sher Zadran, were arrested by Afghan police. "
    "Luis Fernando Ortiz, a witness, blamed the Taliban."
)
NAMES = ("Nargis", "Amiri", "Hamid", "Karim", "Wardaki", "Sher Zadran", "Zadran", "Luis", "Fernando", "Ortiz")


def test_no_victim_suspect_or_witness_is_an_actor(actors: Actors) -> None:
    told = {PERSONS[start:end] for start, end, _ in actors.mentions(PERSONS, date(2021, 3, 3))}
    assert "Afghan police" in told
    assert not any(name in text for name in NAMES for text in told)
    assert all(actors.find(name) == "" for name in ("Nargis Amiri", "Karim Wardaki", "Luis Fernando Ortiz"))


def test_every_kind_and_type_has_a_name() -> None:
    assert all(kind_name(kind) for kind in EventKind)
    assert all(type_name(event_type) for event_type in EventType)


def test_the_reference_is_loaded_once() -> None:
    assert load_reference() is load_reference()
    assert load_reference().actors is load_actors()
