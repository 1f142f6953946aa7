"""Events with their mentions → claims, each value with the words that show it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from vedette.model.ids import stable_id
from vedette.model.kinds import Attribution, EventKind, Precision, Stance
from vedette.model.nouns import Article, Claim
from vedette.model.values import Actor, Cited, Place, Toll, When
from vedette.read.attribution import Told
from vedette.read.dates import DateMention
from vedette.read.kinds import settle
from vedette.read.mentions import Mention
from vedette.read.phrases import Phrase
from vedette.read.places import PlaceMention
from vedette.read.sums import sum_tolls
from vedette.reference.lexicon import Lexicon

T = TypeVar("T")

READER = "lexical.en/1"
_FINENESS = tuple(Precision)
_BESIDE = 15  # characters of " district, "


@dataclass(frozen=True, slots=True)
class Fallback:
    """Where and when an article's events lie if their own sentences do not say."""

    places: Sequence[PlaceMention]
    dates: Sequence[DateMention]
    here: bool
    latest: date | None  # the day of publication, else that of the dateline


@dataclass(frozen=True, slots=True)
class Writer:
    """Makes cited values for one article."""

    article: Article
    lexicon: Lexicon
    fallback: Fallback

    def cite(self, value: T, pattern: str, *bounds: tuple[int, int]) -> Cited[T]:
        """A value with the article's words at these characters and the score of its pattern class."""
        spans = tuple(self.article.span(start, end) for start, end in dict.fromkeys(bounds))
        return Cited(value, spans, READER, self.lexicon.scores[pattern])

    def claim(self, event: Sequence[Mention]) -> Claim:
        """What the article says of one event."""
        lead = _lead(event, self.lexicon)
        told = _told(event)
        perpetrators = _perpetrators(event, told)
        targets = _distinct(phrase for mention in event for phrase in mention.targets if phrase not in perpetrators)
        kind = self._kind(lead, event, perpetrators, targets)
        kind_span = kind.spans[0]
        speaker = next((m.speaker for m in (lead, *event) if m.speaker), None)
        return Claim(
            id=stable_id("claim", READER, self.article.id, kind.value, f"{kind_span.start}:{kind_span.end}"),
            article_id=self.article.id,
            kind=kind,
            when=self._when(event, lead),
            place=self._place(event, lead),
            stance=self._stance(lead),
            attribution=self._attribution(told, perpetrators),
            perpetrators=self._actors(perpetrators),
            targets=self._actors(targets),
            weapons=self._weapons(event),
            tolls=self._tolls(event, perpetrators, targets),
            said_by=self.cite(self.article.text[speaker[0] : speaker[1]], "said_by", speaker) if speaker else None,
            undirected=lead.undirected and len(perpetrators) > 1,
        )

    def _kind(
        self, lead: Mention, event: Sequence[Mention], perpetrators: Sequence[Phrase], targets: Sequence[Phrase]
    ) -> Cited[EventKind]:
        harms = self.lexicon.words["only_harm"]
        only_harm = all(m.sentence.words[hit.start] in harms for m in event for hit in m.triggers)
        pattern = "trigger_weak" if lead.trigger.weak else "trigger_strong"
        kind = settle(lead.trigger.name, perpetrators, targets, only_harm, self.lexicon)
        return self.cite(kind, pattern, lead.sentence.chars(lead.trigger.start, lead.trigger.end))

    def _stance(self, lead: Mention) -> Cited[Stance]:
        if lead.stance_cue is None:
            return self.cite(lead.stance, "stance_plain")
        return self.cite(lead.stance, "stance_cue", lead.sentence.chars(lead.stance_cue.start, lead.stance_cue.end))

    def _attribution(self, told: tuple[Told, Mention] | None, perpetrators: Sequence[Phrase]) -> Cited[Attribution]:
        if not perpetrators:
            return self.cite(Attribution.UNKNOWN, "stance_plain")
        if told and told[0].cue:
            cue = told[1].sentence.chars(told[0].cue.start, told[0].cue.end)
            return self.cite(told[0].attribution, "attribution_cue", cue)
        return self.cite(Attribution.FACT, "stance_plain", perpetrators[0].name)

    def _actors(self, phrases: Iterable[Phrase]) -> tuple[Cited[Actor], ...]:
        text = self.article.text
        return tuple(
            self.cite(Actor(" ".join(text[slice(*phrase.name)].split()), phrase.id), "role_near", phrase.name)
            for phrase in phrases
        )

    def _weapons(self, event: Sequence[Mention]) -> tuple[Cited[str], ...]:
        seen: dict[str, tuple[int, int]] = {}
        for mention in event:
            for hit in mention.weapons:
                word = " ".join(mention.sentence.words[hit.start : hit.end])
                seen.setdefault(word, mention.sentence.chars(hit.start, hit.end))
        return tuple(self.cite(word, "weapon", bounds) for word, bounds in seen.items())

    def _tolls(
        self, event: Sequence[Mention], perpetrators: Sequence[Phrase], targets: Sequence[Phrase]
    ) -> tuple[Cited[Toll], ...]:
        return tuple(
            self.cite(Toll(harm, told.tally, side), told.pattern, *told.bounds)
            for (harm, side), told in sum_tolls(event, perpetrators, targets).items()
        )

    def _when(self, event: Sequence[Mention], lead: Mention) -> Cited[When]:
        for mention in (lead, *event):
            day = _nearest(mention, mention.dates)
            if day:
                return self.cite(day.when, "when_sentence", (day.start, day.end))
        before = [d for d in self.fallback.dates if d.start < lead.sentence.start]
        if before:
            day = before[-1] if lead.sentence.paragraph > 1 else before[0]
            return self.cite(day.when, "when_fallback", (day.start, day.end))
        return self.cite(When(None, self.fallback.latest), "when_open")

    def _place(self, event: Sequence[Mention], lead: Mention) -> Cited[Place]:
        place = _finest_of(lead, event)
        if place:
            return self.cite(place.place, "place_sentence", (place.start, place.end))
        told = [p for p in self.fallback.places if not p.dateline]
        before = [p for p in told if p.start < lead.sentence.end]
        if before or told:
            place = _within(before[-1], before) if before else told[0]
            return self.cite(place.place, "place_fallback", (place.start, place.end))
        datelines = [p for p in self.fallback.places if p.dateline]
        if datelines and self.fallback.here:
            return self.cite(datelines[0].place, "place_fallback", (datelines[0].start, datelines[0].end))
        return self.cite(Place(), "place_fallback")


