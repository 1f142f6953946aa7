"""What keeps a model that was wrong, or was fooled by a text, from storing a name or counting what counts nobody."""

from __future__ import annotations

from functools import cached_property

from vedette.read.neural.decoding import Stretch
from vedette.read.neural.page import Page
from vedette.read.numbers import quantity_at
from vedette.read.sentences import Sentence

# Words of people without a number: "killing him", "no one was hurt", "the dead".
_PEOPLE = frozenset(
    ["he", "him", "she", "her", "one", "nobody", "none", "no", "not", "nil", "without", "casualties", "deaths", "dead"]
)
_THINGS = ("trigger", "weapon")
# Before a name that the gazetteer lacks these stand with a person as often as with a place.
_OF_PERSONS = frozenset(["of", "from", "to", "by"])


class Safety:
    """Judges stretches of one article."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def may_name(self, part: Stretch) -> bool:
        """True where a word of the stretch may be a private person's name."""
        start, end = self._page.chars(part)
        days = [(day.start, day.end) for day in self._page.dates.within(start, end)]
        known = [*self._page.known_in(start, end), *days]
        words = range(part.first, part.after)
        return any(self._unknown(word) and not _covered(self._page.words[word].start, known) for word in words)

    def _unknown(self, word: int) -> bool:
        """True of a capitalised word that neither the lexicon nor the text itself knows in small letters."""
        plain = self._page.article.text[slice(*self._page.words[word])]
        small, lexicon = plain.lower(), self._page.reference.lexicon
        if not plain[0].isupper() or small in self._in_small:
            return False
        common = small in lexicon.words["common"] or small in lexicon.stop or small in lexicon.numbers
        return not common and not any(True for _ in lexicon.find([small]))

    @cached_property
    def _in_small(self) -> frozenset[str]:
        text = self._page.article.text
        return frozenset(text[word.start : word.end] for word in self._page.words if text[word.start].islower())

    def names_place(self, part: Stretch) -> bool:
        """True where the gazetteer knows a name in the stretch, or no word before it speaks of a person."""
        start, end = self._page.chars(part)
        if self._page.places.within(start, end):
            return True
        return self._page.article.text[:start].rstrip().rpartition(" ")[2].lower() not in _OF_PERSONS

    def counts_people(self, part: Stretch) -> bool:
        """True where a stretch holds a count or people; False where it names only a day, a place, a thing or a deed."""
        start, end = self._page.chars(part)
        sentence = self._page.sentence_at(start)
        if sentence is None or self._page.dates.within(start, end):
            return False
        first, after = sentence.word_at(start), sentence.word_at(end)
        if not _PEOPLE.isdisjoint(sentence.words[first:after]) or self._counts(sentence, first, after):
            return True
        phrases = self._page.phrases_in(start, end)
        if phrases:
            return any(phrase.human for phrase in phrases)
        things = any(first < hit.end and hit.start < after for hit in sentence.of(*_THINGS))
        return not things and not self._page.places.within(start, end)

    def count_alone(self, start: int, end: int) -> tuple[int, int]:
        """The number that a toll's words begin with, where nothing more is counted: "two" of "two soldiers".

        The other words are free to tell who was harmed.
        """
        sentence = self._page.sentence_at(start)
        if sentence is None:
            return start, end
        first, after = sentence.word_at(start), sentence.word_at(end)
        count = quantity_at(sentence, first, self._page.reference.lexicon) if first < after else None
        if count is None or count.end >= after or "and" in sentence.words[count.end : after]:
            return start, end
        return (start, end) if self._counts(sentence, count.end, after) else sentence.chars(first, count.end)

    def _counts(self, sentence: Sentence, first: int, after: int) -> bool:
        return any(quantity_at(sentence, at, self._page.reference.lexicon) for at in range(first, after))


def _covered(at: int, known: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in known)
