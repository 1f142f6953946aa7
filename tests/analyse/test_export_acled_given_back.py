from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from code_book_files import SHARED, exported, read, take_in, written
from code_book_record import bombing, by_id, file_of, keep
from invented import GENERATIONS, acled_rows
from vedette.analyse import Filters, Unit
from vedette.analyse.exporting import Wanted, export, exporter_named
from vedette.datasets import Scope
from vedette.model.errors import UsageError
from vedette.reference.exports import export_format
from vedette.store import Batch, Case

GENERATION_NAMES = ("2015", "2016", "2020", "2022", "2023", "2024")
SCHEMA = {"2023": "2022"}  # the columns of 2023 are those of 2022


class Rows:
    """The rows of one generation: real ones where they are on this machine, invented ones everywhere."""

    def __init__(self, name: str) -> None:
        shape = GENERATIONS[f"acled {name}"]
        self.name, self.columns = name, [column for column in shape.columns if column]
        invented = [{column: row[column] for column in self.columns} for row in acled_rows(name, 25)]
        self.all = [list(row.values()) for row in invented]
        real = SHARED / shape.real
        if shape.real and real.exists():
            header, *rows = read(real)
            at = [header.index(column) for column in self.columns]
            whole = [[row[place] for place in at] for row in rows if len(row) == len(header)]
            self.all += [row for row in whole if row[self.columns.index(self._country)]]

    @property
    def _country(self) -> str:
        return "COUNTRY" if self.name == "2015" else "country"


@pytest.fixture(scope="module")
def generations() -> dict[str, Rows]:
    return {name: Rows(name) for name in GENERATION_NAMES}


def some_of(rows: Rows, seed: int) -> tuple[list[str], list[list[str]]]:
    """A few of the rows, in any order and with their columns in any order; invented ones are always among them."""
    rng = Random(seed)
    picked = [*rng.sample(rows.all[:25], 5), *rng.sample(rows.all, min(60, len(rows.all)))]
    order = rng.sample(range(len(rows.columns)), len(rows.columns))
    lines = [[row[place] for place in order] for row in {tuple(row): row for row in picked}.values()]
    return [rows.columns[place] for place in order], rng.sample(lines, len(lines))


@example("2015", 1)
@example("2016", 1)
@example("2020", 1)
@example("2022", 1)
@example("2023", 1)
@example("2024", 1)
@given(st.sampled_from(GENERATION_NAMES), st.integers(0, 2**32))
@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
def test_what_is_imported_exported_and_imported_again_is_the_same(
    one_case: Case, generations: dict[str, Rows], name: str, seed: int
) -> None:
    columns, lines = some_of(generations[name], seed)
    take_in(one_case, "acled", written(one_case.folder / "in.csv", columns, lines), scope=Scope.WHOLE)
    file = exported(one_case, "acled", SCHEMA.get(name, name), exact=True)
    assert sorted(file.columns) == sorted(columns)
    given_back = sorted([row[column] for column in columns] for row in file.rows)
    assert given_back == sorted(lines)
    again = take_in(one_case, "acled", file.path, scope=Scope.WHOLE, dry_run=True)
    assert (again.added, again.changed, again.withdrawn, again.same) == (0, 0, 0, len(lines))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=60)))
