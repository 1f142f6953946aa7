"""One article as the neural reader sees it: its words, and what the lists know of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from vedette.model.kinds import Precision
from vedette.model.nouns import Article
from vedette.read.dates import DateMention, dateline_date, find_dates
from vedette.read.language import LEFT
from vedette.read.neural.decoding import Stretch
from vedette.read.neural.relative import RelativeDay, relative_days
from vedette.read.phrases import Known, Phrase, find_phrases
from vedette.read.places import PlaceMention, find_places
from vedette.read.row import Bound, Cover, Row
from vedette.read.sentences import Sentence, datelines, look_up, read_sentence, split_sentences
from vedette.read.words import Word, words_of
from vedette.reference import Reference

REACH = 800  # characters: five or six sentences
_GROUPS = frozenset(["armed_group", "militia"])


@dataclass(frozen=True)
class Page:
    """An article with what is looked up in it, each thing when it is first asked for."""

    article: Article
    reference: Reference
    _looked_up: dict[int, Sentence] = field(default_factory=dict)  # by first character
    _phrases: dict[int, list[Phrase]] = field(default_factory=dict)
    last_names: list[frozenset[str]] = field(default_factory=list)  # one set, once somebody has asked for it

    @cached_property
    def words(self) -> list[Word]:
        """The words, as the network counts them, without the signs that stand for what is left unread."""
        text = self.article.text
        return [word for word in words_of(text) if text[word.start] != LEFT]

    @cached_property
    def capitals(self) -> bool:
        """True of a text in capitals."""
        return self.article.text == self.article.text.upper()

    @cached_property
    def small(self) -> bool:
        """True of a text in small letters, but for a capital in fifty words."""
        return sum(1 for word in self.words if self.article.text[word.start].isupper()) * 50 <= len(self.words)

    @cached_property
    def sentences(self) -> Row[Sentence]:
        """The sentences, as they stand."""
        text, lexicon = self.article.text, self.reference.lexicon
        return Row([read_sentence(text, bound, lexicon) for bound in split_sentences(text)])

    @cached_property
    def published(self) -> date | None:
        """The day of publication, else that of the dateline."""
        told = self.article.published
        return told.date() if told else dateline_date(self.article.text)

    @cached_property
    def heads(self) -> Cover:
        """The characters of datelines."""
        return Cover(datelines(self.article.text))

    @cached_property
    def dates(self) -> Row[DateMention]:
        """The dates that the text tells, those of datelines left out."""
        told = self.article.published
        found = find_dates(self.article.text, told.date() if told else None)
        return Row([day for day in found if day.start not in self.heads])

    @cached_property
    def relative_days(self) -> Row[RelativeDay]:
        """The days that the text tells by others."""
        return Row(relative_days(self.article.text, self.dates.things, self.published))

    @cached_property
    def _all_places(self) -> list[PlaceMention]:
        return find_places(self.article.text, self.reference.gazetteer)

    @cached_property
    def places(self) -> Row[PlaceMention]:
        """The places that the text names, those of datelines left out."""
        return Row([place for place in self._all_places if place.start not in self.heads])

    @cached_property
    def written_at(self) -> Row[PlaceMention]:
        """The places of datelines: where the reports were written."""
        return Row([place for place in self._all_places if place.start in self.heads])

    def chars(self, part: Stretch) -> Bound:
        """The characters of a stretch of words, as far as nothing unread stands among them."""
        start, end = self.words[part.first].start, self.words[part.after - 1].end
        left = self.article.text.find(LEFT, start, end)
        return (start, end) if left < 0 else (start, start + len(self.article.text[start:left].rstrip()))

    def stretch(self, start: int, end: int) -> Stretch:
        """The words that stand in these characters."""
        first = bisect_right(self.words, start, key=lambda word: word.end)
        return Stretch("", first, bisect_left(self.words, end, key=lambda word: word.start), 1.0)

    def text(self, part: Stretch) -> str:
        """The words of a stretch, on one line."""
        start, end = self.chars(part)
        return " ".join(self.article.text[start:end].split())

    def sentence_at(self, char: int) -> Sentence | None:
        """The sentence that holds a character, with what the lexicon knows of its words."""
        plain = self.sentences.at(char)
        if plain is None:
            return None
        if plain.start not in self._looked_up:
            self._looked_up[plain.start] = look_up(plain)
        return self._looked_up[plain.start]

    @cached_property
    def _actors(self) -> Row[Known]:
        named = self.reference.actors.mentions(self.article.text, self.published)
        return Row([Known(each.start, each.end, each.id) for each in named])

    def is_town(self, start: int, end: int) -> bool:
        """True where these characters are a place below a country, or stand within its name, and name no actor."""
        named = (each for each in self.places.within(start, end) if each.place.precision is not Precision.COUNTRY)
        return any(each.start <= start and end <= each.end for each in named) and not self._actors.within(start, end)

    def group_before(self, char: int) -> Known | None:
        """The armed group that the text named last before a character, not too far from it."""
        for known in reversed(self._actors.within(char - REACH, char)):
            actor = self.reference.actors.get(known.id)
            if known.end <= char and actor and actor.kind in _GROUPS:
                return known
        return None

    def phrases_in(self, start: int, end: int) -> list[Phrase]:
        """The noun phrases that end in a role or a known actor, by the lists, and stand in these characters."""
        sentence = self.sentence_at(start)
        if sentence is None:
            return []
        if sentence.start not in self._phrases:
            known = [each for each in self._actors.within(sentence.start, sentence.end) if each.start >= sentence.start]
            self._phrases[sentence.start] = find_phrases(sentence, self.reference.lexicon, known)
        found = self._phrases[sentence.start]
        return [phrase for phrase in found if phrase.name[0] < end and start < phrase.name[1]]

    def known_in(self, start: int, end: int) -> Iterator[Bound]:
        """The characters of known actors, of places and of role words among these."""
        yield from ((each.start, each.end) for each in self._actors.within(start, end))
        yield from ((each.start, each.end) for each in self.places.within(start, end))
        sentence = self.sentence_at(start)
        for hit in sentence.hits.get("role", ()) if sentence else ():
            first, after = sentence.chars(hit.start, hit.end) if sentence else (0, 0)
            if first < end and start < after:
                yield first, after
