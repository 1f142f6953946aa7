"""What is to be told of a file in a code book's columns, beside its rows: what came back, and what could not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vedette.analyse.filters import Unit
from vedette.reference.datasets import data_set
from vedette.reference.exports import Target
from vedette.store import Snapshot

LISTED = 6  # columns that a remark names before it says how many more


class File(NamedTuple):
    """A file whose rows are given back: its columns as the mapping calls them, one of its days, and how many rows."""

    columns: tuple[str, ...]
    day: str
    rows: int


def files_given_back(now: Snapshot, target: Target) -> list[File]:
    """The files that the `returned` rows were imported from."""
    query = f"""
        SELECT any_value(f.columns) AS columns, any_value(r.cells.{target.format.date}) AS day, count(*) AS rows
        FROM returned JOIN rows_{target.name} r USING (id) LEFT JOIN all_files f ON f.id = r.file_id GROUP BY r.file_id
    """
    return [File(tuple(row["columns"] or ()), row["day"] or "", row["rows"]) for row in now.rows(query)]


def date_form(target: Target, files: Sequence[File]) -> str:
    """How mapped rows write their days: as most of the rows that are given back, else as the generation does."""
    counted = {form: sum(file.rows for file in held) for form, held in _by_form(target, files).items()}
    return max(counted, key=lambda form: counted[form], default=target.format.schemas[target.generation].date)


def own_cells(target: Target) -> dict[str, str]:
    """The SQL of each cell of a row that is given back, by the names of the mapping: the cell as it came.

    A row that is known by an id that the generation has no column for would be no row at import: it stands in `id`.
    """
    cells = {known: f"cells.{known}" for known in target.columns.values()}
    lost = [f"nullif(trim(cells.{known}), '')" for known in _ids_lost(target)]
    if lost:
        own = cells[target.format.id]
        cells[target.format.id] = f"coalesce(nullif({own}, ''), {', '.join(lost)})"
    return cells


def _ids_lost(target: Target) -> list[str]:
    return [known for known in data_set(target.name).row_id if known not in target.columns.values()]


def remarks(now: Snapshot, target: Target, unit: Unit, files: Sequence[File]) -> Iterator[str]:
    """What a user must know of the file, from the tables that it was written from."""
    title = target.format.title
    if given := sum(file.rows for file in files):
        yield f"given back as they came: {_many(given, f'row of {title}', f'rows of {title}')}"
    if several := _count(now, "(SELECT nth FROM returned GROUP BY nth HAVING count(*) > 1)"):
        yield f"holding several rows of {title}, each given back: {_many(several, unit[:-1], unit)}"
    yield from _columns_lost(target, files)
    yield from _ids_moved(now, target)
    yield from _days_mixed(target, files)
    if now.standing(target.name):
        withheld = f"(SELECT unnest(claims) AS id FROM ranked WHERE coarsened) SEMI JOIN rows_{target.name} USING (id)"
        if coarse := _count(now, withheld):
            lost = _many(coarse, f"row of {title}", f"rows of {title}")
            yield f"not given back as they came, since they tell of the sheltered: {lost}"
    if sideless := _count(now, "shaped WHERE reason IS NULL AND sideless"):
        one_sided = _many(sideless, "row", "rows")
        yield f"who stood on which side is not told, so that all parties are on the first: {one_sided}"
    left_out = "SELECT reason, count(*) AS number FROM shaped WHERE reason IS NOT NULL GROUP BY reason"
    for row in now.rows(f"{left_out} ORDER BY number DESC, reason"):
        yield f"left out, since {row['reason']}: {_many(row['number'], unit[:-1], unit)}"


def _count(now: Snapshot, rows: str) -> int:
    return int(now.column(f"SELECT count(*) FROM {rows}")[0])


def _many(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"


def _by_form(target: Target, files: Sequence[File]) -> dict[str, list[File]]:
    """The files by the way in which they write days, as far as it is a known one."""
    looks = target.format.dates.items()
    held = {form: [file for file in files if re.fullmatch(look, file.day.strip())] for form, look in looks}
    return {form: several for form, several in held.items() if several}


def _days_mixed(target: Target, files: Sequence[File]) -> Iterator[str]:
    held = _by_form(target, files)
    if len(held) > 1:
        shown = " and ".join(several[0].day.strip() for several in held.values())
        yield f"days are written as they came, in {len(held)} ways ({shown}): export each release by itself to avoid it"


def _ids_moved(now: Snapshot, target: Target) -> Iterator[str]:
    if not now.standing(target.name):
        return
    own = target.format.id
    for known in _ids_lost(target):
        only = f"coalesce(cells.{own}, '') = '' AND trim(coalesce(cells.{known}, '')) <> ''"
        if moved := _count(now, f"returned JOIN rows_{target.name} USING (id) WHERE {only}"):
            yield f"known by {known} alone, which stands in {own}: {_many(moved, 'row', 'rows')}"


def _columns_lost(target: Target, files: Sequence[File]) -> Iterator[str]:
    kept = set(target.columns.values())
    lacking = [
        (file.rows, [name for name in file.columns if name and name not in kept and not name.startswith("unnamed")])
        for file in files
    ]
    if rows := sum(number for number, lost in lacking if lost):
        lost = list(dict.fromkeys(name for _, names in lacking for name in names))
        more = f" and {len(lost) - LISTED} more" if len(lost) > LISTED else ""
        named = f"{', '.join(lost[:LISTED])}{more}"
        without = f"without columns that {target.format.title} {target.generation} lacks ({named})"
        yield f"{without}: {_many(rows, 'row', 'rows')}"
