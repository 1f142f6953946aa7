"""One article as the neural reader sees it: its words, and what the lists know of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from vedette.model.nouns import Article
from vedette.read.dates import DateMention, dateline_date, find_dates
from vedette.read.neural.decoding import Stretch
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

    @cached_property
    def dateline_places(self) -> Sequence[PlaceMention]:
        """The places of datelines."""
        found = find_places(self.article.text, self.reference.gazetteer)
        return [place for place in found if self._in_dateline(place.start)]

    def _in_dateline(self, at: int) -> bool:
        return any(start <= at < end for start, end in self.heads)

    def chars(self, part: Stretch) -> Bound:
        """The characters of a stretch of words."""
        return self.words[part.first].start, self.words[part.after - 1].end

    def text(self, part: Stretch) -> str:
        """The words of a stretch, on one line."""
        start, end = self.chars(part)
        return " ".join(self.article.text[start:end].split())

    def sentence_at(self, char: int) -> Sentence | None:
        """The sentence that holds a character."""
        starts = [sentence.start for sentence in self.sentences]
        place = bisect_right(starts, char) - 1
        return self.sentences[place] if place >= 0 else None
