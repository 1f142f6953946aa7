"""One way to write a name, so that spellings that differ only in marks meet."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that NFKD leaves whole.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ə": "a", "ŋ": "n"}
)
_DROPPED = re.compile("['’‘ʼʻ`´′ʹʿʾ.\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_BREAKS = re.compile(r"[^\w&]+|_+")


@lru_cache(1 << 16)
def fold(name: str) -> str:
    """The name in lower case, without diacritics, apostrophes and full stops; all else between words is one blank."""
    if name.isascii():
        if name.isalpha():
            return name.lower()
        plain = name.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", name.casefold())
        plain = "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_LETTERS)
    return _BREAKS.sub(" ", _DROPPED.sub("", plain)).strip()
