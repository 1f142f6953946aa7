"""Real files that nobody here wrote."""

from __future__ import annotations

from collections import Counter

import pytest

# What each file of warcio's own test suite holds for us: captures, and whether anything in it is broken.
ARCHIVES = {
    "bad.arc": (0, True),
    "example-bad-non-chunked.warc.gz": (1, False),
    "example-bad.warc.gz.bad": (1, False),
    "example-digest.warc": (0, False),
    "example-iana.org-chunked.warc": (1, False),
    "example-resource.warc.gz": (1, False),
    "example-space-in-target-uri.warc.gz": (0, False),
    "example-space-in-url.arc": (0, True),
    "example-trunc.warc": (0, True),
    "example-wget-bad-target-uri.warc.gz": (1, False),
    "example-wrong-chunks.warc.gz": (1, False),
    "example.arc": (1, False),
    "example.arc.gz": (1, False),
    "example.warc": (1, False),
    "example.warc.gz": (1, False),
    "post-test.warc.gz": (0, False),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_archives_give_what_is_whole_in_them(collect, samples, name):
    haul = collect(samples / "web_format_samples/warc" / name)
    assert (len(haul.captures), bool(haul.issues)) == ARCHIVES[name], haul.said
    assert all(b"<html" in capture.body.lower() for capture in haul.captures)
    assert all("<" not in capture.url for capture in haul.captures)


def test_packed_and_unpacked_archives_give_the_same_captures(collect, samples):
    folder = samples / "web_format_samples/warc"
    for kind in ("arc", "warc"):
        assert collect(folder / f"example.{kind}").only.id == collect(folder / f"example.{kind}.gz").only.id


def test_every_feed_is_one_capture_of_all_its_bytes(collect, samples):
    folder = samples / "web_format_samples/feeds"
    haul = collect(folder)
    assert [capture.body for capture in haul.captures] == [path.read_bytes() for path in sorted(folder.iterdir())]
    assert {capture.media_type for capture in haul.captures} == {"application/feed"}


def test_the_links_of_every_feed_are_found(collect, samples):
    from vedette.collect.subscription import entries_of

    for capture in collect(samples / "web_format_samples/feeds").captures:
        entries = entries_of(capture)
        assert entries, capture.url
        assert all(entry.url.startswith("http") for entry in entries)
        assert sum(1 for entry in entries if entry.published) >= len(entries) * 0.9 or "uol" in capture.url


def test_every_line_of_a_year_of_news_is_a_dated_article(collect, samples):
    haul = collect(samples / "news_rss_2021/rss_2021_07_09.jsonl")
    assert len(haul.captures) == 6593
    assert not haul.issues
    assert all(capture.published and capture.url.startswith("http") for capture in haul.captures)
    assert set(Counter(capture.source for capture in haul.captures)) == {"CNN", "BBC", "Guardian"}


def test_every_press_release_is_an_article(collect, samples):
    path = samples / "isaf_press_releases/dev.jsonl"
    haul = collect(path)
    assert not haul.issues
    assert len(haul.captures) == sum(1 for line in path.open("rb") if line.strip())


def test_every_post_of_a_channel_is_a_dated_article_of_that_channel(collect, samples):
    for name, number in (("ria_novosti", 1000), ("bbc_russian", 905)):
        haul = collect(samples / f"telegram_public_channels/{name}.jsonl")
        assert len(haul.captures) == number
        assert len({capture.source for capture in haul.captures}) == 1
        assert all(capture.published for capture in haul.captures)
