"""SQL for one cell; a cell is the column `c_NAME` of the rows as they came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from vedette.model.kinds import Precision
from vedette.model.text import quoted, quoted_name
from vedette.reference.datasets import DataSet

ABSURD = 100_000  # dead of one event; the largest that UCDP GED codes is below half of it
OWN = "VDT"  # begins the ids of rows that Vedette itself exported from its record
NOBODY = "CAST(NULL AS VARCHAR)"


def listed(texts: Iterable[str]) -> str:
    """String literals in brackets."""
    return f"({', '.join(quoted(text) for text in texts)})"


class Cells:
    """The expressions of one data set over the columns that one table has."""

    def __init__(self, data_set: DataSet, present: Sequence[str]) -> None:
        self._data_set = data_set
        self._present = frozenset(present)

    def read(self, source: str) -> str:
        """The source with what several columns need, computed once a row: numbers `n_NAME`, and `v_LEVEL` of places."""
        told_id = self.first([cell for cell in self._data_set.row_id if cell in self._present])
        told_id = f"CASE WHEN NOT starts_with({told_id}, '{OWN}') THEN {told_id} END"
        columns = [*self._numbers(), *self._names(), f"{told_id} AS told_id"]
        rows = f"SELECT *, {', '.join(columns)} FROM ({source})"
        return f"SELECT * EXCLUDE (told_id), {self._row_id()} AS row_id FROM ({rows})"

    def raw(self, cell: str) -> str:
        """The cell as it came, `NULL` where the table has no such column."""
        return quoted_name(f"c_{cell}") if cell in self._present else NOBODY

    def value(self, cell: str, absent: Sequence[str] = ()) -> str:
        """The cell without outer spaces; `NULL` where it is empty or says that nothing is known."""
        if cell not in self._present:
            return NOBODY
        empty = listed(("", *self._data_set.missing, *absent))
        return f"CASE WHEN trim({self.raw(cell)}) NOT IN {empty} THEN trim({self.raw(cell)}) END"

    def first(self, cells: Sequence[str], absent: Sequence[str] = ()) -> str:
        """The first of the cells that is filled."""
        return f"coalesce({', '.join(self.value(cell, absent) for cell in cells)})"

    def number(self, cell: str) -> str:
        """The cell as a number, `NULL` where it is none, a code for "unknown", below zero or absurd."""
        return f"CASE WHEN n_{cell} BETWEEN 0 AND {ABSURD} THEN n_{cell} END"

    def key(self, cells: Sequence[str]) -> str:
        """The cells as one text, to look up what they mean together."""
        each = [f"coalesce({self.raw(cell)}, '')" for cell in cells]
        return each[0] if len(each) == 1 else " || chr(31) || ".join(each)

    def _numbers(self) -> Iterator[str]:
        for cell in self._data_set.number_cells:
            yield f"TRY_CAST({self.raw(cell)} AS DOUBLE) AS n_{cell}"

    def _names(self) -> Iterator[str]:
        place = self._data_set.place
        for level in (Precision.SETTLEMENT, Precision.DISTRICT):
            name = self.value(place.levels[level], place.absent) if level in place.levels else NOBODY
            if place.kinds and level in place.levels:
                said = " OR ".join(f"ends_with({name}, {quoted(' ' + kind)})" for kind in place.kinds)
                name = f"CASE WHEN {said} THEN regexp_replace({name}, '\\s+\\S+$', '') ELSE {name} END"
            yield f"{name} AS v_{level}"

    def _row_id(self) -> str:
        """The id as the newest generation writes it."""
        if self._data_set.turned_ids:
            turned = "regexp_replace(told_id, '^([0-9]+)([A-Z]+)$', '\\2\\1')"
            return f"CASE WHEN told_id < 'A' THEN {turned} ELSE told_id END"
        whole = "regexp_replace(told_id, '^(-?[0-9]+)\\.0$', '\\1')"
        return f"CASE WHEN ends_with(told_id, '.0') THEN {whole} ELSE told_id END"
