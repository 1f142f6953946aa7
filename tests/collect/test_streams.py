"""Packed streams, whole, broken and malicious."""

from __future__ import annotations

import gzip
import io
import random

import pytest

from vedette.collect import Limits
from vedette.collect.streams import GZIP_MAGIC, Joined, Opened, Unpacked, read_whole
from vedette.model.errors import FormatError, TooLargeError

LIMITS = Limits()
NOISE = random.Random(7).randbytes(300_000)


def unpacked(data: bytes, limits: Limits = LIMITS) -> Unpacked:
    return Unpacked(io.BytesIO(data), limits, "a.gz")


@pytest.mark.parametrize(
    "packed",
    [
        gzip.compress(NOISE, mtime=0),
        gzip.compress(NOISE[:1000], mtime=0) + gzip.compress(NOISE[1000:], mtime=0),
        gzip.compress(NOISE, mtime=0) + bytes(5000),
        gzip.compress(b"", mtime=0) + gzip.compress(NOISE, mtime=0),
    ],
    ids=["one member", "two members", "padded", "an empty member"],
)
def test_members_are_unpacked_one_after_the_other(packed):
    stream = unpacked(packed)
    assert read_whole(stream, LIMITS, "a.gz") == NOISE
    assert not stream.broken


def test_a_member_that_is_damaged_is_skipped_and_told_of():
    damaged = bytearray(gzip.compress(NOISE, mtime=0))
    damaged[100_000] ^= 0xFF
    stream = unpacked(bytes(damaged) + gzip.compress(b"after", mtime=0))
    assert stream.read().endswith(b"after")
    assert stream.broken == "is damaged inside its gzip stream"
    with pytest.raises(FormatError, match="damaged"):
        read_whole(unpacked(bytes(damaged)), LIMITS, "a.gz")


def test_rubbish_after_the_last_member_is_told_of():
    stream = unpacked(gzip.compress(b"words", mtime=0) + b"rubbish" * 20_000)
    assert stream.read() == b"words"
    assert stream.broken


def test_a_zip_bomb_is_stopped_after_two_hundred_times_its_size():
    stream, given = unpacked(gzip.compress(bytes(50_000_000), mtime=0), Limits(max_bytes=100_000)), []
    with pytest.raises(TooLargeError, match="more than 200 times its size, as a zip bomb does"):
        given.extend(len(part) for part in iter(lambda: stream.read(1_000_000), b""))
    assert sum(given) < 15_000_000


def test_a_packed_text_over_the_limit_is_refused(collect, put):
    path = put("a.txt.gz", gzip.compress(b"word " * 1000, mtime=0))
    assert "over the limit" in collect(path, limits=Limits(max_bytes=1024)).problem.message


def test_a_zip_bomb_in_a_file_of_lines_keeps_the_lines_before_it(collect, put):
    path = put("a.jsonl.gz", gzip.compress(b'{"text": "a"}\n' + b" " * 30_000_000, mtime=0))
    haul = collect(path, limits=Limits(max_bytes=1_000_000))
    assert len(haul.captures) == 1
    assert "as a zip bomb does" in haul.issues[-1].message


def test_a_file_packed_twice_is_told_of(collect, put):
    assert "is packed twice" in collect(put("a.gz", gzip.compress(gzip.compress(b"words"), mtime=0))).problem.message


CUT, EMPTY = gzip.compress(b"words", mtime=0)[:11], gzip.compress(b"", mtime=0)


@pytest.mark.parametrize("packed", [GZIP_MAGIC, b"\x1f\x8b", CUT, EMPTY])
def test_a_packed_file_with_nothing_in_it_is_told_of(collect, put, packed):
    assert collect(put("a.gz", packed)).problem.subject.endswith("a.gz")


def test_the_head_is_known_and_still_read():
    stream = Opened(io.BytesIO(NOISE))
    assert stream.head == NOISE[: len(stream.head)]
    assert stream.read() == NOISE


def test_short_chunks_and_empty_ones_make_one_stream():
    assert read_whole(Joined(iter([b"a", b"", b"bc"])), LIMITS, "x") == b"abc"
