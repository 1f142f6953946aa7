"""Every cell of every row can be given back."""

from __future__ import annotations

import csv
import gzip
import io
from collections import Counter
from pathlib import Path

import pytest

from invented import GENERATIONS, Generation, acled_rows, as_csv
from taking import Take, Taken, shared

REAL = {
    "acled_samples/acled_2016_api.csv": "acled",
    "acled_samples/acled_2020-05_export.csv": "acled",
    "acled_samples/acled_2022h1_dev.csv": "acled",
    "acled_samples/acled_argentina_2022-06.csv": "acled",
    "acled_samples/acled_asia2015_pakistan_v6schema.csv": "acled",
    "acled_samples/acled_benin_2023schema.csv": "acled",
    "acled_samples/acled_burkina_1997_2020_export.csv": "acled",
    "ucdp_ged/ged_v23_sample_dev.csv": "ucdp",
    "ucdp_ged/ged_syria_2016_2019.csv.gz": "ucdp",
    "gtd_slices/gtd_1993_1213dist.csv": "gtd",
    "gtd_slices/gtd_us_2000on_dev.csv": "gtd",
    "icews_gdelt_samples/gdelt1_events_sample.csv": "gdelt",
    "icews_gdelt_samples/gdelt2_20191024143000.export.CSV": "gdelt",
    "icews_gdelt_samples/icews_events.2018.sample.tab": "icews",
}


def records(text: str) -> list[list[str]]:
    """A file's rows by Python's own reader; quotes are letters where cells are parted by tabs."""
    tabs = text.split("\n", 1)[0].count("\t") > 10
    style = {"delimiter": "\t", "quoting": csv.QUOTE_NONE} if tabs else {"delimiter": ","}
    return [row for row in csv.reader(io.StringIO(text, newline=""), **style) if row]  # type: ignore[arg-type]


def assert_given_back(taken: Taken, text: str) -> None:
    (file,) = taken.imported.files
    rows = records(text)
    if file.headed:
        assert list(file.header) == rows[0]
    assert Counter(map(tuple, taken.given_back())) == Counter(map(tuple, rows[file.headed :]))


@pytest.mark.parametrize("name", GENERATIONS)
def test_every_cell_of_an_invented_file_is_given_back(take: Take, name: str) -> None:
    shape: Generation = GENERATIONS[name]
    text = shape.text(60)
    assert_given_back(take(shape.dataset, text), text)


@pytest.mark.parametrize(("name", "dataset"), REAL.items())
def test_every_cell_of_a_real_file_is_given_back(take: Take, name: str, dataset: str) -> None:
    path = shared(name)
    assert_given_back(take(dataset, path), whole_text(path))


def whole_text(path: Path) -> str:
    body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return body.decode("utf-8-sig")


def test_columns_that_no_mapping_knows_ride_along_under_their_own_names(take: Take) -> None:
    rows = [{**row, "My remark": f"seen {number}", "": str(number)} for number, row in enumerate(acled_rows("2022", 3))]
    taken = take("acled", as_csv(rows))
    (file,) = taken.imported.files
    assert file.header[-2:] == ("My remark", "")
    assert_given_back(taken, as_csv(rows))


def test_a_column_that_comes_twice_is_kept_twice(take: Take) -> None:
    text = as_csv(acled_rows("2022", 2))
    header, *lines = text.splitlines()
    twice = "\n".join([f"{header},notes,notes", *(f"{line},again,and again" for line in lines)]) + "\n"
    assert_given_back(take("acled", twice), twice)


def test_two_spellings_of_one_column_are_both_kept(take: Take) -> None:
    rows = [{**row, "ally_actor_1": "an ally under the older name"} for row in acled_rows("2022", 2)]
    assert_given_back(take("acled", as_csv(rows)), as_csv(rows))


@pytest.mark.parametrize("delimiter", [";", "|", "\t"])
def test_semicolons_pipes_and_tabs_part_cells_too(take: Take, delimiter: str) -> None:
    rows = acled_rows("2022", 8)
    text = as_csv(rows, delimiter=delimiter)
    given = {tuple(row) for row in take("acled", text).given_back()}
    assert given == {tuple(row.values()) for row in rows}
