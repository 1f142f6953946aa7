"""What a single filler of a MUC-4 slot is worth beside the key's: 1, a half or nothing.

By the guidelines for scoring mismatches, version 7, where a rule can be applied without judgement:

- a set fill is right where it is equal; a half where the guidelines list the two (`muc4_all_slots.toml`);
- a string is right where its words hold all of the key's and its head is the same, a half where one holds all words of
  the other or the heads are the same; articles, counts and the like do not count;
- a date is right where it is equal, a half where it lies within the key's range, or ends as the key does;
- a place is right where the country and the smallest place are the key's, a half where one of the two contains the
  other, where the smallest place is the key's in another country, or where it is one end of the key's two;
- a number is right where it is equal, a half where it is an end of the key's range or the key says "about";
- a right filler with a wrong reference to another slot is a half.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from evals.muc4 import head
from evals.template_filling import normalised
from vedette.reference.folding import fold

HALF = 0.5


class Fill(NamedTuple):
    """A filler, and the words of the other slot that it refers to; of a key's any one of them is right."""

    value: str
    tags: tuple[str, ...] = ()


class Key(NamedTuple):
    """A filler of the key: its alternatives."""

    alternatives: tuple[Fill, ...]
    optional: bool = False


def grade(slot: str, told: Fill, key: Key) -> float:
    """What a filler is worth beside a filler of the key: by the alternative that suits it best."""
    return max((_beside(slot, told, each) for each in key.alternatives), default=0.0)


def _beside(slot: str, told: Fill, key: Fill) -> float:
    worth = _RULES.get(slot, of_set)(told.value, key.value)
    refers = not key.tags or any(of_string(mine, tag) for mine in told.tags for tag in key.tags)
    return worth if refers else min(worth, HALF)


# --- set fills ----------------------------------------------------------------------------------------------------


@cache
def rules() -> Mapping[str, Any]:
    """The lists beside this file."""
    return tomllib.loads(Path(__file__).with_name("muc4_all_slots.toml").read_text(encoding="utf-8"))


def of_set(told: str, key: str) -> float:
    """The worth of an item of a closed list."""
    if told == key:
        return 1.0
    return HALF if told in rules()["half"].get(key, ()) else 0.0


def of_type(told: str, key: str) -> float:
    """The worth of an incident type: an attack is half of any other."""
    return 1.0 if told == key else HALF if told == "ATTACK" else 0.0


# --- strings ------------------------------------------------------------------------------------------------------


def of_string(told: str, key: str) -> float:
    """The worth of words of the text."""
    mine, theirs = _content(told), _content(key)
    if not mine or not theirs:
        return float(normalised(told) == normalised(key))
    same = head(told) == head(key)
    if same and mine >= theirs:
        return 1.0
    return HALF if same or mine >= theirs or theirs >= mine else 0.0


def _content(phrase: str) -> frozenset[str]:
    """The words of a phrase that matter."""
    words = normalised(phrase).split()
    return frozenset(word for word in words if word not in rules()["nonessential"] and not word.isdecimal())


# --- days ---------------------------------------------------------------------------------------------------------

Days = tuple[date | None, date | None]
_DAY = re.compile(r"\d{1,2} [A-Z]{3} \d{2}")


def days_of(value: str) -> Days:
    """The first and the last day of "02 FEB 90", "02 FEB 90 - 04 FEB 90" or "- 04 FEB 90"."""
    found = [datetime.strptime(day, "%d %b %y").date() for day in _DAY.findall(value)]
    if not found:
        return None, None
    return (None if value.lstrip(" (").startswith("-") else found[0]), found[-1]


def of_days(told: str, key: str) -> float:
    """The worth of a date."""
    (first, last), (earliest, latest) = days_of(told), days_of(key)
    if not last or not latest:
        return 0.0
    if (first, last) == (earliest, latest):
        return 1.0
    if first is None:
        return HALF if last == latest else 0.0
    within = last <= latest and (earliest is None or first >= earliest)
    return HALF if within else 0.0


# --- places -------------------------------------------------------------------------------------------------------


def of_place(told: str, key: str) -> float:
    """The worth of "COUNTRY: PROVINCE: CITY"."""
    mine, theirs = _levels(told), _levels(key)
    if not mine or not theirs or mine == theirs:
        return float(bool(mine) and mine == theirs)
    ends = key.split(" - ")
    if len(ends) > 1:
        # Between two places: either is half of it.
        before = ends[0].rpartition(":")[0]
        return HALF * any(of_place(told, end if ":" in end else f"{before}: {end}") == 1 for end in ends)
    if mine[-1] == theirs[-1]:
        return 1.0 if mine[0] == theirs[0] else HALF
    contained = mine[-1] in theirs or theirs[-1] in mine
    return HALF if contained and mine[0] == theirs[0] else 0.0


def _levels(place: str) -> list[str]:
    """The names from the country down, without what each is: "SAN SALVADOR (CITY)" is san salvador."""
    names = (fold(re.sub(r"\([^()]*\)", "", name).strip(" ()")) for name in place.lstrip("(").split(":"))
    return [name for name in names if name]


# --- numbers ------------------------------------------------------------------------------------------------------


def of_number(told: str, key: str) -> float:
    """The worth of "7", "~7", "5 - 7", "7 -" or "PLURAL"."""
    if _tight(told) == _tight(key):
        return 1.0
    return HALF if told.isdecimal() and told in re.findall(r"\d+", key) else 0.0


def _tight(number: str) -> str:
    return number.replace(" ", "").strip("()")


_RULES: Mapping[str, Callable[[str, str], float]] = {
    "incident_type": of_type,
    "date": of_days,
    "location": of_place,
    **dict.fromkeys(("phys_tgt_number", "phys_tgt_total_number", "hum_tgt_number", "hum_tgt_total_number"), of_number),
    **dict.fromkeys(
        ("instrument_id", "perp_individual_id", "perp_organization_id", "phys_tgt_id", "hum_tgt_name"), of_string
    ),
    "hum_tgt_description": of_string,
}
