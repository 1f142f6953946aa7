"""What the model points at → mentions of events, whose words stand in the text and name no private person."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from vedette.model.kinds import Attribution
from vedette.read.llm.answer import Told, quotes_of
from vedette.read.llm.left_out import LeftOut
from vedette.read.llm.quotes import Bound, Quotes, nearest
from vedette.read.llm.safety import Safety
from vedette.read.neural.decoding import Floats, Stretch
from vedette.read.neural.events import HARMS, Mention
from vedette.read.neural.labels import ATTRIBUTIONS, KINDS, STANCES
from vedette.read.neural.page import Page

LEAST_SURE = 0.01  # a model that says 0 has still told the claim
_SHOWN_WHOLE = ("time", "stance", "attribution")  # the other roles lose their names when the claim is written
_SHORT = 3  # letters: "opened fire" is named by "fire", "blew up" by "blew"


class Finder:
    """Finds the events that answers tell in the text of one article, each event once."""

    def __init__(self, page: Page, left_out: LeftOut) -> None:
        self._page = page
        self._left_out = left_out
        self._safety = Safety(page)
        self._taken: set[tuple[str, int]] = set()

    def events(self, window: Bound, told: Sequence[Told]) -> Iterator[list[Mention]]:
        """The events of one window, their leading mention first; what is not in the text is counted as left out."""
        quotes = Quotes(self._page.article.text, *window)
        for each in told:
            if mentions := self._event(each, quotes):
                yield mentions

    def _event(self, told: Told, quotes: Quotes) -> list[Mention]:
        triggers = [(self._word_of(place), place) for place in quotes.places(told.trigger)]
        if not triggers:
            self._left_out.add("no_trigger")
            return []
        plain = [each for each in triggers if not self._safety.may_name(Stretch("", each[0], each[0] + 1, 1.0))]
        free = [each for each in plain if (told.kind.value, each[0]) not in self._taken]
        if not free:
            self._left_out.add("twice" if plain else "named")
            return []
        beside = [places for quote in quotes_of(told) if (places := quotes.places(quote))]
        lead, place = min(free, key=lambda each: _distance(each[1], beside))
        self._taken.add((told.kind.value, lead))
        parts = self._parts(told, quotes, place[0])
        others = [self._word_of(nearest(found, place[0])) for found in self._found("", told.also, quotes)]
        return [_mention(lead, told, parts), *(_mention(word, told, []) for word in others if word != lead)]

    def _parts(self, told: Told, quotes: Quotes, at: int) -> list[Stretch]:
        """The stretches of all quotes that stand in the text, each where it is nearest to the trigger.

        A word has one part in an event: what stands only where another part does is counted as left out.
        """
        kept: list[Stretch] = []
        for role, side, wanted in _roles(told):
            for places in self._found(role, wanted, quotes):
                stretches = [self._stretch(role, place, _sure(told)) for place in places]
                free = [each for each in stretches if not any(_overlap(each, other) for other in kept)]
                if free:
                    kept.append(min(free, key=lambda each: abs(self._page.chars(each)[0] - at))._replace(side=side))
                elif not any(_overlap(stretches[0], other) and role == other.role for other in kept):
                    self._left_out.add("second")
        return kept

    def _found(self, role: str, wanted: Sequence[str], quotes: Quotes) -> Iterator[Sequence[Bound]]:
        """The places of each quote that may be kept in a role; the others are counted."""
        for quote in wanted:
            if not quote.strip():
                continue
            places = quotes.places(quote)
            kept = [place for place in places if not self._refused(role, place)]
            if kept:
                yield kept
            else:
                self._left_out.add("absent" if not places else "uncounted" if role in HARMS else "named")

    def _refused(self, role: str, place: Bound) -> bool:
        stretch = self._stretch(role, place, 1.0)
        if role in HARMS:
            return not self._safety.counts_people(stretch)
        if role == "place":
            return not self._safety.names_place(stretch)
        return role in _SHOWN_WHOLE and self._safety.may_name(stretch)

    def _stretch(self, role: str, place: Bound, score: float) -> Stretch:
        start, end = self._safety.count_alone(*place) if role in HARMS else place
        return self._page.stretch(start, end)._replace(role=role, score=score)

    def _word_of(self, place: Bound) -> int:
        """The word of a trigger that names the event: the last that is not short, else the first."""
        trigger = self._page.stretch(*place)
        words = [(at, self._page.words[at]) for at in range(trigger.first, trigger.after)]
        long = [at for at, word in words if word.end - word.start > _SHORT]
        return long[-1] if long else trigger.first


def _distance(place: Bound, others: Sequence[Sequence[Bound]]) -> int:
    """How far a trigger stands from what else is quoted of its event."""
    return sum(abs(nearest(places, place[0])[0] - place[0]) for places in others)


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one.first < other.after and other.first < one.after


def _roles(told: Told) -> Iterator[tuple[str, str, Sequence[str]]]:
    """What is quoted for each part in an event, with the side of the people that a count counts."""
    for toll in told.tolls:
        yield toll.harm, toll.side, (toll.words,)
    yield "perpetrator", "", told.perpetrators
    yield "target", "", told.targets
    yield "weapon", "", told.weapons
    yield "place", "", told.place
    yield "time", "", told.time
    yield "said_by", "", told.said_by
    yield "stance", "", told.stance_words
    yield "attribution", "", told.attribution_words


def _sure(told: Told) -> float:
    """The model's own confidence, in bounds; it is no measured probability."""
    return LEAST_SURE if math.isnan(told.confidence) else min(1.0, max(LEAST_SURE, told.confidence))


def _mention(word: int, told: Told, parts: Sequence[Stretch]) -> Mention:
    sure = _sure(told)
    kinds = _only(sure, len(KINDS), KINDS.index(told.kind))
    stance = _only(sure, len(STANCES), STANCES.index(told.stance))
    blamed = Attribution.FACT if told.attribution == Attribution.UNKNOWN.value else told.attribution
    attribution = _only(sure, len(ATTRIBUTIONS), ATTRIBUTIONS.index(blamed), ATTRIBUTIONS.index(Attribution.UNKNOWN))
    return Mention(word, kinds, parts, stance, attribution, float(told.undirected))


def _only(sure: float, number: int, *chosen: int) -> Floats:
    """Nothing but what is chosen, each as sure as the model said it was."""
    chances = np.zeros(number, np.float32)
    chances[list(chosen)] = sure
    return chances
