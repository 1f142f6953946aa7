"""Which words of a text may be a private person's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vedette.read.neural.page import Page
from vedette.read.numbers import begins_count
from vedette.read.row import Bound
from vedette.read.words import Word
from vedette.reference.datasets import organisation_words

# Endings of words that say of what kind someone is: "leftist guerrillas", "municipal police".
_DESCRIBING = ("al", "ary", "ed", "ese", "ian", "ic", "ing", "ist", "ive", "ly", "ous")


def holds_name(page: Page, words: Sequence[Word]) -> bool:
    """True where one of the words may be a person's name."""
    return any(_may_be_name(page, words))


def without_name(page: Page, bound: Bound) -> Bound:
    """The characters of a role without the person's name before it: "supporters" of "Luis Ortiz supporters".

    A name is two such words or more, or one that stands in the text as somebody's last name. "Maoist" of "Maoist
    rebels" is none, nor are words with one of a body among them ("Red Kite Front fighters").
    """
    part = page.stretch(*bound)
    words = page.words[part.first : part.after]
    small = [_plain(page, word).lower() for word in words]
    if not organisation_words().isdisjoint(small):
        return bound
    names = list(_may_be_name(page, words))
    after = next((at + 1 for at in range(len(words) - 2, -1, -1) if names[at]), 0)
    first = after
    while first and names[first - 1]:
        first -= 1
    if after - first > 1 or (after - first == 1 and small[first] in _last_names(page)):
        return words[after].start, bound[1]
    return bound


def _last_names(page: Page) -> frozenset[str]:
    """The last names in a text, looked for once."""
    if not page.last_names:
        page.last_names.append(_find_last_names(page))
    return page.last_names[0]


def _find_last_names(page: Page) -> frozenset[str]:
    """The words that end a name of two words or stand behind a title, in small letters; none where all are alike."""
    if page.capitals or page.small:
        return frozenset()
    names = list(_may_be_name(page, page.words))
    small = [_plain(page, word).lower() for word in page.words]
    title = page.reference.lexicon.title
    found = set()
    for at in range(1, len(names)):
        ends = names[at] and not (at + 1 < len(names) and names[at + 1])
        if ends and ((names[at - 1] and not _opens(page, page.words[at - 1])) or small[at - 1] in title):
            found.add(small[at])
    return frozenset(found - organisation_words())


def _opens(page: Page, word: Word) -> bool:
    sentence = page.sentence_at(word.start)
    return sentence is not None and sentence.word_at(word.start) == 0


def _may_be_name(page: Page, words: Sequence[Word]) -> Iterator[bool]:
    """Of each word whether no list knows it; a small letter at its start tells only where the text has capitals."""
    common = page.reference.lexicon.words["common"]
    for word in words:
        plain = _plain(page, word)
        odd = _odd(page, word, plain) if page.small else plain[0].isupper()
        known = not odd or plain.lower() in common or any(page.known_in(word.start, word.end))
        yield not known and not _counts(page, word)


def _odd(page: Page, word: Word, plain: str) -> bool:
    """True of a word in a text without capitals that is in no list and does not describe by its ending."""
    lexicon = page.reference.lexicon
    if not plain.isalpha() or plain.endswith(_DESCRIBING) or plain in lexicon.allow | lexicon.stop:
        return False
    return not any(True for _ in lexicon.find([plain]))


def _counts(page: Page, word: Word) -> bool:
    """True of a word that begins a count: "Two", "Dozens", "About"."""
    sentence = page.sentence_at(word.start)
    return sentence is not None and begins_count(sentence, sentence.word_at(word.start), page.reference.lexicon)


def _plain(page: Page, word: Word) -> str:
    return page.article.text[word.start : word.end]
