"""From an opened stream to its captures, whatever it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from vedette.collect.archives import captures_of_arc, captures_of_warc, with_charset
from vedette.collect.documents import captures_of_document
from vedette.collect.mailbox import captures_of_mbox
from vedette.collect.origin import Origin, issue_of
from vedette.collect.payload import media_type
from vedette.collect.rows import captures_of_lines
from vedette.collect.sniff import Form, form_of
from vedette.collect.streams import Opened, Readable, Unpacked, read_whole, too_large
from vedette.model.errors import FormatError, VedetteError
from vedette.model.nouns import Capture, Issue

Reader = Callable[[Opened, Origin], Iterator[Capture | Issue]]

# What holds several items, and how they are told apart; all else is one item.
READERS: dict[Form, Reader] = {
    Form.WARC: captures_of_warc,
    Form.ARC: captures_of_arc,
    Form.MBOX: captures_of_mbox,
    Form.LINES: captures_of_lines,
    Form.JSON: captures_of_document,
}


def captures_of(source: Readable, origin: Origin) -> Iterator[Capture | Issue]:
    """Everything that `source` holds, item by item; what goes wrong comes as issues and ends nothing but itself."""
    try:
        stream = Opened(source)
        declared, charset = media_type(origin.declared)
        form = form_of(stream.head, origin.url, declared)
        if form is Form.GZIP:
            stream = Opened(Unpacked(stream, origin.limits, origin.url))
            form = _inner_form(stream, origin)
        elif form not in READERS and (origin.size or 0) > origin.limits.max_bytes:
            raise too_large(origin.url, origin.size, origin.limits)
        if form in READERS:
            yield from READERS[form](stream, origin)
        else:
            body = read_whole(stream, origin.limits, origin.url)
            yield origin.capture(body, with_charset(form, charset))
    except VedetteError as error:
        yield issue_of(error, origin.at)
    except OSError as error:
        yield origin.issue(f"cannot be read ({error.strerror or error}): look at its permissions and its disk")


def _inner_form(stream: Opened, origin: Origin) -> Form:
    if not stream.head and stream.broken:
        raise FormatError(origin.url, f"{stream.broken}: fetch it again")
    form = form_of(stream.head, origin.url)
    if form is Form.GZIP:
        raise FormatError(origin.url, "is packed twice: unpack it once")
    return form
