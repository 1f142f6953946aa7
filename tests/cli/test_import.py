"""`vedette import`: versions of a data set, what is told of them, and what goes wrong."""

from __future__ import annotations

import gzip
import json
import re
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from invented import GENERATIONS, Row, acled_rows, as_csv, broken
from running import Vedette

DATA_SETS = {"acled": "acled 2022", "ucdp": "ucdp ged", "gtd": "gtd 135", "gdelt": "gdelt 2.0", "icews": "icews 2018"}


@pytest.fixture
def case(vedette: Vedette, tmp_path: Path) -> Path:
    """An empty case."""
    folder = tmp_path / "case"
    assert vedette("init", folder).code == 0
    return folder


def rows_of(n: int) -> list[Row]:
    """Rows of one country whose dead are 1 each, on the first days of March."""
    return [
        {
            **row,
            "country": "Somalia",
            "fatalities": "1",
            "event_date": f"2022-03-{number + 1:02}",
            "time_precision": "1",
        }
        for number, row in enumerate(acled_rows("2022", n))
    ]


def file(folder: Path, rows: list[Row], name: str = "acled.csv") -> Path:
    path = folder / name
    path.write_text(as_csv(rows, columns=GENERATIONS["acled 2022"].columns))
    return path


def difference(vedette: Vedette, case: Path, *arguments: object, code: int = 0) -> dict[str, Any]:
    """What an import of ACLED says that it changed, the counts that are not nought."""
    answer = vedette("import", "acled", *arguments, "--case", case, "--format", "json")
    assert answer.code == code, answer.err
    told = json.loads(answer.out)["difference"]
    return {name: number for name, number in told.items() if isinstance(number, int) and number}


def counted(vedette: Vedette, case: Path, *arguments: object) -> tuple[int, int]:
    """The incidents that stand and their dead."""
    answer = vedette("incidents", *arguments, "--case", case, "--format", "json", "--limit", 1000)
    assert answer.code == 0, answer.err
    incidents = json.loads(answer.out)
    return len(incidents), sum(toll["tally"]["best"] for each in incidents for toll in each["tolls"])


