"""Which sentences of a text the large network need not see, by what the small one says of their words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vedette.read.neural.decoding import Floats, Ints
from vedette.read.neural.network import Network, Window
from vedette.read.words import Word

# Chosen on the labelled texts kept from training and MUC-4's development texts: docs/training.md.
TELLS = 0.02  # a sentence with a word that tells of an event, a figure or a slot of MUC-4 with this probability
BESIDE = 1  # sentences before and after such a one are kept with it
HEAD = 2  # so are the first sentences: title and dateline


class Sieve:
    """A small network in front of a large one (a cascade, Viola and Jones 2001)."""

    def __init__(self, small: Network) -> None:
        self._small = small

    def kept(self, text: str, words: Sequence[Word], sentences: Ints) -> Ints:
        """The places of the words whose sentences may tell something, with those beside them; none where none does."""
        telling = np.zeros(int(sentences[-1]) + 1 if len(words) else 0, bool)
        for window in self._small.windows(text, words, sentences):
            telling[window.sentences[self._chances(window) >= TELLS]] = True
        if not telling.any():
            return np.array([], np.int64)
        near = np.convolve(telling, np.ones(2 * BESIDE + 1), "same") > 0
        near[:HEAD] = True
        return np.flatnonzero(near[sentences])

    def _chances(self, window: Window) -> Floats:
        """For each word the probability that it is of use, to the likeliest end."""
        figures, _ = self._small.figures(window)
        nothing = (window.triggers[:, 0], figures[:, 0], self._small.muc_tags(window)[:, 0])
        return np.asarray(1 - np.min(nothing, axis=0), np.float32)
