"""Mail files and mailboxes."""

from __future__ import annotations

import gzip

from vedette.collect import Limits

FIRST = b"Subject: One\nFrom: desk@example.org\n\nFrom the front: an attack.\n"
SECOND = b"Subject: Two\nFrom: desk@example.org\n\nA raid.\n"
LINE = b"From desk@example.org Sat Oct  9 10:00:00 2021\n"
BOX = LINE + FIRST + b"\nFrom now on, silence.\n\n" + LINE + SECOND


def test_a_mail_file_is_one_capture(collect, put):
    capture = collect(put("ngo/statement.eml", FIRST)).only
    assert (capture.media_type, capture.source, capture.body) == ("message/rfc822", "ngo", FIRST)


def test_a_mailbox_gives_each_message_and_is_not_split_by_prose(collect, put):
    path = put("list.mbox", BOX)
    first, second = collect(path).captures
    assert first.body == FIRST + b"\nFrom now on, silence.\n\n"
    assert second.body == SECOND
    assert (second.media_type, second.source, second.url) == ("message/rfc822", "list", f"{path}#2")


def test_a_message_over_the_limit_does_not_stop_the_next(collect, put):
    haul = collect(put("list.mbox", LINE + FIRST + b"x\n" * 2000 + b"\n" + LINE + SECOND), limits=Limits(max_bytes=500))
    assert [capture.body for capture in haul.captures] == [SECOND]
    assert "message 1" in haul.said


def test_a_cut_mailbox_says_that_its_last_message_may_be_cut(collect, put):
    haul = collect(put("list.mbox.gz", gzip.compress(BOX, mtime=0)[:-12]))
    assert len(haul.captures) == 2
    assert "the last message may be cut" in haul.said


def test_an_empty_message_is_none(collect, put):
    assert len(collect(put("list.mbox", LINE + b"\n\n" + LINE + SECOND)).captures) == 1
