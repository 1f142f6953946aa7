"""Rows as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

Row = dict[str, str]


def as_csv(
    rows: Sequence[Row], header: bool = True, delimiter: str = ",", columns: Sequence[str] = (), *, quoted: bool = True
) -> str:
    """The rows as lines that end in `\\n`; `columns` names them where there is no row, `quoted` off is GDELT's way."""
    names = list(columns or (rows[0] if rows else ()))
    text = io.StringIO()
    style = {"quoting": csv.QUOTE_MINIMAL} if quoted else {"quoting": csv.QUOTE_NONE, "quotechar": None}
    writer = csv.DictWriter(text, names, delimiter=delimiter, lineterminator="\n", **style)
    if header and names:
        writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def filled(columns: Iterable[str], told: Mapping[str, object], empty: str = "") -> Row:
    """A row of exactly these columns; what is not told is empty. A value for no column is a mistake of ours."""
    names = tuple(columns)
    strangers = set(told) - set(names)
    if strangers:
        raise KeyError(f"no such column: {sorted(strangers)}")
    return {name: str(told[name]) if told.get(name) not in {None, ""} else empty for name in names}
