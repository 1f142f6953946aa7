"""Which place a name means: a linear model over named features, run twice so that the names of a text help each other.

The first run looks at each name alone, at the words beside it and at the countries that the text speaks of; the second
at what the first made of the other names too: in one country, province or district with them, and near them. The
weights are learnt by `training.place_ranker`.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from vedette.model.kinds import Precision
from vedette.reference.gazetteer import Entry

Floats = NDArray[np.float64]

ALONE = (
    "weight",
    "log_population",
    "country",
    "province",
    "district",
    "other_name",
    "short_name",
    "log_rank",
    "first",
    "country_share",
    "country_untold",
    "province_told",
    "held",
    "adjectives",
)
# The first run's look at the countries and provinces told hears the name itself; the second has votes without it.
_HEARD = ("country_share", "country_untold", "province_told")
_APART = [at for at, name in enumerate(ALONE) if name not in _HEARD]
TOGETHER = (
    *(ALONE[at] for at in _APART),
    "country_votes",
    "province_votes",
    "district_votes",
    "votes_80_km",
    "votes_250_km",
    "holds_votes",
)
# The likeliest of a name's places: "San Jose" has hundreds.
MOST = 40
_KEPT = 12
_LEAST = 1e-4
_EARTH = 6371.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A name in a text: its places, which of them lie in what stands beside it, and how sure it is a place's name.

    Names with one `key` have the same places.
    """

    key: str
    entries: tuple[Entry, ...]
    held: tuple[bool, ...] = ()
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Told:
    """What the text speaks of: the share of each country and the provinces; `adjectives` without any place's name."""

    countries: Mapping[str, float]
    provinces: frozenset[tuple[str, str]]
    adjectives: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """A weight for each feature of both runs."""

    alone: Floats
    together: Floats


@cache
def load_weights() -> Weights:
    """The weights that ship with Vedette."""
    source = files("vedette.reference") / "data" / "place_ranker.json"
    told = json.loads(source.read_text(encoding="utf-8"))
    return Weights(
        np.array([told["alone"][name] for name in ALONE]), np.array([told["together"][name] for name in TOGETHER])
    )


def rank(asked: Sequence[Asked], told: Told, weights: Weights | None = None) -> list[Floats]:
    """The probability of each place of each name, in the order of its entries."""
    weights = load_weights() if weights is None else weights
    first = [alone(one, told) for one in asked]
    chances = [softmax(rows @ weights.alone) for rows in first]
    return [softmax(rows @ weights.together) for rows in together(asked, first, chances)]


def softmax(points: Floats) -> Floats:
    """Points as probabilities."""
    if not len(points):
        return points
    shares = np.exp(points - points.max())
    return np.asarray(shares / shares.sum())


def alone(asked: Asked, told: Told) -> Floats:
    """The features of a name's places that need no other name: a row a place."""
    rows = [
        (
            entry.weight,
            math.log10(entry.population + 1),
            entry.place.precision is Precision.COUNTRY,
            entry.place.precision is Precision.PROVINCE,
            entry.place.precision is Precision.DISTRICT,
            entry.alias == 1,
            entry.alias == 2,
            math.log(at + 1),
            at == 0,
            told.countries.get(entry.place.country, 0.0),
            entry.place.country not in told.countries,
            (entry.place.country, province_of(entry)) in told.provinces,
            asked.held[at] if asked.held else 0.0,
            told.adjectives.get(entry.place.country, 0.0),
        )
        for at, entry in enumerate(asked.entries)
    ]
    return np.array(rows, dtype=np.float64).reshape(-1, len(ALONE))


def province_of(entry: Entry) -> str:
    """The province that a place lies in or is."""
    return entry.place.name if entry.place.precision is Precision.PROVINCE else entry.province


def together(asked: Sequence[Asked], first: Sequence[Floats], chances: Sequence[Floats]) -> list[Floats]:
    """The features of all names' places, with the votes of the other names for what is around each."""
    votes = _Votes(asked, chances)
    return [
        np.hstack([rows[:, _APART], votes.features(one)]) if len(rows) else np.zeros((0, len(TOGETHER)))
        for one, rows in zip(asked, first, strict=True)
    ]


