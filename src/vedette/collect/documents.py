"""One large JSON document: an array of articles, or a Telegram Desktop export."""

from __future__ import annotations

import mmap
import shutil
import tempfile
from collections.abc import Iterator

import msgspec

from vedette.collect.origin import Origin
from vedette.collect.rows import capture_of_row, captures_of_lines
from vedette.collect.streams import Opened
from vedette.collect.telegram import captures_of_export, is_export
from vedette.model.errors import FormatError
from vedette.model.nouns import Capture, Issue

_UTF8_MARK = b"\xef\xbb\xbf"


def captures_of_document(stream: Opened, origin: Origin) -> Iterator[Capture | Issue]:
    """One capture an article or message, its body the exact bytes; the document lies on disk, not in memory."""
    with tempfile.TemporaryFile(prefix="vedette-") as spool:
        # A copy, so that an exporter still at work on the file cannot pull mapped pages from under this process.
        shutil.copyfileobj(stream, spool)
        spool.flush()
        if stream.broken:
            raise FormatError(origin.url, f"{stream.broken}: fetch it again")
        pages = memoryview(mmap.mmap(spool.fileno(), 0, access=mmap.ACCESS_READ))
        try:
            yield from _captures(pages[3:] if pages[:3] == _UTF8_MARK else pages, origin)
        except msgspec.ValidationError as error:
            raise FormatError(origin.url, f"is laid out like no export that Vedette knows ({error})") from error
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            if "trailing characters" not in str(error):
                raise FormatError(origin.url, f"is not valid JSON ({error}): export it again") from error
            spool.seek(0)
            yield from captures_of_lines(Opened(spool), origin)


def _captures(pages: memoryview, origin: Origin) -> Iterator[Capture | Issue]:
    if bytes(pages[:4096]).lstrip().startswith(b"["):
        rows = msgspec.json.decode(pages, type=list[msgspec.Raw])
        for number, row in enumerate(rows, start=1):
            yield capture_of_row(bytes(row), origin, f"item {number}", number)
        return
    document = msgspec.json.decode(pages, type=dict[str, msgspec.Raw])
    if is_export(document):
        yield from captures_of_export(document, origin)
    elif len(pages) > origin.limits.max_bytes or not document.keys() & {"title", "text", "body", "content"}:
        raise FormatError(origin.url, "is JSON, but neither articles (objects with a 'text') nor a Telegram export")
    else:
        yield capture_of_row(bytes(pages).strip(), origin, "", 1)
