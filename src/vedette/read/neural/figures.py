"""Words that count over several events or estimate: figures, which are no events."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from vedette.model.ids import stable_id
from vedette.model.nouns import Claim, Figure
from vedette.model.values import Tally
from vedette.read.neural.counts import counted_in
from vedette.read.neural.decoding import Stretch, stretches
from vedette.read.neural.labels import FIGURE_TAGS, MEASURES
from vedette.read.neural.network import Network, Window
from vedette.read.neural.page import Page

_UNREAD = re.compile(r"[mb]illion|\d(?:,?\d){7}", re.IGNORECASE)
UNCOUNTED = frozenset(["share", "change", "trend", "other"])  # told by more than one count


class Stated(NamedTuple):
    """Words that state a figure, and what it measures."""

    part: Stretch
    measure: str


def find_figures(network: Network, window: Window) -> Iterator[Stated]:
    """The figures that a stretch of text states."""
    chances, measures = network.figures(window)
    for part in stretches(chances, FIGURE_TAGS):
        yield Stated(window.in_text(part), MEASURES[int(measures[part.first].argmax())])


def written(page: Page, stated: Iterable[Stated], claims: Iterable[Claim]) -> Iterator[Figure]:
    """The figures, without those whose words count the people of one event."""
    counted = [(span.start, span.end) for claim in claims for toll in claim.tolls for span in toll.spans]
    for part, measure in stated:
        start, end = page.chars(part)
        if any(start < after and first < end for first, after in counted):
            continue
        yield Figure(
            stable_id("figure", page.article.id, measure, f"{start}:{end}"),
            page.article.id,
            measure,
            _value(page, part, measure),
            (page.article.span(start, end),),
        )


def _value(page: Page, part: Stretch, measure: str) -> Tally:
    """The count, left open where it is no count or is told in words that are not read as one."""
    nothing = Tally(None, None, None)
    if measure in UNCOUNTED or _UNREAD.search(page.text(part)):
        return nothing
    return counted_in(page, part) or nothing
