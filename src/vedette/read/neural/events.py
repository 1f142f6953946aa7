"""Words that name events, and which of them name the same one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from vedette.model.kinds import Harm
from vedette.read.neural.decoding import Floats, Ints, Stretch, stretches_of_each
from vedette.read.neural.labels import SIDES, STANCES, TAGS
from vedette.read.neural.network import Network, Window

# Chosen on the labelled texts kept from training, or even odds where nothing else was better.
NAMES_EVENT = 0.5  # least probability of naming an event at all
FIRST = 0.7  # least probability of the surest event of a text: others fall with it
SAME = 0.35  # least mean probability of naming the same event
LEANING = {"killed": 0.3, "wounded": 0.6, "place": 0.3}  # added to the logarithm of a part's probability
STANCE_LEANING = {"doubts": 0.5}  # and to that of a stance
AT_ONCE = 64  # triggers whose parts are looked for together: a page of nothing but events costs no more memory
BESIDE = 2  # words: of two triggers so near, the surer

HARMS = frozenset(harm.value for harm in Harm)
_SAME_EVENT = TAGS.index("B-same_event")
_LEANT = np.exp(np.array([LEANING.get(tag[2:], 0.0) for tag in TAGS], np.float32))
_STANCES_LEANT = np.exp(np.array([STANCE_LEANING.get(stance, 0.0) for stance in STANCES], np.float32))


@dataclass(frozen=True, slots=True)
class Mention:
    """A word that names an event: the probabilities of its kinds, its parts, and how it is told."""

    word: int
    kinds: Floats  # of each kind, adding up to the probability that it names an event
    parts: Sequence[Stretch]
    stance: Floats
    attribution: Floats
    undirected: float
    same: Mapping[int, float] = field(default_factory=dict)  # word → probability that it names the same event

    @property
    def score(self) -> float:
        """The probability that the word names an event."""
        return float(self.kinds.sum())

    def alone(self) -> Mention:
        """The mention with copies of its own numbers only."""
        stance, attribution = self.stance.copy(), self.attribution.copy()
        return replace(self, kinds=self.kinds.copy(), stance=stance, attribution=attribution, same={})


def find_events(network: Network, window: Window) -> list[list[Mention]]:
    """The events of a window with the words that name each, in order; words of two windows are never joined."""
    return grouped(list(_of_window(network, window)))


def _of_window(network: Network, window: Window) -> Iterator[Mention]:
    anchors = _anchors(1 - window.triggers[:, 0])
    for start in range(0, len(anchors), AT_ONCE):
        yield from _mentions(network, window, anchors, slice(start, start + AT_ONCE))


def _mentions(network: Network, window: Window, anchors: Ints, asked: slice) -> Iterator[Mention]:
    """The mentions by some of the anchors."""
    (chances, sides), told = network.parts(window, anchors[asked]), network.stances(window, anchors[asked])
    parts, stances = stretches_of_each(leant(chances), TAGS), leant(told.stance, _STANCES_LEANT)
    for row, anchor in enumerate(anchors[asked]):
        yield Mention(
            int(window.places[anchor]),
            window.triggers[anchor, 1:],
            [window.in_text(part) for part in _parts(parts[row], sides[row])],
            stances[row],
            told.attribution[row],
            float(told.undirected[row, 1]),
            {
                int(window.places[other]): float(chances[row, other, _SAME_EVENT])
                for other in anchors
                if other != anchor
            },
        )


def leant(chances: Floats, weights: Floats = _LEANT) -> Floats:
    """The probabilities, the last axis by label, with what is told too seldom made likelier."""
    weighted = chances * weights
    return np.asarray(weighted / weighted.sum(-1, keepdims=True), np.float32)


def _anchors(chances: Floats) -> Ints:
    """The words that name events, of near ones the surest."""
    kept: list[int] = []
    for place in np.argsort(-chances):
        if chances[place] < NAMES_EVENT:
            break
        if all(abs(int(place) - other) > BESIDE - 1 for other in kept):
            kept.append(int(place))
    return np.array(sorted(kept), np.int64)


def _parts(stretches: Sequence[Stretch], sides: Floats) -> Iterator[Stretch]:
    """The parts, those of one role that nothing parts as one, and the side of those that count people."""
    kept: list[Stretch] = []
    for part in stretches:
        before = kept[-1] if kept else None
        if before and (before.role, before.after) == (part.role, part.first):
            kept[-1] = before._replace(after=part.after, score=min(before.score, part.score))
        elif part.role != "same_event":
            kept.append(part)
    for part in kept:
        yield part._replace(side=SIDES[int(sides[part.first].argmax())]) if part.role in HARMS else part


def grouped(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """The mentions of each event, by the order of their first: joined from the surest pair on, by the mean of pairs.

    Each without what it says of others and of its window's other words, which would stay in memory with it.
    """
    links = _links(mentions)
    groups = [[mention.alone()] for mention in mentions]
    while len(groups) > 1:
        earlier, later = divmod(int(links.argmax()), len(groups))
        if links[earlier, later] < SAME:
            break
        sizes = len(groups[earlier]), len(groups[later])
        links[earlier] = links[:, earlier] = np.average(links[[earlier, later]], axis=0, weights=sizes)
        links[earlier, earlier] = -1.0
        links = np.delete(np.delete(links, later, 0), later, 1)
        groups[earlier] += groups.pop(later)
    return [sorted(group, key=lambda mention: mention.word) for group in groups]


def _links(mentions: Sequence[Mention]) -> Floats:
    """Mentions × mentions: the mean probability of naming the same event, -1 for one with itself."""
    told = [[mention.same.get(other.word, 0.0) for other in mentions] for mention in mentions]
    one_way = np.array(told, np.float32).reshape(len(mentions), len(mentions))
    links = np.asarray((one_way + one_way.T) / 2, np.float32)
    np.fill_diagonal(links, -1.0)
    return links
