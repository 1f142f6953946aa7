from __future__ import annotations

import csv
from pathlib import Path

import pytest

from code_book_files import written
from invented import acled_rows
from running import Vedette


@pytest.fixture
def mixed(vedette: Vedette, tmp_path: Path, case: Path) -> Path:
    """The case of twelve reports, and nine rows of ACLED of 2015."""
    rows = acled_rows("2015", 9)
    file = written(tmp_path / "a.csv", list(rows[0]), [list(row.values()) for row in rows])
    assert vedette("import", "acled", file, "--case", case).code == 0
    return case


def test_what_was_left_out_and_given_back_is_said_on_stderr(vedette: Vedette, mixed: Path, tmp_path: Path) -> None:
    answer = vedette("export", "acled", "-o", tmp_path / "out.csv", "--exact", "--case", mixed)
    assert (answer.code, answer.out) == (0, "")
    assert "given back as they came: 9 rows of ACLED\n" in answer.err
    assert "coded by machine and judged by nobody yet\n" in answer.err
    other = vedette("export", "ucdp", "-o", "-", "--case", mixed)
    assert other.code == 0
    assert other.out.startswith("id,relid,year,")
    assert "left out, since their sides do not tell the type of violence" in other.err


def test_a_schema_chooses_the_columns(vedette: Vedette, mixed: Path, tmp_path: Path) -> None:
    for schema, first in (("2015", "GWNO"), ("2016", "actor1"), ("2020", "data_id"), ("2022", "event_id_cnty")):
        answer = vedette("export", "acled", "-o", "-", "--schema", schema, "--exact", "--case", mixed)
        rows = list(csv.reader(answer.out.splitlines(keepends=True)))
        assert rows[0][0] == first
        assert len({len(row) for row in rows}) == 1
    refused = vedette("export", "acled", "-o", "-", "--schema", "2014", "--case", mixed)
    assert refused.code == 2
    assert "--schema 2014: is none of ACLED: 2015, 2016, 2020, 2022, 2024" in refused.err
