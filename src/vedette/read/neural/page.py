"""One article as the neural reader sees it: its words, and what the lists know of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from vedette.model.nouns import Article
from vedette.read.dates import DateMention, dateline_date, find_dates
from vedette.read.neural.decoding import Stretch
from vedette.read.phrases import Known, Phrase, find_phrases
from vedette.read.places import PlaceMention, find_places
from vedette.read.sentences import Sentence, datelines, look_up, read_sentence, split_sentences
from vedette.read.words import Word, words_of
from vedette.reference import Reference

Bound = tuple[int, int]


@dataclass(frozen=True)
class Page:
    """An article with what is looked up in it, each thing when it is first asked for."""

    article: Article
    reference: Reference

    @cached_property
    def words(self) -> list[Word]:
        """The words, as the network counts them."""
        return words_of(self.article.text)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences with what the lexicon knows of their words."""
        text, lexicon = self.article.text, self.reference.lexicon
        return [look_up(read_sentence(text, bound, lexicon)) for bound in split_sentences(text)]

    @cached_property
    def published(self) -> date | None:
        """The day of publication, else that of the dateline."""
        told = self.article.published
        return told.date() if told else dateline_date(self.article.text)

    @cached_property
    def heads(self) -> list[Bound]:
        """The characters of datelines."""
        return datelines(self.article.text)

    @cached_property
    def dates(self) -> Sequence[DateMention]:
        """The dates that the text tells, those of datelines left out."""
        told = self.article.published
        found = find_dates(self.article.text, told.date() if told else None)
        return [day for day in found if not self._in_dateline(day.start)]

    @cached_property
    def places(self) -> Sequence[PlaceMention]:
        """The places that the text names, those of datelines left out."""
        found = find_places(self.article.text, self.reference.gazetteer)
        return [place for place in found if not self._in_dateline(place.start)]

    def _in_dateline(self, at: int) -> bool:
        return any(start <= at < end for start, end in self.heads)

    def chars(self, part: Stretch) -> Bound:
        """The characters of a stretch of words."""
        return self.words[part.first].start, self.words[part.after - 1].end

    def stretch(self, start: int, end: int) -> Stretch:
        """The words that stand in these characters."""
        inside = [place for place, word in enumerate(self.words) if word.start < end and start < word.end]
        return Stretch("", inside[0], inside[-1] + 1, 1.0)

    def text(self, part: Stretch) -> str:
        """The words of a stretch, on one line."""
        start, end = self.chars(part)
        return " ".join(self.article.text[start:end].split())

    def sentence_at(self, char: int) -> Sentence | None:
        """The sentence that holds a character."""
        place = bisect_right(self._starts, char) - 1
        return self.sentences[place] if place >= 0 else None

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def _actors(self) -> list[Known]:
        return [Known(each.start, each.end, each.id) for each in self.reference.actors.mentions(self.article.text)]

    def phrases_in(self, start: int, end: int) -> list[Phrase]:
        """The noun phrases that end in a role or a known actor, by the lists, and stand in these characters."""
        sentence = self.sentence_at(start)
        if sentence is None:
            return []
        known = [each for each in self._actors if sentence.start <= each.start < sentence.end]
        found = find_phrases(sentence, self.reference.lexicon, known)
        return [phrase for phrase in found if phrase.name[0] < end and start < phrase.name[1]]

    def known_in(self, start: int, end: int) -> Iterator[Bound]:
        """The characters of known actors, of places and of role words among these."""
        named = [(each.start, each.end) for each in self._actors] + [(each.start, each.end) for each in self.places]
        yield from ((first, after) for first, after in named if first < end and start < after)
        sentence = self.sentence_at(start)
        for hit in sentence.hits.get("role", ()) if sentence else ():
            first, after = sentence.chars(hit.start, hit.end) if sentence else (0, 0)
            if first < end and start < after:
                yield first, after
