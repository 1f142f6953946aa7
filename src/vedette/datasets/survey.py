"""What a table's distinct days, countries, codes and parties mean: understood once each, as tables to join with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from duckdb import DuckDBPyConnection

from vedette.datasets.days import days_of
from vedette.datasets.expressions import Cells
from vedette.datasets.parties import UNIT, PartyReader
from vedette.model.kinds import Precision
from vedette.reference import Reference
from vedette.reference.countries import load_countries
from vedette.reference.crosswalks import crosswalk
from vedette.reference.datasets import DataSet

EARLIEST = 1900  # no event data set goes further back than 1946 (UCDP's conflicts), no sound date before this


@dataclass(frozen=True, slots=True)
class Survey:
    """The distinct texts that the mapping has to understand, and which of them it cannot."""

    codes: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    parties: dict[str, tuple[str, ...]] = field(default_factory=dict)


def survey(connection: DuckDBPyConnection, source: str, data_set: DataSet, cells: Cells) -> Survey:
    """The distinct texts of a table, in one pass over it."""
    asked = {"codes": cells.first(data_set.code)}
    day_cells = _day_cells(data_set)
    asked |= {f"day_{number}": cells.value(cell) for number, cell in enumerate(day_cells)}
    asked["countries"] = country_of(data_set, cells)
    asked["provinces"] = province_key(data_set, cells)
    asked |= {f"party_{name}": cells.key(party.all_cells) for name, party in data_set.parties.items()}
    columns = ", ".join(f'list(DISTINCT {what}) AS "{name}"' for name, what in asked.items())
    row = connection.execute(f"SELECT {columns} FROM ({cells.valued(source)})").fetchone() or ()
    found = {
        name: tuple(sorted(each for each in texts or () if each is not None))
        for name, texts in zip(asked, row, strict=True)
    }
    days = {text for number in range(len(day_cells)) for text in found[f"day_{number}"]}
    parties = {name: found[f"party_{name}"] for name in data_set.parties}
    return Survey(found["codes"], tuple(sorted(days)), found["countries"], found["provinces"], parties)


def country_of(data_set: DataSet, cells: Cells) -> str:
    """The country's name: a column of its own, or the last part of a joined name."""
    place = data_set.place
    if place.form == "joined":
        return f"{joined_parts(data_set, cells)}[-1]"
    return cells.value(place.levels[Precision.COUNTRY], place.absent)


def joined_parts(data_set: DataSet, cells: Cells) -> str:
    """The parts of a joined name, the finest first; "Bahamas, The" is one part, as "Bahamas (The)"."""
    name = f"regexp_replace({cells.value(data_set.place.name)}, ', (The|[^,]* Of( The)?)$', ' (\\1)')"
    return f"string_split({name}, ', ')"


def province_key(data_set: DataSet, cells: Cells) -> str:
    """The country's and the province's name as one text."""
    place = data_set.place
    if place.form == "joined":
        parts = joined_parts(data_set, cells)
        provinces = ", ".join(f"'{code}'" for code, level in place.codes.items() if level is Precision.PROVINCE)
        told = f"len({parts}) >= 3 OR (len({parts}) = 2 AND {cells.value(place.precision)} IN ({provinces}))"
        return f"CASE WHEN {told} THEN concat({parts}[-1], chr(31), {parts}[-2]) END"
    province = cells.value(place.levels[Precision.PROVINCE], place.absent)
    return f"{country_of(data_set, cells)} || chr(31) || {province}"


def look_ups(connection: DuckDBPyConnection, found: Survey, data_set: DataSet, reference: Reference) -> dict[str, date]:
    """Make the tables `codes`, `days`, `countries`, `provinces` and `party_NAME` for the mapping to join with."""
    _codes(connection, found.codes, data_set)
    _countries(connection, found.countries)
    _provinces(connection, found.provinces)
    reader = PartyReader(data_set, reference)
    for name, party in data_set.parties.items():
        understood = reader.understand(party, found.parties[name])
        rows = [
            [each.key, each.names, each.ids, each.names != each.ids, each.group] for each in understood if each.names
        ]
        _table(connection, f"party_{name}", _PARTY, rows)
    days = days_of(found.days)
    sound = {text: day for text, day in days.known.items() if EARLIEST <= day.year <= date.today().year + 1}
    faults = {
        text: _why_no_day(text, text in days.known, text in days.open) for text in found.days if text not in sound
    }
    rows = [[text, sound.get(text), faults.get(text)] for text in found.days]
    _table(connection, "days", "key VARCHAR, day DATE, fault VARCHAR", rows)
    return sound


_PARTY = "key VARCHAR, names VARCHAR[], ids VARCHAR[], renamed BOOLEAN, party_group VARCHAR"


def _why_no_day(text: str, known: bool, open_: bool) -> str:
    if open_:
        return f"the date {text} may be two days: write dates as YYYY-MM-DD"
    return f"the date {text} lies before {EARLIEST} or in the future" if known else f"{text} is no date"


def _day_cells(data_set: DataSet) -> tuple[str, ...]:
    when = data_set.when
    return {"day": (when.day,), "range": (when.first, when.last), "parts": ()}[when.form]


def _codes(connection: DuckDBPyConnection, codes: Sequence[str], data_set: DataSet) -> None:
    known = crosswalk(data_set.crosswalk)
    rows: list[list[Any]] = []
    for code in codes:
        # Two digits of a CAMEO event's code have lost the zero before them: "43" is 043.
        spellings = (f"0{code}", code) if data_set.crosswalk == "cameo" and len(code) == 2 else (code, f"0{code}")
        name = next((each for each in spellings if known.knows(each)), "")
        rows.append([code, known.kind_of(name or code), known.type_of(name or code), bool(name)])
    _table(connection, "codes", "key VARCHAR, kind VARCHAR, type VARCHAR, known BOOLEAN", rows)


def _countries(connection: DuckDBPyConnection, names: Iterable[str]) -> None:
    known = load_countries()
    rows: list[list[Any]] = []
    for name in names:
        place = known.named(name)
        box = known.boxes.get(place.country) if place else None
        ends = [box.south, box.north, box.west, box.east] if box else [None] * 4
        rows.append(
            [name, place.name if place else name, place.country if place else "", place.id if place else "", *ends]
        )
    columns = (
        "key VARCHAR, name VARCHAR, code VARCHAR, id VARCHAR, south DOUBLE, north DOUBLE, west DOUBLE, east DOUBLE"
    )
    _table(connection, "countries", columns, rows)


def _provinces(connection: DuckDBPyConnection, keys: Iterable[str]) -> None:
    known = load_countries()
    rows = []
    for key in keys:
        country, province = key.split(UNIT)
        place = known.named(country)
        rows.append([key, known.province(province, place.country if place else "")])
    _table(connection, "provinces", "key VARCHAR, name VARCHAR", rows)


def _table(connection: DuckDBPyConnection, name: str, columns: str, rows: Sequence[Sequence[Any]]) -> None:
    typed = [column.rsplit(" ", 1) for column in columns.split(", ")]
    values = {column: [row[at] for row in rows] for at, (column, _) in enumerate(typed)}
    unnested = ", ".join(f"unnest(CAST(${column} AS {type_}[])) AS {column}" for column, type_ in typed)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {unnested}", values)
