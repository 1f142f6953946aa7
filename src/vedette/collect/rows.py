"""Articles as JSON: one object a line, or an array of objects in one document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from vedette.collect.origin import Origin, moment
from vedette.collect.sniff import Form
from vedette.collect.streams import Opened, too_large
from vedette.model.nouns import Capture, Issue


class _Row(msgspec.Struct):
    """The keys under which people keep an article; others are left alone."""

    title: Any = None
    text: Any = None
    body: Any = None
    content: Any = None
    description: Any = None
    summary: Any = None
    published: Any = None
    published_at: Any = None
    date: Any = None
    url: Any = None
    link: Any = None
    source: Any = None
    publisher: Any = None
    channel: Any = None

    @property
    def readable(self) -> bool:
        """True where the row has a title or a text."""
        told = (self.title, self.text, self.body, self.content, self.description, self.summary)
        return any(isinstance(value, str) and value.strip() for value in told)


_ROWS = msgspec.json.Decoder(_Row)


def captures_of_lines(stream: Opened, origin: Origin) -> Iterator[Capture | Issue]:
    """One capture a line whose body is the line's bytes; an issue for each line that is no article."""
    number = 0
    while line := stream.readline(origin.limits.max_bytes + 1):
        number += 1
        if len(line) > origin.limits.max_bytes:
            yield origin.issue(too_large("", None, origin.limits).remedy, f"line {number}")
            while line and not line.endswith(b"\n"):
                line = stream.readline(origin.limits.max_bytes)
            continue
        if stream.broken and not line.endswith(b"\n"):
            number -= 1  # the half line before the break, which is told below
            break
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        line = line.rstrip(b"\r\n")
        if line.strip():
            yield capture_of_row(line, origin, f"line {number}", number)
    if stream.broken:
        yield origin.issue(f"{stream.broken}: the {number} lines before were kept where whole; fetch it again")


def capture_of_row(raw: bytes, origin: Origin, part: str, number: int) -> Capture | Issue:
    """The capture of one JSON object, or the issue that says why it is none."""
    try:
        row = _ROWS.decode(raw)
    except msgspec.ValidationError as error:
        return origin.issue(
            f"is not an article ({_said(error)}): one JSON object with a title or a text is needed", part
        )
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return origin.issue(f"is not valid JSON ({_said(error)}): mend or remove it", part)
    if not row.readable:
        return origin.issue("has neither a 'title' nor a 'text': name one of its keys so", part)
    return origin.capture(
        raw,
        Form.ARTICLE,
        source=_name(row.source) or _name(row.publisher) or _name(row.channel) or origin.stem,
        url=_name(row.url) or _name(row.link) or f"{origin.url}#{number}",
        published=moment(row.published) or moment(row.published_at) or moment(row.date),
        title=_name(row.title),
    )


def _said(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8"
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return str(error).removeprefix("JSON is malformed: ")


def _name(value: object) -> str:
    """A told name or address; NewsAPI nests a source's name in an object."""
    if isinstance(value, dict):
        value = value.get("name")
    return value.strip() if isinstance(value, str) else ""
