"""Whether a file holds what a data set's code book allows: its columns, codes, ranges, days and ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from vedette.reference.datasets import data_set
from vedette.reference.exports import Format

OURS = "VDT"  # what the id of a row that was mapped begins with


def faults(of: Format, columns: Sequence[str], rows: Iterable[Sequence[str]], schema: str = "") -> list[str]:
    """What is wrong with a table, by row number from 1; nothing where it follows the code book.

    A row that was mapped has every column that the code book requires; one that is given back is as it came.
    """
    expected = of.columns(schema)
    if list(columns) != list(expected):
        return [
            f"the columns are not those of {of.title} {schema or of.schema}: {_first_difference(columns, expected)}"
        ]
    names, seen, found = list(expected.values()), set[str](), []
    for number, cells in enumerate(rows, start=1):
        if len(cells) != len(names):
            found.append(f"row {number}: {len(cells)} cells in {len(names)} columns")
            continue
        row = dict(zip(names, (_told(of, cell) for cell in cells), strict=True))
        found += [f"row {number}: {fault}" for fault in _faults_in(of, row)]
        if row[of.id] in seen:
            found.append(f"row {number}: the id {row[of.id]} stands there twice")
        seen.add(row[of.id])
    return found


def _told(of: Format, cell: str) -> str:
    told = cell.strip()
    return "" if told in data_set(of.name).missing else told


def _faults_in(of: Format, row: Mapping[str, str]) -> Iterator[str]:
    if row[of.id].startswith(OURS):
        yield from (f"{name} is empty" for name in of.required if name in row and not row[name])
    for name, codes in of.codes.items():
        if row.get(name) and row[name] not in codes:
            yield f"{name} {row[name]} is no code"
    for name, (low, high) in of.ranges.items():
        if row.get(name) and not _within(row[name], low, high):
            yield f"{name} {row[name]} is not between {low:g} and {high:g}"
    if row[of.date] and not any(re.fullmatch(look, row[of.date]) for look in of.dates.values()):
        yield f"{of.date} {row[of.date]} is not written as a day"


def _within(text: str, low: float, high: float) -> bool:
    try:
        return low <= float(text) <= high
    except ValueError:
        return False


def _first_difference(columns: Sequence[str], expected: Iterable[str]) -> str:
    for number, name in enumerate(expected):
        if number >= len(columns) or columns[number] != name:
            return f"column {number + 1} is {columns[number] if number < len(columns) else 'missing'} and not {name}"
    return f"{columns[len(list(expected))]} is one too many"
