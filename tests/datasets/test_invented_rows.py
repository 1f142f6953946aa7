"""What is invented for the tests has the shape of the real thing."""

from __future__ import annotations

import csv
import gzip
import io
import re
from pathlib import Path

import pytest

from invented import FAULTS, GENERATIONS, Generation, acled_rows, as_csv, broken, faults_of, gtd_rows, ucdp_rows
from invented.ucdp import grid_cell

DATA = Path(__file__).parents[2] / "../shared/data"
NAMES = sorted(GENERATIONS)


def read(text: str, shape: Generation) -> list[list[str]]:
    quoting = csv.QUOTE_NONE if shape.delimiter == "\t" else csv.QUOTE_MINIMAL
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=shape.delimiter, quoting=quoting))


def real_columns(shape: Generation) -> list[str]:
    path = DATA / shape.real
    if not path.exists():
        pytest.skip(f"{shape.real} of the shared data is not on this machine")
    body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    text = io.StringIO(body.decode("utf-8", errors="replace"))
    if "Column_Labels" in shape.real:  # GDELT publishes its header as a table of one line a column
        return [row["tableId"] for row in csv.DictReader(text)]
    columns = next(csv.reader(text, delimiter="\t" if path.suffix == ".tab" else ","))
    return [name for name in columns if name != "CAMEOCodeDescription"]  # added by the tool that fetched the sample


@pytest.mark.parametrize("name", [name for name in NAMES if GENERATIONS[name].real])
def test_invented_columns_are_the_real_ones_in_their_order(name: str) -> None:
    assert list(GENERATIONS[name].columns) == real_columns(GENERATIONS[name])


@pytest.mark.parametrize(("name", "columns"), [("gdelt 1.0 historical", 57), ("gdelt 1.0", 58), ("gdelt 2.0", 61)])
def test_gdelt_has_as_many_columns_as_its_code_books_say(name: str, columns: int) -> None:
    assert len(GENERATIONS[name].columns) == columns


@pytest.mark.parametrize("name", NAMES)
def test_a_file_reads_back_as_its_rows(name: str) -> None:
    shape = GENERATIONS[name]
    rows = shape.rows(40)
    lines = read(shape.text(40), shape)
    assert lines == [list(shape.columns)] * shape.header + [list(row.values()) for row in rows]


@pytest.mark.parametrize("name", NAMES)
def test_a_seed_gives_its_rows_again_and_another_gives_others(name: str) -> None:
    shape = GENERATIONS[name]
    assert shape.text(12, seed=1) == shape.text(12, seed=1) != shape.text(12, seed=2)


@pytest.mark.parametrize("name", NAMES)
def test_ids_are_unique(name: str) -> None:
    shape = GENERATIONS[name]
    assert len({row[shape.id] for row in shape.rows(200)}) == 200


def test_acled_rows_hold_every_sub_event_type_precision_and_the_code_books_interactions() -> None:
    rows = acled_rows("2022", 100)
    assert len({row["sub_event_type"] for row in rows}) == 25
    assert {row["time_precision"] for row in rows} == {row["geo_precision"] for row in rows} == {"1", "2", "3"}
    for row in rows:
        ends = sorted((row["inter1"], row["inter2"]), key=lambda code: (code == "0", code))
        assert row["interaction"] == "".join(ends)


@pytest.mark.parametrize(
    ("generation", "form"),
    [
        ("2015", r"\d\d-[A-Z][a-z]+-2015"),
        ("2016", r"2016-\d\d-\d\d"),
        ("2020", r"\d{1,2}-[A-Z][a-z]{2}-20"),
        ("2022", r"2022-\d\d-\d\d"),
        ("2023", r"\d\d [A-Z][a-z]+ 2022"),
    ],
)
def test_acled_dates_are_written_as_each_generation_does(generation: str, form: str) -> None:
    column = "EVENT_DATE" if generation == "2015" else "event_date"
    assert all(re.fullmatch(form, row[column]) for row in acled_rows(generation, 30))


def test_ged_deaths_add_up_and_lie_in_their_range() -> None:
    for row in ucdp_rows("ged", 100):
        sides = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
        assert sum(int(row[side]) for side in sides) == int(row["best"])
        assert int(row["low"]) <= int(row["best"]) <= int(row["high"])
        assert row["date_start"] <= row["date_end"]


def test_a_prio_grid_cell_is_the_one_that_ged_gives_for_the_point() -> None:
    path = DATA / GENERATIONS["ucdp ged"].real
    if not path.exists():
        pytest.skip(f"{path.name} of the shared data is not on this machine")
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            assert grid_cell(float(row["latitude"]), float(row["longitude"])) == int(row["priogrid_gid"])


def test_notes_hold_what_breaks_parsers() -> None:
    notes = [row["notes"] for row in acled_rows("2022", 60)]
    assert any("\n" in note for note in notes)
    assert any('"' in note for note in notes)
    assert any(not note.isascii() for note in notes)


def test_gtd_of_the_seventies_lacks_days_and_months() -> None:
    rows = gtd_rows("135", 60)
    unknown = [row for row in rows if row["iday"] == "0"]
    assert unknown
    assert all(row["approxdate"] and row["iyear"] < "1980" for row in unknown)
    assert any(row["imonth"] == "0" for row in unknown)
    assert {"", "1.5"} <= {row["nkill"] for row in rows}


def test_the_older_gtd_writes_a_full_stop_for_a_missing_text() -> None:
    assert all(value for row in gtd_rows("123", 20) for name, value in row.items() if name.endswith("_txt"))


@pytest.mark.parametrize("name", NAMES)
def test_every_fault_makes_a_file_that_differs_from_the_sound_one(name: str) -> None:
    shape = GENERATIONS[name]
    for fault in faults_of(name):
        made = broken(fault, name)
        assert made.body != shape.text(20).encode(), fault
        assert all(place < made.rows for place in made.wrong), fault


def test_every_fault_is_possible_somewhere() -> None:
    assert {fault for name in NAMES for fault in faults_of(name)} == set(FAULTS)


def test_no_row_of_no_column_is_no_text() -> None:
    assert as_csv([]) == ""
