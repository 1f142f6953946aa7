"""Rows of a data set whose place is coarsened, in the data set's own columns: the row tells who stood on which side."""

from __future__ import annotations

from pathlib import Path

import pytest

from code_book_files import exported, take_in
from code_book_record import bombing, file_of, keep
from invented import acled_rows, ucdp_rows
from vedette.analyse import Unit
from vedette.store import Batch, Case

GUARD, ARMY, PEOPLE = (
    ("Lantern Guard", "3"),
    ("Military Forces of Northland (2018-)", "1"),
    ("Civilians (Somalia)", "7"),
)
ATTACK = ("Violence against civilians", "Attack")
SIDES = ("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction")
SIDELESS = "who stood on which side is not told"


def row_of(kind: tuple[str, str], one: tuple[str, str], two: tuple[str, str], **cells: str) -> dict[str, str]:
    """A row of ACLED's at a school in Loungo-Peul."""
    event_type, sub = kind
    return {
        **acled_rows("2022", 1)[0],
        **{"event_type": event_type, "sub_event_type": sub, "civilian_targeting": "", "country": "Somalia"},
        **{"actor1": one[0], "inter1": one[1], "assoc_actor_1": ""},
        **{"actor2": two[0], "inter2": two[1], "assoc_actor_2": "", "interaction": "13"},
        **{"location": "Loungo-Peul", "geo_precision": "1", "notes": "Near a girls' school.", **cells},
    }


def sides_of(
    case: Case, tmp_path: Path, row: dict[str, str], schema: str = "", unit: Unit = Unit.INCIDENTS
) -> list[str]:
    take_in(case, "acled", file_of(tmp_path / "a.csv", [row]))
    file = exported(case, "acled", schema, unit=unit)
    (coarse,) = file.rows
    assert coarse["event_id_cnty"].startswith("VDT")
    assert "Loungo" not in file.path.read_text()
    assert not [remark for remark in file.said.remarks if SIDELESS in remark]
    assert SIDELESS not in coarse["notes"]
    return [coarse[name] for name in SIDES]


@pytest.mark.parametrize("unit", Unit)
def test_a_clash_that_is_coarsened_keeps_its_sides_and_their_allies(new_case: Case, tmp_path: Path, unit: Unit) -> None:
    row = row_of(
        ("Battles", "Armed clash"), GUARD, ARMY, assoc_actor_1="Cedar Brigade; Ash Front", assoc_actor_2="Reed Line"
    )
    expected = [GUARD[0], "Ash Front; Cedar Brigade", "3", ARMY[0], "Reed Line", "1", "13"]
    assert sides_of(new_case, tmp_path, row, unit=unit) == expected


def test_civilians_who_stand_first_stay_first(new_case: Case, tmp_path: Path) -> None:
    row = row_of(ATTACK, PEOPLE, GUARD, interaction="37")
    assert sides_of(new_case, tmp_path, row) == [PEOPLE[0], "", "7", GUARD[0], "", "3", "37"]


def test_names_that_tell_the_place_or_whom_it_hit_do_not_leave_with_their_side(new_case: Case, tmp_path: Path) -> None:
    row = row_of(
        ATTACK,
        ("Loungo-Peul Militia", "4"),
        PEOPLE,
        assoc_actor_1=GUARD[0],
        assoc_actor_2="Teachers (Somalia); Oak Clan",
    )
    told = sides_of(new_case, tmp_path, row)
    assert told[:4] == ["withheld", GUARD[0], "4", PEOPLE[0]]
    assert not {"Teachers", "Oak"} & set(told[4].replace(";", "").split())


def test_groups_are_told_in_the_words_of_the_generation_that_is_written(new_case: Case, tmp_path: Path) -> None:
    row = row_of(("Battles", "Armed clash"), GUARD, ARMY)
    told = sides_of(new_case, tmp_path, row, "2024")
    assert told == [GUARD[0], "", "Political militia", ARMY[0], "", "State forces", "State forces-Political militia"]


def test_a_row_that_others_tell_too_keeps_its_sides_and_two_rows_have_none(new_case: Case, tmp_path: Path) -> None:
    rows = [
        {**row_of(("Battles", "Armed clash"), GUARD, ARMY, assoc_actor_1="Ash Front"), "event_id_cnty": f"SOM{n}"}
        for n in range(2)
    ]
    take_in(new_case, "acled", file_of(tmp_path / "a.csv", rows))
    with new_case.snapshot() as now:
        claims = now.column("SELECT id FROM rows_acled ORDER BY row_id")
    keep(new_case, bombing("a", claim_ids=("other", claims[0])))
    new_case.commit(Batch("resolve", {"taken_up": [claims[0]]}))
    assert {row["actor1"] for row in exported(new_case, "acled").rows} == {GUARD[0]}
    keep(new_case, bombing("a", claim_ids=tuple(claims)))
    new_case.commit(Batch("resolve", {"taken_up": claims}))
    (both,) = exported(new_case, "acled").rows
    assert both["actor1"] == "Taliban"


def test_a_coarsened_row_of_ucdps_keeps_its_sides_and_their_ids(new_case: Case, tmp_path: Path) -> None:
    row = {
        **ucdp_rows("ged", 1)[0],
        **{
            "country": "Syria",
            "date_start": "2019-03-04",
            "date_end": "2019-03-04",
            "type_of_violence": "2",
            "side_a": "Taliban",
            "side_b": "Islamic State",
        },
        **{
            "side_a_new_id": "11",
            "side_b_new_id": "22",
            "gwnoa": "",
            "gwnob": "",
            "best": "3",
            "low": "3",
            "high": "3",
        },
        **{"where_coordinates": "Tell Marwaniyeh", "where_prec": "1", "source_headline": "Clash at a girls' school"},
    }
    take_in(new_case, "ucdp", file_of(tmp_path / "u.csv", [row]))
    (coarse,) = exported(new_case, "ucdp").rows
    assert coarse["id"].startswith("VDT")
    told = [coarse[name] for name in ("side_a", "side_a_new_id", "side_b", "side_b_new_id", "dyad_name")]
    assert told == ["Taliban", "11", "Islamic State", "22", "Taliban - Islamic State"]
