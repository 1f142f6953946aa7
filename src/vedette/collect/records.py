"""The records of a WARC or ARC stream: those that are whole, and where the stream is broken.

Our own framing, for fastwarc 2.0 hands out cut records as if they were whole, ends without a word at
32 KiB of rubbish, stops for good at the first bad chunk, and does not know ARC.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from vedette.collect.streams import CHUNK, Opened

_LINE = 64 * 1024
# A length that lies may swallow its neighbours; reading them again is bounded, or a crafted file would take for ever.
_RESCUES = 100
_SCHEME = re.compile(rb"[a-z][a-z0-9+.-]*:", re.I)
_DATE = re.compile(rb"\d{8,20}")

Headers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Record:
    """One record with its headers in lower case; without a body, `gap` says what is wrong at byte `at`."""

    at: int
    headers: Headers
    body: bytes | None = None
    gap: str = ""


def warc_records(stream: Opened, limit: int) -> Iterator[Record]:
    """The records of a WARC stream."""
    source = _Source(stream, limit, lambda line: line.startswith(b"WARC/"), b"\nWARC/")
    return _records(source, lambda _: _warc_headers(source))


def arc_records(stream: Opened, limit: int) -> Iterator[Record]:
    """The records of an ARC stream, as if they were WARC responses; its own description is one of them."""
    source = _Source(stream, limit, lambda line: bool(_arc_headers(line)), b"\nhttp")
    return _records(source, _arc_headers)


class _Source:
    """Bytes that can be pushed back."""

    def __init__(self, stream: Opened, limit: int, is_start: Callable[[bytes], bool], mark: bytes) -> None:
        self._stream = stream
        self._back = io.BytesIO()
        self._rescues = 0
        self.limit = limit
        self.is_start = is_start
        self.mark = mark
        self.at = 0

    def line(self) -> bytes:
        """The next line, or its first 64 KiB."""
        line = self._back.readline(_LINE)
        if not line.endswith(b"\n") and len(line) < _LINE:
            self._back = io.BytesIO()
            line += self._stream.readline(_LINE - len(line))
        self.at += len(line)
        return line

    def body(self, length: int) -> tuple[bytes | None, int]:
        """The next bytes, `None` where they are over the limit, and how many there were."""
        if length > self.limit:
            there = 0
            while there < length and (part := self._read(min(CHUNK, length - there))):
                there += len(part)
            return None, there
        body = self._read(length)
        return body, len(body)

    def _read(self, size: int) -> bytes:
        given = self._back.read(size)
        if len(given) < size:
            self._back = io.BytesIO()
            given += self._stream.read(size - len(given))
        self.at += len(given)
        return given

    def unread(self, data: bytes) -> None:
        """Give back the bytes that were read last."""
        self.at -= len(data)
        if self._back.tell() >= len(data):
            self._back.seek(-len(data), io.SEEK_CUR)
        else:
            self._back = io.BytesIO(data + self._back.read())

    def rescue(self, body: bytes) -> None:
        """Give back what looks like records inside a body whose length lied."""
        found = body.find(self.mark)
        if found >= 0 and self._rescues < _RESCUES:
            self._rescues += 1
            self.unread(body[found + 1 :])


def _records(source: _Source, headers_of: Callable[[bytes], Headers]) -> Iterator[Record]:
    while True:
        at, stray = source.at, 0
        while (line := source.line()) and not source.is_start(line):
            stray += len(line) if line.strip() else 0
        if stray:
            yield Record(at, {}, gap=f"{stray} bytes that belong to no record were skipped")
        if not line:
            return
        yield _record(source, source.at - len(line), headers_of(line))


def _record(source: _Source, at: int, headers: Headers) -> Record:
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) < 16):
        return Record(at, headers, gap=f"a record has the length {length!r}, which is none: it was left out")
    body, there = source.body(int(length))
    if there < int(length):
        source.rescue(body or b"")
        return Record(at, headers, gap=f"a record is cut after {there} of its {length} bytes: it was left out")
    after = source.line()
    if after.strip():
        source.unread(after)
        if not source.is_start(after):
            source.rescue(body or b"")
            return Record(at, headers, gap=f"a record is longer or shorter than the {length} bytes it tells of")
    return Record(at, headers, body, "" if body is not None else f"a record of {length} bytes is over the limit")


def _warc_headers(source: _Source) -> Headers:
    headers: Headers = {}
    name = ""
    end = source.at + _LINE
    while source.at < end and (line := source.line()).strip():
        text = line.decode("utf-8", "replace")
        if text[0] in " \t":
            headers[name] = f"{headers.get(name, '')} {text.strip()}"
            continue
        name, _, value = text.partition(":")
        name = name.strip().lower()
        headers[name] = value.strip()
    return headers


def _arc_headers(line: bytes) -> Headers:
    """The five fields of a version 1 line or the ten of version 2 as WARC headers; none where it is no such line."""
    for fields in (4, 9):  # A URL may hold spaces, so the fields are counted from the end.
        parts = line.rstrip().rsplit(b" ", fields)
        if len(parts) == fields + 1 and _SCHEME.match(parts[0]) and _DATE.fullmatch(parts[2]):
            url, date, kind, length = (parts[n].decode("utf-8", "replace") for n in (0, 2, 3, -1))
            return {
                "warc-type": "response",
                "warc-target-uri": url,
                "warc-date": date,
                "content-type": kind,
                "content-length": length,
            }
    return {}
