"""Where a quote stands in a text; what is not there has no place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Bound = tuple[int, int]

MOST_QUOTE = 300  # characters: a quote is a few words, never a paragraph
_SIGNS = str.maketrans("‘’‚‛“”„‟«»‹›`´", "''''\"\"\"\"\"\"''''")


class Quotes:
    """Looks for quotes in the characters `start` to `end` of a text."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._start, self._end = start, end
        self._folded, self._offsets = _folded(text[start:end])

    def places(self, quote: str) -> Sequence[Bound]:
        """Where a quote stands as whole words: letter by letter, else but for white space and the form of quote marks.

        Empty where it does not stand, is empty or is no short piece of text.
        """
        wanted = quote.strip()
        if not wanted or len(wanted) > MOST_QUOTE:
            return []
        exact = [(at, at + len(wanted)) for at in _all(self._text, wanted, self._start, self._end)]
        return [bound for bound in exact or self._loose(wanted) if self._whole(*bound)]

    def _loose(self, quote: str) -> list[Bound]:
        wanted, _ = _folded(quote)
        found = _all(self._folded, wanted, 0, len(self._folded))
        return [
            (self._start + self._offsets[at], self._start + self._offsets[at + len(wanted) - 1] + 1) for at in found
        ]

    def _whole(self, start: int, end: int) -> bool:
        """True where no word is cut."""
        text = self._text
        cut_before = start > 0 and text[start].isalnum() and text[start - 1].isalnum()
        cut_after = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
        return not (cut_before or cut_after)


def nearest(places: Sequence[Bound], to: int) -> Bound:
    """The place that is nearest to a character, the earlier of two."""
    return min(places, key=lambda place: abs(place[0] - to))


def _all(text: str, wanted: str, start: int, end: int) -> Iterator[int]:
    at = text.find(wanted, start, end)
    while at != -1:
        yield at
        at = text.find(wanted, at + 1, end)


def _folded(text: str) -> tuple[str, list[int]]:
    """The text with straight quote marks and each run of white space as one blank, and where each sign comes from."""
    signs: list[str] = []
    offsets: list[int] = []
    for at, sign in enumerate(text.translate(_SIGNS)):
        blank = sign.isspace()
        if blank and signs and signs[-1] == " ":
            continue
        signs.append(" " if blank else sign)
        offsets.append(at)
    return "".join(signs), offsets
