"""RSS, RDF and Atom: one item for each entry that says something."""

from __future__ import annotations

import calendar
import logging
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from vedette.model.errors import FormatError
from vedette.text.dates import utc_of
from vedette.text.draft import Draft
from vedette.text.prose import letters_in, one_line, plain

if TYPE_CHECKING:
    from vedette.model.nouns import Capture

_QUIET = logging.NullHandler()


def open_feed(capture: Capture) -> list[Draft]:
    """The entries of a feed that hold any text, in its order; a feed cut short gives what is whole."""
    import feedparser

    logging.getLogger("feedparser").addHandler(_QUIET)
    # A stream, because feedparser would fetch or open a string that looks like an address or a path.
    feed = feedparser.parse(BytesIO(capture.body), resolve_relative_uris=False, sanitize_html=False)
    if not feed.get("version") and not feed.entries:
        raise FormatError(capture.url, "is not a feed; no RSS, RDF or Atom element was found")
    site = one_line(plain(feed.feed.get("title") or ""))
    drafts = [_draft(entry, capture, site) for entry in feed.entries]
    told = [draft for draft in drafts if letters_in(draft.title + draft.body, 1)]
    if not told:
        raise FormatError(capture.url, "is a feed without any entry that holds text")
    return told


def _draft(entry: Any, capture: Capture, site: str) -> Draft:
    link = entry.get("link") or ""
    return Draft(
        body=_body(entry),
        title=one_line(plain(entry.get("title") or "")),
        published=_published(entry),
        url=urljoin(capture.url, link) if link else "",
        site=site,
    )


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
