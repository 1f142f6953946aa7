"""Value types: vagueness and evidence are part of the type, never a flag beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from vedette.model.kinds import Harm, Precision, Side

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` up to `end` of an article's text, and the words that stand there."""

    article_id: str
    start: int
    end: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a data set's row, as it came; `record` names the row."""

    record: str
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Cited(Generic[T]):
    """A value with the words or cells that show it, the reader that found it and that reader's score in 0–1."""

    value: T
    spans: tuple[Span, ...] = ()
    reader: str = ""
    score: float = 1.0
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """The days an event can lie on, both ends included; `None` leaves an end open."""

    earliest: date | None = None
    latest: date | None = None

    def overlaps(self, other: When) -> bool:
        """True unless the two ranges exclude each other."""
        return not (
            (self.latest and other.earliest and self.latest < other.earliest)
            or (other.latest and self.earliest and other.latest < self.earliest)
        )


@dataclass(frozen=True, slots=True)
class Point:
    """WGS 84 degrees."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Place:
    """A place as precisely as it was told; an area has no point, and `path` names what holds it, country first."""

    name: str = ""
    precision: Precision = Precision.UNKNOWN
    id: str = ""
    country: str = ""
    path: tuple[str, ...] = ()
    point: Point | None = None

    @property
    def levels(self) -> tuple[str, ...]:
        """The names from the country down to the place itself."""
        return (*self.path, self.name) if self.name else self.path

    def holds(self, other: Place) -> bool:
        """True where `other` is this place or lies in it; an unknown place holds everything."""
        return other.levels[: len(self.levels)] == self.levels or self._is_same(other)

    def _is_same(self, other: Place) -> bool:
        """True where one of the two leaves out levels that the other tells: the province's town, the district's."""
        if self.id and other.id:
            return self.id == other.id
        if self.name != other.name or self.precision is not other.precision:
            return False
        shorter, longer = sorted((self.path, other.path), key=len)
        # A country alone is no ground: it has many towns of one name.
        return 1 < len(shorter) < len(longer) and _in_order(shorter, longer)


def _in_order(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    rest = iter(many)
    return all(level in rest for level in few)


@dataclass(frozen=True, slots=True)
class Actor:
    """An organisation, force or role as told; `id` names it in the registry where it is known there."""

    name: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """A count with its vagueness: `None` is an open end ("at least 12" is 12, 12, None)."""

    low: int | None = None
    best: int | None = None
    high: int | None = None

    def plus(self, other: Tally) -> Tally:
        """The sum of two counts; an open high end stays open, an open low end or best adds the least that is told."""
        high = None if self.high is None or other.high is None else self.high + other.high
        best = None if self.best is None and other.best is None else _sum(self._likely, other._likely)
        return Tally(_sum(self.low, other.low), best, high)

    @property
    def _likely(self) -> int | None:
        return self.low if self.best is None else self.best

    def spanning(self, other: Tally) -> Tally:
        """The range that holds both counts; the best of the first where it has one."""
        lows = [low for low in (self.low, other.low) if low is not None]
        open_low = self.low is None or other.low is None
        open_high = self.high is None or other.high is None
        return Tally(
            None if open_low else min(lows),
            self.best if self.best is not None else other.best,
            None if open_high else max(self.high or 0, other.high or 0),
        )

    def overlaps(self, other: Tally) -> bool:
        """True unless the two ranges exclude each other."""
        return not (
            (self.high is not None and other.low is not None and self.high < other.low)
            or (other.high is not None and self.low is not None and other.high < self.low)
        )


def _sum(left: int | None, right: int | None) -> int | None:
    return right if left is None else left if right is None else left + right


@dataclass(frozen=True, slots=True)
class Toll:
    """How many of one side suffered one harm."""

    harm: Harm
    tally: Tally
    side: Side = Side.UNKNOWN


def toll_of(tolls: tuple[Toll, ...], harm: Harm) -> Tally | None:
    """The whole toll of one harm: the one told without a side, else the sides added up; `None` where none is told."""
    told = [toll for toll in tolls if toll.harm is harm]
    whole = [toll.tally for toll in told if toll.side is Side.UNKNOWN]
    if whole:
        return whole[0]
    total: Tally | None = None
    for toll in told:
        total = toll.tally if total is None else total.plus(toll.tally)
    return total


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Who says who did it: by the perpetrator itself, by others, and whether anyone disputes it."""

    claimed_by: tuple[Actor, ...] = ()
    attributed_to: tuple[Actor, ...] = ()
    disputed: bool = False
