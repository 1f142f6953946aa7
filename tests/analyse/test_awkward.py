"""Records that once made counts wrong: several parties, no source, names with hyphens, a state named as a country."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from made import article, claim
from vedette.analyse import Filters, Unit, count, incidents
from vedette.model.kinds import EventKind, Harm, Precision, Stance
from vedette.model.nouns import Incident
from vedette.model.values import Actor, Cited, Place, Tally, When
from vedette.store import Batch, Case, IncidentVersion, Work

SHABAAB, ALQAEDA = Actor("al-Shabaab fighters"), Actor("al-Qaeda", "al_qaeda")
POLICE, SOLDIERS = Actor("police"), Actor("soldiers")
NIGER_STATE = Place("Niger", Precision.PROVINCE, "NG.31", "NG", ("Nigeria",))
NIGER = Place("Niger", Precision.COUNTRY, "NE", "NE")
AL_QAIM = Place("Al\u2011Qa\u2019im", Precision.SETTLEMENT, "1", "IQ", ("Iraq", "Anb\u0101r"))


def incident(ident: str, **other: Any) -> Incident:
    told: dict[str, Any] = {
        "kind": EventKind.ARMED_CLASH,
        "when": When(),
        "place": Place(),
        "perpetrators": (),
        "targets": (),
        "tolls": (),
        "claim_ids": (ident,),
        "credibility": 6,
    }
    return Incident(ident, **{**told, **other})


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    kept = (
        incident("both", perpetrators=(SHABAAB, ALQAEDA), targets=(POLICE, SOLDIERS), place=NIGER_STATE),
        incident("one", perpetrators=(SHABAAB,), place=NIGER, sources=("wire",)),
        incident("none", place=AL_QAIM, perpetrators=(ALQAEDA, Actor("Al Qaida", "al_qaeda"))),
    )
    with Case.create(tmp_path / "case") as opened:
        opened.commit(Batch("resolve", {"incidents": [IncidentVersion(each) for each in kept]}))
        yield opened


def ids(case: Case, **asked: Any) -> list[str]:
    with case.snapshot() as now:
        return sorted(each.id for each in incidents(now, Filters(**asked)))


def test_two_list_fields_are_crossed_and_nothing_is_lost(case: Case) -> None:
    with case.snapshot() as now:
        answer = count(now, Filters(), by=["actor", "target"])
    pairs = {(each.group["actor"], each.group["target"]): each.count for each in answer.groups}
    assert pairs == {
        ("al-Shabaab fighters", "police"): 1,
        ("al-Shabaab fighters", "soldiers"): 1,
        ("al_qaeda", "police"): 1,
        ("al_qaeda", "soldiers"): 1,
        ("al-Shabaab fighters", "not told"): 1,
        ("al_qaeda", "not told"): 1,
    }


def test_an_incident_without_a_source_is_counted_as_such(case: Case) -> None:
    with case.snapshot() as now:
        answer = count(now, Filters(), by=["source"])
    assert {each.group["source"]: each.count for each in answer.groups} == {"not told": 2, "wire": 1}


def test_one_actor_under_two_names_counts_once(case: Case) -> None:
    with case.snapshot() as now:
        answer = count(now, Filters(), by=["actor"])
    assert {each.group["actor"]: each.count for each in answer.groups}["al_qaeda"] == 2


@pytest.mark.parametrize("name", ["al-Shabaab", "Al Shabaab", "AL\u2011SHABAAB"])
def test_hyphens_and_case_do_not_part_an_actor_from_its_name(case: Case, name: str) -> None:
    assert ids(case, actor=(name,)) == ["both", "one"]


def test_a_state_is_not_the_country_of_its_name(case: Case) -> None:
    assert ids(case, country="Niger") == ["one"]
    assert ids(case, country="nigeria") == ["both"]


@pytest.mark.parametrize("name", ["anbar", " al qa\u2019im ", "Al-Qa\u2019im"])
def test_accents_hyphens_and_outer_spaces_do_not_hide_a_place(case: Case, name: str) -> None:
    assert ids(case, place=name) == ["none"]


def test_what_is_denied_adds_no_toll_to_a_count_of_claims(tmp_path: Path) -> None:
    told = article("A bomb.")
    asserted = claim(told, killed=Tally(3, 3, 3))
    denied = dataclasses.replace(claim(told), id="denied", stance=Cited(Stance.DENIES))
    with Case.create(tmp_path / "case") as case:
        work = Work("read", told.id, "lexical.en/1")
        case.commit(Batch("read", {"articles": [told], "claims": [asserted, denied], "done": [work]}))
        with case.snapshot() as now:
            answer = count(now, Filters(), by=["stance", "source"], unit=Unit.CLAIMS)
    assert (answer.whole.count, answer.whole.tolls[Harm.KILLED]) == (2, Tally(3, 3, 3))
