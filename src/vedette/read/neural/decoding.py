"""Scores of words → probabilities and stretches of words; all in numpy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


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

    `bias` is added to the logarithm of "O", the first tag: below 0 more is found, and less of it right.
    """
    scores = np.log(chances + 1e-9)
    scores[:, 0] += bias
    path = _best_path(scores, _forbidden(tags))
    found: list[Stretch] = []
    start = 0
    for place in range(1, len(path) + 1):
        goes_on = place < len(path) and tags[path[place]].startswith("I-")
        if goes_on:
            continue
        if path[start]:
            role = tags[path[start]][2:]
            both = [n for n, tag in enumerate(tags) if tag[2:] == role]
            sure = chances[start:place][:, both].sum(-1).min()
            found.append(Stretch(role, start, place, float(sure)))
        start = place
    return found


def _forbidden(tags: Sequence[str]) -> Floats:
    """Tag after tag: minus infinity where an "I-" follows anything but its own role."""
    follows = np.zeros((len(tags), len(tags)), np.float32)
    for after, tag in enumerate(tags):
        if tag.startswith("I-"):
            for before, other in enumerate(tags):
                if other[2:] != tag[2:]:
                    follows[before, after] = -np.inf
    return follows


def _best_path(scores: Floats, follows: Floats) -> list[int]:
    begins = np.where(np.isinf(follows[0]), -np.inf, 0)
    best = scores[0] + begins
    back = np.zeros(scores.shape, np.int32)
    for place in range(1, len(scores)):
        ways = best[:, None] + follows
        back[place] = ways.argmax(0)
        best = ways.max(0) + scores[place]
    path = [int(best.argmax())]
    for place in range(len(scores) - 1, 0, -1):
        path.append(int(back[place, path[-1]]))
    return path[::-1]
