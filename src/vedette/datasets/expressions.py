"""SQL for one cell or one rule of a mapping; a cell is the column `c_NAME` of the rows as they came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vedette.reference.datasets import Condition, DataSet

ABSURD = 100_000  # dead of one event; the largest that UCDP GED codes is below half of it


def quoted(text: str) -> str:
    """A string literal."""
    return "'" + text.replace("'", "''") + "'"


def quoted_name(name: str) -> str:
    """An identifier."""
    return '"' + name.replace('"', '""') + '"'


def listed(texts: Iterable[str]) -> str:
    """String literals in brackets."""
    return f"({', '.join(quoted(text) for text in texts)})"


class Cells:
    """The expressions of one data set over the columns that one table has: `c_NAME` as it came, `v_NAME` its value."""

    def __init__(self, data_set: DataSet, present: Sequence[str]) -> None:
        self._data_set = data_set
        self._present = frozenset(present)

    def valued(self, source: str) -> str:
        """The source with a column `v_NAME` for each cell that the mapping reads, computed once a row."""
        used = [cell for cell in self._data_set.read_cells if cell in self._present]
        return f"SELECT *, {', '.join(f'{self._value(cell)} AS v_{cell}' for cell in used)} FROM ({source})"

    def _value(self, cell: str) -> str:
        trimmed = f'trim("c_{cell}")'
        told = f"CASE WHEN {trimmed} IN {listed(('', *self._data_set.missing))} THEN NULL ELSE {trimmed} END"
        if cell not in self._data_set.code_cells:
            return told
        # A code that went through a column of floating-point numbers has a ".0" that it never had.
        whole = f"regexp_replace({told}, '^(-?[0-9]+)\\.0$', '\\1')"
        return f"CASE WHEN ends_with({trimmed}, '.0') THEN {whole} ELSE {told} END"

    def raw(self, cell: str) -> str:
        """The cell as it came, `NULL` where the table has no such column."""
        return f'"c_{cell}"' if cell in self._present else "CAST(NULL AS VARCHAR)"

    def value(self, cell: str, absent: Sequence[str] = ()) -> str:
        """The cell without outer spaces; `NULL` where it is empty or says that nothing is known."""
        if cell not in self._present:
            return "CAST(NULL AS VARCHAR)"
        return f"CASE WHEN v_{cell} NOT IN {listed(absent)} THEN v_{cell} END" if absent else f"v_{cell}"

    def first(self, cells: Sequence[str], absent: Sequence[str] = ()) -> str:
        """The first of the cells that is filled."""
        return f"coalesce({', '.join(self.value(cell, absent) for cell in cells)})"

    def number(self, cell: str) -> str:
        """The cell as a number, `NULL` where it is none, a code for "unknown", below zero or absurd."""
        number = self.any_number(cell)
        return f"CASE WHEN {number} BETWEEN 0 AND {ABSURD} THEN {number} END"

    def any_number(self, cell: str) -> str:
        """The cell as a number, whatever it is."""
        return f"TRY_CAST({self.value(cell)} AS DOUBLE)"

    def holds(self, when: Condition) -> str:
        """True where each column has one of its values, whatever the case; an empty value is an empty cell."""
        return " AND ".join(self._one_of(cell, values) for cell, values in when.items()) or "true"

    def _one_of(self, cell: str, values: Sequence[str]) -> str:
        # A column that the table lacks is an empty one.
        if cell not in self._present:
            return "true" if "" in values else "false"
        lower = [value.lower() for value in values if value]
        told = f"lower(v_{cell}) IN {listed(lower)}" if lower else "false"
        return f"(v_{cell} IS NULL OR {told})" if "" in values else f"coalesce({told}, false)"

    def key(self, cells: Sequence[str]) -> str:
        """The cells as one text, to look up what they mean together."""
        each = [f"coalesce({self.value(cell)}, '')" for cell in cells]
        return each[0] if len(each) == 1 else f"concat_ws(chr(31), {', '.join(each)})"
