"""Events with their mentions → claims, each value with the words that show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import numpy as np

from vedette.model.ids import stable_id
from vedette.model.kinds import Attribution, EventKind, Stance
from vedette.model.nouns import Claim
from vedette.model.values import Actor, Cited, Toll
from vedette.read.neural.counts import tolls_of
from vedette.read.neural.days import when_of
from vedette.read.neural.decoding import Floats, Stretch
from vedette.read.neural.events import HARMS, Mention
from vedette.read.neural.found import Found
from vedette.read.neural.grounds import place_of
from vedette.read.neural.labels import ATTRIBUTIONS, KINDS, STANCES
from vedette.read.neural.page import Bound, Page
from vedette.read.neural.parties import actors_of, public_part

T = TypeVar("T")

SHARED = 0.5  # from this probability on nobody is said to have begun


class Writer:
    """Makes claims of one article's events."""

    def __init__(self, page: Page, reader: str) -> None:
        self._page = page
        self._reader = reader

    def claim(self, event: Sequence[Mention]) -> Claim:
        """What the article says of one event."""
        lead = max(event, key=lambda mention: (len(mention.parts) > 0, mention.score))
        at = self._page.words[lead.word]
        kind = self._kind(event, at)
        parts = _parts(event)
        perpetrators = self._actors(_of(parts, "perpetrator"), ())
        speakers = sorted(_of(parts, "said_by"), key=lambda part: -part.score)
        shared = float(np.mean([mention.undirected for mention in event]))
        return Claim(
            id=stable_id("claim", self._reader, self._page.article.id, kind.value, f"{at.start}:{at.end}"),
            article_id=self._page.article.id,
            kind=kind,
            when=self._found(when_of(self._page, _of(parts, "time"), at.start)),
            place=self._found(place_of(self._page, _of(parts, "place"), at.start)),
            stance=self._stance(event, parts),
            attribution=self._attribution(event, parts, known=bool(perpetrators)),
            perpetrators=perpetrators,
            targets=self._actors(_of(parts, "target"), perpetrators),
            weapons=tuple(self._public(self._once(_of(parts, "weapon")))),
            tolls=tuple(self._nameless(toll, at) for toll in tolls_of(self._page, _harms(parts))),
            said_by=next(self._public(speakers), None),
            undirected=shared > SHARED and len(perpetrators) > 1,
        )

    def _cite(self, value: T, bounds: Iterable[Bound], score: float) -> Cited[T]:
        spans = tuple(self._page.article.span(start, end) for start, end in dict.fromkeys(bounds))
        return Cited(value, spans, self._reader, round(min(1.0, score), 4))

    def _found(self, found: Found[T]) -> Cited[T]:
        return self._cite(found.value, found.bounds, found.score)

    def _public(self, parts: Iterable[Stretch]) -> Iterator[Cited[str]]:
        """The words of stretches, without what names a private person."""
        for part in parts:
            if (bound := public_part(self._page, part)) is not None:
                yield self._cite(" ".join(self._page.article.text[slice(*bound)].split()), [bound], part.score)

    def _nameless(self, found: Found[Toll], trigger: Bound) -> Cited[Toll]:
        """A toll; where its words name a person the word that tells the event stands for them."""
        stretches = (self._page.stretch(*bound) for bound in found.bounds)
        shown = (public_part(self._page, each) or (trigger[0], trigger[1]) for each in stretches)
        return self._cite(found.value, shown, found.score)

    def _kind(self, event: Sequence[Mention], at: Bound) -> Cited[EventKind]:
        chances = _mean([mention.kinds for mention in event])
        return self._cite(KINDS[int(chances.argmax())], [(at[0], at[1])], float(chances.max()))

    def _actors(self, parts: Sequence[Stretch], others: Sequence[Cited[Actor]]) -> tuple[Cited[Actor], ...]:
        """The actors that are not among the others."""
        known = {actor.value.id or actor.value.name.lower() for actor in others}
        found = (self._found(each) for each in actors_of(self._page, parts))
        return tuple(actor for actor in found if (actor.value.id or actor.value.name.lower()) not in known)

    def _once(self, parts: Iterable[Stretch]) -> Iterable[Stretch]:
        return {self._page.text(part).lower(): part for part in parts}.values()

    def _stance(self, event: Sequence[Mention], parts: Sequence[Stretch]) -> Cited[Stance]:
        chances = _mean([mention.stance for mention in event])
        value = Stance(STANCES[int(chances.argmax())])
        shown = [] if value is Stance.ASSERTS else [self._page.chars(part) for part in _of(parts, "stance")[:1]]
        return self._cite(value, shown, float(chances.max()))

    def _attribution(self, event: Sequence[Mention], parts: Sequence[Stretch], *, known: bool) -> Cited[Attribution]:
        chances = _mean([mention.attribution for mention in event])
        if not known:
            return self._cite(Attribution.UNKNOWN, [], float(chances[-1]))
        value = Attribution(ATTRIBUTIONS[int(chances[:-1].argmax())])
        shown = [self._page.chars(part) for part in _of(parts, "attribution")[:1]]
        return self._cite(value, shown, float(chances[:-1].max()))


def _mean(chances: Sequence[Floats]) -> Floats:
    return np.asarray(np.mean(chances, axis=0), np.float32)


def _harms(parts: Iterable[Stretch]) -> list[Stretch]:
    return [part for part in parts if part.role in HARMS]


def _of(parts: Iterable[Stretch], role: str) -> list[Stretch]:
    return [part for part in parts if part.role == role]


def _parts(event: Sequence[Mention]) -> list[Stretch]:
    """The parts of all mentions; of those that overlap the surest: a word has one part in an event."""
    kept: list[Stretch] = []
    for part in sorted((part for mention in event for part in mention.parts), key=lambda part: -part.score):
        if not any(part.first < other.after and other.first < part.after for other in kept):
            kept.append(part)
    return sorted(kept, key=lambda part: part.first)
