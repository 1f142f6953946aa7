"""mbox: many messages in one file, each after a line that begins with "From "."""

from __future__ import annotations

from collections.abc import Iterator

from vedette.collect.origin import Origin
from vedette.collect.sniff import MBOX_LINE, Form
from vedette.collect.streams import Opened, too_large
from vedette.model.nouns import Capture, Issue

_LINE = 1024 * 1024


def captures_of_mbox(stream: Opened, origin: Origin) -> Iterator[Capture | Issue]:
    """One capture a message, without its "From " line; a message over the limit is an issue."""
    for number, message in enumerate(_messages(stream, origin.limits.max_bytes), start=1):
        if message is None:
            yield origin.issue(too_large("", None, origin.limits).remedy, f"message {number}")
        elif message.strip():
            yield origin.capture(message, Form.MAIL, source=origin.stem, url=f"{origin.url}#{number}")
    if stream.broken:
        yield origin.issue(f"{stream.broken}: the last message may be cut; fetch it again")


def _messages(stream: Opened, limit: int) -> Iterator[bytes | None]:
    lines: list[bytes] = []
    size, begun, blank = 0, False, True
    while line := stream.readline(_LINE):
        if blank and MBOX_LINE.match(line):
            if begun:
                yield b"".join(lines) if size <= limit else None
            lines, size, begun, blank = [], 0, True, False
            continue
        blank = not line.strip()
        size += len(line)
        if size <= limit:
            lines.append(line)
        else:
            lines.clear()
    if begun:
        yield b"".join(lines) if size <= limit else None
