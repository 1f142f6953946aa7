"""What an archived or fetched HTTP message carries, with its transfer and content codings undone."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from vedette.collect.limits import Limits
from vedette.collect.streams import DEFLATE, GZIP, ZLIB, Readable, Unpacked, read_whole
from vedette.model.errors import FormatError

_HEAD = 64 * 1024  # Apache and nginx send less than 32 KiB of headers.
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_CHUNK_SIZE = re.compile(rb"\s*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")


@dataclass(frozen=True, slots=True)
class Message:
    """An HTTP response: status, headers in lower case, and the body as it was sent."""

    status: int
    headers: dict[str, str]
    sent: bytes

    @classmethod
    def parsed(cls, raw: bytes, subject: str) -> Message:
        """The response in `raw`; a `FormatError` where it does not begin like one."""
        end = _END_OF_HEAD.search(raw, 0, _HEAD)
        lines = raw[: end.start() if end else _HEAD].decode("latin-1").splitlines()
        status = re.match(r"HTTP/\d(?:\.\d)? (\d{3})", lines[0] if lines else "")
        if status is None:
            raise FormatError(subject, "does not begin like an HTTP response: it was left out")
        pairs = (line.partition(":") for line in lines[1:])
        headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
        return cls(int(status[1]), headers, raw[end.end() :] if end else b"")

    def body(self, limits: Limits, subject: str) -> bytes:
        """The body as the reader of the page would get it."""
        sent = self.sent
        if "chunked" in self.headers.get("transfer-encoding", "").lower():
            sent = dechunked(sent, subject)
        coding = self.headers.get("content-encoding", "").lower()
        return read_whole(decoded(sent, coding, limits, subject), limits, subject)


def media_type(content_type: str) -> tuple[str, str]:
    """The type in lower case and the character set that a Content-Type header tells."""
    kind, _, parameters = content_type.partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", parameters, re.I)
    return kind.strip().lower(), charset[1].lower() if charset else ""


def dechunked(sent: bytes, subject: str) -> bytes:
    """A chunked body in one piece; many crawlers undo the chunks and keep the header, such a body is left as it is."""
    if not _CHUNK_SIZE.match(sent):
        return sent
    parts: list[bytes] = []
    at = 0
    while size := _CHUNK_SIZE.match(sent, at):
        length = int(size[1], 16)
        part = sent[size.end() : size.end() + length]
        if not length:
            return b"".join(parts)
        if len(part) < length:
            break
        parts.append(part)
        at = size.end() + length
    raise FormatError(subject, "breaks off inside its chunks: it was left out")


def decoded(sent: bytes, coding: str, limits: Limits, subject: str) -> Readable:
    """The body without its content coding; a body that was kept decoded under an old header is left as it is."""
    packed = io.BytesIO(sent)
    if coding in ("", "identity"):
        return packed
    if coding in ("gzip", "x-gzip"):
        return Unpacked(packed, limits, subject, GZIP) if sent.startswith(b"\x1f\x8b") else packed
    if sent.lstrip()[:1] == b"<":
        return packed
    if coding == "deflate":  # RFC 9110 means zlib; old servers send bare deflate.
        zlib_head = len(sent) > 1 and sent[0] & 15 == 8 and (sent[0] * 256 + sent[1]) % 31 == 0
        return Unpacked(packed, limits, subject, ZLIB if zlib_head else DEFLATE)
    if coding == "br":
        return _Brotli(packed, subject)
    raise FormatError(subject, f"is packed as {coding!r}, which Vedette does not unpack: fetch it without")


class _Brotli:
    """What a Brotli stream holds, a bounded piece at a time."""

    def __init__(self, packed: io.BytesIO, subject: str) -> None:
        from fastwarc.stream_io import BrotliReader

        self._reader = BrotliReader(packed)
        self._subject = subject

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes; a `FormatError` where the stream is damaged."""
        try:
            data: bytes = self._reader.read(size)
        except OSError as error:
            raise FormatError(self._subject, f"is damaged inside its Brotli stream ({error})") from error
        return data
