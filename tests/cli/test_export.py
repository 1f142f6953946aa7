from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import duckdb
import pytest

from running import PLAIN, Vedette
from vedette.analyse.exporting import EXPORTERS

CLINIC = {
    "title": "Gunmen attack clinic in Taloqan",
    "text": "Gunmen attacked a clinic in Taloqan on Monday, killing three nurses, officials said.",
    "published": "2025-03-04",
    "source": "wire",
}


@pytest.fixture
def house(vedette: Vedette, tmp_path: Path, case: Path) -> Path:
    """The case of twelve reports, and one of a clinic."""
    report = tmp_path / "clinic.jsonl"
    report.write_text(json.dumps(CLINIC))
    assert vedette("read", report, "--case", case, *PLAIN).code == 0
    return case


def listed(vedette: Vedette, case: Path, *filters: object) -> list[dict[str, str]]:
    answer = vedette("incidents", *filters, "--case", case, "--format", "csv")
    return list(csv.DictReader(io.StringIO(answer.out)))


@pytest.mark.parametrize("form", sorted(EXPORTERS))
def test_every_format_is_named_in_the_help_and_writes_a_file(
    vedette: Vedette, case: Path, tmp_path: Path, form: str
) -> None:
    assert form in vedette("export", "--help").out
    out = tmp_path / f"out.{form}"
    answer = vedette("export", form, "-o", out, "--case", case)
    assert answer.code == 0, answer.err
    assert answer.out == ""
    assert f"incidents written to {out}" in answer.err
    assert out.stat().st_size
    assert sorted(entry.name for entry in tmp_path.iterdir()) == sorted(["case", out.name, "reports.jsonl"])


def test_csv_is_the_list_of_incidents_with_its_marks(vedette: Vedette, case: Path, tmp_path: Path) -> None:
    vedette("export", "csv", "-o", tmp_path / "out.csv", "--case", case)
    rows = list(csv.DictReader((tmp_path / "out.csv").open(encoding="utf-8")))
    expected = listed(vedette, case)
    assert rows
    assert [{name: row[name] for name in expected[0]} for row in rows] == expected
    assert {row["machine_coded"] for row in rows} == {"true"}


def test_parquet_holds_the_same_rows_with_their_types(vedette: Vedette, case: Path, tmp_path: Path) -> None:
    vedette("export", "parquet", "-o", tmp_path / "out.parquet", "--case", case)
    found = duckdb.sql(f"SELECT * FROM '{tmp_path}/out.parquet'")
    types = dict(zip(found.columns, map(str, found.types), strict=True))
    assert types["earliest"] == "DATE"
    assert types["targets"] == "VARCHAR[]"
    assert types["killed_low"] == "BIGINT"
    ids = [row[0] for row in found.select("id").fetchall()]
    assert ids == [row["id"] for row in listed(vedette, case)]


def test_filters_hold_for_files_as_for_lists(vedette: Vedette, case: Path) -> None:
    for filters in (["--place", "Herat"], ["--from", "2025-05-01"], ["--kind", "battles"], ["--judged", "yes"]):
        exported = vedette("export", "csv", "-o", "-", *filters, "--case", case)
        rows = list(csv.DictReader(io.StringIO(exported.out)))
        assert [row["id"] for row in rows] == [row["id"] for row in listed(vedette, case, *filters)]


def test_claims_are_exported_one_by_one(vedette: Vedette, case: Path) -> None:
    exported = vedette("export", "geojson", "-o", "-", "--unit", "claims", "--case", case)
    features = json.loads(exported.out)["features"]
    claims = json.loads(vedette("incidents", "--unit", "claims", "--case", case, "--format", "json").out)
    assert [feature["id"] for feature in features] == [claim["id"] for claim in claims]
    assert {feature["properties"]["stance"] for feature in features} == {"asserts"}
    assert all(feature["properties"]["sources"] == ["wire"] for feature in features)
    assert f"{len(claims)} claims written" in exported.err


def test_stdout_holds_the_file_and_nothing_else(vedette: Vedette, case: Path, tmp_path: Path) -> None:
    for form in EXPORTERS:
        vedette("export", form, "-o", tmp_path / "out", "--force", "--case", case)
        written = vedette("export", form, "-o", "-", "--case", case) if form != "parquet" else None
        assert written is None or written.out == (tmp_path / "out").read_text()


