"""A text's records with the line that each begins on, read with patience: for files that break the rules of CSV."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from vedette.datasets.tables import LONGEST_ROW, DataTable, Dialect, rows_of

# A note may run over several lines; a quote that does not close within so many never will.
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Record:
    """One row as it stands, and what is wrong with it, if anything."""

    line: int
    cells: tuple[str, ...]
    fault: str = ""
    remark: str = ""  # how it was read, where that is not by the rules


def records_of(table: DataTable) -> Iterator[Record]:
    """The records of a text file after its header; one with more or fewer cells than the header has a fault."""
    dialect = table.dialect or Dialect(",", '"')
    expected = len(table.layout.columns)
    with table.open() as file:
        lines = _lines(file)
        if table.layout.headed:
            next(lines, None)
        for line, text, decoded in _grouped(lines, dialect, expected):
            if len(text) > LONGEST_ROW:
                yield Record(line, (), f"is longer than {LONGEST_ROW >> 20} MB")
                continue
            cells = _cells(text, dialect)
            fault = "" if len(cells) == expected else f"has {len(cells)} cells where there should be {expected}"
            remarks = [_DECODED] if decoded else []
            if dialect.quote and not _balanced(text, dialect):
                remarks.append(_UNCLOSED)
            yield Record(line, tuple(cells), fault, "; ".join(remarks))


_DECODED = "is not UTF-8 and was read as Windows-1252"
_UNCLOSED = "opens a quote that nothing closes and was read without its quotes"


Line = tuple[int, str, bool]


def _grouped(lines: Iterator[Line], dialect: Dialect, expected: int) -> Iterator[Line]:
    """Physical lines joined while a quote is open; one that never closes, or closes in another row, is a letter."""
    waiting: list[Line] = []
    for each in lines:
        waiting.append(each)
        while waiting and (ready := _ready(waiting, dialect, expected)):
            yield _joined(waiting[:ready])
            del waiting[:ready]
    while waiting:
        ready = _ready(waiting, dialect, expected) or 1
        yield _joined(waiting[:ready])
        del waiting[:ready]


def _ready(waiting: list[Line], dialect: Dialect, expected: int) -> int:
    """How many of the lines make a record: none yet, all of them, or the first alone."""
    for length in range(1, len(waiting) + 1):
        text = "".join(text for _, text, _ in waiting[:length])
        if not dialect.quote or _balanced(text, dialect):
            whole = length == 1 or len(_cells(text, dialect)) == expected
            return length if whole else 1
    return 1 if len(waiting) >= LONGEST else 0


def _balanced(text: str, dialect: Dialect) -> bool:
    return text.count(dialect.quote) % 2 == 0


def _joined(lines: list[Line]) -> Line:
    return lines[0][0], "".join(text for _, text, _ in lines), any(decoded for _, _, decoded in lines)


def _lines(file: IO[bytes]) -> Iterator[Line]:
    for number, line in enumerate(file, start=1):
        raw = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not raw.strip():
            continue
        try:
            yield number, raw.decode(), False
        except UnicodeDecodeError:
            yield number, raw.decode("cp1252", errors="replace"), True


def _cells(text: str, dialect: Dialect) -> list[str]:
    bare = text.rstrip("\r\n")
    if not dialect.quote:
        return bare.split(dialect.delimiter)
    if not _balanced(bare, dialect):
        return bare.replace(dialect.quote, "").split(dialect.delimiter)
    return next(rows_of(bare, dialect), [])
