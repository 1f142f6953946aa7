"""The English of an article: what a reader of English reads of it, and what it leaves unread."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from vedette.model.nouns import Article
from vedette.reference.languages import likeliest, words_alone
from vedette.reference.lexicon import Lexicon

_GRAMMAR = 0.1  # of the words, made for English and no other language: no paragraph in another language has as many
_KNOWN = 0.25  # of the words, these and those of the lexicon
_BOTH = 0.35  # the two together; of 1,378 English sentences 96% have as many, of 271 Spanish titles none
_FEW = 8  # words without a capital; where fewer stand, it may be a heading or names
_LEAST = 3  # words of a paragraph that is read though its article is in another language
_FOREIGN = 0.7  # probability of another language from which on a paragraph is left
_SOUNDS = 0.25  # probability of English that is enough where no language is told
_SAMPLE = 1000  # characters
# A blank line; or a line end after a line too long to be wrapped.
_BREAK = re.compile(r"\n\s*\n|(?<=[^\n]{150})\n")
# Eight letters of other scripts with no Latin letter between them; a name or two in brackets stay.
_LATIN = "a-zA-Z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff\ufb00-\ufb06"
_OTHER_SCRIPT = re.compile(rf"[^\W\d_{_LATIN}](?:[\W\d_]*[^\W\d_{_LATIN}]){{7,}}")
_LETTER = re.compile(rf"[{_LATIN}]")
LEFT = "\ufffc"  # stands before the blanks: no date, name or phrase reaches over it
_SIGNS = ".,;:!?…\"'“”‘’()[]*"


def unread_because(article: Article, lexicon: Lexicon, reader: str) -> str:
    """Why an article is not read, empty where some of it is English or it says nothing at all."""
    text = _one_script(article.text)
    stays = _judge(article, text, lexicon)
    read = any(_LETTER.search(text, *bound) and stays(*bound) for bound in _paragraphs(text))
    return "" if read or not any(map(str.isalpha, article.text)) else f"language {article.lang}: {reader} reads en"


def english_part(article: Article, lexicon: Lexicon) -> Article:
    """The article with `LEFT` and blanks for what is in other languages, so that all else stands where it stood."""
    text = _one_script(article.text)
    stays = _judge(article, text, lexicon)
    text = _blanked(text, [bound for bound in _paragraphs(text) if not stays(*bound)])
    return article if text == article.text else replace(article, text=text)


def _judge(article: Article, text: str, lexicon: Lexicon) -> Callable[[int, int], bool]:
    """What tells of the characters of a paragraph if it is read; `text` is the article's without other scripts."""
    lang = article.lang.split("-")[0]
    if lang == "en" or (lang in ("", "und") and _speaks_english(article.text, lexicon)):
        return lambda start, end: _may_be_english(text[start:end], lexicon)
    return lambda start, end: _is_english(article.text[start:end], lexicon)


def _one_script(text: str) -> str:
    """The text without runs in other scripts, nor the numbers and signs left of a line of them."""
    if text.isascii():
        return text
    runs = [match.span() for match in _OTHER_SCRIPT.finditer(text)]
    if not runs:
        return text
    plain = _blanked(text, runs)
    lines = [(match.start(), match.end()) for match in re.finditer(r"[^\n]+", plain)]
    return _blanked(plain, [line for line in lines if _emptied(text, plain, line)])


def _emptied(text: str, plain: str, line: tuple[int, int]) -> bool:
    return plain[slice(*line)] != text[slice(*line)] and not _LETTER.search(plain, *line)


def _blanked(text: str, bounds: Sequence[tuple[int, int]]) -> str:
    """The text with `LEFT` and blanks for all but the line ends between these bounds, which stand in order."""
    pieces, at = [], 0
    for start, end in bounds:
        blank = re.sub(r"[^\n]", " ", text[start:end])
        pieces += [text[at:start], blank.replace(" ", LEFT, 1)]
        at = end
    return "".join([*pieces, text[at:]]) if pieces else text


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _BREAK.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _words(text: str) -> list[str]:
    words = (word.strip(_SIGNS) for word in text.split())
    return [word for word in words if word and word[0].isalpha()]


def _grammar(words: Sequence[str], lexicon: Lexicon) -> float:
    """The share of words that English and no other language is made of."""
    return sum(word.lower() in lexicon.words["english"] for word in words) / max(1, len(words))


def _known(words: Sequence[str], lexicon: Lexicon) -> float:
    """The share of these and of words that the lexicon knows."""
    lower = [word.lower() for word in words]
    known = sum(word in lexicon.words["english"] or (len(word) > 2 and word in lexicon.index) for word in lower)
    return known / max(1, len(words))


def _speaks_english(text: str, lexicon: Lexicon) -> bool:
    """True of a text of undetermined language with enough known words, or that sounds English."""
    if _known(_words(text), lexicon) >= _KNOWN:
        return True
    lang, score = likeliest(words_alone(text[:_SAMPLE]))
    return lang == "en" and score >= _SOUNDS


def _is_english(paragraph: str, lexicon: Lexicon) -> bool:
    """True where the paragraph is English whatever the rest is in."""
    words = _words(paragraph)
    grammar = _grammar(words, lexicon)
    return len(words) >= _LEAST and grammar > 0 and grammar + _known(words, lexicon) >= _BOTH


def _may_be_english(paragraph: str, lexicon: Lexicon) -> bool:
    """False where the paragraph is in another language, though the text is English."""
    words = _words(paragraph)
    if sum(map(str.islower, words)) < _FEW or _grammar(words, lexicon) >= _GRAMMAR:
        return True
    lang, score = likeliest(words_alone(paragraph[:_SAMPLE]))
    return lang == "en" or score < _FOREIGN