def test_a_file_that_is_there_is_kept_unless_forced(vedette: Vedette, case: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("mine")
    refused = vedette("export", "csv", "-o", out, "--case", case)
    assert (refused.code, out.read_text()) == (2, "mine")
    assert "--force" in refused.err
    assert vedette("export", "csv", "-o", out, "--force", "--case", case).code == 0
    assert out.read_text().startswith("id,")


@pytest.mark.parametrize(
    ("form", "out", "said"),
    [
        ("xml", "out.xml", "csv, parquet, geojson"),
        ("csv", "nowhere/out.csv", "is no folder"),
        ("csv", "case", "is no file"),
        ("csv", "/dev/null", "is no file"),
    ],
)
def test_what_cannot_be_written_is_one_sentence(
    vedette: Vedette, case: Path, tmp_path: Path, form: str, out: str, said: str
) -> None:
    answer = vedette("export", form, "-o", tmp_path / out, "--case", case, "--force")
    assert answer.code == 2
    assert said in answer.err
    assert answer.err.count("\n") == 1


def test_a_run_that_fails_leaves_nothing(
    vedette: Vedette, case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "out.geojson")

    out = tmp_path / "out.geojson"
    out.write_text("the last one")
    monkeypatch.setattr("vedette.analyse.exporting.shutil.copyfileobj", full)
    answer = vedette("export", "geojson", "-o", out, "--force", "--case", case)
    assert answer.code == 1
    assert "No space left" in answer.err
    assert out.read_text() == "the last one"
    assert not list(tmp_path.glob(".*"))


def test_as_of_a_day_before_the_record_is_an_empty_file(vedette: Vedette, case: Path) -> None:
    csv_of_nothing = vedette("export", "csv", "-o", "-", "--as-of", "2020-01-01", "--case", case)
    assert csv_of_nothing.out.count("\n") == 1
    geojson = vedette("export", "geojson", "-o", "-", "--as-of", "2020-01-01", "--case", case)
    assert json.loads(geojson.out)["features"] == []


def test_a_clinic_leaves_the_house_no_finer_than_its_province(vedette: Vedette, house: Path) -> None:
    for unit in ("incidents", "claims"):
        for form in ("csv", "geojson"):
            answer = vedette("export", form, "-o", "-", "--unit", unit, "--case", house)
            (coarse,) = [line for line in answer.out.splitlines() if "a place of care" in line]
            assert "Takhar" in coarse
            assert "taloqan" not in coarse.casefold()
            assert "69." not in coarse  # the longitude of Taloqan
            assert "1 of them about schools" in answer.err


def test_exact_keeps_the_place_and_warns(vedette: Vedette, house: Path) -> None:
    answer = vedette("export", "geojson", "-o", "-", "--exact", "--target", "clinic", "--case", house)
    (feature,) = json.loads(answer.out)["features"]
    assert feature["properties"]["place"] == "Taloqan"
    assert feature["properties"]["coarsened"] is False
    assert feature["geometry"]["type"] == "Point"
    assert "keep this file inside the house" in answer.err


def test_a_filter_that_tells_the_place_is_warned_of(vedette: Vedette, house: Path) -> None:
    answer = vedette("export", "csv", "-o", "-", "--place", "Taloqan", "--case", house)
    assert "--place itself may tell" in answer.err
    assert "--place" not in vedette("export", "csv", "-o", "-", "--place", "Herat", "--case", house).err


def test_no_cell_of_a_csv_is_run_as_a_formula(vedette: Vedette, tmp_path: Path) -> None:
    told = {
        **CLINIC,
        "title": "",
        "text": "A roadside bomb killed three policemen in Kunduz.",
        "source": "=HYPERLINK(1)",
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(told))
    vedette("init", tmp_path / "case")
    vedette("read", tmp_path / "a.jsonl", "--case", tmp_path / "case", *PLAIN)
    (row,) = csv.DictReader(io.StringIO(vedette("export", "csv", "-o", "-", "--case", tmp_path / "case").out))
    assert row["sources"] == "'=HYPERLINK(1)"
