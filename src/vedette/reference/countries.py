"""Countries by the names and codes that data sets give them, and the box that holds each one's settlements."""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from vedette.model.kinds import Precision
from vedette.model.values import Place
from vedette.reference.folding import fold
from vedette.reference.gazetteer import Gazetteer, load_gazetteer

_BRACKETS = re.compile(r"\s*\(([^)]*)\)")
# What data sets add to a province's name: "Idlib governorate", "State of Uttar Pradesh", "Ulster (Province)".
_KIND_OF_AREA = re.compile(
    r"(?i)^(state|province|region|governorate) of |"
    r"\s*\b(governorate|province|state|region|department|oblast|prefecture|republic|krai|county|emirate|division)\b\s*$|"
    r"\s*\([^)]*\)$"
)
MARGIN = 1.0  # degrees: a coast, a border strip or the sea before it


@dataclass(frozen=True, slots=True)
class Box:
    """The south, north, west and east ends of a country's settlements, in degrees."""

    south: float
    north: float
    west: float
    east: float

    def wide(self) -> Box:
        """The box with a margin for coasts and borders."""
        return Box(self.south - MARGIN, self.north + MARGIN, self.west - MARGIN, self.east + MARGIN)


class Countries:
    """What is known of countries by code."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        data = files("vedette.reference") / "data"
        self._gazetteer = gazetteer
        self._codes: dict[str, str] = {}
        self.boxes: dict[str, Box] = {}
        for row in csv.DictReader((data / "country_codes.csv").read_text(encoding="utf-8").splitlines()):
            self._codes |= {row["iso3"]: row["iso2"], row["number"]: row["iso2"]}
            self.boxes[row["iso2"]] = Box(*(float(row[end]) for end in ("south", "north", "west", "east"))).wide()
        names = tomllib.loads((data / "datasets" / "country_names.toml").read_text(encoding="utf-8"))
        self._names = {fold(name): code for code, several in names.items() for name in several}

    def coded(self, code: str) -> Place | None:
        """The country with this ISO 3166-1 alpha-3 or numeric code."""
        return self._gazetteer.country(self._codes.get(code.upper(), ""))

    def named(self, name: str) -> Place | None:
        """The country that a data set means: "DR Congo (Zaire)", "Moldova, Republic of"; `None` where it is none."""
        bare = _BRACKETS.sub("", name)
        inside = _BRACKETS.findall(name)
        return next((place for each in (name, bare, *inside) if (place := self._known(each))), None)

    def province(self, name: str, country: str) -> str:
        """What the gazetteer calls a province of a country, so that all data sets' are counted as one; else `name`."""
        bare = _KIND_OF_AREA.sub("", name).strip()
        for each in (name, bare):
            entries = self._gazetteer.find(each, country) if each and country else ()
            found = {entry.place.name for entry in entries if entry.place.precision is Precision.PROVINCE}
            if len(found) == 1:
                return found.pop()
        return name

    def _known(self, name: str) -> Place | None:
        if (code := self._names.get(fold(name))) is not None:
            return self._gazetteer.country(code)
        entries = self._gazetteer.find(name)
        return next((each.place for each in entries if each.place.precision is Precision.COUNTRY), None)


@cache
def load_countries() -> Countries:
    """The countries that ship with Vedette."""
    return Countries(load_gazetteer())
