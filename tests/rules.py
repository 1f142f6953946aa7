"""Rows with some cells replaced, imported together, and what is asked of each one's claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from invented import GENERATIONS
from taking import Take, Taken
from vedette.model.nouns import Claim

Cells = Mapping[str, str]


class Rules:
    """Rows of one generation, each with some cells replaced, imported together and asked for one by one."""

    def __init__(self, generation: str) -> None:
        self.shape = GENERATIONS[generation]
        self.base = self.shape.rows(1)[0]
        self.rows: dict[str, dict[str, str]] = {}

    def row(self, cells: Cells) -> str:
        """The id of a row with these cells, told apart by its number."""
        unknown = set(cells) - set(self.base)
        assert not unknown, unknown
        ident = str(900_001 + len(self.rows))
        self.rows[ident] = {**self.base, **cells, self.shape.id: ident}
        return ident

    def take(self, take: Take) -> Taken:
        return take(self.shape.dataset, self.shape.written(list(self.rows.values())))


def table(generation: str, cases: Iterable[tuple[Any, ...]]) -> tuple[Rules, list[Any]]:
    """The rows of the cases and, for each case, its row's id before what is expected of it."""
    rules = Rules(generation)
    named = [
        pytest.param(
            rules.row(cells), *expected, id=", ".join(f"{cell}={text or 'empty'}" for cell, text in cells.items())
        )
        for cells, *expected in cases
    ]
    return rules, named


def days(claim: Claim) -> tuple[str, str]:
    when = claim.when.value
    assert when.earliest
    assert when.latest
    return when.earliest.isoformat(), when.latest.isoformat()


def place(claim: Claim) -> tuple[str, str, tuple[str, ...], bool]:
    """Name, precision, path, and whether it has a point."""
    told = claim.place.value
    return told.name, str(told.precision), told.path, told.point is not None


def names(actors: Iterable[Any]) -> list[str]:
    return [each.value.name for each in actors]


def tolls(claim: Claim) -> dict[tuple[str, str], tuple[int | None, int | None, int | None]]:
    return {
        (str(each.value.harm), str(each.value.side)): (
            each.value.tally.low,
            each.value.tally.best,
            each.value.tally.high,
        )
        for each in claim.tolls
    }


def cells_of(cited: Any) -> dict[str, str]:
    return {cell.column: cell.text for cell in cited.cells}


def claims_of(take: Take, tables: Mapping[str, Rules]) -> dict[str, dict[str, Claim]]:
    """The claims of each table of rows, by row."""
    return {name: rules.take(take).claims for name, rules in tables.items()}
