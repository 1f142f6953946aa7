"""MUC-4's templates from the network's own MUC-4 labels, on which it is trained beside the code book's.

Victims are MUC-4's by name. The reader never stores them; here they are scored as the network marks them, before they
are left out. One template an incident type: fillers go to the likeliest type of their document.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from evals.template_filling import ROLES, Template, entity, normalised
from vedette.read.neural.decoding import Floats, softmax, stretches
from vedette.read.neural.labels import MUC_TAGS, MUC_TYPES
from vedette.read.neural.network import Network, Window
from vedette.read.neural.reader import Trained
from vedette.read.words import Word, words_of

# Chosen on the development file.
TYPE_FROM = 0.4  # least probability of an incident type
BIAS = 0.0  # added to the logarithm of "fills no slot"

# Words that neither begin nor end a filler.
_SMALL = frozenset(
    ["the", "a", "an", "of", "in", "on", "at", "from", "by", "for", "and", "or", "his", "her", "their", "its"]
)


class Filler(NamedTuple):
    """Words that fill a slot: their set and how they stand in the text."""

    words: frozenset[str]
    mention: str


def templates_of(setting: Trained, text: str) -> list[Template]:
    """The templates of one document, the likeliest type first; none where no type is likely."""
    words = words_of(text)
    network, windows = setting.network, list(setting.windows(text, words))
    if not windows:
        return []
    chances = types_of(network, windows)
    told = sorted((n for n in range(len(MUC_TYPES)) if chances[n] >= TYPE_FROM), key=lambda n: -chances[n])
    found = [(role, filler) for window in windows for role, filler in _fillers(network, window, text, words)]
    fillers = {role: tuple(_entities(filler for r, filler in found if r == role)) for role in ROLES}
    empty: dict[str, tuple[frozenset[str], ...]] = dict.fromkeys(ROLES, ())
    return [Template(MUC_TYPES[n], empty if place else fillers) for place, n in enumerate(told)]


def types_of(network: Network, windows: Sequence[Window]) -> Floats:
    """The probability of each incident type in a document: that of its likeliest window."""
    of_each = [(softmax(weights.T).T * speaks).sum(0) for weights, speaks in map(network.muc_types, windows)]
    return np.asarray(1 / (1 + np.exp(-np.max(of_each, axis=0))), np.float32)


def _fillers(network: Network, window: Window, text: str, words: Sequence[Word]) -> Iterable[tuple[str, Filler]]:
    for part in stretches(network.muc_tags(window), MUC_TAGS, BIAS):
        _, first, after, *_ = window.in_text(part)
        told = [text[word.start : word.end].lower() for word in words[first:after]]
        while told and (told[0] in _SMALL or not told[0].isalnum()):
            told, first = told[1:], first + 1
        while told and (told[-1] in _SMALL or not told[-1].isalnum()):
            told, after = told[:-1], after - 1
        if told:
            mention = normalised(text[words[first].start : words[after - 1].end])
            yield part.role, Filler(frozenset(mention.split()), mention)


def _entities(fillers: Iterable[Filler]) -> Iterable[frozenset[str]]:
    """Mentions of which one holds the other are one entity, told by the longest."""
    groups: list[list[Filler]] = []
    for filler in fillers:
        home = next((g for g in groups if any(filler.words <= o.words or o.words <= filler.words for o in g)), None)
        if home is None:
            groups.append([filler])
        else:
            home.append(filler)
    best = (max(group, key=lambda filler: len(filler.words)) for group in groups)
    return dict.fromkeys(entity([filler.mention]) for filler in best)
