"""Events with their mentions → claims, each value with the words that show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from vedette.model.ids import stable_id
from vedette.model.kinds import Attribution, EventKind, Stance
from vedette.model.nouns import Claim
from vedette.model.values import Actor, Cited, Toll
from vedette.read.neural.certainty import PLAIN, Certainty
from vedette.read.neural.coming import threatened_when
from vedette.read.neural.cues import cue_of
from vedette.read.neural.days import when_of
from vedette.read.neural.decoding import Floats, Stretch
from vedette.read.neural.events import HARMS, Mention
from vedette.read.neural.found import Found
from vedette.read.neural.grounds import place_of
from vedette.read.neural.labels import ATTRIBUTIONS, KINDS, STANCES
from vedette.read.neural.page import Page
from vedette.read.neural.parties import actors_of, public_part
from vedette.read.neural.tolls import tolls_of
from vedette.read.row import Bound

T = TypeVar("T")

SHARED = 0.5  # from this probability on nobody is said to have begun


@dataclass(frozen=True, slots=True)
class Writer:
    """Makes claims of one article's events; `certainty` tells how often a value so sure is right."""

    page: Page
    reader: str
    certainty: Certainty = PLAIN

    def claim(self, event: Sequence[Mention]) -> Claim:
        """What the article says of one event."""
        values = _Values(self, event, _parts(event))
        lead = max(event, key=lambda mention: (len(mention.parts) > 0, mention.score))
        at = self.page.words[lead.word]
        kind = values.kind(at)
        perpetrators, stance = values.actors("perpetrator", ()), values.stance(at.start)
        days = threatened_when if stance.value is Stance.THREATENS else when_of
        return Claim(
            id=stable_id("claim", self.reader, self.page.article.id, kind.value.value, f"{at.start}:{at.end}"),
            article_id=self.page.article.id,
            kind=kind,
            when=values.found("when", days(self.page, values.of("time"), at.start)),
            place=values.found("place", place_of(self.page, values.of("place"), at.start)),
            stance=stance,
            attribution=values.attribution(at.start, known=bool(perpetrators)),
            perpetrators=perpetrators,
            targets=values.actors("target", perpetrators),
            weapons=tuple(values.public("weapons", self._once(values.of("weapon")))),
            tolls=tuple(values.nameless(toll, at) for toll in tolls_of(self.page, _harms(values.parts))),
            said_by=next(values.public("said_by", sorted(values.of("said_by"), key=lambda part: -part.score)), None),
            undirected=values.shared() > SHARED and len(perpetrators) > 1,
        )

    def _once(self, parts: Iterable[Stretch]) -> Iterable[Stretch]:
        return {self.page.text(part).lower(): part for part in parts}.values()


@dataclass(frozen=True, slots=True)
class _Values:
    """The values of one event's claim, each with its words and how sure it is."""

    writer: Writer
    event: Sequence[Mention]
    parts: Sequence[Stretch]

    def of(self, role: str) -> list[Stretch]:
        return [part for part in self.parts if part.role == role]

    def _cite(self, name: str, value: T, bounds: Iterable[Bound], score: float) -> Cited[T]:
        article = self.writer.page.article
        spans = tuple(article.span(start, end) for start, end in dict.fromkeys(bounds))
        event = max(mention.score for mention in self.event)
        return Cited(value, spans, self.writer.reader, round(self.writer.certainty.of(name, score, event), 4))

    def found(self, name: str, found: Found[T]) -> Cited[T]:
        return self._cite(name, found.value, found.bounds, found.score)

    def public(self, name: str, parts: Iterable[Stretch]) -> Iterator[Cited[str]]:
        """The words of stretches, without what names a private person."""
        page = self.writer.page
        for part in parts:
            if (bound := public_part(page, part)) is not None:
                yield self._cite(name, " ".join(page.article.text[slice(*bound)].split()), [bound], part.score)

    def nameless(self, found: Found[Toll], trigger: Bound) -> Cited[Toll]:
        """A toll; where its words name a person the word that tells the event stands for them."""
        page = self.writer.page
        stretches = (page.stretch(*bound) for bound in found.bounds)
        shown = (public_part(page, each) or (trigger[0], trigger[1]) for each in stretches)
        return self._cite("tolls", found.value, shown, found.score)

    def kind(self, at: Bound) -> Cited[EventKind]:
        chances = _mean([mention.kinds for mention in self.event])
        return self._cite("kind", KINDS[int(chances.argmax())], [(at[0], at[1])], float(chances.max()))

    def actors(self, role: str, others: Sequence[Cited[Actor]]) -> tuple[Cited[Actor], ...]:
        """The actors but those of the same words among the others; a town can be attacked, but attacks nobody."""
        page = self.writer.page
        known = {actor.value.name.lower() for actor in others}
        parts = (part for part in self.of(role) if role == "target" or not page.is_town(*page.chars(part)))
        found = (self.found(f"{role}s", each) for each in actors_of(page, parts))
        return tuple(actor for actor in found if actor.value.name.lower() not in known)

    def stance(self, lead: int) -> Cited[Stance]:
        chances = _mean([mention.stance for mention in self.event])
        value = Stance(STANCES[int(chances.argmax())])
        shown = [] if value is Stance.ASSERTS else cue_of(self.writer.page, value, self.of("stance"), lead)
        return self._cite("stance", value, shown, float(chances.max()))

    def attribution(self, lead: int, *, known: bool) -> Cited[Attribution]:
        chances = _mean([mention.attribution for mention in self.event])
        if not known:
            return self._cite("attribution", Attribution.UNKNOWN, [], float(chances[-1]))
        value = Attribution(ATTRIBUTIONS[int(chances[:-1].argmax())])
        shown = cue_of(self.writer.page, value, self.of("attribution"), lead)
        return self._cite("attribution", value, shown, float(chances[:-1].max()))

    def shared(self) -> float:
        """The probability that nobody is said to have begun."""
        return float(np.mean([mention.undirected for mention in self.event]))


def _mean(chances: Sequence[Floats]) -> Floats:
    return np.asarray(np.mean(chances, axis=0), np.float32)


def _harms(parts: Iterable[Stretch]) -> list[Stretch]:
    return [part for part in parts if part.role in HARMS]


def _parts(event: Sequence[Mention]) -> list[Stretch]:
    """The parts of all mentions; of those that overlap the surest: a word has one part in an event."""
    kept: list[Stretch] = []
    for part in sorted((part for mention in event for part in mention.parts), key=lambda part: -part.score):
        if not any(part.first < other.after and other.first < part.after for other in kept):
            kept.append(part)
    return sorted(kept, key=lambda part: part.first)
