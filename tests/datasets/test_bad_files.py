"""Files that are broken, or no tables of this data set: one clear sentence each, and nothing lost."""

from __future__ import annotations

import csv
import gzip
import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from invented import GENERATIONS, as_csv
from taking import Take
from vedette.model.errors import VedetteError

SHAPE = GENERATIONS["acled 2022"]
TEXT = SHAPE.text(20)
DATA_SETS = {"acled": "acled 2022", "ucdp": "ucdp ged", "gtd": "gtd 135", "gdelt": "gdelt 2.0", "icews": "icews 2018"}
HEADER_ONLY = SHAPE.text(0)


def zipped(*members: tuple[str, str | bytes]) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members:
            archive.writestr(name, text)
    return body.getvalue()


def parquet(rows: str = "SELECT * FROM acled") -> bytes:
    """The rows as Parquet, each column of the type that DuckDB sees in it."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        text = Path(folder) / "acled.csv"
        text.write_text(TEXT)
        connection.execute(f"CREATE VIEW acled AS SELECT * FROM read_csv('{text}')")
        connection.execute(f"COPY ({rows}) TO '{folder}/acled.parquet' (FORMAT parquet)")
        return (Path(folder) / "acled.parquet").read_bytes()


def damaged(body: bytes, start: int) -> bytes:
    return body[:start] + bytes(50) + body[start + 50 :]


REFUSED = {
    "ZIP without a table": ("a.zip", zipped(("readme.md", "hello")), "holds no table: pack a CSV or TSV file"),
    "ZIP that is cut": ("a.zip", zipped(("a.csv", TEXT))[:900], "cannot be unpacked"),
    "ZIP that is damaged": ("a.zip", damaged(zipped(("a.csv", TEXT)), 500), "cannot be unpacked"),
    "ZIP within a ZIP": ("a.zip", zipped(("b.zip", zipped(("a.csv", TEXT)))), "is a ZIP file within one: unpack it"),
    "gzip that is cut": ("a.csv.gz", gzip.compress(TEXT.encode())[:-20], "cannot be unpacked"),
    "gzip that is damaged": ("a.csv.gz", damaged(gzip.compress(TEXT.encode()), 500), "cannot be unpacked"),
    "Parquet that is cut": ("a.parquet", parquet()[:-100], "is a broken Parquet file"),
    "Parquet that is damaged": ("a.parquet", damaged(parquet(), 3000), "cannot be read"),
    "workbook": ("a.xlsx", zipped(("xl/workbook.xml", "<a/>")), "is an Excel workbook"),
    "old workbook": ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(100), "is an Excel workbook"),
    "UTF-16": ("a.csv", TEXT.encode("utf-16"), "is written in UTF-16: save it as UTF-8"),
    "UTF-16 without a mark": ("a.csv", TEXT.encode("utf-16-le"), "is written in UTF-16: save it as UTF-8"),
    "nothing": ("a.csv", b"", "is empty: download it again"),
    "blanks": ("a.csv", b" \n\n", "is empty: download it again"),
    "log-in page": ("a.csv", b"<!DOCTYPE html><html><body>Please log in</body></html>", "does not look like ACLED"),
    "JSON": ("a.csv", b'{"data": [{"event_id_cnty": "A1"}]}', "does not look like ACLED"),
    "picture": ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(1, 256)) * 9, "does not look like ACLED"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(take: Take, case: str) -> None:
    name, body, told = REFUSED[case]
    with pytest.raises(VedetteError, match=told) as refused:
        take("acled", body, name=name)
    assert "\n" not in str(refused.value)
    assert name in str(refused.value)


@pytest.mark.parametrize("spoiled", [lambda body: body[:-2000], lambda body: damaged(body, 9000)])
def test_a_large_gzip_file_that_is_cut_or_damaged_is_refused_too(take: Take, spoiled: Callable[[bytes], bytes]) -> None:
    with pytest.raises(VedetteError, match="cannot be unpacked"):
        take("acled", spoiled(gzip.compress(SHAPE.text(4000).encode())), name="a.csv.gz")


def all_quoted() -> str:
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([list(SHAPE.columns), *(list(row.values()) for row in SHAPE.rows(20))])
    return text.getvalue()


READ = {
    "gzip": ("a.csv.gz", gzip.compress(TEXT.encode())),
    "gzip by another name": ("a.csv", gzip.compress(TEXT.encode())),
    "ZIP": ("a.zip", zipped(("data/a.csv", TEXT), ("__MACOSX/data/._a.csv", "junk"), ("data/readme.md", "hello"))),
    "ZIP of gzip": ("a.zip", zipped(("a.csv.gz", gzip.compress(TEXT.encode())))),
    "byte order mark": ("a.csv", TEXT.encode("utf-8-sig")),
    "Windows line ends": ("a.csv", TEXT.replace("\n", "\r\n").encode()),
    "no last line end": ("a.csv", TEXT.rstrip("\n").encode()),
    "blank lines": ("a.csv", b"\n\n" + TEXT.replace("\n", "\n\n").encode()),
    "all quoted": ("a.csv", all_quoted().encode()),
    "semicolons": ("a.csv", as_csv(SHAPE.rows(20), delimiter=";").encode()),
    "header with blanks": ("a.csv", TEXT.replace("event_date,", "Event Date ,", 1).encode()),
}


@pytest.mark.parametrize("case", READ)
def test_a_file_that_is_only_packed_or_written_otherwise_is_read_whole(take: Take, case: str) -> None:
    name, body = READ[case]
    taken = take("acled", body, name=name)
    assert (taken.imported.difference.added, taken.faults) == (20, [])
    assert taken.ask("SELECT count(DISTINCT row_id), sum(killed_best) FROM taken") == dead(TEXT)


def dead(text: str) -> list[tuple[int, int]]:
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    return [(len(rows), sum(int(row["fatalities"]) for row in rows))]


@pytest.mark.parametrize(
    "rows",
    [
        "SELECT * FROM acled",
        "SELECT * REPLACE (CAST(event_date AS DATE) AS event_date) FROM acled",
        "SELECT * REPLACE (CAST(fatalities AS DOUBLE) AS fatalities) FROM acled",
        "SELECT * REPLACE (CAST(inter1 AS DOUBLE) AS inter1, CAST(event_date AS TIMESTAMP) AS event_date) FROM acled",
    ],
)
def test_parquet_of_any_types_says_what_the_text_says(take: Take, rows: str) -> None:
    query = "SELECT * EXCLUDE (id, body, version, recorded_at) FROM taken ORDER BY row_id"
    assert take("acled", parquet(rows), name="a.parquet").ask(query) == take("acled", TEXT).ask(query)


def test_every_table_of_an_archive_is_read_and_one_that_is_none_is_told(take: Take) -> None:
    other = GENERATIONS["ucdp ged"].text(3)
    more = as_csv([{**row, "event_id_cnty": f"X{number}"} for number, row in enumerate(SHAPE.rows(5))])
    taken = take("acled", zipped(("a.csv", TEXT), ("other/a.csv", more), ("ucdp.csv", other)), name="a.zip")
    assert taken.imported.difference.added == 25
    assert [file.name.rpartition(":")[2] for file in taken.imported.files] == ["a.csv", "other/a.csv"]
    assert taken.faults == ["0: looks like UCDP GED: use `vedette import ucdp`"]


def test_a_header_alone_is_no_row_and_no_fault(take: Take) -> None:
    for text in (HEADER_ONLY, HEADER_ONLY.rstrip("\n")):
        taken = take("acled", text)
        assert (taken.imported.difference.added, taken.faults) == (0, [])


def test_a_row_of_ten_megabytes_goes_in_whole(take: Take) -> None:
    rows = SHAPE.rows(4)
    rows[2]["notes"] = "x" * 10_000_000
    taken = take("acled", as_csv(rows))
    assert (taken.imported.difference.added, taken.faults) == (4, [])
    assert taken.ask("SELECT max(len(cells.notes)) FROM rows_acled") == [(10_000_000,)]


@pytest.mark.parametrize("command", DATA_SETS)
@pytest.mark.parametrize("dataset", DATA_SETS)
def test_the_wrong_data_set_for_the_command_is_told_by_its_columns(take: Take, command: str, dataset: str) -> None:
    for generation in (name for name in GENERATIONS if name.startswith(dataset)):
        if command != dataset:
            with pytest.raises(VedetteError, match=f"use `vedette import {dataset}`"):
                take(command, GENERATIONS[generation].text(2))


@pytest.mark.parametrize(("dataset", "generation"), DATA_SETS.items())
def test_a_missing_column_is_named(take: Take, dataset: str, generation: str) -> None:
    shape = GENERATIONS[generation]
    for lacking in (shape.id, shape.day or "iyear"):
        columns = [name for name in shape.columns if name != lacking]
        rows = [{name: row[name] for name in columns} for row in shape.rows(2)]
        text = as_csv(rows, delimiter=shape.delimiter, quoted=shape.delimiter != "\t")
        with pytest.raises(VedetteError, match=f"has no column {lacking.lower().replace(' ', '_')}: export"):
            take(dataset, text)


def test_an_export_without_the_columns_that_may_lack_is_read(take: Take) -> None:
    needed = ["event_id_cnty", "event_date", "event_type", "actor1", "country", "fatalities"]
    needed += ["geo_precision", "time_precision"]
    rows = [{name: row[name] for name in needed} for row in SHAPE.rows(5)]
    taken = take("acled", as_csv(rows))
    assert taken.imported.difference.added == 5
    assert {claim.place.value.precision for claim in taken.claims.values()} <= {"country"}
