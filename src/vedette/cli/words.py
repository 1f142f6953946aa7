"""How values read in a table: vagueness is said, never hidden."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.markup import escape

from vedette.model.kinds import Harm, Precision
from vedette.model.values import Actor, Place, Tally, Toll, When, toll_of

SHORT_ID = 10


def day(value: date | None) -> str:
    """An ISO date, a question mark for an open end."""
    return value.isoformat() if value else "?"


def when(value: When) -> str:
    """One day, or both ends of the range."""
    if value.earliest == value.latest:
        return day(value.earliest) if value.earliest else "not told"
    return f"{day(value.earliest)} – {day(value.latest)}"


def place(value: Place) -> str:
    """The place and what holds it, with its precision where it is an area."""
    if not value.name:
        return "not told"
    named = escape(", ".join(reversed(value.levels)))
    return named if value.precision in {Precision.SETTLEMENT, Precision.SITE} else f"{named} ({value.precision})"


def tally(value: Tally | None) -> str:
    """`12`, `10–15`, `12+` for an open high end, `≤12` for an open low end, nothing where it is not told."""
    if value is None or value == Tally():
        return ""
    if value.low is None:
        return f"≤{value.high if value.high is not None else value.best}"
    if value.high is None:
        return f"{value.low}+" if value.best in {None, value.low} else f"{value.low}+ ({value.best})"
    return str(value.low) if value.low == value.high else f"{value.low}–{value.high}"


def toll(tolls: Sequence[Toll], harm: Harm) -> str:
    """The whole toll of one harm."""
    return tally(toll_of(tuple(tolls), harm))


def actors(values: Sequence[Actor]) -> str:
    """The actors' names."""
    return escape(", ".join(dict.fromkeys(actor.name for actor in values)))


def kind(value: str) -> str:
    """A kind as words."""
    return value.replace("_", " ")


def plural(number: int, noun: str) -> str:
    """`1 claim`, `2 claims`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
