"""Words as the network counts them: runs of letters and digits, and each other sign by itself."""

from __future__ import annotations

import re
from typing import NamedTuple

# As BERT's own splitting (Devlin et al. 2019): its word pieces never cross these bounds.
_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")


class Word(NamedTuple):
    """Where a word stands: first character, character after the last."""

    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words of a text in order."""
    return [Word(*match.span()) for match in _WORD.finditer(text)]
