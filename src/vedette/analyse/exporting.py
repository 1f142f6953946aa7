"""The record in files of other programs' formats, made in DuckDB from first to last: no row passes through Python."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vedette.analyse import coarsening
from vedette.analyse.filters import Filters, Unit
from vedette.datasets import flat, geojson
from vedette.model.errors import UsageError
from vedette.reference.actors import load_actors
from vedette.reference.sheltered import load_sheltered
from vedette.store import Snapshot


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: the SELECT list over rows of the projection, COPY's options, and the bytes around what COPY writes.

    `cells` is handed the projection's columns with their DuckDB types.
    """

    cells: Callable[[Mapping[str, str]], list[str]]
    options: str
    before: bytes = b""
    after: bytes = b""


EXPORTERS = {
    "csv": Exporter(flat.csv_cells, flat.CSV_OPTIONS),
    "parquet": Exporter(flat.parquet_cells, flat.PARQUET_OPTIONS),
    "geojson": Exporter(geojson.features, geojson.OPTIONS, geojson.BEFORE, geojson.AFTER),
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


def exporter_named(name: str) -> Exporter:
    """The exporter of this format."""
    if name not in EXPORTERS:
        raise UsageError(f"format {name!r}", f"is none of {', '.join(EXPORTERS)}")
    return EXPORTERS[name]


def export(now: Snapshot, exporter: Exporter, wanted: Wanted, path: Path) -> Exported:
    """Write what is wanted to `path`, newest first; the same record gives the same rows in the same order."""
    columns = _columns(now, wanted.unit)
    rows, parameters = _projection(columns, wanted)
    cells = ", ".join(exporter.cells(columns))
    order = f"{wanted.filters.surely_in_period()} DESC, latest DESC NULLS LAST, earliest DESC NULLS LAST, id"
    query = f"SELECT {cells} FROM ({rows}) ORDER BY {order}"
    if exporter.before or exporter.after:
        _copy_within(now, exporter, query, parameters, path)
    else:
        now.copy(query, parameters, path, exporter.options)
    (counted,) = now.rows(f"SELECT {_COUNTS} FROM ({rows})", parameters)
    if wanted.exact:
        counted["sheltered"] = _sheltered_count(now, wanted)
    return Exported(**counted)


_COUNTS = f"""count(*) AS rows, count(*) FILTER (NOT coalesce({geojson.HAS_POINT}, false)) AS pointless,
    count(*) FILTER (coarsened) AS sheltered, count(*) FILTER (machine_coded) AS machine_coded"""

# What the lake needs and no other program does.
_INNER = {Unit.INCIDENTS: "body, batch, recorded_at", Unit.CLAIMS: "body, keys, batch, recorded_at"}
_SOURCES = "coalesce((SELECT list(a.source) FROM articles a WHERE a.id = article_id), []) AS sources"


def _base(unit: Unit) -> str:
    return f"* EXCLUDE ({_INNER[unit]})" + (f", {_SOURCES}" if unit is Unit.CLAIMS else "")


def _columns(now: Snapshot, unit: Unit) -> dict[str, str]:
    """The exported columns and their types."""
    told = now.rows(f"DESCRIBE SELECT {_base(unit)} FROM {unit}")
    types = {row["column_name"]: row["column_type"] for row in told}
    return {**types, "machine_coded": "BOOLEAN", "coarsened": "BOOLEAN"}


def _projection(columns: Mapping[str, str], wanted: Wanted) -> tuple[str, dict[str, Any]]:
    """The one SELECT that every format is made from, and its parameters."""
    condition, given = wanted.filters.where(wanted.unit)
    machine = "id NOT IN (SELECT unnest(CAST($judged_ids AS VARCHAR[]))) AS machine_coded"
    rows = f"SELECT {_base(wanted.unit)}, {machine} FROM {wanted.unit} WHERE {condition}"
    given = {**given, "judged_ids": list(wanted.judged)}
    if wanted.exact:
        return f"SELECT *, false AS coarsened FROM ({rows})", given
    sheltered = load_sheltered()
    coarse = coarsening.coarse(columns, sheltered)
    return (
        f"SELECT {coarse} FROM ({coarsening.marked(rows, wanted.unit)})",
        {**given, **coarsening.parameters(sheltered, load_actors())},
    )


def _sheltered_count(now: Snapshot, wanted: Wanted) -> int:
    condition, given = wanted.filters.where(wanted.unit)
    query = (
        f"SELECT count(*) FROM {wanted.unit} WHERE ({condition}) AND id IN ({coarsening.sheltered_ids(wanted.unit)})"
    )
    known = coarsening.parameters(load_sheltered(), load_actors())
    asked = {name: known[name] for name in ("sheltered", "sheltered_acting", "sheltered_actors", "sheltered_told")}
    return int(now.column(query, {**given, **asked})[0])


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
