"""Which of the names that GeoNames holds for a place are names that people write."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from vedette.model.text import safe_text
from vedette.reference.folding import fold, without_unseen

ITS_OWN, ANOTHER, BARE = range(3)  # how well a place goes by a name; bare is an area's less its "County"
SHORTEST = 2  # letters of a folded name: one letter means no place
# What GeoNames hangs on an area's name and reports leave off or set apart.
AREA_SUFFIX = re.compile(
    r"\s+(?:province|department|governorate|region|state|oblast|district|county|municipality|prefecture|division"
    r"|canton|voivodeship|parish|republic|krai|territory|rayon|raion|borough)$",
    re.IGNORECASE,
)
# Countries whose names reach GeoNames by transliteration.
_OTHER_SCRIPTS = (
    "AE AF AM BD BG BH BT BY CN CY DJ DZ EG EH ER ET GE GR IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK LY MA MK MM MN "
    "MR NP OM PK PS QA RS RU SA SD SO SY TH TJ TM TN TW UA UZ YE"
)
_DIGIT = re.compile(r"\d")
# Latin, Greek, Cyrillic and Armenian write names with a capital; the scripts after them have none.
_CASELESS = "\u0590"


def shown(name: str, country: str) -> str:
    """The name as English reports print it: without scholars' marks where the country does not write Latin letters."""
    name = safe_text(without_unseen(name)).strip()
    if country not in _OTHER_SCRIPTS or name.isascii():
        return name
    plain = unicodedata.normalize("NFKD", re.sub("[ʻʼ‘’`´]", "'", name))
    return "".join(char for char in plain if not unicodedata.combining(char)).strip("' ").replace("''", "'")


def names_of(own: Iterable[str], others: Iterable[str]) -> dict[str, int]:
    """The folded names that lead to a place, each with the best of its ranks."""
    found: dict[str, int] = {}
    for rank, names in ((ITS_OWN, own), (ANOTHER, others)):
        for name in names:
            add_name(found, name, rank)
    return found


def add_name(names: dict[str, int], name: str, rank: int) -> None:
    """Adds a name unless its fold is too short to mean one place or is known with a better rank."""
    folded = fold(name)
    if len(folded) >= SHORTEST and rank < names.get(folded, 9):
        names[folded] = rank


def written(names: Iterable[str]) -> Iterator[str]:
    """The names without machine transliterations (`kndhar`, `kuniduዝ`), codes of airports (`KDH`) and postal codes."""
    return filter(_is_written, names)


def _is_written(name: str) -> bool:
    scripts = {_script(char) for char in name if char.isalpha()}
    if not scripts or len(scripts) > 1 or _DIGIT.search(name):
        return False
    if name[0] >= _CASELESS:
        return True
    return len(name) > 2 and not name[0].islower() and not name.isupper()


@lru_cache(1 << 14)
def _script(char: str) -> str:
    """The script of a letter by its Unicode name; marks of other alphabets that Latin borrows are Latin."""
    if char < "\u0250" or char in "ʻʼʹʿʾ":
        return "LATIN"
    first = unicodedata.name(char, "?").split()[0]
    return {"KATAKANA-HIRAGANA": "CJK", "KATAKANA": "CJK", "HIRAGANA": "CJK", "IDEOGRAPHIC": "CJK"}.get(first, first)
