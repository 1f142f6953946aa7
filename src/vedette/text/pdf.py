"""PDF files with a text layer: running heads away, lines joined to paragraphs, broken words healed."""

from __future__ import annotations

import logging
import re
from collections import Counter
from io import BytesIO
from typing import TYPE_CHECKING

from vedette.model.errors import FormatError
from vedette.text.draft import Draft
from vedette.text.prose import bare, hyphenated, keeps_hyphen, letters_in, one_line

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

    from vedette.model.nouns import Capture

_QUIET = logging.NullHandler()
_PAGE_NUMBER = re.compile(r"\W*(page|p\.|seite|página|стр\.?)?\s*\d{1,4}(\s*(/|of|de|von|из)\s*\d{1,4})?\W*", re.I)
_BULLET = re.compile(r"[•▪◦●■–—*-]\s|\(?\d{1,2}[.)]\s")
_SENTENCE_END = re.compile(r"[.!?:;…。؟।][\"'”’»)\]]*$")
_BROKEN_WORD = re.compile(r"([^\W\d_]+)([-\u2010\u00ad])$")
_TITLE_LINES = 20  # A title stands on the first page, below a letterhead at most.
_FULL_LINE = 0.75  # Of the page's usual line: a shorter line that ends a sentence ends its paragraph.
_HEADING = 0.6  # A line shorter than this before a capital is a heading, or the ragged end of a list item.


def open_pdf(capture: Capture) -> list[Draft]:
    """The text of a PDF; its own creation date is not when it was published, so it tells none."""
    reader = _reader(capture)
    pages = _without_running_heads([_lines(page, number) for number, page in enumerate(reader.pages, 1)])
    lines = [line for page in pages for line in page]
    if not letters_in("".join(lines), 1):
        raise FormatError(capture.url, "has no text layer: run OCR first")
    title = _title(reader, lines)
    told = [line for number, line in enumerate(lines) if number >= _TITLE_LINES or bare(line) != bare(title)]
    return [Draft("\n\n".join(_joined(told)), title)]


def _reader(capture: Capture) -> PdfReader:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    logging.getLogger("pypdf").addHandler(_QUIET)
    reader = PdfReader(BytesIO(capture.body))
    try:
        locked = reader.is_encrypted and not reader.decrypt("")
    except DependencyError:
        locked = True
    if locked:
        raise FormatError(capture.url, "is encrypted: save a copy without its password and read that")
    return reader


def _lines(page: PageObject, number: int) -> list[str]:
    try:
        return [line.strip() for line in page.extract_text().splitlines()]
    except Exception:  # One broken page must not cost the rest, nor vanish.
        return [f"[page {number} could not be read]"]


def _without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """The pages without page numbers and without the first or last lines that most pages share."""
    told = [[line for line in page if line] for page in pages]
    seen = Counter(edge for page in told for edge in {_mask(line) for line in (*page[:2], *page[-2:])})
    shared = {edge for edge, count in seen.items() if count >= 2 and count * 2 > len(told)}
    return [_trimmed(page, shared) for page in pages]


def _trimmed(page: list[str], shared: set[str]) -> list[str]:
    kept = list(page)
    for end in (0, -1):
        for _ in range(3):
            if kept and (not kept[end] or _PAGE_NUMBER.fullmatch(kept[end]) or _mask(kept[end]) in shared):
                kept.pop(end)
    return kept


def _mask(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _joined(lines: list[str]) -> list[str]:
    """The paragraphs that the lines make up."""
    lengths = sorted(len(line) for line in lines if line) or [0]
    usual = lengths[int(0.8 * (len(lengths) - 1))]
    whole = hyphenated("\n".join(lines))
    paragraphs = [""]
    last = ""
    for line in lines:
        if not line or _starts_paragraph(last, line, usual):
            paragraphs.append(line)
        else:
            paragraphs[-1] = _continued(paragraphs[-1], line, whole)
        last = line
    return [paragraph for paragraph in paragraphs if paragraph]


def _starts_paragraph(last: str, line: str, usual: int) -> bool:
    if _BULLET.match(line) or (last.startswith("[page ") and last.endswith("]")):
        return True
    if len(last) < _FULL_LINE * usual and _SENTENCE_END.search(last):
        return True
    return len(last) < _HEADING * usual and not line[0].islower() and not last.endswith(",")


def _continued(text: str, line: str, whole: frozenset[str]) -> str:
    broken = _BROKEN_WORD.search(text)
    if not broken:
        return f"{text} {line}" if text else line
    left, hyphen = broken.groups()
    keep = hyphen == "-" and keeps_hyphen(left, line, whole)
    return text + line if keep else text[: broken.start(2)] + line


def _title(reader: PdfReader, lines: list[str]) -> str:
    """The title the file carries, where its first lines say the same: many carry a file name instead."""
    told = one_line(str(reader.metadata.title or "") if reader.metadata else "")
    return told if told and bare(told) in bare(" ".join(lines[:_TITLE_LINES])) else ""
