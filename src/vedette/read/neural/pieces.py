"""Words → word pieces, and the windows that the network sees of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from vedette.read.neural.decoding import Ints
from vedette.read.words import Word

CLS, SEP, PAD, UNKNOWN = 101, 102, 0, 100
MOST = 508  # word pieces of one window, without its two ends
PER_WORD = 8  # of a longer word the first pieces
KEPT = 50_000  # words whose pieces are remembered


class Stretch(NamedTuple):
    """Words `first` up to `after` as the network sees them: their pieces, and the place of each word's first."""

    first: int
    after: int
    pieces: list[int]
    firsts: list[int]


class Pieces:
    """The word pieces of a vocabulary (Schuster and Nakajima 2012)."""

    def __init__(self, file: Path) -> None:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(file))
        tokenizer.no_padding()
        tokenizer.no_truncation()

        @lru_cache(KEPT)
        def pieces(word: str) -> tuple[int, ...]:
            return tuple(tokenizer.encode(word, add_special_tokens=False).ids[:PER_WORD]) or (UNKNOWN,)

        self.of_word = pieces

    def stretches(self, words: Sequence[str], ends: frozenset[int], most: int = MOST) -> Iterator[Stretch]:
        """The words in stretches of at most so many pieces that end with a sentence where they can.

        `ends` are the last words of sentences.
        """
        pieces = [self.of_word(word) for word in words]
        start = 0
        while start < len(words):
            after = _end_of(pieces, ends, start, most)
            yield _stretch(pieces[start:after], start)
            start = after


def _stretch(pieces: Sequence[Sequence[int]], first: int) -> Stretch:
    ids, firsts = [CLS], []
    for each in pieces:
        firsts.append(len(ids))
        ids += each
    return Stretch(first, first + len(pieces), [*ids, SEP], firsts)


def _end_of(pieces: Sequence[Sequence[int]], ends: frozenset[int], start: int, most: int) -> int:
    """The word after a stretch's last: after a sentence, unless that left the stretch less than a third full."""
    after, size, good = start, 0, start
    while after < len(pieces) and size + len(pieces[after]) <= most:
        size += len(pieces[after])
        after += 1
        if after - 1 in ends:
            good = after
    return good if after < len(pieces) and good > start + (after - start) // 3 else after


def sentences_of(text: str, words: Sequence[Word]) -> Ints:
    """The number of the sentence that each word stands in, from 0."""
    ends = sentence_ends(text, words)
    return np.cumsum([0, *(place in ends for place in range(len(words) - 1))], dtype=np.int64)[: len(words)]


def sentence_ends(text: str, words: Sequence[Word]) -> frozenset[int]:
    """The words after which a sentence ends: a stop before white space and a capital, or an empty line.

    A text without small letters, or without capitals, has ends wherever a stop stands before white space.
    """
    uncased = text in (text.lower(), text.upper())
    ends = set()
    for place, (word, after) in enumerate(pairwise(words)):
        gap = text[word.end : after.start]
        stop = gap and text[word.start : word.end] in ".!?"
        if (stop and (uncased or not text[after.start].islower())) or "\n\n" in gap:
            ends.add(place)
    return frozenset(ends)
