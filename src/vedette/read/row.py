"""Things that stand in a text, found by where they stand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

Bound = tuple[int, int]


class Standing(Protocol):
    """What stands in a text from one character up to another."""

    @property
    def start(self) -> int:
        """Its first character."""
        ...

    @property
    def end(self) -> int:
        """The character after its last."""
        ...


S = TypeVar("S", bound=Standing)


class Row(Generic[S]):
    """Things that stand in a text one after the other: those of a stretch are found without a walk over all."""

    def __init__(self, things: Sequence[S]) -> None:
        self.things = sorted(things, key=lambda thing: thing.start)
        self._starts = [thing.start for thing in self.things]
        self._longest = max((thing.end - thing.start for thing in self.things), default=0)

    def within(self, start: int, end: int) -> Sequence[S]:
        """Those of which a part stands in these characters, in order."""
        first, after = bisect_left(self._starts, start - self._longest), bisect_left(self._starts, end)
        return [thing for thing in self.things[first:after] if start < thing.end]

    def begun(self, start: int, end: int) -> Sequence[S]:
        """Those that begin in these characters, in order."""
        return self.things[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def at(self, char: int) -> S | None:
        """The last that begins at a character or before it."""
        place = bisect_right(self._starts, char) - 1
        return self.things[place] if place >= 0 else None

    def before(self, char: int) -> S | None:
        """The last that begins before a character."""
        return self.at(char - 1)


class Cover:
    """Stretches of characters, none within another: told of each character if it lies in one."""

    def __init__(self, bounds: Sequence[Bound]) -> None:
        self._bounds = sorted(bounds)

    def __contains__(self, char: int) -> bool:
        place = bisect_right(self._bounds, char, key=lambda bound: bound[0]) - 1
        return place >= 0 and char < self._bounds[place][1]
