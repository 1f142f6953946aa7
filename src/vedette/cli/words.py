"""How values read in a table: vagueness is said, never hidden."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from rich.markup import escape

from vedette.model.kinds import EventKind, EventType, Harm, Precision
from vedette.model.text import safe_text
from vedette.model.values import Actor, Place, Tally, Toll, When, toll_of

SHORT_ID = 10


def day(value: date | None) -> str:
    """An ISO date, a question mark for an open end."""
    if isinstance(value, datetime):
        value = value.date()
    return value.isoformat() if value else "?"


def when(value: When) -> str:
    """One day, or both ends of the range."""
    if value.earliest == value.latest:
        return day(value.earliest) if value.earliest else "not told"
    return f"{day(value.earliest)} – {day(value.latest)}"


def place(value: Place) -> str:
    """The place and what holds it, each name once, with its precision where it is an area."""
    if not value.name:
        return "not told"
    named = plain(", ".join(dict.fromkeys(reversed(value.levels))))
    return named if value.precision in {Precision.SETTLEMENT, Precision.SITE} else f"{named} ({value.precision})"


def near_place(value: Place) -> str:
    """The same for a list: each name once, the country by its code."""
    if not value.name or not value.country or not value.path:
        return place(value)
    names = dict.fromkeys((value.name, *reversed(value.path[1:])))
    named = plain(", ".join((*names, value.country)))
    return named if value.precision in {Precision.SETTLEMENT, Precision.SITE} else f"{named} ({value.precision})"


def tally(value: Tally | None) -> str:
    """`12`, `10–15`, `10–15 (12)` with a best figure, `12+` and `≤12` with one end open.

    `(12)` is a best figure alone, "" nothing that is told.
    """
    if value is None or value == Tally():
        return ""
    if value.low is None and value.high is None:
        return f"({value.best:,})"
    if value.low is None:
        return f"≤{value.high:,}" if value.best in {None, value.high} else f"≤{value.high:,} ({value.best:,})"
    if value.high is None:
        return f"{value.low:,}+" if value.best in {None, value.low} else f"{value.low:,}+ ({value.best:,})"
    if value.low == value.high:
        return f"{value.low:,}"
    return f"{value.low:,}–{value.high:,}" + (f" ({value.best:,})" if value.best is not None else "")


def toll(tolls: Sequence[Toll], harm: Harm) -> str:
    """The whole toll of one harm."""
    return tally(toll_of(tuple(tolls), harm))


def actors(values: Sequence[Actor], most: int | None = None) -> str:
    """The actors' names, each once; how many more there are after the first `most`."""
    return few([actor.name for actor in values], most)


def few(names: Sequence[str], most: int | None = None) -> str:
    """The names, each once however it is capitalised; how many more there are after the first `most`."""
    told = list({name.casefold(): name for name in reversed(names)}.values())[::-1]
    more = f" +{len(told) - most}" if most and len(told) > most else ""
    return plain(", ".join(told[:most])) + more


def kind(value: str) -> str:
    """A kind or type as ACLED's code book prints it; other words as they are."""
    from vedette.reference.kinds import kind_name, type_name

    if value in set(EventKind):
        return kind_name(EventKind(value))
    return type_name(EventType(value)) if value in set(EventType) else value


def sub_kind(value: str) -> str:
    """A data set's own code with its name where the code is none: `UCDP GED: 1 (State-based conflict)`."""
    from vedette.reference.crosswalks import crosswalk
    from vedette.reference.datasets import DATA_SETS, data_set

    title, _, code = value.partition(": ")
    book = next((told.crosswalk for told in map(data_set, DATA_SETS) if told.title == title), "")
    pairs = crosswalk(book).pairs_of(code) if book and code else ()
    return f"{value} ({pairs[0].name})" if pairs and pairs[0].name.casefold() != code.casefold() else kind(value)


def kind_of(text: str) -> str:
    """The kind or type that a person means by its value or its name; the text itself where it is none."""
    values = [str(value) for value in (*EventType, *EventKind)]
    known = {_letters(name): value for value in values for name in (value, kind(value))}
    return known.get(_letters(text), text)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def plain(text: str) -> str:
    """Text from outside as a terminal may show it: it obeys nothing in it, and markup stays letters."""
    return escape(safe_text(text))


def one_or(number: int, one: str, several: str) -> str:
    """The verb that goes with a number."""
    return one if number == 1 else several


def plural(number: int, noun: str) -> str:
    """`1 claim`, `2 claims`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
