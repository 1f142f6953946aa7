"""Whether two claims may be one event, how strongly they agree, and in which words."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from vedette.model.blocking import EXACT, SETTLED, TELLING_TOLL, WEEK, days_between
from vedette.model.kinds import Harm, Precision
from vedette.model.values import Place, Tally, When
from vedette.resolve.kin import TELLING, are_kin
from vedette.resolve.profile import Profile, coarseness, telling_words

CLOSE = 0.25  # Tolls of one event rise by a tenth to a quarter between its first report and its last.
_PLACE_POINTS = {Precision.SITE: 5, Precision.SETTLEMENT: 4, Precision.DISTRICT: 3, Precision.PROVINCE: 2}


class Ground(IntEnum):
    """How far place and day alone go to make two claims one event."""

    VAGUE = 0  # a country, no place, or more than a week: one named actor and one telling toll must agree
    NEAR = 1  # one province and day, one settlement and week: no toll may disagree, nor more than agrees
    LOCAL = 2  # one district and day: one disagreement is borne, of actors or targets
    PINNED = 3  # one settlement and day: one disagreement is borne, of tolls too


_GROUND_OF_A_DAY = {
    Precision.SITE: Ground.PINNED,
    Precision.SETTLEMENT: Ground.PINNED,
    Precision.DISTRICT: Ground.LOCAL,
    Precision.PROVINCE: Ground.NEAR,
}


def strength(left: Profile, right: Profile) -> int | None:
    """The points of agreement of two claims that may be one event; `None` where they may not."""
    if contradict(left, right):
        return None
    signs, ground = _signs(left, right), ground_of(left, right)
    balance = sum(signs)
    if (signs.tolls < 0 and ground < Ground.PINNED) or (balance < 0 and ground < Ground.LOCAL):
        return None
    if ground is Ground.VAGUE and (min(signs) < 0 or not _one_named_toll(left, right)):
        return None
    return 2 * balance + _points(left, right)


def contradict(left: Profile, right: Profile) -> bool:
    """True where no event is both: other days or places, kinds not kin, disagreements two more than agreements."""
    return (
        not left.when.overlaps(right.when)
        or not on_one_line(left.place, right.place)
        or not are_kin(left.kinds, right.kinds)
        or sum(_signs(left, right)) < -1
    )


def on_one_line(left: Place, right: Place) -> bool:
    """True where one place holds the other, or where one is not known."""
    unknown = Precision.UNKNOWN in (left.precision, right.precision)
    return unknown or left.holds(right) or right.holds(left)


def ground_of(left: Profile, right: Profile) -> Ground:
    """The ground on which two claims that do not exclude each other stand: the coarser place, the longer time."""
    coarser = max(left.place, right.place, key=coarseness).precision
    spans = days_between(left.when), days_between(right.when)
    days = WEEK + 1 if spans[0] is None or spans[1] is None else max(spans[0], spans[1])
    if days <= EXACT:
        return _GROUND_OF_A_DAY.get(coarser, Ground.VAGUE)
    return Ground.NEAR if coarser in SETTLED and days <= WEEK else Ground.VAGUE


def explain(left: Profile, right: Profile) -> str:
    """Why two claims were taken for one event, in words: day, place, kind, tolls, actors."""
    parts = [_say_days(left.when, right.when), _say_place(left.place, right.place), _say_kinds(left, right)]
    if harm := _shared_harm(left, right):
        parts.append(_say_tolls(harm, left.tolls[harm], right.tolls[harm]))
    if _perpetrators(left, right) < 0:
        parts.append("perpetrators differ")
    elif shared := left.perpetrators & right.perpetrators:
        parts.append(f"both name {', '.join(sorted(shared))}")
    if words := left.target_words & right.target_words:
        parts.append(f"target {' '.join(sorted(words))}")
    return ", ".join(part for part in parts if part)


def _points(left: Profile, right: Profile) -> int:
    coarser = max(left.place, right.place, key=coarseness)
    same_place = left.place.holds(right.place) and right.place.holds(left.place)
    same_days = left.when == right.when
    harm = _shared_harm(left, right)
    same_toll = harm is not None and _same_best(left.tolls[harm], right.tolls[harm])
    shared_words = bool(left.target_words & right.target_words)
    exact = ground_of(left, right) is not Ground.VAGUE
    return sum(
        (
            _PLACE_POINTS.get(coarser.precision, 0) + same_place,
            2 * exact + same_days,
            2 * (left.kinds == right.kinds),
            2 * same_toll,
            shared_words,
        )
    )


class _Signs(NamedTuple):
    """1 where two claims agree, -1 where they disagree, 0 where one is silent or vague."""

    tolls: int
    perpetrators: int
    targets: int
    kinds: int


def _signs(left: Profile, right: Profile) -> _Signs:
    return _Signs(_tolls(left, right), _perpetrators(left, right), _targets(left, right), _kinds(left, right))


def _kinds(left: Profile, right: Profile) -> int:
    return int(left.kinds == right.kinds and left.kinds <= TELLING)


def _tolls(left: Profile, right: Profile) -> int:
    harm = _shared_harm(left, right)
    if harm is None:
        return 0
    ours, theirs = left.tolls[harm], right.tolls[harm]
    if are_close(ours, theirs):
        return 1
    return 0 if ours.overlaps(theirs) else -1


def are_close(left: Tally, right: Tally) -> bool:
    """True where the best counts are equal or within a quarter of the larger."""
    if left.best is None or right.best is None:
        return False
    return abs(left.best - right.best) <= CLOSE * max(left.best, right.best)


def _perpetrators(left: Profile, right: Profile) -> int:
    if left.perpetrators & (right.perpetrators | right.targets) or right.perpetrators & left.targets:
        return 1
    return -1 if left.perpetrators and right.perpetrators else 0


def _targets(left: Profile, right: Profile) -> int:
    if left.targets & right.targets or telling_words(left.target_words) & telling_words(right.target_words):
        return 1
    return -1 if left.target_words and right.target_words and not left.target_words & right.target_words else 0


def _one_named_toll(left: Profile, right: Profile) -> bool:
    named = (left.perpetrators | left.targets) & (right.perpetrators | right.targets)
    harm = _shared_harm(left, right)
    if not named or harm is None:
        return False
    return (left.tolls[harm].best or 0) >= TELLING_TOLL and _same_best(left.tolls[harm], right.tolls[harm])


def _same_best(left: Tally, right: Tally) -> bool:
    return left.best is not None and left.best == right.best


def _shared_harm(left: Profile, right: Profile) -> Harm | None:
    return next((harm for harm in Harm if harm in left.tolls and harm in right.tolls), None)


def _say_days(left: When, right: When) -> str:
    if left == right and days_between(left) == 0:
        return f"same day {left.earliest}"
    return f"{say_when(left)} meets {say_when(right)}"


def say_when(when: When) -> str:
    """A range of days as people write it; an open end is left blank."""
    if when.earliest == when.latest:
        return str(when.earliest) if when.earliest else "no day told"
    return f"{when.earliest or ''}..{when.latest or ''}"


def _say_place(left: Place, right: Place) -> str:
    coarser, finer = sorted((left, right), key=coarseness, reverse=True)
    if coarser.precision is Precision.UNKNOWN:
        return "place not told by both"
    if coarser.holds(finer) and finer.holds(coarser):
        return f"both in {finer.name}"
    return f"{coarser.name} ({coarser.precision}) holds {finer.name}"


def _say_kinds(left: Profile, right: Profile) -> str:
    ours, theirs = "/".join(sorted(left.kinds)), "/".join(sorted(right.kinds))
    return f"both {ours}" if ours == theirs else f"{ours} and {theirs} are kin"


def _say_tolls(harm: Harm, left: Tally, right: Tally) -> str:
    if are_close(left, right):
        verb = "agree" if _same_best(left, right) else "are close"
    else:
        verb = "overlap" if left.overlaps(right) else "disagree"
    return f"{harm} {say_tally(left)} and {say_tally(right)} {verb}"


def say_tally(tally: Tally) -> str:
    """A count as people write it: "46+", "10–15", "up to 12", "12"."""
    if tally.low == tally.high and tally.low is not None:
        return str(tally.low)
    if tally.high is None:
        return f"{tally.low}+" if tally.low is not None else "?"
    return f"{tally.low}–{tally.high}" if tally.low is not None else f"up to {tally.high}"
