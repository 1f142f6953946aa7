"""Sources that are visited again and again."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from vedette.collect import Visit, collect_source
from vedette.model.nouns import Capture, Issue, Source

PAGE = "<!doctype html><html><body><p>Gunmen attacked convoy {}.</p></body></html>"


def feed(*entries: tuple[str, str]) -> str:
    items = "".join(
        f"<item><title>Entry {n}</title><link>{url}</link><pubDate>{date}</pubDate></item>"
        for n, (url, date) in enumerate(entries)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>{items}</channel></rss>'


SATURDAY = "Sat, 09 Oct 2021 10:00:00 +0430"


@pytest.fixture
def visit(site):
    def go(source: Source, visits: dict[str, Visit] | None = None, **limits: object) -> list[Capture | Issue | Visit]:
        return list(collect_source(source, visits if visits is not None else {}, replace(site.limits, **limits)))

    return go


def remembered(found: list[Capture | Issue | Visit]) -> dict[str, Visit]:
    return {each.url: each for each in found if isinstance(each, Visit)}


def kinds(found: list[Capture | Issue | Visit]) -> list[str]:
    return [type(each).__name__ for each in found]


class TestFeeds:
    def test_the_capture_comes_before_its_visit(self, site, visit):
        url = site.put("/feed", feed(), ETag='"one"', Last_Modified="Sat, 09 Oct 2021 10:00:00 GMT")
        capture, seen = visit(Source("Herald", url=url))
        assert (capture.media_type, capture.source, capture.body) == ("application/feed", "Herald", feed().encode())
        assert (seen.url, seen.etag, seen.status) == (url, '"one"', 200)
        assert seen.last_modified == "Sat, 09 Oct 2021 10:00:00 GMT"

    def test_an_unchanged_feed_gives_only_a_fresh_visit(self, site, visit):
        url = site.put("/feed", status=304)
        old = Visit(url, '"one"', "Sat, 09 Oct 2021 10:00:00 GMT", datetime(2021, 10, 9, tzinfo=UTC), 200)
        (seen,) = visit(Source("Herald", url=url), {url: old})
        assert (seen.etag, seen.last_modified, seen.status) == (old.etag, old.last_modified, 304)
        assert seen.at > old.at
        headers = site.asked[-1][1]
        assert headers["if-none-match"] == '"one"'
        assert headers["if-modified-since"] == "Sat, 09 Oct 2021 10:00:00 GMT"

    def test_a_header_that_cannot_be_sent_back_is_not(self, site, visit):
        url = site.put("/feed", feed())
        visit(Source("Herald", url=url), {url: Visit(url, '"é"', "", datetime(2021, 10, 9, tzinfo=UTC), 200)})
        assert "if-none-match" not in site.asked[-1][1]

    def test_links_are_left_alone_unless_they_are_to_be_followed(self, site, visit):
        url = site.put("/feed", feed((site.put("/1", PAGE), SATURDAY)))
        assert kinds(visit(Source("Herald", url=url))) == ["Capture", "Visit"]

    def test_a_feed_that_fails_leaves_no_visit(self, site, visit):
        (issue,) = visit(Source("Herald", url=site.put("/feed", status=500)))
        assert "HTTP 500" in issue.message

    def test_a_source_without_an_address_is_told_of(self, visit):
        (issue,) = visit(Source("Herald"))
        assert (issue.subject, issue.message) == ("Herald", "has no 'url' in vedette.toml: add one to collect it")


class TestFollowing:
    def test_linked_pages_carry_what_the_feed_says_of_them(self, site, visit):
        page = site.put("/1", PAGE.format(1), Content_Type="text/html")
        url = site.put("/feed", feed((page, SATURDAY), ("mailto:a@b.example", SATURDAY), (page, SATURDAY)), ETag='"e"')
        found = visit(Source("Herald", url=url, follow=True))
        assert kinds(found) == ["Capture", "Capture", "Visit", "Visit"]
        article = found[1]
        assert (article.title, article.source, article.url) == ("Entry 0", "Herald", page)
        assert article.published == datetime(2021, 10, 9, 5, 30, tzinfo=UTC)
        assert [each.url for each in found[2:]] == [page, url]
        assert found[-1].etag == '"e"'

    def test_pages_that_were_visited_are_not_asked_for_again(self, site, visit):
        first = site.put("/1", PAGE.format(1))
        url = site.put("/feed", feed((first, SATURDAY)))
        source = Source("Herald", url=url, follow=True)
        known = remembered(visit(source))
        site.put("/feed", feed((site.put("/2", PAGE.format(2)), SATURDAY), (first, SATURDAY)))
        found = visit(source, known)
        assert [each.url for each in found if isinstance(each, Capture)] == [url, site.url("/2")]
        assert site.paths.count("/1") == 1

    def test_a_run_that_is_killed_goes_on_where_it_stopped(self, site, visit):
        pages = [(site.put(f"/{n}", PAGE.format(n)), SATURDAY) for n in range(4)]
        url = site.put("/feed", feed(*pages), ETag='"e"')
        source = Source("Herald", url=url, follow=True)
        running = collect_source(source, {}, site.limits)
        kept = [next(running) for _ in range(4)]  # the feed, page 0 and its visit, page 1 but not its visit
        running.close()
        found = visit(source, remembered(kept))
        assert [each.url for each in found if isinstance(each, Capture)] == [url, *(page for page, _ in pages[1:])]

    def test_a_page_that_is_gone_is_remembered_as_gone(self, site, visit):
        url = site.put("/feed", feed((site.url("/gone"), SATURDAY)), ETag='"e"')
        source = Source("Herald", url=url, follow=True)
        found = visit(source)
        assert kinds(found) == ["Capture", "Issue", "Visit", "Visit"]
        assert remembered(found)[site.url("/gone")].status == 404
        assert remembered(found)[url].etag == '"e"'
        assert kinds(visit(source, remembered(found))) == ["Capture", "Visit"]

    def test_a_page_that_failed_is_tried_again_even_if_the_feed_stays_the_same(self, site, visit):
        url = site.put("/feed", feed((site.put("/1", status=500), SATURDAY)), ETag='"e"')
        found = visit(Source("Herald", url=url, follow=True))
        assert kinds(found) == ["Capture", "Issue", "Visit"]
        assert found[-1].etag == ""

    def test_a_page_that_is_refused_does_not_keep_the_feed_new(self, site, visit):
        site.put("/robots.txt", "User-agent: *\nDisallow: /1\n")
        url = site.put("/feed", feed((site.url("/1"), SATURDAY)), ETag='"e"')
        found = visit(Source("Herald", url=url, follow=True))
        assert found[1].stage == "policy"
        assert found[-1].etag == '"e"'

    def test_a_host_that_fails_again_and_again_is_left_alone(self, site, visit):
        pages = [(site.put(f"/{n}", status=503), SATURDAY) for n in range(20)]
        found = visit(Source("Herald", url=site.put("/feed", feed(*pages)), follow=True))
        issues = [each for each in found if isinstance(each, Issue)]
        assert len(issues) == 6
        assert "5 pages in a row failed: the others wait for the next run" in issues[-1].message

    def test_a_feed_with_too_many_links_is_followed_bit_by_bit(self, site, visit):
        pages = [(site.put(f"/{n}", PAGE.format(n)), SATURDAY) for n in range(5)]
        source = Source("Herald", url=site.put("/feed", feed(*pages), ETag='"e"'), follow=True)
        found = visit(source, max_entries=3)
        assert any("links to 5 new pages: the first 3 are fetched now" in str(each) for each in found)
        assert found[-1].etag == ""
        again = visit(source, remembered(found), max_entries=3)
        assert [each.url[-2:] for each in again if isinstance(each, Capture)][1:] == ["/3", "/4"]

    def test_a_linked_file_that_cannot_be_read_is_an_issue_and_is_not_fetched_again(self, site, visit):
        page = site.put("/1.png", b"\x89PNG\r\n")
        found = visit(Source("Herald", url=site.put("/feed", feed((page, SATURDAY))), follow=True))
        assert kinds(found) == ["Capture", "Issue", "Visit", "Visit"]


class TestExports:
    def test_a_local_export_is_read_once_and_again_when_it_changes(self, put, visit):
        path = put("export/wire.jsonl", '{"title": "One"}\n')
        source = Source("Herald", url=str(path))
        found = visit(source)
        assert kinds(found) == ["Capture", "Visit"]
        assert found[0].source == "Herald"
        assert visit(source, remembered(found)) == []
        put("export/wire.jsonl", '{"title": "One"}\n{"title": "Two"}\n')
        assert kinds(visit(source, remembered(found))) == ["Capture", "Capture", "Visit"]

    def test_a_pattern_names_files_and_folders(self, put, visit, tmp_path):
        put("a/1.txt", "One.")
        put("b/2.txt", "Two.")
        put("c.txt", "Three.")
        found = visit(Source("Herald", url=str(tmp_path / "[ab]")))
        assert [each.body for each in found if isinstance(each, Capture)] == [b"One.", b"Two."]

    def test_a_pattern_that_matches_nothing_is_told_of(self, visit, tmp_path):
        (issue,) = visit(Source("Herald", url=str(tmp_path / "*.jsonl")))
        assert "matches no file" in issue.message

    def test_a_file_that_gave_only_trouble_is_read_again(self, put, visit, tmp_path):
        path = put("bad.txt", b"")
        assert kinds(visit(Source("Herald", url=str(path)))) == ["Issue"]
        assert kinds(visit(Source("Herald", url=str(tmp_path / "gone.txt")))) == ["Issue"]

    def test_a_file_touched_but_of_the_same_content_gives_the_same_capture(self, put, visit):
        path = put("a.txt", "Words.")
        source = Source("Herald", url=str(path))
        first = visit(source)
        os.utime(path, (1, 1))
        assert visit(source, remembered(first))[0].id == first[0].id
