"""Whatever bytes a file holds, they become captures or issues and never an exception."""

from __future__ import annotations

import gzip
import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vedette.collect import Limits
from vedette.collect.items import captures_of
from vedette.collect.origin import Origin
from vedette.model.nouns import Capture, Issue

SEEDS = [
    b"",
    b"\x1f\x8b\x08",
    b"%PDF-1.4",
    b"<?xml version='1.0'?><rss><channel>",
    b'{"title": "a", "published": ',
    b'[{"text": "a"}, ',
    b'{"type": "public_channel", "id": 1, "messages": [{"id": 1, "type": "message", "text": ',
    b'{"chats": {"list": [',
    b"From a@b.example Sat Oct  9 10:00:00 2021\nSubject: ",
    b"filedesc://a 0.0.0.0 20211009000000 text/plain 3\nabc\nhttp://a.example/ 192.0.2.1 20211009000000 text/html ",
    b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://a.example/\r\nContent-Type: text/html\r\n"
    b"Content-Length: ",
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Length: 80\r\n\r\n"
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n",
]
CONTINUED = st.one_of(
    st.binary(max_size=300),
    st.text(alphabet='{}[]",:0123456789 \r\nabtextWARC/HP<>&', max_size=300).map(str.encode),
    st.sampled_from(SEEDS),
)
BYTES = st.tuples(st.sampled_from(SEEDS), CONTINUED, CONTINUED).map(b"".join)
PACKED = BYTES.flatmap(
    lambda data: st.tuples(st.integers(0, len(data) + 30), st.binary(max_size=3)).map(
        lambda cut: gzip.compress(data, mtime=0)[: cut[0]] + cut[1]
    )
)
NAMES = st.sampled_from(["a", "a.txt", "a.html", "a.json", "a.jsonl", "a.eml", "a.mbox", "a.warc.gz", "a.csv"])


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=BYTES | PACKED, name=NAMES)
def test_any_bytes_become_captures_or_issues(data, name):
    limits = Limits(max_bytes=400)
    found = list(captures_of(io.BytesIO(data), Origin(name, "folder", limits=limits)))
    assert all(isinstance(each, (Capture, Issue)) for each in found)
    assert all(each.source and each.media_type and each.body for each in found if isinstance(each, Capture))
    assert all(len(each.body) <= limits.max_bytes for each in found if isinstance(each, Capture))
    assert all(each.message and each.subject.startswith(name) for each in found if isinstance(each, Issue))


@settings(max_examples=60, deadline=None)
@given(data=BYTES | PACKED)
def test_the_same_bytes_give_the_same_captures_twice(data):
    def ids() -> list[str]:
        found = captures_of(io.BytesIO(data), Origin("a"))
        return [each.id for each in found if isinstance(each, Capture)]

    assert ids() == ids()
