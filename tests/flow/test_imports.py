"""Several data sets and articles in one case: every event is in one incident, and nothing falls out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from invented import GENERATIONS, acled_rows, as_csv, ucdp_rows
from vedette.datasets import Wanted
from vedette.flow import Config, Flow
from vedette.reference.datasets import data_set
from vedette.store import Case

ROOT = Path(__file__).resolve().parents[2]


class Silent:
    def stage(self, name: str, total: int | None) -> None: ...
    def step(self, count: int) -> None: ...
    def note(self, message: str) -> None: ...


def same_event() -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """One clash as ACLED and as UCDP would have it, and another of ACLED's beside it on the same day."""
    where = {"country": "Afghanistan", "latitude": "34.43", "longitude": "70.45"}
    acled = [
        {**row, **where, "event_id_cnty": f"AFG{number}", "event_date": "2022-03-04", "time_precision": "1"}
        | {"event_type": "Battles", "sub_event_type": "Armed clash", "actor1": "Taliban", "inter1": "2"}
        | {"actor2": "Islamic State", "inter2": "2", "assoc_actor_1": "", "assoc_actor_2": "", "fatalities": "7"}
        | {"admin1": "Nangarhar", "admin2": "", "admin3": "", "location": "Jalalabad", "geo_precision": "1"}
        for number, row in enumerate(acled_rows("2022", 2))
    ]
    ucdp = [
        {**row, **where, "id": "900", "date_start": "2022-03-04", "date_end": "2022-03-04", "date_prec": "1"}
        | {"type_of_violence": "2", "side_a": "Taliban", "side_b": "Islamic State", "where_prec": "1"}
        | {"adm_1": "Nangarhar province", "adm_2": "", "where_coordinates": "Jalalabad town"}
        | {"best": "7", "low": "7", "high": "7"}
        for row in ucdp_rows("ged", 1)
    ]
    return acled, ucdp


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Case.create(tmp_path / "case") as made:
        yield made


def take_in(case: Case, name: str, rows: list[dict[str, str]], tmp_path: Path) -> None:
    table = tmp_path / f"{name}.csv"
    table.write_text(as_csv(rows), encoding="utf-8")
    Flow(case, Config(), Silent()).import_rows(Wanted(data_set(name), (str(table),)))


def held(case: Case) -> list[list[str]]:
    """The row ids of each incident that holds rows."""
    query = """
        SELECT list(c.row_id ORDER BY c.row_id) FROM (SELECT id, unnest(claim_ids) AS claim_id FROM incidents) i
        JOIN claims c ON c.id = i.claim_id WHERE c.dataset IS NOT NULL GROUP BY i.id ORDER BY 1
    """
    with case.snapshot() as now:
        return now.column(query)


def test_one_event_of_two_data_sets_is_one_incident_and_two_rows_of_one_are_two(case: Case, tmp_path: Path) -> None:
    acled, ucdp = same_event()
    take_in(case, "acled", acled, tmp_path)
    assert held(case) == [["AFG0"], ["AFG1"]]
    take_in(case, "ucdp", ucdp, tmp_path)
    assert sorted(map(len, held(case))) == [1, 2]
    assert sorted(row for rows in held(case) for row in rows) == ["900", "AFG0", "AFG1"]


def test_an_incident_outlives_the_row_that_a_newer_version_changes(case: Case, tmp_path: Path) -> None:
    acled, ucdp = same_event()
    take_in(case, "acled", acled[:1], tmp_path)
    take_in(case, "ucdp", ucdp, tmp_path)
    assert held(case) == [["900", "AFG0"]]
    take_in(case, "acled", [{**acled[0], "fatalities": "8"}], tmp_path)
    assert held(case) == [["900", "AFG0"]]
    with case.snapshot() as now:
        assert now.column("SELECT killed_best FROM incidents") == [7]
        assert now.column("SELECT killed_high FROM incidents") == [None]


def test_a_row_that_is_withdrawn_leaves_its_incident(case: Case, tmp_path: Path) -> None:
    acled, ucdp = same_event()
    take_in(case, "acled", acled, tmp_path)
    take_in(case, "ucdp", ucdp, tmp_path)
    take_in(case, "acled", acled[1:], tmp_path)
    assert sorted(row for rows in held(case) for row in rows) == ["900", "AFG1"]


def test_every_claim_of_an_event_is_in_one_incident_whatever_comes_in_and_when(case: Case, tmp_path: Path) -> None:
    shapes = [GENERATIONS[name] for name in ("acled 2022", "gtd 135", "gdelt 2.0", "icews 2018", "ucdp ged")]
    for number, shape in enumerate(shapes):
        table = tmp_path / f"{number}.csv"
        table.write_text(shape.text(120, seed=number), encoding="utf-8")
        Flow(case, Config(), Silent()).import_rows(Wanted(data_set(shape.dataset), (str(table),)))
    Flow(case, Config(), Silent()).read([str(ROOT / "samples")])
    events = "SELECT id FROM claims WHERE stance = 'asserts' AND kind <> 'no_counterpart'"
    held_claims = "SELECT claim_id FROM (SELECT unnest(claim_ids) AS claim_id FROM incidents)"
    with case.snapshot() as now:
        claims = now.column(f"{events} ORDER BY id")
        assert now.column(f"{held_claims} WHERE claim_id IN ({events}) ORDER BY claim_id") == claims
        assert len(claims) > 300
