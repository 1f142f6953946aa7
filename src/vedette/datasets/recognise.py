"""Which data set a table is, told by its columns, and which of its columns the mapping knows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vedette.model.errors import FormatError
from vedette.reference.datasets import DATA_SETS, DataSet, data_set

# What a column without a name is called; such a column numbers the lines of an export, as does pandas' "Unnamed: 0".
UNNAMED = "unnamed"
TELLING = 0.6  # of a data set's signature: exports leave columns out, and two data sets share at most a third


@dataclass(frozen=True, slots=True)
class Layout:
    """A table's columns: `header` as the file writes it, `columns` as the mapping calls them, in the same order."""

    header: tuple[str, ...]
    columns: tuple[str, ...]
    headed: bool

    def known(self, of: DataSet) -> tuple[str, ...]:
        """The columns that the mapping knows."""
        return tuple(column for column in self.columns if column in of.columns)


def layout_of(first: Sequence[Sequence[str]], of: DataSet, name: str) -> Layout:
    """The columns of a table that begins with these rows; a `FormatError` if it is not of this data set."""
    fields = first[0]
    columns = tuple(of.canonical(field) for field in fields)
    if _share(columns, of) >= TELLING:
        _refuse_missing(columns, of, name)
        return Layout(tuple(fields), _apart(columns), headed=True)
    # The first row may be a broken one.
    if names := next((names for row in first if (names := _headerless(row, of))), ()):
        return Layout(names, names, headed=False)
    other = recognised(fields)
    if other:
        raise FormatError(name, f"looks like {data_set(other).title}: use `vedette import {other}`")
    shown = ", ".join(field for field in fields[:4] if field) or "nothing"
    raise FormatError(
        name, f"does not look like {of.title}: it begins with {shown[:80]}, and lacks {_first_missing(columns, of)}"
    )


def recognised(fields: Sequence[str]) -> str:
    """The data set that a table with this first line is of; nothing where it is none that is known."""
    for name in DATA_SETS:
        of = data_set(name)
        if _share([of.canonical(field) for field in fields], of) >= TELLING or _headerless(fields, of):
            return name
    return ""


def _share(columns: Sequence[str], of: DataSet) -> float:
    return len(set(of.signature) & set(columns)) / len(of.signature)


def _refuse_missing(columns: Sequence[str], of: DataSet, name: str) -> None:
    missing = [column for column in of.required if column not in columns]
    if not set(of.row_id) & set(columns):
        missing.insert(0, of.row_id[0])
    if missing:
        raise FormatError(name, f"has no column {' and no '.join(missing)}: export {of.title} with all its columns")


def _first_missing(columns: Sequence[str], of: DataSet) -> str:
    return next(column for column in of.signature if column not in columns)


def _headerless(fields: Sequence[str], of: DataSet) -> tuple[str, ...]:
    for names in of.headerless:
        row = dict(zip(names, fields, strict=False))
        if len(fields) == len(names) and all(
            re.fullmatch(look, row[column].strip()) for column, look in of.headerless_looks.items()
        ):
            return names
    return ()


def _apart(columns: Sequence[str]) -> tuple[str, ...]:
    """The columns with a number for each that comes twice or has no name."""
    seen: dict[str, int] = {}
    apart = []
    for named in columns:
        column = named or UNNAMED
        seen[column] = seen.get(column, 0) + 1
        apart.append(column if named and seen[column] == 1 else f"{column}_{seen[column]}")
    return tuple(apart)
