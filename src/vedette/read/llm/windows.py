"""A text in pieces of whole sentences that one question can hold."""

from __future__ import annotations

from collections.abc import Iterator

from vedette.read.sentences import split_sentences

MOST = 6_000  # characters: about 1,500 word pieces, so that rules, text and answer fit the context of a small model

Bound = tuple[int, int]


def windows_of(text: str, most: int = MOST) -> list[Bound]:
    """First and last character of each piece, in order; they cover every sentence, and none is longer than `most`."""
    found: list[Bound] = []
    for start, end in _pieces(text, most):
        if found and end - found[-1][0] <= most:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _pieces(text: str, most: int) -> Iterator[Bound]:
    """The sentences; one that is too long in pieces that end with a word where they can."""
    for start, end, _ in split_sentences(text):
        begin = start
        while end - begin > most:
            gap = max(text.rfind(space, begin + 1, begin + most) for space in (" ", "\n"))
            cut = gap if gap > begin else begin + most
            yield begin, cut
            begin = cut
        yield begin, end
