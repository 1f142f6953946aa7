"""Every class of actor leads to a group, or to none on purpose."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from vedette.model.errors import UsageError
from vedette.reference.actor_groups import SYSTEMS, group_name, group_names, group_of, groups
from vedette.reference.actors import load_actors
from vedette.reference.crosswalks import code_key, gtd_lists

DATA = Path(__file__).parents[2] / "../shared/data"
real = pytest.mark.skipif(not DATA.exists(), reason="the real data sets are not beside this checkout")


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_code_leads_to_a_group_that_there_is_or_to_none(system: str) -> None:
    assert set(groups(system).values()) <= {"", *group_names()}
    assert len({code_key(code) for code in groups(system)}) == len(groups(system))


def test_every_group_is_used() -> None:
    assert {group for system in SYSTEMS for group in groups(system).values()} - {""} == set(group_names())


def test_acleds_numbers_and_words_agree() -> None:
    words = {
        1: "State forces", 2: "Rebel group", 3: "Political militia", 4: "Identity militia", 5: "Rioters",
        6: "Protesters", 7: "Civilians", 8: "External/Other forces",
    }  # fmt: skip
    assert all(group_of("acled", str(number)) == group_of("acled", word) != "" for number, word in words.items())
    assert group_of("acled", "STATE FORCES") == group_of("acled", "State Forces") == "state_forces"
    assert group_of("acled", "0") == ""


def test_every_target_type_of_gtd_is_placed() -> None:
    assert list(groups("gtd")) == list(gtd_lists()["targtype1"])


def test_every_kind_of_the_registry_is_placed() -> None:
    assert {actor.kind for actor in load_actors()} == set(groups("registry"))


def test_a_code_that_is_not_known_has_no_group() -> None:
    assert group_of("cameo", "XXX") == ""


def test_an_unknown_system_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="sigacts"):
        groups("sigacts")


def test_a_group_has_a_name() -> None:
    assert group_name("rebel_groups") == "Rebel groups"


@real
def test_every_inter_code_of_the_real_samples_is_known() -> None:
    found = set()
    for path in (DATA / "acled_samples").glob("acled_*.csv"):
        with path.open(encoding="utf-8", errors="replace", newline="") as lines:
            for row in csv.DictReader(lines):
                found |= {value or "" for name, value in row.items() if name and name.lower() in {"inter1", "inter2"}}
    assert len(found) > 8
    assert found - {""} <= set(groups("acled"))


@real
def test_every_gdelt_actor_type_of_the_real_sample_is_known() -> None:
    lines = (DATA / "icews_gdelt_samples" / "gdelt2_20191024143000.export.CSV").read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines]
    found = {cell[at] for cell in cells for at in (12, 13, 14, 22, 23, 24)} - {""}
    assert len(found) > 20
    assert found <= set(groups("cameo"))


@real
def test_every_placed_icews_sector_is_spelt_as_in_the_real_sample() -> None:
    with (DATA / "icews_gdelt_samples" / "icews_events.2018.sample.tab").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    found = {
        sector.strip()
        for row in rows
        for cell in (row["Source Sectors"], row["Target Sectors"])
        for sector in cell.split(",")
    }
    assert set(groups("icews")) <= found