def moved(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    """The clock of the commits stands so many days from now."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + timedelta(days=days)

    for module in ("vedette.store.case", "vedette.store.ledger"):
        monkeypatch.setattr(f"{module}.datetime", Clock)


def test_a_newer_version_adds_changes_and_withdraws_and_says_so(vedette: Vedette, case: Path, tmp_path: Path) -> None:
    rows = rows_of(10)
    assert difference(vedette, case, file(tmp_path, rows)) == {"added": 10}
    assert counted(vedette, case) == (10, 10)
    newer = [rows[0], rows[2], {**rows[3], "fatalities": "5"}, *rows[4:], *rows_of(12)[10:]]
    told = {"added": 2, "changed": 1, "withdrawn": 1, "same": 8}
    path = file(tmp_path, [*newer], "newer.csv")
    assert difference(vedette, case, path, "--dry-run", "--covered") == told
    assert counted(vedette, case) == (10, 10)
    assert difference(vedette, case, path, "--covered") == told
    assert counted(vedette, case) == (11, 15)
    assert difference(vedette, case, path, "--covered") == {"same": 11}


def test_a_dry_run_shows_each_change_with_its_old_and_new_cells(vedette: Vedette, case: Path, tmp_path: Path) -> None:
    rows = rows_of(4)
    vedette("import", "acled", file(tmp_path, rows), "--case", case)
    newer = [rows[0], {**rows[1], "fatalities": "9"}, *rows[2:3], *rows_of(5)[4:]]
    answer = vedette("import", "acled", file(tmp_path, newer), "--case", case, "--dry-run", "--whole")
    assert "fatalities: 1 → 9" in answer.out
    for row, change in ((rows[1], "changed"), (rows[3], "withdrawn"), (newer[3], "added")):
        (line,) = [line for line in answer.out.splitlines() if row["event_id_cnty"] in line]
        assert change in line
    assert "deleted" not in answer.out + answer.err
    assert "would change: 1 added, 1 changed, 1 withdrawn, 2 as they were" in answer.err


def test_the_record_as_of_a_day_before_a_version_still_answers_with_the_old(
    vedette: Vedette, case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = rows_of(6)
    vedette("import", "acled", file(tmp_path, rows), "--case", case)
    today = datetime.now(UTC).date()
    moved(monkeypatch, 2)
    newer = [{**rows[0], "fatalities": "7"}, *rows[2:]]
    assert difference(vedette, case, file(tmp_path, newer)) == {"changed": 1, "withdrawn": 1, "same": 4}
    assert counted(vedette, case) == (5, 11)
    assert counted(vedette, case, "--as-of", today) == (6, 6)
    assert counted(vedette, case, "--as-of", today + timedelta(days=1)) == (6, 6)
    assert counted(vedette, case, "--as-of", today + timedelta(days=2)) == (5, 11)


def test_a_withdrawn_row_that_returns_counts_again_once(
    vedette: Vedette, case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = rows_of(6)
    vedette("import", "acled", file(tmp_path, rows), "--case", case)
    moved(monkeypatch, 2)
    inner = [row for number, row in enumerate(rows) if number != 3]
    assert difference(vedette, case, file(tmp_path, inner)) == {"withdrawn": 1, "same": 5}
    assert counted(vedette, case) == (5, 5)
    moved(monkeypatch, 4)
    assert difference(vedette, case, file(tmp_path, rows)) == {"added": 1, "same": 5}
    assert counted(vedette, case) == (6, 6)
    day = datetime.now(UTC).date()
    assert [counted(vedette, case, "--as-of", day + timedelta(days=after))[0] for after in (0, 2, 4)] == [6, 5, 6]


def test_a_row_that_changes_to_and_fro_counts_once(vedette: Vedette, case: Path, tmp_path: Path) -> None:
    rows = rows_of(2)
    for dead in ("1", "4", "1"):
        vedette("import", "acled", file(tmp_path, [{**rows[0], "fatalities": dead}, rows[1]]), "--case", case)
        assert counted(vedette, case) == (2, 1 + int(dead))


def test_rows_beyond_the_countries_and_days_of_the_files_stay(vedette: Vedette, case: Path, tmp_path: Path) -> None:
    rows = rows_of(10)
    elsewhere = [{**row, "country": "Mali", "event_id_cnty": f"MLI{n}"} for n, row in enumerate(rows_of(3))]
    vedette("import", "acled", file(tmp_path, [*rows, *elsewhere]), "--case", case)
    # The newer file covers Somalia from the 2nd to the 8th.
    some = [row for number, row in enumerate(rows) if number in {1, 2, 3, 5, 6, 7}]
    answer = vedette("import", "acled", file(tmp_path, some), "--case", case, "--dry-run")
    assert "0 added, 0 changed, 1 withdrawn, 6 as they were" in answer.err
    assert "6 rows on record are not in these files" in answer.err
    assert difference(vedette, case, file(tmp_path, some), "--dry-run", "--part") == {"same": 6, "beyond": 7}
    assert difference(vedette, case, file(tmp_path, some), "--dry-run", "--whole") == {"same": 6, "withdrawn": 7}


def test_why_rows_stay_that_the_files_lack_is_told_as_it_is(vedette: Vedette, case: Path, tmp_path: Path) -> None:
    rows = rows_of(6)
    vedette("import", "acled", file(tmp_path, rows), "--case", case)
    some = file(tmp_path, [rows[0], rows[5]], "some.csv")
    answer = vedette("import", "acled", some, "--case", case, "--part", "--dry-run")
    assert "4 rows on record are not in these files; nothing is withdrawn with --part\n" in answer.err
    assert "beyond" not in answer.err
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"")
    answer = vedette("import", "acled", some, bad, "--case", case, "--whole", "--dry-run")
    assert "4 rows on record are not in these files; nothing is withdrawn\n" in answer.err


def test_an_extract_that_lacks_most_of_what_stands_withdraws_only_when_told_to(
    vedette: Vedette, case: Path, tmp_path: Path
) -> None:
    rows = rows_of(20)
    vedette("import", "acled", file(tmp_path, rows), "--case", case)
    battles = [rows[0], rows[10], rows[19]]
    assert difference(vedette, case, file(tmp_path, battles), "--dry-run") == {"same": 3, "unlike": 17}
    assert difference(vedette, case, file(tmp_path, battles), "--covered") == {"same": 3, "withdrawn": 17}
    assert counted(vedette, case) == (3, 3)


def test_whole_and_part_contradict_each_other(vedette: Vedette, case: Path, tmp_path: Path) -> None:
    answer = vedette("import", "acled", file(tmp_path, rows_of(1)), "--whole", "--part", "--case", case)
    assert answer.code == 2
    assert "contradict each other" in answer.err


@pytest.mark.parametrize("dataset", ["gdelt", "icews"])
def test_files_of_what_was_added_withdraw_nothing(vedette: Vedette, case: Path, tmp_path: Path, dataset: str) -> None:
    shape = GENERATIONS[DATA_SETS[dataset]]
    rows = shape.rows(20)
    path = tmp_path / "rows.tab"
    for some in (rows[:15], rows[14:]):
        path.write_text(shape.written(some))
        assert vedette("import", dataset, path, "--case", case).code == 0
    answer = vedette("sql", f"SELECT count(*) AS n FROM {dataset}", "--case", case, "--format", "json")
    assert json.loads(answer.out) == [{"n": 20}]


def test_two_files_in_one_command_are_one_version(vedette: Vedette, case: Path, tmp_path: Path) -> None:
    rows = rows_of(12)
    first, second = file(tmp_path, rows[:6], "a.csv"), file(tmp_path, rows[6:], "b.csv")
    assert difference(vedette, case, first, second) == {"added": 12}
    assert difference(vedette, case, tmp_path / "*.csv") == {"same": 12}
    assert difference(vedette, case, first, first) == {"same": 6, "beyond": 6}


def test_an_id_that_comes_twice_counts_once_and_a_contradiction_is_told(
    vedette: Vedette, case: Path, tmp_path: Path
) -> None:
    rows = rows_of(5)
    assert difference(vedette, case, file(tmp_path, [*rows, rows[2]])) == {"added": 5, "repeated": 1}
    changed = [*rows, {**rows[2], "fatalities": "8"}]
    answer = vedette("import", "acled", file(tmp_path, changed), "--case", case)
    assert answer.code == 1
    assert rows[2]["event_id_cnty"] in answer.err
    assert "more than once and differs: one of the rows is taken" in answer.err
    assert counted(vedette, case)[0] == 5
    vedette("import", "acled", file(tmp_path, changed[::-1]), "--case", case)
    assert difference(vedette, case, file(tmp_path, changed), code=1) == {"same": 5, "repeated": 1}


def test_of_several_files_in_one_command_the_last_one_counts(vedette: Vedette, case: Path, tmp_path: Path) -> None:
    rows = rows_of(3)
    # More than ten files: their places are numbers, and 2 comes before 10.
    files = [file(tmp_path, [{**rows[0], "fatalities": str(number)}], f"{number}.csv") for number in range(1, 12)]
    vedette("import", "acled", file(tmp_path, rows), "--case", case)
    answer = vedette("import", "acled", *files, "--case", case, "--part")
    assert answer.code == 1
    assert f"{rows[0]['event_id_cnty']}: stands there more than once and differs: " in answer.err
    assert "one of the rows is taken, the last file's" in answer.err
    assert counted(vedette, case) == (3, 13)
    assert vedette("import", "acled", *files[::-1], "--case", case, "--part").code == 1
    assert counted(vedette, case) == (3, 3)


def test_the_version_is_the_files_name_or_what_is_said(vedette: Vedette, case: Path, tmp_path: Path) -> None:
    vedette("import", "acled", file(tmp_path, rows_of(1), "acled-2022-04.export.csv"), "--case", case)
    vedette("import", "acled", file(tmp_path, rows_of(2)), "--version", "2022 May", "--case", case)
    answer = vedette("sql", "SELECT version FROM claims ORDER BY 1", "--case", case, "--format", "json")
    assert [row["version"] for row in json.loads(answer.out)] == ["2022 May", "acled-2022-04"]


def test_doctor_names_the_version_of_the_last_file_of_a_command(vedette: Vedette, case: Path, tmp_path: Path) -> None:
    rows = rows_of(12)
    names = [f"{letter}.csv" for letter in "cabefdhgilkj"]
    files = [file(tmp_path, [row], name) for row, name in zip(rows, names, strict=True)]
    vedette("import", "acled", file(tmp_path, rows_of(13)[12:], "z.csv"), "--case", case)
    vedette("import", "acled", *files, "--case", case)
    assert "acled, last version: j\n" in vedette("doctor", "--case", case).out


def test_the_tables_that_may_be_asked_hold_those_of_the_data_sets(vedette: Vedette, case: Path, tmp_path: Path) -> None:
    assert "acled" not in vedette("sql", "DROP TABLE acled", "--case", case).err
    vedette("import", "acled", file(tmp_path, rows_of(1)), "--case", case)
    answer = vedette("sql", "DROP TABLE acled", "--case", case)
    assert answer.code == 2
    assert answer.err.endswith("labels, incidents, acled\n")


def test_the_query_for_doubts_that_the_page_gives_finds_them_all(vedette: Vedette, case: Path, tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs/importing.md").read_text("utf-8")
    (query,) = re.findall(r'vedette sql "(.*doubts.*)" --case my-case', page)
    dated = [{**row, "event_date": "2022-03-05"} for row in rows_of(102)]
    rows = [{**row, "fatalities": "-1", "geo_precision": "9"} for row in dated[:101]]
    vedette("import", "acled", file(tmp_path, [*rows, dated[101]]), "--case", case)
    found = json.loads(vedette("sql", query, "--case", case, "--format", "json").out)
    assert len(found) == 202
    assert {each["row_id"] for each in found} == {row["event_id_cnty"] for row in rows}


def test_the_wrong_data_set_for_the_command_is_told_by_its_columns(
    vedette: Vedette, case: Path, tmp_path: Path
) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(GENERATIONS["ucdp ged"].text(3))
    answer = vedette("import", "acled", path, "--case", case)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == f"vedette: {path}: looks like UCDP GED: use `vedette import ucdp`\n"
    assert vedette("import", "acledd", path, "--case", case).code == 2


def zipped(path: Path, **members: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(f"{name}.csv", text)
    return path


def test_one_bad_file_among_good_ones_is_told_and_withdraws_nothing(
    vedette: Vedette, case: Path, tmp_path: Path
) -> None:
    rows = rows_of(8)
    vedette("import", "acled", file(tmp_path, rows), "--case", case)
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"")
    answer = vedette("import", "acled", file(tmp_path, rows[:5], "good.csv"), bad, "--whole", "--case", case)
    assert answer.code == 1
    assert "bad.csv: is empty: download it again" in answer.err
    assert "no row is withdrawn, since not every file could be read" in answer.err
    assert counted(vedette, case) == (8, 8)


def test_a_line_that_cannot_be_read_withdraws_not_the_row_that_it_was(
    vedette: Vedette, case: Path, tmp_path: Path
) -> None:
    rows = rows_of(8)
    path = file(tmp_path, rows)
    vedette("import", "acled", path, "--case", case)
    lines = as_csv([{**row, "notes": "short"} for row in rows]).splitlines()
    path.write_text("\n".join([*lines[:4], lines[4] + ",and more", *lines[5:]]) + "\n")
    answer = vedette("import", "acled", path, "--case", case)
    assert answer.code == 1
    assert "line 5: has 32 cells where there should be 31" in answer.err
    assert "7 changed, 0 withdrawn, 0 as they were, 1 left out" in answer.err
    assert counted(vedette, case) == (8, 8)


def test_a_file_with_rows_that_vedette_exported_withdraws_nothing(vedette: Vedette, case: Path, tmp_path: Path) -> None:
    rows = rows_of(8)
    vedette("import", "acled", file(tmp_path, rows), "--case", case)
    exported = [{**row, "event_id_cnty": f"VDT{number}"} for number, row in enumerate(rows_of(3))]
    answer = vedette("import", "acled", file(tmp_path, [*exported, *rows[3:]]), "--case", case, "--whole")
    assert answer.code == 1
    assert "0 added, 0 changed, 0 withdrawn, 5 as they were, 3 left out" in answer.err
    assert answer.err.count("no row is withdrawn, since a file holds rows that Vedette exported") == 1
    assert counted(vedette, case) == (8, 8)
    # The same without a row of its own.
    assert difference(vedette, case, file(tmp_path, rows[3:]), "--whole", "--dry-run") == {"same": 5, "withdrawn": 3}


def test_faults_are_issues_with_their_line_and_the_rest_goes_in(vedette: Vedette, case: Path, tmp_path: Path) -> None:
    path = tmp_path / "acled.csv"
    path.write_bytes(broken("impossible_dates", "acled 2022").body)
    answer = vedette("import", "acled", path, "--case", case)
    assert answer.code == 1
    assert "17 added" in answer.err
    assert "3 left out" in answer.err
    issues = json.loads(vedette("doctor", "--case", case, "--format", "json").out)
    assert sum("2022-02-30 is no date" in json.dumps(each) for each in issues) == 1 or "2022-02-30" in str(issues)


def test_a_dry_run_tells_faults_too_and_keeps_nothing(vedette: Vedette, case: Path, tmp_path: Path) -> None:
    path = tmp_path / "acled.csv"
    path.write_bytes(broken("impossible_dates", "acled 2022").body)
    answer = vedette("import", "acled", path, "--case", case, "--dry-run")
    assert "2022-02-30 is no date" in answer.err
    assert answer.code == 1
    assert "2022-02-30" not in vedette("doctor", "--case", case).out


@pytest.mark.parametrize(
    ("name", "make", "told"),
    [
        ("a.zip", lambda path: zipped(path, readme=""), "is empty"),
        ("a.csv", lambda path: path.write_bytes(b""), "is empty: download it again"),
        ("a.csv", lambda path: path.mkdir(), "holds no table"),
        ("a*.csv", lambda path: None, "holds no table"),
        ("none.csv", lambda path: None, "is not there"),
        ("a.csv.gz", lambda path: path.write_bytes(gzip.compress(b"a" * 999)[:-9]), "cannot be unpacked"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(
    vedette: Vedette, case: Path, tmp_path: Path, name: str, make: Any, told: str
) -> None:
    make(tmp_path / name)
    answer = vedette("import", "acled", tmp_path / name, "--case", case)
    assert answer.code == 1
    assert len(answer.err.strip().splitlines()) == 1
    assert told in answer.err


@pytest.mark.parametrize("form", ["table", "json"])
def test_a_file_without_a_row_is_told(vedette: Vedette, case: Path, tmp_path: Path, form: str) -> None:
    full, empty = file(tmp_path, rows_of(1), "full.csv"), file(tmp_path, [], "empty.csv")
    answer = vedette("import", "acled", full, empty, "--case", case, "--format", form)
    assert answer.code == 0
    assert [line for line in answer.err.splitlines() if "warning" in line] == [f"warning: {empty}: holds no row"]


def test_a_header_alone_is_no_fault_and_withdraws_nothing(vedette: Vedette, case: Path, tmp_path: Path) -> None:
    assert difference(vedette, case, file(tmp_path, [])) == {}
    vedette("import", "acled", file(tmp_path, rows_of(3)), "--case", case)
    assert difference(vedette, case, file(tmp_path, [])) == {"beyond": 3}
    assert difference(vedette, case, file(tmp_path, []), "--whole") == {"beyond": 3}
    assert counted(vedette, case) == (3, 3)


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv"])
def test_only_the_answer_is_on_stdout(vedette: Vedette, case: Path, tmp_path: Path, form: str) -> None:
    vedette("import", "acled", file(tmp_path, rows_of(3)), "--case", case)
    answer = vedette("import", "acled", file(tmp_path, rows_of(4)), "--case", case, "--format", form, "--dry-run")
    if form == "json":
        assert json.loads(answer.out)["difference"]["added"] == 1
    if form == "jsonl":
        assert [json.loads(line)["what"] for line in answer.out.splitlines()] == ["added"]
    if form == "csv":
        assert answer.out.splitlines()[0] == "row_id,change,cells"
