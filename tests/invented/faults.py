"""Files with one thing wrong, and which of their rows it is wrong in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from invented.generations import GENERATIONS, Generation
from invented.tables import Row


@dataclass(frozen=True)
class Broken:
    """The bytes of a file, how many rows it was made of, and the places (from 0) of the rows with the fault."""

    body: bytes
    rows: int
    wrong: tuple[int, ...] = ()


Fault = Callable[[Generation, list[Row]], Broken]
Spoil = Callable[[Row, Generation], Row]

_ABSURD = "999999999999"
_NUL = b"\0"


def broken(fault: str, generation: str, n: int = 20, seed: int = 0) -> Broken:
    """A file of `n` rows of a generation (a key of `GENERATIONS`) with this fault (a key of `FAULTS`)."""
    shape = GENERATIONS[generation]
    if fault not in faults_of(generation):
        raise KeyError(f"{generation} has no column for {fault!r}")
    return FAULTS[fault](shape, shape.rows(n, seed))


def faults_of(generation: str) -> list[str]:
    """The faults that a generation's columns allow: GTD has no date column, GDELT and ICEWS count no dead."""
    shape = GENERATIONS[generation]
    no_day = {"four_date_formats", "impossible_dates"} if not shape.day else set()
    no_deaths = {"negative_deaths", "absurd_deaths", "worded_deaths"} if not shape.deaths else set()
    no_header = {"no_id_column"} if not shape.header else set()
    unquoted = {"unbalanced_quotes"} if shape.delimiter == "\t" else set()
    return [fault for fault in FAULTS if fault not in no_day | no_deaths | no_header | unquoted]


def _some(rows: list[Row]) -> tuple[int, ...]:
    """Three rows of a file: the first, one amid it and the last."""
    return tuple(sorted({0, len(rows) // 2, len(rows) - 1})) if rows else ()


def _each(spoil: Spoil) -> Fault:
    """The fault of some rows, each spoiled alike."""

    def make(shape: Generation, rows: list[Row]) -> Broken:
        wrong = _some(rows)
        spoiled = [spoil(row, shape) if place in wrong else row for place, row in enumerate(rows)]
        return Broken(shape.written(spoiled).encode(), len(rows), wrong)

    return make


def _whole(change: Callable[[str], bytes]) -> Fault:
    """A fault of the file, not of any row."""
    return lambda shape, rows: Broken(change(shape.written(rows)), len(rows))


def _no_id_column(shape: Generation, rows: list[Row]) -> Broken:
    without = [{name: value for name, value in row.items() if name != shape.id} for row in rows]
    columns = [name for name in shape.columns if name != shape.id]
    lines = Generation(shape.dataset, shape.name, columns, shape.rows, "", "", delimiter=shape.delimiter)
    return Broken(lines.written(without).encode(), len(rows), tuple(range(len(rows))))


def _mixed_encodings(shape: Generation, rows: list[Row]) -> Broken:
    """One row in Windows-1252 amid UTF-8."""
    place = len(rows) // 2
    named = next(name for name in shape.columns if name.lower() in _PLACES)
    parts = [shape.written(rows[:place]).encode()]
    odd = shape.written([{**rows[place], named: "Señor Düñas’ farm"}], header=False)
    parts.append(odd.encode("cp1252", errors="replace"))
    parts.append(shape.written(rows[place + 1 :], header=False).encode())
    return Broken(b"".join(parts), len(rows), (place,))


_PLACES = {"location", "where_coordinates", "city", "actiongeo_fullname"}


def _unbalanced_quotes(shape: Generation, rows: list[Row]) -> Broken:
    """A quote that is opened in a row amid the file and never closed, as a cut download leaves it."""
    place = len(rows) // 2
    cells = list(rows[place].values())
    cells[len(cells) // 2] = '"a quote that nobody closes'
    line = ",".join(cell.replace(",", " ").replace("\n", " ") for cell in cells) + "\n"
    before, after = shape.written(rows[:place]), shape.written(rows[place + 1 :], header=False)
    return Broken((before + line + after).encode(), len(rows), (place,))


def _duplicate_ids(shape: Generation, rows: list[Row]) -> Broken:
    """The last row has the first one's id and else its own values."""
    twice = [*rows[:-1], {**rows[-1], shape.id: rows[0][shape.id]}]
    return Broken(shape.written(twice).encode(), len(rows), (0, len(rows) - 1))


def _ragged(shape: Generation, rows: list[Row]) -> Broken:
    """One row lacks its last two cells, one has two too many."""
    short, long = len(rows) // 3, 2 * len(rows) // 3
    flat = [{name: value.replace("\n", " ") for name, value in row.items()} for row in rows]
    lines = shape.written(flat, header=False).splitlines()
    short_row = {name: flat[short][name] for name in list(flat[short])[:-2]}
    quoted = Generation(shape.dataset, shape.name, list(short_row), shape.rows, "", "", delimiter=shape.delimiter)
    lines[short] = quoted.written([short_row], header=False).rstrip("\n")
    lines[long] += f"{shape.delimiter}one more{shape.delimiter}and another"
    body = shape.written([]) + "\n".join(lines) + "\n"
    return Broken(body.encode(), len(rows), (short, long))


def _four_date_formats(shape: Generation, rows: list[Row]) -> Broken:
    """Every row's day is one that four formats can tell: 2022-05-25, 25/05/2022, May 25, 2022, 25-May-22."""
    first = date(2022, 5, 13)  # no day below 13, so that none of them can be a month
    days = [first + timedelta(days=place % 15) for place in range(len(rows))]
    written = [f"{day}|{day:%d/%m/%Y}|{day:%B} {day.day}, {day.year}|{day:%d-%b-%y}".split("|") for day in days]
    mixed = [{**row, shape.day: written[place][place % 4]} for place, row in enumerate(rows)]
    return Broken(shape.written(mixed).encode(), len(rows), tuple(range(len(rows))))


FAULTS: dict[str, Fault] = {
    "no_id_column": _no_id_column,
    "mixed_encodings": _mixed_encodings,
    "unbalanced_quotes": _unbalanced_quotes,
    "one_row": lambda shape, rows: Broken(shape.written(rows[:1]).encode(), 1),
    "no_rows": lambda shape, rows: Broken(shape.written([]).encode(), 0),
    "nothing": lambda shape, rows: Broken(b"", 0),
    "four_date_formats": _four_date_formats,
    "impossible_dates": _each(lambda row, shape: {**row, shape.day: "2022-02-30"}),
    "negative_deaths": _each(lambda row, shape: {**row, shape.deaths: "-3"}),
    "absurd_deaths": _each(lambda row, shape: {**row, shape.deaths: _ABSURD}),
    "worded_deaths": _each(lambda row, shape: {**row, shape.deaths: "a dozen"}),
    "swapped_coordinates": _each(lambda row, shape: {**row, shape.lat: row[shape.lon], shape.lon: row[shape.lat]}),
    "coordinates_out_of_range": _each(lambda row, shape: {**row, shape.lat: "91.5", shape.lon: "-200"}),
    "empty_ids": _each(lambda row, shape: {**row, shape.id: ""}),
    "duplicate_ids": _duplicate_ids,
    "ragged": _ragged,
    "byte_order_mark": _whole(lambda text: text.encode("utf-8-sig")),
    "utf_16": _whole(lambda text: text.encode("utf-16")),
    "crlf": _whole(lambda text: text.replace("\n", "\r\n").encode()),
    "no_last_line_end": _whole(lambda text: text.rstrip("\n").encode()),
    "nul_bytes": _whole(lambda text: text.encode().replace(b"e", b"e" + _NUL, 3)),
}
