"""`vedette gazetteer find` and `vedette gazetteer add`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from invented.geonames import line, write_zip
from running import PLAIN, Vedette


def test_find_shows_what_is_known_of_a_place(vedette: Vedette) -> None:
    found = json.loads(vedette("gazetteer", "find", "قندهار", "--country", "Afghanistan", "--format", "json").out)
    kandahar = found[0]
    assert (kandahar["name"], kandahar["precision"], kandahar["kind"]) == ("Kandahar", "settlement", "P")
    assert kandahar["path"] == ["Afghanistan", "Kandahar", "Kandahar"]
    assert "кандагар" in kandahar["also"]
    assert kandahar["population"] > 400_000


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv"])
def test_every_format_tells_the_same_place(vedette: Vedette, form: str) -> None:
    answer = vedette("gazetteer", "find", "Lashkar Gah", "--format", form)
    assert answer.code == 0
    assert "geonames:" in answer.out


def test_the_csv_has_one_row_for_each_place(vedette: Vedette) -> None:
    rows = list(csv.DictReader(io.StringIO(vedette("gazetteer", "find", "Lashkar Gah", "-f", "csv").out)))
    assert {row["precision"] for row in rows} == {"settlement", "district"}


def test_an_unknown_name_is_told_so(vedette: Vedette) -> None:
    assert "no place of that name" in vedette("gazetteer", "find", "Zzyzxabad").out
    assert vedette("gazetteer", "find", "Kabul", "--country", "Nowhere").code == 2


def test_an_added_village_is_found_in_the_case_alone_and_read(vedette: Vedette, tmp_path: Path) -> None:
    case = tmp_path / "case"
    dump = write_zip(tmp_path / "AF.zip", [line(900_000_001, "Zzharkalay", others="زژرکلی", population=900)])
    vedette("init", case)
    answer = vedette("gazetteer", "add", dump, "--case", case)
    assert (answer.code, answer.out) == (0, "")
    assert "1 places and 2 names are new" in answer.err
    assert (
        json.loads(vedette("gazetteer", "find", "زژرکلی", "--case", case, "-f", "json").out)[0]["name"] == "Zzharkalay"
    )
    assert json.loads(vedette("gazetteer", "find", "زژرکلی", "-f", "json").out) == []
    report = tmp_path / "report.txt"
    report.write_text("Gunmen killed four policemen in Zzharkalay, Helmand province, Afghanistan, on 3 March 2025.\n")
    assert vedette("read", report, "--case", case, *PLAIN).code == 0
    incidents = json.loads(vedette("incidents", "--case", case, "-f", "json").out)
    assert incidents[0]["place"]["id"] == "geonames:900000001"


def test_a_wrong_dump_is_one_sentence(vedette: Vedette, tmp_path: Path) -> None:
    vedette("init", tmp_path / "case")
    (tmp_path / "AF.txt").write_text("one,two\n")
    answer = vedette("gazetteer", "add", tmp_path / "AF.txt", "--case", tmp_path / "case")
    assert answer.code == 1
    assert "19, parted by tabs" in answer.err
    assert answer.err.count("\n") == 1
    missing = vedette("gazetteer", "add", tmp_path / "PK.zip", "--case", tmp_path / "case")
    assert (missing.code, missing.err.count("\n")) == (1, 1)
    assert vedette("gazetteer", "add", tmp_path / "AF.txt").code == 2
