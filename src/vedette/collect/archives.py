"""WARC and ARC: the pages, texts, PDFs and feeds of a web archive, each with its own date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from vedette.collect.origin import Origin, host_of, issue_of, moment
from vedette.collect.payload import Message, media_type
from vedette.collect.records import Record, arc_records, warc_records
from vedette.collect.sniff import Form, form_of
from vedette.collect.streams import Opened
from vedette.model.errors import FormatError, InputError
from vedette.model.nouns import Capture, Issue

_PAGES = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")
# Servers name feeds in many ways, and name PDFs not at all; what these are is told from the bytes alone.
_MAYBE = (
    "",
    "application/octet-stream",
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/xml",
    "text/xml",
)
_ITEMS = (Form.HTML, Form.TEXT, Form.PDF, Form.FEED)


def captures_of_warc(stream: Opened, origin: Origin) -> Iterator[Capture | Issue]:
    """One capture a whole response, resource or conversion record; an issue for each that is broken."""
    yield from _captures(warc_records(stream, origin.limits.max_bytes), stream, origin)


def captures_of_arc(stream: Opened, origin: Origin) -> Iterator[Capture | Issue]:
    """One capture a whole record; an issue for each that is broken."""
    yield from _captures(arc_records(stream, origin.limits.max_bytes), stream, origin)


def _captures(records: Iterator[Record], stream: Opened, origin: Origin) -> Iterator[Capture | Issue]:
    seen = 0
    for record in records:
        seen += 1
        try:
            if record.gap:
                yield origin.issue(record.gap, f"byte {record.at}")
            elif capture := _capture(record, origin):
                yield capture
        except InputError as error:
            yield issue_of(error, origin.at)
    if stream.broken:
        yield origin.issue(f"{stream.broken}: what is whole was kept; fetch it again for the rest")
    elif not seen:
        yield origin.issue("holds no records: is it a web archive?")


def _capture(record: Record, origin: Origin) -> Capture | None:
    # wget puts the address in angle brackets, after an old misreading of the standard.
    url = record.headers.get("warc-target-uri", "").strip("<>")
    if record.headers.get("warc-type") not in ("response", "resource", "conversion") or not _is_page(url):
        return None
    subject = f"{origin.url} byte {record.at} ({url})"
    body = record.body or b""
    declared, charset = media_type(record.headers.get("content-type", ""))
    if body.startswith(b"HTTP/") or declared == "application/http":
        message = Message.parsed(body, subject)
        declared, charset = media_type(message.headers.get("content-type", ""))
        if not 200 <= message.status < 300:
            return None
        if declared in _PAGES + _MAYBE:
            body = message.body(origin.limits, subject)
    if declared not in _PAGES + _MAYBE or not body.strip():
        return None
    form = _form(body, declared, subject)
    if form is None:
        return None
    return origin.capture(
        body,
        with_charset(form, charset),
        source=host_of(url),
        url=url,
        fetched_at=_when(record.headers.get("warc-date", "")),
    )


def with_charset(form: Form, charset: str) -> str:
    """The media type of a page or text, with the character set where its server told one."""
    return f"{form}; charset={charset}" if charset and form in (Form.HTML, Form.TEXT) else form.value


def _form(body: bytes, declared: str, subject: str) -> Form | None:
    try:
        form = form_of(body[:65536], subject, declared)
    except FormatError:
        if declared in _MAYBE:
            return None  # an image or some other XML that its server did not name
        raise
    if form in _ITEMS:
        return None if form is Form.TEXT and declared in _MAYBE else form
    return Form.TEXT if declared == "text/plain" else None


def _is_page(url: str) -> bool:
    """False for what crawlers keep about themselves and their rules."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https", "ftp", "file") and parts.path != "/robots.txt"


def _when(told: str) -> datetime | None:
    """WARC-Date, or the fourteen digits of an ARC."""
    if re.match(r"\d{14}", told):
        try:
            return datetime.strptime(told[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        except ValueError:
            return None
    return moment(told)
