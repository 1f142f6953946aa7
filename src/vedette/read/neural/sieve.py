"""Which sentences of a text the large network need not see, by what the small one says of their words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vedette.read.neural.decoding import Floats, Ints
from vedette.read.neural.network import Network, Window
from vedette.read.words import Word

# Chosen on the labelled texts kept from training and MUC-4's development texts: docs/training.md.
FIRST = 0.5  # least probability that the likeliest word of a text names an event or fills a slot of MUC-4
FIGURE = 0.3  # or states a figure; else no sentence of the text is kept
TELLS = 0.02  # least probability of a sentence's likeliest word that it does one of these
BESIDE = 1  # sentences before and after such a one are kept with it
HEAD = 2  # so are the first sentences: title and dateline


class Sieve:
    """A small network in front of a large one (a cascade, Viola and Jones 2001)."""

    def __init__(self, small: Network) -> None:
        self._small = small

    def kept(self, text: str, words: Sequence[Word], sentences: Ints) -> Ints:
        """The places of the words whose sentences may tell something, with those beside them; none where none does."""
        events, figures = np.zeros((2, int(sentences[-1]) + 1 if len(words) else 0), np.float32)
        for window in self._small.windows(text, words, sentences):
            np.maximum.at(events, window.sentences, self._events(window))
            np.maximum.at(figures, window.sentences, 1 - self._small.figures(window)[0][:, 0])
        if events.max(initial=0) < FIRST and figures.max(initial=0) < FIGURE:
            return np.array([], np.int64)
        near = np.convolve(np.maximum(events, figures) >= TELLS, np.ones(2 * BESIDE + 1), "same") > 0
        near[:HEAD] = True
        return np.flatnonzero(near[sentences])

    def _events(self, window: Window) -> Floats:
        """For each word the probability that it names an event or fills a slot, to the likelier end."""
        return np.asarray(1 - np.minimum(window.triggers[:, 0], self._small.muc_tags(window)[:, 0]), np.float32)
