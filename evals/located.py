"""Where the pieces that a gold set cuts a text into stand in the article that the openers make of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

Bound = tuple[int, int]

# Repair of broken letters and of white space leaves these as they are.
_PLAIN = re.compile(r"[A-Za-z0-9]")
_NEAR = 200  # characters: what the openers may drop before a piece


def located(pieces: Iterable[str], text: str) -> list[Bound | None]:
    """The characters of each piece, in order, from its first plain letter or digit to its last; none if not found."""
    at = [match.start() for match in _PLAIN.finditer(text)]
    letters = "".join(text[place] for place in at)
    found: list[Bound | None] = []
    cursor = 0
    for piece in pieces:
        wanted = "".join(_PLAIN.findall(piece))
        first = letters.find(wanted, cursor, cursor + len(wanted) + _NEAR) if wanted else -1
        if first < 0:
            found.append(None)
            continue
        cursor = first + len(wanted)
        found.append((at[first], at[cursor - 1] + 1))
    return found


def piece_at(bounds: Sequence[Bound | None], char: int) -> int | None:
    """The piece that a character belongs to: the last that begins at or before it; none before the first."""
    starts = [(bound[0], place) for place, bound in enumerate(bounds) if bound]
    after = bisect_right(starts, (char, len(bounds)))
    return starts[after - 1][1] if after else None


def pieces_in(bounds: Sequence[Bound | None], start: int, end: int) -> list[int]:
    """The pieces that stand in these characters, at least in part."""
    return [place for place, bound in enumerate(bounds) if bound and bound[0] < end and start < bound[1]]