def _lead(event: Sequence[Mention], lexicon: Lexicon) -> Mention:
    """The mention whose trigger names the event's kind."""
    return min(event, key=lambda m: (lexicon.rank[m.trigger.name], m.trigger.weak, m.number))


def _told(event: Sequence[Mention]) -> tuple[Told, Mention] | None:
    return next(((m.told, m) for m in event if m.told), None)


def _perpetrators(event: Sequence[Mention], told: tuple[Told, Mention] | None) -> list[Phrase]:
    """Who did it: the claimant where one claims it, else as told, else the accused."""
    named = _distinct(phrase for mention in event for phrase in mention.perpetrators)
    if told and told[0].by:
        if told[0].attribution is Attribution.CLAIMED:
            return _distinct([*told[0].by, *(p for p in named if p.id)])
        return _distinct([*named, *told[0].by])
    return named


def _distinct(phrases: Iterable[Phrase]) -> list[Phrase]:
    """Phrases that differ in their words; of a part and its whole ("gunmen", "masked gunmen") the whole."""
    kept: list[Phrase] = []
    for phrase in phrases:
        if not any(phrase.head == other.head and phrase.id == other.id for other in kept):
            kept.append(phrase)
    return kept


def _nearest(mention: Mention, dates: Sequence[DateMention]) -> DateMention | None:
    at = mention.trigger_start
    dates = [day for day in dates if not _of_saying(mention, day)] or dates
    return min(dates, key=lambda d: min(abs(d.start - at), abs(d.end - at)), default=None)


def _of_saying(mention: Mention, day: DateMention) -> bool:
    """True of "yesterday" in "said yesterday" and "yesterday confirmed": the day of the telling."""
    first, last = mention.sentence.word_at(day.start), mention.sentence.word_at(day.end)
    return any(say.end == first or say.start == last for say in mention.sentence.hits.get("cue.say", ()))


def _finest_of(lead: Mention, event: Sequence[Mention]) -> PlaceMention | None:
    """The place of the lead, or the finer one within it that another sentence tells."""
    best: PlaceMention | None = None
    for mention in (lead, *event):
        place = _finest(mention, mention.places)
        if place and (best is None or (best.place.holds(place.place) and _fineness(place) < _fineness(best))):
            best = place
    return best


def _within(place: PlaceMention, places: Sequence[PlaceMention]) -> PlaceMention:
    """The district of "X district, Y province" where Y was taken."""
    beside = (p for p in places if 0 < place.start - p.end < _BESIDE and p.place != place.place)
    return next((p for p in beside if place.place.holds(p.place)), place)


def _fineness(mention: PlaceMention) -> int:
    return _FINENESS.index(mention.place.precision)


def _finest(mention: Mention, places: Sequence[PlaceMention]) -> PlaceMention | None:
    """The finest place of the sentence, the nearest to the trigger where several are as fine."""
    told = [place for place in places if not place.dateline]
    at = mention.trigger_start
    return min(told, key=lambda p: (_fineness(p), abs(p.start - at)), default=None)
