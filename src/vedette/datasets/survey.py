"""What a table's distinct codes, areas, days and parties mean: understood once each, as tables to join with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, field
from datetime import date
from typing import Any

from duckdb import DuckDBPyConnection

from vedette.datasets.areas import area_of
from vedette.datasets.days import days_of
from vedette.datasets.expressions import Cells
from vedette.datasets.parties import PartyReader
from vedette.datasets.rulings import ruling_of
from vedette.datasets.texts import code, parted
from vedette.reference import Reference
from vedette.reference.datasets import DataSet

EARLIEST = 1900  # no event data set goes further back than 1946 (UCDP's conflicts), no sound date before this


@dataclass(frozen=True, slots=True)
class Survey:
    """The distinct texts that the mapping has to understand."""

    codes: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    parties: dict[str, tuple[str, ...]] = field(default_factory=dict)


def survey(connection: DuckDBPyConnection, source: str, data_set: DataSet, cells: Cells) -> Survey:
    """The distinct texts of a table, in one pass over it."""
    asked = {"codes": cells.key(data_set.ruling_cells), "areas": cells.key(data_set.area_cells)}
    asked |= {f"day_{cell}": cells.key((cell,)) for cell in data_set.when.texts}
    asked |= {f"party_{name}": cells.key(party.all_cells) for name, party in data_set.parties.items()}
    columns = ", ".join(f'list(DISTINCT {what}) AS "{name}"' for name, what in asked.items())
    row = connection.execute(f"SELECT {columns} FROM ({source})").fetchone() or ()
    found = {name: tuple(sorted(texts or ())) for name, texts in zip(asked, row, strict=True)}
    days = {text for cell in data_set.when.texts for text in found[f"day_{cell}"]}
    parties = {name: found[f"party_{name}"] for name in data_set.parties}
    return Survey(found["codes"], found["areas"], tuple(sorted(days)), parties)


def look_ups(connection: DuckDBPyConnection, found: Survey, data_set: DataSet, reference: Reference) -> None:
    """Make the tables `codes`, `areas`, `days` and `party_NAME` for the mapping to join with."""
    _codes(connection, found.codes, data_set)
    _areas(connection, found.areas, data_set)
    _days(connection, found.days)
    reader = PartyReader(data_set, reference)
    for name, party in data_set.parties.items():
        understood = [each for each in reader.understand(party, found.parties[name]) if each.names]
        rows = [
            [each.key, each.names, each.ids, each.renamed, each.group, each.turns or None, each.eras or None]
            for each in understood
        ]
        _table(connection, f"party_{name}", _PARTY, rows)


_PARTY = (
    "key VARCHAR, names VARCHAR[], ids VARCHAR[], renamed BOOLEAN, party_group VARCHAR, turns DATE[], eras VARCHAR[][]"
)


def _codes(connection: DuckDBPyConnection, keys: Iterable[str], of: DataSet) -> None:
    columns = (
        "key VARCHAR, kind VARCHAR, type VARCHAR, known BOOLEAN, rule INTEGER, attribution VARCHAR, depth INTEGER, "
        "pointed BOOLEAN, located BOOLEAN, width VARCHAR, counts BOOLEAN[]"
    )
    rows = []
    for key in keys:
        row = {cell: code(text, of) for cell, text in parted(key, of.ruling_cells).items()}
        rows.append([key, *astuple(ruling_of(row, of))])
    _table(connection, "codes", columns, rows)


def _areas(connection: DuckDBPyConnection, keys: Iterable[str], of: DataSet) -> None:
    columns = (
        "key VARCHAR, country VARCHAR, code VARCHAR, id VARCHAR, province VARCHAR, settlement VARCHAR, "
        "south DOUBLE, north DOUBLE, west DOUBLE, east DOUBLE"
    )
    rows: list[list[Any]] = []
    for key in keys:
        area = area_of(key, of)
        ends = list(astuple(area.box)) if area.box else [None] * 4
        names = [text or None for text in (area.country, area.code, area.id, area.province, area.settlement)]
        rows.append([key, *names, *ends])
    _table(connection, "areas", columns, rows)


def _days(connection: DuckDBPyConnection, texts: Sequence[str]) -> None:
    days = days_of(texts)
    sound = {text: day for text, day in days.known.items() if EARLIEST <= day.year <= date.today().year + 1}
    faults = {
        text: _why_no_day(text, text in days.known, text in days.open)
        for text in texts
        if text.strip() and text not in sound
    }
    rows = [[text, sound.get(text), faults.get(text)] for text in texts]
    _table(connection, "days", "key VARCHAR, day DATE, fault VARCHAR", rows)


def _why_no_day(text: str, known: bool, open_: bool) -> str:
    if open_:
        return f"the date {text} may be two days: write dates as YYYY-MM-DD"
    return f"the date {text} lies before {EARLIEST} or in the future" if known else f"{text} is no date"


def _table(connection: DuckDBPyConnection, name: str, columns: str, rows: Sequence[Sequence[Any]]) -> None:
    typed = [column.rsplit(" ", 1) for column in columns.split(", ")]
    values = {column: [row[at] for row in rows] for at, (column, _) in enumerate(typed)}
    unnested = ", ".join(f"unnest(CAST(${column} AS {type_}[])) AS {column}" for column, type_ in typed)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {unnested}", values)
