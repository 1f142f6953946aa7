"""Tolls as people read them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from invented import as_csv, ucdp_rows
from running import Vedette
from vedette.cli import words
from vedette.model.values import Tally

UNORDERED = [("2", "2", "0"), ("5", "3", "9"), ("5", "3", "1"), ("5", "", "1")]


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        ((4, 4, 4), "4"),
        ((10, 12, 15), "10–15 (12)"),
        ((46, 46, None), "46+"),
        ((None, 5, 5), "≤5"),
        ((None, 3, 9), "≤9 (3)"),
        ((None, 3, None), "(3)"),
        ((None, None, None), ""),
    ],
)
def test_an_open_end_is_never_a_number(ends: tuple[int | None, ...], told: str) -> None:
    assert words.tally(Tally(*ends)) == told


def test_no_count_and_no_dossier_prints_a_range_that_is_turned_round(vedette: Vedette, tmp_path: Path) -> None:
    rows = [
        {**row, "low": low, "best": best, "high": high}
        for row, (low, best, high) in zip(ucdp_rows("ged", 4), UNORDERED, strict=True)
    ]
    (tmp_path / "ucdp.csv").write_text(as_csv(rows))
    case = tmp_path / "case"
    vedette("init", case)
    answer = vedette("import", "ucdp", tmp_path / "ucdp.csv", "--case", case)
    assert answer.err.count("the killed are not in order") == 4
    listed = json.loads(vedette("incidents", "--case", case, "--format", "json").out)
    shown = [vedette("show", each["id"], "--case", case).out for each in listed]
    for text in [vedette("count", "--by", "country,day", "--case", case).out, *shown]:
        for low, high in re.findall(r"(?<![-\d])(\d+)–(\d+)(?![-\d])", text):
            assert int(low) <= int(high), text
    whole = json.loads(vedette("count", "--case", case, "--format", "json").out)["whole"]
    assert whole["tolls"]["killed"] == {"low": 2, "best": 8, "high": None}
