"""Plain text files."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from vedette.text.charset import decode
from vedette.text.draft import Draft
from vedette.text.prose import clean, hyphenated, keeps_hyphen

if TYPE_CHECKING:
    from vedette.model.nouns import Capture

_BROKEN = re.compile(r"(?<![\w-])([^\W\d_]{2,})[-\u2010]\n([^\W\d_]\S*) *\n?")
_LONGEST_TITLE = 200  # Characters; the longest of 6,593 news headlines in data/news_rss_2021 has 143.


def open_plain(capture: Capture) -> list[Draft]:
    """The text of a file; its first line is the title where it stands alone and is not a sentence.

    Character references ("&quot;") that a careless export has left are resolved.
    """
    _, _, parameters = capture.media_type.partition(";")
    declared = parameters.partition("charset=")[2].strip(" \"'")
    text = _healed(clean(html.unescape(decode(capture.url, capture.body, declared))))
    title, blank, body = text.partition("\n\n")
    if blank and "\n" not in title and len(title) <= _LONGEST_TITLE and not title.endswith((".", "。", "।", "۔")):
        return [Draft(body, title)]
    return [Draft(text)]


def _healed(text: str) -> str:
    """The text with the words whole that line ends broke."""
    if "-\n" not in text and "\u2010\n" not in text:
        return text
    whole = hyphenated(text)

    def heal(broken: re.Match[str]) -> str:
        left, right = broken.groups()
        return f"{left}{'-' * keeps_hyphen(left, right, whole)}{right}\n"

    return _BROKEN.sub(heal, text)
