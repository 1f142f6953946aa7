"""WARC and ARC."""

from __future__ import annotations

import gzip
import time
import zlib
from datetime import UTC, datetime

import brotli
import pytest

from vedette.collect import Limits

PAGE = b"<html><body>" + b"<p>An attack was reported.</p>" * 20 + b"</body></html>"


def response(body: bytes = PAGE, uri: str = "https://www.herald.example/1", status: int = 200, **headers: str) -> bytes:
    told = {"Content-Type": "text/html", **{name.replace("_", "-"): value for name, value in headers.items()}}
    head = f"HTTP/1.1 {status} OK\r\n" + "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return warc(head.encode() + b"\r\n" + body, uri, "response", "application/http; msgtype=response")


def warc(block: bytes, uri: str, kind: str, content_type: str, length: int | None = None) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2021-10-09T10:00:00Z\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def arc(*records: tuple[str, bytes]) -> bytes:
    about = b"1 0 Test\nURL IP-address Archive-date Content-type Archive-length\n"
    out = b"filedesc://a.arc 0.0.0.0 20211009000000 text/plain %d\n%s\n" % (len(about), about)
    for uri, block in records:
        out += f"{uri} 192.0.2.7 20211009100000 text/html {len(block)}\n".encode() + block + b"\n"
    return out


def test_a_response_is_captured_with_its_own_address_host_and_date(collect, put):
    capture = collect(put("a.warc", response(Content_Type="text/html; charset=windows-1256"))).only
    assert (capture.body, capture.media_type) == (PAGE, "text/html; charset=windows-1256")
    assert (capture.url, capture.source) == ("https://www.herald.example/1", "herald.example")
    assert capture.fetched_at == datetime(2021, 10, 9, 10, tzinfo=UTC)


def test_a_resource_and_a_conversion_are_captured(collect, put):
    body = warc(PAGE, "http://a.example/1", "resource", "text/html") + warc(
        b"An attack.", "http://a.example/2", "conversion", "text/plain"
    )
    assert [capture.media_type for capture in collect(put("a.warc", body)).captures] == ["text/html", "text/plain"]


@pytest.mark.parametrize(
    "record",
    [
        warc(b"GET / HTTP/1.1\r\n\r\n", "http://a.example/", "request", "application/http; msgtype=request"),
        warc(b"x", "http://a.example/", "metadata", "text/plain"),
        warc(b"HTTP/1.1 200 OK\r\n\r\n", "http://a.example/", "revisit", "application/http; msgtype=response"),
        warc(b"log", "metadata://gnu.org/wget.log", "resource", "text/plain"),
        warc(b"log", "http://[broken/", "resource", "text/plain"),
        response(status=404),
        response(uri="http://a.example/robots.txt", Content_Type="text/plain"),
        response(b"{}", Content_Type="application/json"),
        response(b"\x89PNG", Content_Type="image/png"),
        response(b"\x89PNG", Content_Type="application/octet-stream"),
        response(b"just words", Content_Type="application/octet-stream"),
        response(b'{"a": 1}', Content_Type="text/html"),
        response(b""),
    ],
)
def test_what_is_no_published_item_is_left_out_without_a_word(collect, put, record):
    haul = collect(put("a.warc", record + response()))
    assert len(haul.captures) == 1
    assert not haul.issues, haul.said


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(PAGE, mtime=0), {"Content_Encoding": "gzip"}),
        (zlib.compress(PAGE), {"Content_Encoding": "deflate"}),
        (zlib.compress(PAGE)[2:-4], {"Content_Encoding": "deflate"}),
        (brotli.compress(PAGE), {"Content_Encoding": "br"}),
        (
            b"10\r\n" + PAGE[:16] + b"\r\n%x;x=y\r\n" % (len(PAGE) - 16) + PAGE[16:] + b"\r\n0\r\n\r\n",
            {"Transfer_Encoding": "chunked"},
        ),
        (PAGE, {"Content_Encoding": "identity"}),
        (PAGE, {"Content_Encoding": "gzip", "Transfer_Encoding": "chunked"}),
        (PAGE, {"Content_Encoding": "br"}),
        (PAGE, {"Content_Type": "application/octet-stream"}),
    ],
    ids=["gzip", "zlib", "deflate", "brotli", "chunked", "identity", "undone before", "not brotli", "unnamed"],
)
def test_codings_are_undone_where_they_were_kept(collect, put, body, headers):
    assert collect(put("a.warc", response(body, **headers))).only.body == PAGE


