"""Toponyms found and put on the map, by the definitions of Gritta et al. 2020.

Gritta, Pilehvar and Collier, "A pragmatic guide to geoparsing evaluation", Language Resources and Evaluation 54, 2020.

- `toponym_f1_strict`, `toponym_f1_overlap`: toponyms found, one to one, in the same characters or in some of them;
- `acc161_gold_spans`: share of the toponyms with coordinates, their words being given, that are put within 161 km;
- `acc161_end_to_end`: the same of those that are found too, in some of their characters;
- `auc`: area under the sorted natural logarithms of the errors on given words, over that of the largest error possible
  (20,039 km): 0 is best;
- `mean_km`, `median_km`: of the errors on given words, where there is an answer at all.

Which toponyms count: to be found, all that are names, literal or not, adjectives ("Russian") and demonyms too, with
and without coordinates; to be put on the map, those that the set gives coordinates. So scored, spaCy's small model has
the overlap F1 that the project's issue tells, .687 on both sets.

Who names the gold's place is 0 km off it: an area is an area to Vedette and has no point; one that is wrong stands at
the mean of its settlements. No answer is wrong by the largest error in accuracy and AUC, and not in mean and median.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import mean, median
from typing import Any

from evals.gold import Scores, rows
from vedette.model.values import Place, Point

FARTHEST = 20_039.0
NEAR = 161.0
_EARTH = 6371.0088


@dataclass(frozen=True, slots=True)
class Toponym:
    """Characters `start` up to `end` of a text that are a place's name; `point` where the set tells it."""

    start: int
    end: int
    point: Point | None = None
    ident: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One document of a set."""

    text: str
    toponyms: tuple[Toponym, ...]

    @property
    def mapped(self) -> tuple[Toponym, ...]:
        """The toponyms with coordinates."""
        return tuple(toponym for toponym in self.toponyms if toponym.point)


Found = tuple[int, int, Place | None]
Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Geoparser:
    """What is scored: `find` gives the toponyms of a text, `locate` the places of words that are given."""

    find: Callable[[str], Sequence[Found]] | None
    locate: Callable[[str, Spans], Sequence[Place | None]] | None = None
    point_of: Callable[[Place], Point | None] = lambda place: place.point


def texts(gold: Path) -> list[Text]:
    """The documents of a gold file."""
    return [Text(row["text"], tuple(_toponyms(row))) for row in rows(gold)]


def _toponyms(row: Mapping[str, Any]) -> Iterable[Toponym]:
    for told in row["toponyms"]:
        point = Point(told["lat"], told["lon"]) if told["lat"] is not None and told["offset_ok"] else None
        ident = f"geonames:{told['geonameid']}" if told.get("geonameid") else ""
        if told.get("type") in _NO_NAMES:
            continue
        yield Toponym(told["start"], told["end"], point, ident, told.get("country") or "")


# GeoWebNews marks nouns for places ("the region") and for other things too.
_NO_NAMES = frozenset(["Literal_Expression", "Non_Lit_Expression", "Non_Toponym", "Homonym"])


def scores(gold: Sequence[Text], parser: Geoparser) -> Scores:
    """The published scores of one geoparser; those it has no part in are left out."""
    figures: dict[str, float] = {}
    details: dict[str, float] = {"toponyms": sum(len(text.toponyms) for text in gold)}
    if parser.find:
        found = [list(parser.find(text.text)) for text in gold]
        for way, same in (("strict", _same), ("overlap", _meet)):
            right, told, asked = _matched(gold, found, same)
            figures[f"toponym_f1_{way}"] = 2 * right / max(1, told + asked)
            details |= {f"{way}.precision": right / max(1, told), f"{way}.recall": right / max(1, asked)}
        figures["acc161_end_to_end"] = _end_to_end(gold, found, parser)
    if parser.locate:
        figures |= _located(gold, parser, details)
    return Scores(len(gold), figures, details)


def _same(toponym: Toponym, found: Found) -> bool:
    return (toponym.start, toponym.end) == found[:2]


def _meet(toponym: Toponym, found: Found) -> bool:
    return toponym.start < found[1] and found[0] < toponym.end


def paired(
    toponyms: Sequence[Toponym], found: Sequence[Found], same: Callable[[Toponym, Found], bool]
) -> dict[int, int]:
    """Toponyms and what was found, by their places in the rows, one to one: the same characters first."""
    pairs: dict[int, int] = {}
    for test in (_same, same):
        for at, toponym in enumerate(toponyms):
            if at not in pairs:
                free = (n for n, one in enumerate(found) if n not in pairs.values() and test(toponym, one))
                if (n := next(free, None)) is not None:
                    pairs[at] = n
    return pairs


def _matched(
    gold: Sequence[Text], found: Sequence[Sequence[Found]], same: Callable[[Toponym, Found], bool]
) -> tuple[int, int, int]:
    """How many are right, told and asked for."""
    right = sum(len(paired(text.toponyms, mine, same)) for text, mine in zip(gold, found, strict=True))
    return right, sum(map(len, found)), sum(len(text.toponyms) for text in gold)


def _end_to_end(gold: Sequence[Text], found: Sequence[Sequence[Found]], parser: Geoparser) -> float:
    near = asked = 0
    for text, mine in zip(gold, found, strict=True):
        pairs = paired(text.mapped, mine, _meet)
        errors = (error(text.mapped[at], mine[n][2], parser.point_of) for at, n in pairs.items())
        near, asked = near + sum(km is not None and km <= NEAR for km in errors), asked + len(text.mapped)
    return near / max(1, asked)


def _located(gold: Sequence[Text], parser: Geoparser, details: dict[str, float]) -> dict[str, float]:
    assert parser.locate
    errors: list[float | None] = []
    right = told = 0
    for text in gold:
        places = parser.locate(text.text, [(toponym.start, toponym.end) for toponym in text.mapped])
        for toponym, place in zip(text.mapped, places, strict=True):
            errors.append(error(toponym, place, parser.point_of))
            if toponym.country:
                told, right = told + 1, right + bool(place and country_named(place) == toponym.country)
    answered = [km for km in errors if km is not None]
    details["answered"] = len(answered) / max(1, len(errors))
    details |= {"country_accuracy": right / told} if told else {}
    whole = [FARTHEST if km is None else km for km in errors]
    return {
        "acc161_gold_spans": sum(km <= NEAR for km in whole) / max(1, len(whole)),
        "auc": auc(whole),
        "mean_km": mean(answered) if answered else FARTHEST,
        "median_km": median(answered) if answered else FARTHEST,
    }


def country_named(place: Place) -> str:
    """The name of the country that a place is or lies in."""
    return place.levels[0] if place.levels else ""


def auc(errors: Sequence[float]) -> float:
    """The area under the sorted logarithms of errors (km), by trapezia, as a share of the largest possible."""
    logs = sorted(math.log(km + 1) for km in errors)
    if len(logs) < 2:
        return sum(logs) / math.log(FARTHEST)
    area = sum((one + two) / 2 for one, two in pairwise(logs))
    return area / (math.log(FARTHEST) * (len(logs) - 1))


def error(toponym: Toponym, place: Place | None, point_of: Callable[[Place], Point | None]) -> float | None:
    """How far, in km, a place is from a toponym's; nothing where the place cannot be told."""
    if place is None:
        return None
    if place.id and place.id == toponym.ident:
        return 0.0
    point = point_of(place)
    return kilometres(point, toponym.point) if point and toponym.point else None


def kilometres(one: Point, two: Point) -> float:
    """The distance of two points along the ground."""
    north, south = math.radians(one.lat), math.radians(two.lat)
    east = math.radians(two.lon - one.lon)
    part = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(east / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(part)))
