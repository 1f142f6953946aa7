"""Clean prose: markup away, characters repaired, paragraphs kept."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ftfy import TextFixerConfig

_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028]")
# Controls, soft hyphens, byte order marks, and the marks that make text read in another order than it is stored.
# Zero-width joiners and spaces stay where Persian and Burmese are spelt with them, which is not beside ASCII.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\ufeff\u202a-\u202e\u2066-\u2069]"
    r"|(?<=[\x09-\x7e])[\u200b-\u200f\u2060]+|[\u200b-\u200f\u2060]+(?=[\x09-\x7e])"
)
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_GAPS = re.compile(r"\n{3,}")
_TAG = re.compile(r"<[a-zA-Z/!]")
_ENDS = {"br": "\n", "li": "\n", "tr": "\n", "dt": "\n", "dd": "\n", "td": " ", "th": " "}
_BLOCK = re.compile(
    "p|div|ul|ol|dl|table|h[1-6]|blockquote|pre|hr|figure|figcaption|address|form|body|section|article|header|footer|main|aside"
)
_KEEP_HYPHEN = frozenset({"al", "el", "anti", "non", "pro", "self", "ex", "co", "counter", "semi"})
_SILENT = frozenset({"script", "style", "template", "noscript", "head", "iframe", "svg", "object"})


def clean(text: str) -> str:
    """The same words with mojibake repaired, NFC, Unix line ends, no unseen characters, one blank line at most."""
    if not text.isascii():
        text = _repaired(_SURROGATES.sub("\ufffd", text)).replace("\u2029", "\n\n")
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", _BREAKS.sub("\n", text)))
    lines = (line.strip(" \t\u00a0") for line in text.split("\n"))
    return _GAPS.sub("\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """The cleaned text with every run of white space made one space."""
    return " ".join(clean(text).split())


def bare(text: str) -> str:
    """The words alone, to compare two tellings of one title."""
    return re.sub(r"\W+", " ", text).strip().casefold()


def hyphenated(text: str) -> frozenset[str]:
    """The words of a text that are written with a hyphen."""
    return frozenset(re.findall(r"\w+-\w+", text))


def keeps_hyphen(left: str, right: str, whole: frozenset[str]) -> bool:
    """True where the hyphen at the end of a line is the word's own: `right` goes on from `left` on the next line."""
    rest = re.match(r"\w*", right)
    return not right[:1].islower() or left.lower() in _KEEP_HYPHEN or f"{left}-{rest.group() if rest else ''}" in whole


def letters_in(text: str, enough: int) -> bool:
    """True where the text has at least `enough` letters or digits."""
    return sum(1 for _, char in zip(range(enough), filter(str.isalnum, text), strict=False)) >= enough


def plain(fragment: str) -> str:
    """The words of an HTML fragment, to be cleaned yet, blank lines between paragraphs; other text is unescaped."""
    if not _TAG.search(fragment):
        return html.unescape(fragment) if "&" in fragment else fragment
    return _walked(fragment)


def _walked(fragment: str) -> str:
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    tree = etree.fromstring(_SURROGATES.sub("\ufffd", fragment).replace("\0", "").encode(), parser)
    if tree is None or not isinstance(tree.tag, str):  # A fragment of nothing but comments.
        return ""
    pieces: list[str] = []
    silent = 0
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        start = event == "start"
        silent += (1 if start else -1) * (tag in _SILENT)
        pieces.append("\n\n" if _BLOCK.fullmatch(tag) else "" if start else _ENDS.get(tag, ""))
        words = node.text if start else node.tail
        if words and not silent:
            pieces.append(_spaced(words))
    return "".join(pieces)


def _spaced(words: str) -> str:
    """Source line ends mean nothing in HTML."""
    return re.sub(r"[ \t\r\n\f]+", " ", words)


def _repaired(text: str) -> str:
    from ftfy import fix_text

    return fix_text(text, _repair_only())


@cache
def _repair_only() -> TextFixerConfig:
    """Mojibake repair without the fixes that would change right characters, such as curly quotes."""
    from ftfy import TextFixerConfig

    return TextFixerConfig(
        unescape_html=False,
        uncurl_quotes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        normalization=None,
        explain=False,
    )
