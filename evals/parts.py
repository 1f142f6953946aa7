"""What the shipped readers say plays which part in an event: of a claim, or of an event whose trigger is given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from evals.located import Bound, located, pieces_in
from vedette.model.nouns import Article, Claim
from vedette.model.values import Span
from vedette.read import NETWORKS, read_articles, reader_named
from vedette.read.neural.decoding import stretches
from vedette.read.neural.events import leant
from vedette.read.neural.labels import TAGS
from vedette.read.neural.network import Network, Window
from vedette.read.neural.pieces import sentences_of
from vedette.read.neural.reader import trained
from vedette.read.words import Word, words_of
from vedette.reference import load_reference


class Part(NamedTuple):
    """Characters that play a part in an event, by the name of the part in the network's labels."""

    role: str
    start: int
    end: int


class Tokens:
    """The tokens of a gold document and the article that its text makes."""

    def __init__(self, tokens: Sequence[str], article: Article) -> None:
        self.tokens = tokens
        self.article = article
        self._bounds = located(tokens, article.text)

    def within(self, start: int, end: int) -> Bound | None:
        """The first token and the one after the last that stand in these characters; none where none does."""
        inside = pieces_in(self._bounds, start, end)
        return (inside[0], inside[-1] + 1) if inside else None

    def chars(self, bound: Bound) -> Bound | None:
        """The characters of tokens; none where none of them was found in the article."""
        found = [each for each in self._bounds[slice(*bound)] if each]
        return (found[0][0], found[-1][1]) if found else None


def parts_of(claim: Claim) -> list[Part]:
    """The parts that a claim tells."""
    cited = {
        "perpetrator": [span for actor in claim.perpetrators for span in actor.spans],
        "target": [span for actor in claim.targets for span in actor.spans],
        "weapon": [span for weapon in claim.weapons for span in weapon.spans],
        "place": list(claim.place.spans),
    }
    for toll in claim.tolls:
        cited.setdefault(toll.value.harm.value, []).extend(_beside(claim, toll.spans))
    return [Part(role, span.start, span.end) for role, spans in cited.items() for span in spans]


def _beside(claim: Claim, spans: Sequence[Span]) -> list[Span]:
    """The words of a toll that are not those of the event."""
    event = claim.kind.spans
    return [span for span in spans if not any(span.start < each.end and each.start < span.end for each in event)]


def given(reader: str, documents: Sequence[Tokens], triggers: Sequence[Sequence[Bound]]) -> list[list[list[Part]]]:
    """For each document and each of its given triggers, told in tokens, the parts of its event.

    The network is asked about the trigger itself; of another reader the claims that it makes at the trigger are taken.
    """
    chars = [[tokens.chars(bound) for bound in bounds] for tokens, bounds in zip(documents, triggers, strict=True)]
    if (named := reader_named(reader)) in NETWORKS:
        network = trained(named).network
        return [_asked(network, tokens.article.text, at) for tokens, at in zip(documents, chars, strict=True)]
    readings = read_articles([tokens.article for tokens in documents], load_reference(), reader)
    return [[_made(reading.claims, each) for each in at] for reading, at in zip(readings, chars, strict=True)]


def _made(claims: Sequence[Claim], trigger: Bound | None) -> list[Part]:
    if trigger is None:
        return []
    start, end = trigger
    made = [claim for claim in claims if any(s.start < end and start < s.end for s in claim.kind.spans)]
    return [part for claim in made for part in parts_of(claim)]


def _asked(network: Network, text: str, triggers: Sequence[Bound | None]) -> list[list[Part]]:
    words = words_of(text)
    windows = list(network.windows(text, words, sentences_of(text, words)))
    return [list(_parts(network, windows, words, trigger)) if trigger else [] for trigger in triggers]


def _parts(network: Network, windows: Sequence[Window], words: Sequence[Word], trigger: Bound) -> Iterator[Part]:
    """The parts of the event that the first word of a trigger names, in the window where that word stands."""
    place = next((n for n, word in enumerate(words) if word.end > trigger[0]), 0)
    window = next((each for each in windows if place <= each.places[-1]), None)
    if window is None:
        return
    chances, _ = network.parts(window, np.array([place - window.places[0]], np.int64))
    for part in stretches(leant(chances[0]), TAGS):
        first, last = words[window.places[part.first]], words[window.places[part.after - 1]]
        yield Part(part.role, first.start, last.end)
