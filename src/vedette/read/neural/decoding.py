"""Scores of words → probabilities and stretches of words; all in numpy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

UNLIKELY = 1e-2  # words with less to them than this have no part: most of a text, so that it is read off faster
LENGTHS = (0, 8, 32, 1 << 30)  # runs of words are read off with others of about their length


class Stretch(NamedTuple):
    """Words `first` up to `after` that have one role, and the probability of their least sure word.

    `side` is the side of the people that a count counts, empty for other roles.
    """

    role: str
    first: int
    after: int
    score: float
    side: str = ""


def softmax(scores: Floats) -> Floats:
    """Probabilities along the last axis."""
    shifted = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(-1, keepdims=True), np.float32)


def gelu(x: Floats) -> Floats:
    """Hendrycks and Gimpel's (2016) unit, by its tangent form: within 0.001 of the exact one."""
    return np.asarray(0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x**3))), np.float32)


def stretches(chances: Floats, tags: Sequence[str], bias: float = 0.0) -> list[Stretch]:
    """The likeliest stretches of words × tags by Viterbi's way (1967): nothing goes on that has not begun.

    `tags` are "O", then a "B-" and an "I-" for each role. `bias` is added to the logarithm of "O": below 0 more is
    found, and less of it right.
    """
    return stretches_of_each(chances[None], tags, bias)[0]


def stretches_of_each(chances: Floats, tags: Sequence[str], bias: float = 0.0) -> list[list[Stretch]]:
    """The stretches of each row of rows × words × tags."""
    paths = np.zeros(chances.shape[:2], np.int64)
    runs = _runs(chances)
    lengths = runs[:, 2] - runs[:, 1]
    for longer, longest in pairwise(LENGTHS):
        _read_runs(chances, runs[(longer < lengths) & (lengths <= longest)], bias, paths)
    return [list(_read_off(path, row, tags)) for path, row in zip(paths, chances, strict=True)]


def _read_runs(chances: Floats, runs: Ints, bias: float, paths: Ints) -> None:
    """Set the paths of these runs, side by side: a step reads off a word of each, and beyond its end nothing."""
    if not len(runs):
        return
    places = runs[:, 1, None] + np.arange((runs[:, 2] - runs[:, 1]).max())
    beyond = places >= runs[:, 2, None]
    scores = np.log(chances[runs[:, 0, None], np.minimum(places, chances.shape[1] - 1)] + 1e-9)
    scores[:, :, 0] += bias
    scores[beyond] = -np.inf
    scores[beyond, 0] = 0.0
    rows = np.broadcast_to(runs[:, :1], places.shape)
    paths[rows[~beyond], places[~beyond]] = _best_paths(scores)[~beyond]


def _runs(chances: Floats) -> Ints:
    """Row, first word and word after the last of each run of words that may have a part, and the word before it.

    At that word nothing goes on, so that no run depends on another.
    """
    live = chances[:, :, 0] < 1 - UNLIKELY
    live[:, :-1] |= live[:, 1:]
    edges = np.diff(live.astype(np.int8), axis=1, prepend=0, append=0)
    rows, firsts = np.nonzero(edges == 1)
    _, afters = np.nonzero(edges == -1)
    return np.stack([rows, firsts, afters], 1)


def _read_off(path: Ints, chances: Floats, tags: Sequence[str]) -> Iterator[Stretch]:
    begun = [int(place) for place in np.flatnonzero(path % 2)]  # every "B-" stands at an odd place
    for start in begun:
        begin, after = path[start], start + 1
        while after < len(path) and path[after] == begin + 1:
            after += 1
        sure = chances[start:after, begin : begin + 2].sum(-1).min()
        yield Stretch(tags[begin][2:], start, after, float(sure))


def _best_paths(scores: Floats) -> Ints:
    """The likeliest tags of rows × words: an "I-" follows its own "B-" or "I-" only."""
    best = scores[:, 0].copy()
    best[:, 2::2] = -np.inf
    back = np.zeros(scores.shape, np.int16)
    inside = np.arange(2, scores.shape[2], 2)
    everyone = np.arange(len(scores))
    for place in range(1, scores.shape[1]):
        likeliest = best.argmax(1)
        goes_on = best[:, 2::2] > best[:, 1::2]
        back[:, place] = likeliest[:, None]
        back[:, place, 2::2] = inside - 1 + goes_on
        ways = np.repeat(best[everyone, likeliest][:, None], scores.shape[2], 1)
        ways[:, 2::2] = np.maximum(best[:, 1::2], best[:, 2::2])
        best = ways + scores[:, place]
    path = np.empty(scores.shape[:2], np.int64)
    path[:, -1] = best.argmax(1)
    for place in range(scores.shape[1] - 1, 0, -1):
        path[:, place - 1] = back[everyone, place, path[:, place]]
    return path