class _Votes:
    """What the names of a text, each once, make likely: areas, and ground near their settlements."""

    def __init__(self, asked: Sequence[Asked], chances: Sequence[Floats]) -> None:
        self._entries: dict[str, tuple[Entry, ...]] = {}
        sums: dict[str, Floats] = {}
        count: Counter[str] = Counter()
        sure: defaultdict[str, float] = defaultdict(float)
        for one, chance in zip(asked, chances, strict=True):
            self._entries[one.key] = one.entries
            sums[one.key] = sums[one.key] + chance if one.key in sums else chance
            count[one.key] += 1
            sure[one.key] = max(sure[one.key], one.sure)
        self._mean = {key: total / count[key] for key, total in sums.items()}
        self._areas: dict[str, Mapping[tuple[str, ...], float]] = {
            key: self._told(key, mean * sure[key]) for key, mean in self._mean.items()
        }
        self._sum: defaultdict[tuple[str, ...], float] = defaultdict(float)
        for areas in self._areas.values():
            for area, share in areas.items():
                self._sum[area] += share
        self._names = max(1.0, sum(sure.values()))
        self._cache: dict[str, Floats] = {}
        self._ground(sure)

    def _told(self, key: str, shares: Floats) -> Mapping[tuple[str, ...], float]:
        areas: defaultdict[tuple[str, ...], float] = defaultdict(float)
        for entry, share in zip(self._entries[key], shares, strict=True):
            if share >= _LEAST:
                for area in _areas(entry):
                    areas[area] += float(share)
        return areas

    def _ground(self, sure: Mapping[str, float]) -> None:
        points: list[tuple[float, float, float]] = []
        bounds = [0]
        self._place = {key: n for n, key in enumerate(self._entries)}
        for key, entries in self._entries.items():
            mean = self._mean[key]
            for at in np.argsort(-mean)[:_KEPT]:
                point = entries[at].place.point
                if point and mean[at] >= _LEAST:
                    points.append((point.lat, point.lon, float(mean[at]) * sure[key]))
            bounds.append(len(points))
        table = np.array(points, dtype=np.float64).reshape(-1, 3)
        self._vectors, self._shares = _vectors(table[:, 0], table[:, 1]), table[:, 2]
        self._owners = np.repeat(np.arange(len(bounds) - 1), [b - a for a, b in pairwise(bounds)])

    def features(self, one: Asked) -> Floats:
        """For each place of a name: the votes around it."""
        if one.key not in self._cache:
            self._cache[one.key] = self._features(one)
        return self._cache[one.key]

    def _features(self, one: Asked) -> Floats:
        own = self._areas[one.key]
        rows = np.zeros((len(one.entries), len(TOGETHER) - len(_APART)))
        for at, entry in enumerate(one.entries):
            for level, area in enumerate(_areas(entry)):
                votes = max(0.0, self._sum[area] - own.get(area, 0.0))
                rows[at, level] = votes / self._names if level == 0 else math.log1p(votes)
            if entry.place.precision is not Precision.SETTLEMENT:
                holds = self._sum[_areas(entry)[-1]] - own.get(_areas(entry)[-1], 0.0)
                rows[at, 5] = math.log1p(max(0.0, holds))
        self._near(one, rows)
        return rows

    def _near(self, one: Asked, rows: Floats) -> None:
        pointed = [(at, entry.place.point) for at, entry in enumerate(one.entries) if entry.place.point]
        if not pointed or not len(self._shares):
            return
        mine = _vectors(np.array([point.lat for _, point in pointed]), np.array([point.lon for _, point in pointed]))
        shares = np.where(self._owners == self._place[one.key], 0.0, self._shares)
        cosines = mine @ self._vectors.T
        where = [at for at, _ in pointed]
        for column, km in ((3, 80.0), (4, 250.0)):
            rows[where, column] = np.log1p((cosines >= math.cos(km / _EARTH)) @ shares)


def _areas(entry: Entry) -> tuple[tuple[str, ...], ...]:
    """The country, province and district that a place is or lies in, as far as they are known."""
    country, province = entry.place.country, province_of(entry)
    if entry.place.precision is Precision.COUNTRY or not province:
        return ((country,),)
    district = entry.place.name if entry.place.precision is Precision.DISTRICT else entry.district
    return ((country,), (country, province), (country, province, district))[: 3 if district else 2]


def _vectors(latitudes: Floats, longitudes: Floats) -> Floats:
    """Points as vectors from the middle of the earth."""
    north, east = np.radians(latitudes), np.radians(longitudes)
    return np.stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)], axis=1)