@settings(max_examples=1, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@example(['=1+1, "quoted"', "two\nlines", " spaces ", "'", "a;b\tc|d", "NA", '"', "−5", "\\", '""', "a\r\nb"])
def test_any_text_comes_back_as_it_was(one_case: Case, texts: list[str]) -> None:
    rows = [{**row, "notes": text} for row, text in zip(acled_rows("2022", len(texts) + 1), [*texts, "x"], strict=True)]
    take_in(one_case, "acled", file_of(one_case.folder / "in.csv", rows), scope=Scope.WHOLE)
    notes = {row["event_id_cnty"]: row["notes"] for row in exported(one_case, "acled", exact=True).rows}
    assert notes == {row["event_id_cnty"]: row["notes"] for row in rows}


@pytest.mark.parametrize("name", ["2015", "2016", "2020", "2022"])
def test_the_columns_are_those_of_a_real_export_in_their_order(name: str) -> None:
    path = SHARED / GENERATIONS[f"acled {name}"].real
    if not path.exists():
        pytest.skip(f"{path.name} of the shared data is not on this machine")
    assert [*export_format("acled").columns(name)] == [column for column in read(path)[0] if column]


def test_rows_of_an_older_generation_keep_their_words_and_leave_empty_what_they_lacked(
    new_case: Case, tmp_path: Path
) -> None:
    rows = acled_rows("2015", 9)
    take_in(new_case, "acled", file_of(tmp_path / "old.csv", rows))
    file = exported(new_case, "acled", exact=True)
    assert len(file.columns) == 31
    for row in rows:
        given = by_id(file)[row["EVENT_ID_CNTY"]]
        assert (given["event_type"], given["event_date"]) == (row["EVENT_TYPE"], row["EVENT_DATE"])
        assert (given["assoc_actor_1"], given["sub_event_type"], given["timestamp"]) == (row["ALLY_ACTOR_1"], "", "")
    assert "given back as they came: 9 rows of ACLED" in file.said.remarks
    assert "without columns that ACLED 2022 lacks (gwno, event_id_no_cnty): 9 rows" in file.said.remarks


def test_a_row_known_by_its_data_id_alone_keeps_it_where_the_generation_has_no_such_column(
    new_case: Case, tmp_path: Path
) -> None:
    rows = [{**row, "event_id_cnty": ""} for row in acled_rows("2020", 2)] + acled_rows("2020", 3)[2:]
    take_in(new_case, "acled", file_of(tmp_path / "a.csv", rows))
    given = exported(new_case, "acled", exact=True)
    ids = {row["event_id_cnty"] or row["data_id"] for row in rows}
    assert set(by_id(given)) == ids
    assert "known by data_id alone, which stands in event_id_cnty: 2 rows" in given.said.remarks
    with Case.create(tmp_path / "other") as other:
        take_in(other, "acled", given.path)
        assert set(ids_of(other)) == ids
    own = exported(new_case, "acled", "2020", sound=False, exact=True)  # which are empty there, as they came
    assert sorted(row["event_id_cnty"] for row in own.rows) == sorted(row["event_id_cnty"] for row in rows)
    assert not [remark for remark in own.said.remarks if "alone" in remark]


def test_a_schema_that_is_not_known_is_refused() -> None:
    with pytest.raises(UsageError, match="2015, 2016, 2020, 2022, 2024"):
        exporter_named("acled", "1999")
    with pytest.raises(UsageError, match="is for acled and ucdp"):
        exporter_named("csv", "2022")


def ids_of(case: Case, name: str = "acled") -> dict[str, str]:
    """The claim of each row."""
    with case.snapshot() as now:
        return {row["row_id"]: row["id"] for row in now.rows(f"SELECT row_id, id FROM rows_{name}")}


def take_up(case: Case, *claims: str) -> None:
    case.commit(Batch("resolve", {"taken_up": list(claims)}))


def test_an_incident_of_several_claims_gives_its_row_back_once(new_case: Case, tmp_path: Path) -> None:
    rows = acled_rows("2022", 3)
    take_in(new_case, "acled", file_of(tmp_path / "a.csv", rows))
    claim = ids_of(new_case)[rows[0]["event_id_cnty"]]
    keep(new_case, bombing("a", claim_ids=("other", claim)))
    take_up(new_case, claim)
    file = exported(new_case, "acled", exact=True)
    assert sorted(by_id(file)) == sorted(row["event_id_cnty"] for row in rows)
    assert by_id(file)[rows[0]["event_id_cnty"]] == rows[0]


def test_an_incident_that_holds_two_rows_gives_both_back_and_says_so(new_case: Case, tmp_path: Path) -> None:
    rows = acled_rows("2022", 2)
    take_in(new_case, "acled", file_of(tmp_path / "a.csv", rows))
    claims = tuple(ids_of(new_case).values())
    keep(new_case, bombing("a", claim_ids=claims))
    take_up(new_case, *claims)
    file = exported(new_case, "acled", exact=True)
    assert sorted(file.rows, key=lambda row: row["event_id_cnty"]) == rows
    assert "holding several rows of ACLED, each given back: 1 incident" in file.said.remarks


def test_filters_and_an_earlier_day_hold_for_rows_that_are_given_back(new_case: Case, tmp_path: Path) -> None:
    rows = acled_rows("2022", 25)
    take_in(new_case, "acled", file_of(tmp_path / "a.csv", rows))
    for unit in Unit:
        some = exported(new_case, "acled", filters=Filters(kinds=("riots",)), unit=unit, exact=True)
        assert sorted(by_id(some)) == sorted(row["event_id_cnty"] for row in rows if row["event_type"] == "Riots")
    path = new_case.folder / "past.csv"
    with new_case.snapshot(date(2020, 1, 1)) as past:
        assert export(past, exporter_named("acled"), Wanted(Filters()), path).rows == 0
    assert len(read(path)) == 1


def sheltered(row: dict[str, str], **cells: str) -> dict[str, str]:
    return {
        **row,
        "event_type": "Violence against civilians",
        "sub_event_type": "Attack",
        "inter2": "7",
        "actor2": "Civilians",
        **cells,
    }


@pytest.mark.parametrize(
    "cells",
    [{"assoc_actor_2": "Teachers (Somalia)"}, {"notes": "Gunmen burnt a girls' school."}],
    ids=["by who was hit", "by what the notes tell"],
)
def test_a_row_that_tells_of_the_sheltered_is_not_given_back_unless_exact(
    new_case: Case, tmp_path: Path, cells: dict[str, str]
) -> None:
    told = {"location": "Loungo-Peul", "geo_precision": "1", "notes": "An attack.", "assoc_actor_2": "", **cells}
    row = sheltered(acled_rows("2022", 1)[0], **told)
    take_in(new_case, "acled", file_of(tmp_path / "a.csv", [row]))
    for unit in Unit:
        file = exported(new_case, "acled", unit=unit)
        (coarse,) = file.rows
        assert coarse["event_id_cnty"].startswith("VDT")
        assert (coarse["admin1"], coarse["geo_precision"]) == (row["admin1"], "3")
        assert coarse["latitude"] == coarse["longitude"] == coarse["admin2"] == ""
        assert not {"Loungo-Peul", row["event_id_cnty"], row["notes"]} & set(" ".join(coarse.values()).split("; "))
        assert "Loungo" not in file.path.read_text()
        assert "not given back as they came, since they tell of the sheltered: 1 row of ACLED" in file.said.remarks
        assert (file.said.sheltered, file.said.machine_coded) == (1, 0)
        assert exported(new_case, "acled", unit=unit, exact=True).rows == (row,)


def test_pupils_who_demonstrate_are_given_back_as_they_came(new_case: Case, tmp_path: Path) -> None:
    row = {
        **acled_rows("2022", 1)[0],
        "event_type": "Protests",
        "sub_event_type": "Peaceful protest",
        "actor2": "",
        "inter2": "0",
        "assoc_actor_2": "",
        "assoc_actor_1": "",
        "notes": "Students marched to the ministry.",
    }
    take_in(new_case, "acled", file_of(tmp_path / "a.csv", [row]))
    assert exported(new_case, "acled").rows == (row,)


def test_days_that_are_written_in_two_ways_are_told(new_case: Case, tmp_path: Path) -> None:
    take_in(new_case, "acled", file_of(tmp_path / "new.csv", acled_rows("2023", 3)))
    take_in(new_case, "acled", file_of(tmp_path / "old.csv", acled_rows("2022", 20, seed=1)[10:]))
    (said,) = [remark for remark in exported(new_case, "acled", exact=True).said.remarks if "written" in remark]
    assert said.startswith("days are written as they came, in 2 ways (2022-")
