"""One way to write a name, so that spellings that differ only in marks meet."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that NFKD leaves whole.
_LATIN = {
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "ħ": "h",
    "ə": "a",
    "ŋ": "n",
}
# One letter for each that Arabic, Persian, Pashto, Urdu and Kurdish write in their own way, or leave out.
_ARABIC = {
    "ى": "ي", "ی": "ي", "ې": "ي", "ۍ": "ي", "ے": "ي", "ێ": "ي",
    "ک": "ك", "ڪ": "ك", "ګ": "گ", "ة": "ه", "ۃ": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه",
    "ٱ": "ا", "ۆ": "و", "ټ": "ٹ", "ډ": "ڈ", "ړ": "ڑ", "ں": "ن", "ڼ": "ن", "ء": "", "ـ": "",
}  # fmt: skip
_LETTERS = str.maketrans(_LATIN | _ARABIC)
# Apostrophes, Hebrew's geresh, full stops, and what is not seen: soft hyphens, zero widths, directions, variants.
_UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
_UNSEEN_ALONE = re.compile(f"[{_UNSEEN}]+")
_DROPPED = re.compile(f"['’‘ʼʻ`´′ʹʿʾ׳״.{_UNSEEN}]+")
_BREAKS = re.compile(r"[^\w&]+|_+")
# From here on marks are vowels: without them Delhi and Dhaka would be the same consonants.
_VOWEL_SIGNS = "\u0900"


@lru_cache(1 << 16)
def fold(name: str) -> str:
    """The name in lower case, without diacritics, apostrophes and full stops; all else between words is one blank."""
    if name.isascii():
        if name.isalpha():
            return name.lower()
        plain = name.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", name.casefold())
        plain = "".join(filter(_counts, decomposed)).translate(_LETTERS)
        if any(char >= _VOWEL_SIGNS for char in plain):
            return _fold_signs(plain)
    return _BREAKS.sub(" ", _DROPPED.sub("", plain)).strip()


def without_unseen(name: str) -> str:
    """The name without what is not seen of it: zero widths, directions, soft hyphens."""
    return _UNSEEN_ALONE.sub("", name)


def _counts(char: str) -> bool:
    """False of a diacritic of a script whose names are the same without it."""
    return char >= _VOWEL_SIGNS or not unicodedata.combining(char)


def _fold_signs(plain: str) -> str:
    """The same for scripts whose vowels are marks; put together again, as Korean syllables are shorter whole."""
    seen = _DROPPED.sub("", plain)
    kept = (char if char.isalnum() or char == "&" or unicodedata.category(char)[0] == "M" else " " for char in seen)
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())
