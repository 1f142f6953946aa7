"""Byte streams that stop where they should: bounded, unpacked, and honest about where they broke."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import Protocol

from vedette.collect.limits import MIB, Limits
from vedette.model.errors import FormatError, TooLargeError

CHUNK = 64 * 1024
GZIP_MAGIC = b"\x1f\x8b\x08"
GZIP, ZLIB, DEFLATE = 31, 15, -15  # zlib's window bits for gzip, zlib and bare deflate streams


class Readable(Protocol):
    """Anything bytes can be read from."""

    def read(self, size: int, /) -> bytes | None:
        """Up to `size` bytes; none at the end."""
        ...


class Joined(io.RawIOBase):
    """Chunks of bytes as one stream."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = b""

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """The number of bytes put into `buffer`; 0 at the end."""
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = chunk
        given, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(given)] = given
        return len(given)


class Unpacked(Joined):
    """What a gzip (or zlib) stream holds; damage is skipped up to the next gzip member and told in `broken`."""

    def __init__(self, packed: Readable, limits: Limits, subject: str, wbits: int = GZIP) -> None:
        super().__init__(self._members(wbits))
        self._packed = packed
        self._limits = limits
        self._subject = subject
        self._pending = b""
        self._taken = self._given = 0
        self.broken = ""

    def _members(self, wbits: int) -> Iterator[bytes]:
        while self._pending or self._fill():
            try:
                yield from self._member(zlib.decompressobj(wbits))
            except zlib.error:
                self.broken = "is damaged inside its gzip stream"
                self._seek_member()
            self._pending = self._pending.lstrip(b"\0")  # Tapes and some crawlers pad members with zeros.

    def _member(self, inflate: zlib._Decompress) -> Iterator[bytes]:
        while not inflate.eof:
            if not self._pending and not self._fill():
                self.broken = self.broken or "ends in the middle of its gzip stream"
                return
            data = b"?"
            while not inflate.eof and (data or self._pending):
                data = inflate.decompress(self._pending, CHUNK)
                self._pending = inflate.unconsumed_tail
                self._count(len(data))
                if data:
                    yield data
        self._pending = inflate.unused_data

    def _fill(self) -> bool:
        chunk = self._packed.read(CHUNK) or b""
        self._taken += len(chunk)
        self._pending += chunk
        return bool(chunk)

    def _count(self, given: int) -> None:
        self._given += given
        if self._given > max(self._limits.max_bytes, self._limits.max_ratio * self._taken):
            raise TooLargeError(
                self._subject,
                f"unpacks to more than {self._limits.max_ratio} times its size, as a zip bomb does: "
                "unpack it yourself if you trust it",
            )

    def _seek_member(self) -> None:
        self._pending = self._pending[1:]
        while (found := self._pending.find(GZIP_MAGIC)) < 0:
            self._pending = self._pending[-2:]
            if not self._fill():
                self._pending = b""
                return
        self._pending = self._pending[found:]


class Opened(io.BufferedReader):
    """A buffered stream whose first 64 KiB are known beforehand in `head`."""

    def __init__(self, source: Readable) -> None:
        chunks = iter(lambda: source.read(CHUNK) or b"", b"")
        self.head = b""
        while len(self.head) < CHUNK and (chunk := next(chunks, b"")):
            self.head += chunk
        self._source = source
        super().__init__(Joined(_with_head(self.head, chunks)), CHUNK)

    @property
    def broken(self) -> str:
        """What is wrong with the packed stream below, as far as it was read; empty where nothing is."""
        return self._source.broken if isinstance(self._source, Unpacked) else ""


def _with_head(head: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from chunks


def read_whole(stream: Readable, limits: Limits, subject: str) -> bytes:
    """All bytes of a stream that is whole and within the limit; else a `TooLargeError` or `FormatError`."""
    parts, size = [], 0
    while size <= limits.max_bytes and (part := stream.read(limits.max_bytes + 1 - size)):
        parts.append(part)
        size += len(part)
    if size > limits.max_bytes:
        raise too_large(subject, None, limits)
    if why := getattr(stream, "broken", ""):
        raise FormatError(subject, f"{why}: fetch it again")
    return b"".join(parts)


def too_large(subject: str, size: int | None, limits: Limits) -> TooLargeError:
    """The error that says how large an item is, what the limit is, and what to pass to read it."""
    limit = f"over the limit of {limits.max_bytes / MIB:g} MB"
    if size is None:
        return TooLargeError(subject, f"is {limit}: pass a larger --max-size to read it")
    room = 1 << max(size - 1, MIB).bit_length()  # the next power of two, which is easy to type
    return TooLargeError(subject, f"is {size / MIB:.0f} MB, {limit}: pass --max-size {room // MIB} to read it")