PACKED = gzip.compress(PAGE, mtime=0)


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (response(PACKED[:-20], Content_Encoding="gzip"), "ends in the middle of its gzip stream"),
        (response(b"5\r\nabc", Transfer_Encoding="chunked"), "breaks off inside its chunks"),
        (response(b"3\r\nabc\r\nzz", Transfer_Encoding="chunked"), "breaks off inside its chunks"),
        (response(b"\xffrubbish", Content_Encoding="br"), "is damaged inside its Brotli stream"),
        (response(b"\xffrubbish", Content_Encoding="zstd"), "is packed as 'zstd'"),
        (response(b"\x89PNG"), "is a PNG image"),
        (warc(b"no head", "http://a.example/", "response", "application/http"), "does not begin like an HTTP response"),
        (warc(PAGE, "http://a.example/", "resource", "text/html", length=-5), "has the length '-5', which is none"),
        (b"RUBBISH " * 9000 + b"\r\n", "bytes that belong to no record were skipped"),
        (response(PAGE * 30), "over the limit"),
        (response(gzip.compress(PAGE * 50, mtime=0), Content_Encoding="gzip"), "over the limit"),
    ],
)
def test_a_broken_record_is_told_of_and_the_records_around_it_are_kept(collect, put, record, said):
    first, last = response(uri="http://a.example/first"), response(uri="http://a.example/last")
    haul = collect(put("a.warc", first + record + last), limits=Limits(max_bytes=10_000))
    assert [capture.url[-5:] for capture in haul.captures] == ["first", "/last"]
    assert said in haul.said


def test_a_length_that_swallows_the_next_records_loses_only_its_own(collect, put):
    lying = warc(
        b"HTTP/1.1 200 OK\r\n\r\n" + PAGE, "http://a.example/lies", "response", "application/http", length=2000
    )
    after = response(uri="http://a.example/2") + response(uri="http://a.example/3")
    haul = collect(put("a.warc", response(uri="http://a.example/1") + lying + after))
    assert [capture.url[-1] for capture in haul.captures] == ["1", "2", "3"]
    assert "longer or shorter than the 2000 bytes" in haul.said


def test_a_length_beyond_the_end_of_the_file_loses_only_its_own(collect, put):
    lying = warc(PAGE, "http://a.example/lies", "resource", "text/html", length=9_999_999)
    haul = collect(put("a.warc", lying + response()))
    assert len(haul.captures) == 1
    assert "is cut after" in haul.said


def test_a_record_cut_at_the_end_of_the_file_is_no_capture(collect, put):
    haul = collect(put("a.warc", response() + response()[:-100]))
    assert len(haul.captures) == 1
    assert "is cut after" in haul.said


def test_folded_headers_and_a_date_that_is_none_do_no_harm(collect, put):
    record = (
        response()
        .replace(b"2021-10-09T10:00:00Z", b"long ago")
        .replace(b"WARC-Type: ", b"X-Note: a\r\n b\r\nWARC-Type: ")
    )
    assert collect(put("a.warc", record)).only.fetched_at.year >= 2026


def test_damage_inside_a_packed_archive_loses_one_record(collect, put):
    members = [bytearray(gzip.compress(response(uri=f"http://a.example/{n}"), mtime=0)) for n in range(4)]
    members[1][40:90] = bytes(50)
    haul = collect(put("a.warc.gz", b"".join(members)))
    assert [capture.url[-1] for capture in haul.captures] == ["0", "2", "3"]
    assert "is damaged inside its gzip stream: what is whole was kept" in haul.said


def test_a_packed_archive_that_is_cut_keeps_what_is_whole(collect, put):
    packed = b"".join(gzip.compress(response(uri=f"http://a.example/{n}"), mtime=0) for n in range(3))
    haul = collect(put("a.warc.gz", packed[:-30]))
    assert [capture.url[-1] for capture in haul.captures] == ["0", "1"]
    assert "ends in the middle of its gzip stream" in haul.said


def test_an_arc_gives_the_same_as_a_warc_would(collect, put):
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + PAGE
    records = arc(("http://a.example/x?t=Words with spaces", block), ("http://a.example/bare", PAGE))
    first, second = collect(put("a.arc", records)).captures
    assert (first.url, first.body, first.source) == ("http://a.example/x?t=Words with spaces", PAGE, "a.example")
    assert first.fetched_at == datetime(2021, 10, 9, 10, tzinfo=UTC)
    assert second.body == PAGE


def test_an_arc_of_version_2_has_ten_fields(collect, put):
    line = b"http://a.example/1 192.0.2.7 20211309100000 text/html 200 - - 77 a.arc %d\n" % len(PAGE)
    assert collect(put("a.arc", arc() + line + PAGE + b"\n")).only.body == PAGE


def test_an_archive_without_records_is_told_of(collect, put):
    assert "of none" not in collect(put("a.warc", b"WARC/")).said
    assert collect(put("a.warc", b"WARC/")).issues


def test_lengths_that_lie_again_and_again_do_not_take_for_ever(collect, put):
    lying = warc(b"x", "http://a.example/", "resource", "text/html", length=3_000_000)
    begun = time.monotonic()
    haul = collect(put("a.warc", lying * 8000))
    assert not haul.captures
    assert time.monotonic() - begun < 3


def test_headers_without_an_end_do_not_fill_the_memory(collect, put):
    endless = b"WARC/1.0\r\n" + b"X-A: b\r\n c\r\n" * 100_000
    haul = collect(put("a.warc", endless + b"\r\n" + response()))
    assert len(haul.captures) == 1
    assert "belong to no record" in haul.said
