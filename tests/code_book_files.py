"""Cases that hold rows of data sets, and files of them read back; shared by the tests of both code books."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from running import Listener
from vedette.analyse import Filters
from vedette.analyse.exporting import Exported, Wanted, export, exporter_named
from vedette.analyse.validating import faults
from vedette.datasets import Difference, Scope
from vedette.datasets import Wanted as WantedRows
from vedette.flow import Config, Flow
from vedette.reference.datasets import data_set
from vedette.reference.exports import export_format
from vedette.store import Case

SHARED = Path(__file__).parents[1] / "../shared/data"


@dataclass(frozen=True)
class File:
    """An exported file: its columns, its rows as columns to cells, and what was said of it."""

    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    said: Exported
    path: Path


def take_in(case: Case, name: str, *files: Path, scope: Scope = Scope.PART, dry_run: bool = False) -> Difference:
    """Import files of a data set; what they change, or would."""
    wanted = WantedRows(data_set(name), tuple(map(str, files)), scope=scope)
    return Flow(case, Config(), Listener()).import_rows(wanted, dry_run).difference


def exported(case: Case, form: str, schema: str = "", sound: bool = True, **wanted: object) -> File:
    """The record as a file of this form, which follows the code book unless it is said not to."""
    path = case.folder / f"out-{form}.csv"
    filters = wanted.pop("filters", Filters())
    with case.snapshot() as now:
        said = export(now, exporter_named(form, schema), Wanted(filters, **wanted), path)  # type: ignore[arg-type]
    columns, *rows = read(path)
    if sound:
        assert faults(export_format(form), columns, rows, schema) == []
    return File(tuple(columns), tuple(dict(zip(columns, row, strict=True)) for row in rows), said, path)


def read(path: Path) -> list[list[str]]:
    """The lines of a CSV, gzipped or not."""
    body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.reader(io.StringIO(body.decode(), newline="")))


def written(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    """A CSV of these rows."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([columns, *rows])
    return path
