"""The record in files of other programs' formats, made in DuckDB from first to last: no row passes through Python."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vedette.analyse import coarsening, code_books
from vedette.analyse.filters import Filters, Unit
from vedette.datasets import flat, geojson
from vedette.model.errors import UsageError
from vedette.reference.actors import load_actors
from vedette.reference.datasets import DATA_SETS, data_set
from vedette.reference.exports import Target
from vedette.reference.sheltered import load_sheltered
from vedette.store import Snapshot


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: the SELECT list over rows of the projection, COPY's options, and the bytes around what COPY writes.

    `cells` is handed the projection's columns with their DuckDB types. A `book` is a data set's own format, whose rows
    code_books makes.
    """

    cells: Callable[[Mapping[str, str]], list[str]]
    options: str
    before: bytes = b""
    after: bytes = b""
    book: Target | None = None


EXPORTERS = {
    "csv": Exporter(flat.csv_cells, flat.CSV_OPTIONS),
    "parquet": Exporter(flat.parquet_cells, flat.PARQUET_OPTIONS),
    "geojson": Exporter(geojson.features, geojson.OPTIONS, geojson.BEFORE, geojson.AFTER),
    **{name: Exporter(flat.csv_cells, code_books.OPTIONS, book=Target(name)) for name in code_books.BOOKS},
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be exported; `judged` are the ids that a person has judged, `exact` keeps every place as it is."""

    filters: Filters
    unit: Unit = Unit.INCIDENTS
    judged: tuple[str, ...] = ()
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """How many rows a file holds, and of them those without a point, those coarsened and those no person has judged.

    `sheltered` tells of schools, care, aid, shelters or displaced people: all are coarsened, unless `exact` was wanted.
    """

    rows: int
    pointless: int
    sheltered: int
    machine_coded: int
    remarks: tuple[str, ...] = ()


def exporter_named(name: str, schema: str = "") -> Exporter:
    """The exporter of this format; `schema` is a generation of a data set's columns."""
    if name not in EXPORTERS:
        raise UsageError(f"format {name!r}", f"is none of {', '.join(EXPORTERS)}")
    exporter = EXPORTERS[name]
    if not schema:
        return exporter
    if not exporter.book:
        raise UsageError(f"--schema {schema}", f"is for {' and '.join(code_books.BOOKS)}, not for {name}")
    target = Target(name, schema)
    target.format.columns(schema)  # says which there are where this is none
    return replace(exporter, book=target)


def export(now: Snapshot, exporter: Exporter, wanted: Wanted, path: Path) -> Exported:
    """Write what is wanted to `path`, newest first; the same record gives the same rows in the same order."""
    coarsening.keep_sheltered(now, wanted.unit, load_sheltered(), load_actors())
    if exporter.book:
        code_books.keep_told(now, exporter.book.name, wanted.unit)
    rows, parameters = _projection(now, wanted)
    order = f"{wanted.filters.surely_in_period()} DESC, latest DESC NULLS LAST, earliest DESC NULLS LAST, id"
    if exporter.book:
        written = code_books.write(now, exporter.book, code_books.Selected(rows, parameters, order, wanted.unit), path)
        return Exported(written.rows, written.pointless, written.sheltered, written.machine_coded, written.remarks)
    columns = {row["column_name"]: row["column_type"] for row in now.rows(f"DESCRIBE {rows}", parameters)}
    cells = ", ".join(exporter.cells(columns))
    query = f"SELECT {cells} FROM (SELECT * FROM ({rows}) ORDER BY {order})"
    if exporter.before or exporter.after:
        _copy_within(now, exporter, query, parameters, path)
    else:
        now.copy(query, parameters, path, exporter.options)
    (counted,) = now.rows(f"SELECT {_COUNTS} FROM ({rows})", parameters)
    return Exported(**counted)


_COUNTS = f"""count(*) AS rows, count(*) FILTER (NOT coalesce({geojson.HAS_POINT}, false)) AS pointless,
    count(*) FILTER (id IN (SELECT id FROM sheltered)) AS sheltered, count(*) FILTER (machine_coded) AS machine_coded"""

# What the lake needs and no other program does.
_INNER = {"body", "keys", "batch", "recorded_at"}
_SOURCES = "coalesce((SELECT list(a.source) FROM articles a WHERE a.id = article_id), [])"


def _base(now: Snapshot, unit: Unit) -> dict[str, str]:
    """What is exported of a row before anything is coarsened: each column's name and its SQL."""
    held = [row["column_name"] for row in now.rows(f"DESCRIBE {unit}")]
    base = {name: f'"{name}"' for name in held if name not in _INNER}
    if unit is Unit.CLAIMS:
        base["sources"] = f"CASE WHEN source <> '' THEN [source] ELSE {_SOURCES} END" if "source" in base else _SOURCES
    return {**base, "machine_coded": f"{_by_machine(unit, base)} AND id NOT IN (SELECT unnest({_JUDGED}))"}


_JUDGED = "CAST($judged_ids AS VARCHAR[])"


def _by_machine(unit: Unit, names: Mapping[str, str]) -> str:
    """True of what a machine coded or joined: all but the rows of a hand-coded data set that stand alone."""
    if unit is Unit.INCIDENTS:
        return "code IS NULL" if "code" in names else "true"  # only an incident that is one such row has their code
    by_hand = ", ".join(f"'{name}'" for name in DATA_SETS if not data_set(name).machine_coded)
    return f"coalesce(dataset NOT IN ({by_hand}), true)" if "dataset" in names else "true"


def _projection(now: Snapshot, wanted: Wanted) -> tuple[str, dict[str, Any]]:
    """The one SELECT that every format is made from, and its parameters."""
    condition, given = wanted.filters.where(wanted.unit)
    base = _base(now, wanted.unit)
    told = ", ".join(f'{sql} AS "{name}"' for name, sql in base.items())
    rows = f"SELECT {told} FROM {wanted.unit} WHERE {condition}"
    given = {**given, "judged_ids": list(wanted.judged)}
    if wanted.exact:
        return f"SELECT *, false AS coarsened FROM ({rows})", given
    coarse = coarsening.coarse([*base, "coarsened"], load_sheltered())
    known = coarsening.parameters(load_sheltered(), load_actors())
    return f"SELECT {coarse} FROM ({coarsening.marked(rows)})", {**given, **known}


def _copy_within(now: Snapshot, exporter: Exporter, query: str, parameters: dict[str, Any], path: Path) -> None:
    inner = path.with_name(f"{path.name}.rows")
    try:
        now.copy(query, parameters, inner, exporter.options)
        with inner.open("rb") as rows, path.open("wb") as out:
            out.write(exporter.before)
            shutil.copyfileobj(rows, out, 1024 * 1024)
            out.write(exporter.after)
    finally:
        inner.unlink(missing_ok=True)
