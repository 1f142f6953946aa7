"""RSS, RDF and Atom: one item for each entry that says something."""

from __future__ import annotations

import calendar
import logging
import re
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from vedette.model.errors import FormatError
from vedette.text.charset import decode
from vedette.text.dates import utc_of
from vedette.text.draft import Draft
from vedette.text.prose import letters_in, one_line, plain

if TYPE_CHECKING:
    from vedette.model.nouns import Capture

_QUIET = logging.NullHandler()
_PROLOG = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)""")
_REFERENCE = re.compile(r"&#([xX][0-9a-fA-F]{1,12}|[0-9]{1,12});")


def open_feed(capture: Capture) -> list[Draft]:
    """The entries of a feed that hold any text, in its order; a feed cut short gives what is whole."""
    import feedparser

    logging.getLogger("feedparser").addHandler(_QUIET)
    # A stream, because feedparser would fetch or open a string that looks like an address or a path.
    feed = feedparser.parse(BytesIO(_repaired(capture)), resolve_relative_uris=False, sanitize_html=False)
    if not feed.get("version") and not feed.entries:
        raise FormatError(capture.url, "is not a feed; no RSS, RDF or Atom element was found")
    site = one_line(plain(feed.feed.get("title") or ""))
    drafts = [_draft(entry, capture, site) for entry in feed.entries]
    told = [draft for draft in drafts if letters_in(draft.title + draft.body, 1)]
    if not told:
        raise FormatError(capture.url, "is a feed without any entry that holds text")
    return told


def _repaired(capture: Capture) -> bytes:
    """The feed in UTF-8, as its one broken byte or reference would fail the whole parse."""
    declared = _PROLOG.match(capture.body)
    text = decode(capture.url, capture.body, declared.group(1).decode() if declared else "")
    return _REFERENCE.sub(_valid, re.sub(r"^\s*<\?xml[^>]*>", "", text)).encode("utf-8", "replace")


def _valid(reference: re.Match[str]) -> str:
    """A reference to a character that exists; half of an emoji, as sloppy feeds have it, fails the whole parse."""
    told = reference.group(1)
    code = int(told[1:], 16) if told[:1] in "xX" else int(told)
    return "&#xFFFD;" if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else reference.group()


def _draft(entry: Any, capture: Capture, site: str) -> Draft:
    return Draft(
        body=_body(entry),
        title=one_line(plain(entry.get("title") or "")),
        published=_published(entry),
        url=_address(capture.url, entry.get("link") or ""),
        site=site,
    )


def _address(base: str, link: str) -> str:
    try:
        return urljoin(base, link) if link else ""
    except ValueError:  # No address at all; the entry is still worth having.
        return ""


def _body(entry: Any) -> str:
    """The longest of what the entry tells: a full text goes before its summary."""
    told = [content.get("value") or "" for content in entry.get("content") or ()]
    told.append(entry.get("summary") or "")
    return max(map(plain, told), key=len)


def _published(entry: Any) -> datetime | None:
    for name in ("published", "updated"):
        # Past feedparser's own `get`, which warns that it answers one date for the other.
        parsed, told = dict.get(entry, f"{name}_parsed"), dict.get(entry, name)
        moment = datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else utc_of(told)
        if moment:
            return moment
    return None
