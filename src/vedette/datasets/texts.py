"""A data set's cells as Python reads them: keys of several cells, and what an empty one looks like."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from vedette.reference.datasets import DataSet

UNIT = "\x1f"  # stands between the cells of a key
# A code that went through a column of floating-point numbers has a ".0" that it never had.
_WHOLE = re.compile(r"(-?\d+)\.0")


def parted(key: str, cells: Sequence[str]) -> dict[str, str]:
    """The cells of a key by column, as they came."""
    return dict(zip(cells, key.split(UNIT), strict=True))


def told(text: str, of: DataSet) -> str:
    """A cell without outer spaces; empty where it says that nothing is known."""
    bare = text.strip()
    return "" if bare in of.missing else bare


def code(text: str, of: DataSet) -> str:
    """A cell that holds a code."""
    bare = told(text, of)
    whole = _WHOLE.fullmatch(bare)
    return whole[1] if whole else bare


def holds(when: Mapping[str, Sequence[str]], row: Mapping[str, str]) -> bool:
    """True where each column has one of its values, whatever the case; a column that is not there is empty."""
    return all(row.get(cell, "").lower() in {value.lower() for value in values} for cell, values in when.items())
