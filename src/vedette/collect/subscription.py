"""What a source of `vedette.toml` has published since it was last visited."""

from __future__ import annotations

import calendar
import glob
import io
import os
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from vedette.collect.inputs import captures_at, is_url, walk
from vedette.collect.items import captures_of
from vedette.collect.limits import Limits, Told, Visit
from vedette.collect.origin import collapsed, issue_of, moment, now
from vedette.collect.sniff import Form
from vedette.model.errors import PolicyError, VedetteError
from vedette.model.nouns import Capture, Issue, Source

if TYPE_CHECKING:
    from vedette.collect.fetch import Fetcher, Page

# Pages that fail so often in a row are down together, or their host does not want us.
_FAILURES = 5

Found = Capture | Issue | Visit


def collect_source(source: Source, visits: Mapping[str, Visit], limits: Limits) -> Iterator[Found]:
    """What is new at a source; a visit comes after what it brought, so a killed run remembers only what it kept."""
    if not source.url:
        yield Issue("collect", source.name, "has no 'url' in vedette.toml: add one to collect it", now())
    elif is_url(source.url):
        from vedette.collect.fetch import Fetcher

        with Fetcher(limits) as fetcher:
            yield from _fetched(source, visits, fetcher)
    else:
        yield from _exported(source, visits, limits)


def _fetched(source: Source, visits: Mapping[str, Visit], fetcher: Fetcher) -> Iterator[Found]:
    at = now()
    try:
        page = fetcher.get(source.url, visits.get(source.url))
    except VedetteError as error:
        yield issue_of(error, at)
        return
    whole = True
    if page.status != 304:
        feeds = []
        for found in _captures(page, Told(source.name), fetcher.limits):
            yield found
            if isinstance(found, Capture) and found.media_type == Form.FEED:
                feeds.append(found)
        for feed in feeds if source.follow else ():
            whole = yield from _followed(feed, visits, fetcher)
    # Without its ETag the feed is sent again next time, and with it the links that failed now.
    yield page.visit if whole else replace(page.visit, etag="", last_modified="")


def _captures(page: Page, told: Told, limits: Limits) -> Iterator[Capture | Issue]:
    yield from collapsed(captures_of(io.BytesIO(page.body), page.origin(told, limits)), page.url)


def _followed(feed: Capture, visits: Mapping[str, Visit], fetcher: Fetcher) -> Generator[Found, None, bool]:
    """The pages that a feed links to and that were not yet visited; true where each was kept, gone or refused."""
    new = [entry for entry in entries_of(feed) if entry.url not in visits]
    most = fetcher.limits.max_entries
    if len(new) > most:
        yield Issue("collect", feed.url, f"links to {len(new)} new pages: the first {most} are fetched now", now())
    whole, failed = len(new) <= most, 0
    for entry in new[:most]:
        if failed == _FAILURES:
            yield Issue("collect", feed.url, f"{failed} pages in a row failed: the others wait for the next run", now())
            return False
        try:
            page = fetcher.get(entry.url)
        except VedetteError as error:
            yield issue_of(error, now())
            status = getattr(error, "status", 0)
            if status:
                yield Visit(entry.url, "", "", now(), status)
            else:
                whole = whole and isinstance(error, PolicyError)
                failed += 1
            continue
        failed = 0
        for found in _captures(page, Told(feed.source, entry.published), fetcher.limits):
            yield replace(found, title=found.title or entry.title) if isinstance(found, Capture) else found
        yield page.visit
    return whole


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed: where its page is, and what the feed says of it."""

    url: str
    title: str = ""
    published: datetime | None = None


def entries_of(feed: Capture) -> list[Entry]:
    """The entries of a feed that link to a web page, each page once, in the order of the feed."""
    import feedparser

    # A stream, not bytes: feedparser would take bytes that look like an address or a path for one, and open it.
    parsed = feedparser.parse(io.BytesIO(feed.body), response_headers={"content-location": feed.url})
    entries: dict[str, Entry] = {}
    for told in parsed.entries:
        url = str(told.get("link", ""))
        if url.startswith(("http://", "https://")):
            # dict.get, for feedparser's own warns and lends one date to the other.
            when = dict.get(told, "published_parsed") or dict.get(told, "updated_parsed")
            published = moment(calendar.timegm(when)) if when else None
            entries.setdefault(url, Entry(url, str(told.get("title", "")), published))
    return list(entries.values())


def _exported(source: Source, visits: Mapping[str, Visit], limits: Limits) -> Iterator[Found]:
    names = sorted(glob.glob(source.url, recursive=True)) if glob.has_magic(source.url) else [source.url]
    if not names:
        yield Issue("collect", source.url, "matches no file: look at the path in vedette.toml", now())
    for path in (path for name in names for path in walk(name)):
        stamp, at, kept, failed = _stamp(path), now(), 0, 0
        if stamp and path in visits and visits[path].etag == stamp:
            continue
        for found in collapsed(captures_at(path, Told(source.name), limits), path):
            yield found
            kept += isinstance(found, Capture)
            failed += isinstance(found, Issue)
        if stamp and (kept or not failed):
            yield Visit(path, stamp, "", at, 0)


def _stamp(path: str) -> str:
    """The size and time of a file, which change when it does; empty where there is none."""
    try:
        told = os.stat(path)
    except (OSError, ValueError):
        return ""
    return f"{told.st_size}-{told.st_mtime_ns}"
