"""Places named in text."""

from __future__ import annotations

from dataclasses import dataclass

from vedette.model.values import Place
from vedette.reference.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Characters `start` up to `end` of a text name `place`; `dateline` where they stand in the text's dateline."""

    start: int
    end: int
    place: Place
    score: float
    dateline: bool = False


def find_places(text: str, gazetteer: Gazetteer, home: str = "") -> list[PlaceMention]:
    """The places that a text names, in order; `home` is the ISO 3166-1 alpha-2 code of the source's country."""
    return []
