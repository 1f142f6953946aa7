"""Fetching from a real server on this machine."""

from __future__ import annotations

import gzip
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from vedette.collect import Limits, Told
from vedette.collect import network as network_module

UNTOLD = Told()
PAGE = "<!doctype html><html><body><p>Gunmen attacked a convoy.</p></body></html>"


@pytest.fixture
def fetch(collect, site):
    def get(*urls: str, told: Told = UNTOLD, **limits: object):
        return collect(*urls, told=told, limits=replace(site.limits, **limits))

    return get


def test_a_page_is_captured_under_its_address_and_host(fetch, site):
    url = site.put("/a", PAGE, Content_Type="text/html; charset=Windows-1256")
    capture = fetch(url).only
    assert (capture.body, capture.url, capture.source) == (PAGE.encode(), url, "127.0.0.1")
    assert capture.media_type == "text/html; charset=windows-1256"
    agent = site.asked[-1][1]["user-agent"]
    assert agent.startswith("vedette/")


def test_what_was_told_is_kept_beside_the_page(fetch, site):
    told = Told("Herald", datetime(2021, 10, 9, tzinfo=UTC))
    capture = fetch(site.put("/a", PAGE), told=told).only
    assert (capture.source, capture.published) == (told.source, told.published)


def test_a_packed_page_is_unpacked(fetch, site):
    url = site.put("/a", gzip.compress(PAGE.encode(), mtime=0), Content_Encoding="gzip", Content_Type="text/html")
    assert fetch(url).only.body == PAGE.encode()


def test_an_archive_behind_a_url_is_read_like_a_file(fetch, site):
    url = site.put("/wire.jsonl.gz", gzip.compress(b'{"title": "One"}\n{"title": "Two", "publisher": "P"}\n', mtime=0))
    assert [capture.source for capture in fetch(url).captures] == ["127.0.0.1", "P"]


def test_a_redirect_is_followed_and_its_end_is_the_address(fetch, site):
    site.put("/a", status=302, Location="/b")
    end = site.put("/b", PAGE, Content_Type="text/html")
    assert fetch(site.url("/a")).only.url == end


def test_redirects_in_a_circle_end(fetch, site):
    site.put("/a", status=302, Location="/b")
    site.put("/b", status=301, Location="/a")
    issue = fetch(site.url("/a")).problem
    assert issue.message.startswith("redirects more than 5 times")
    assert len([path for path in site.paths if path != "/robots.txt"]) == 6


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("file:///etc/passwd", "only http and https are fetched"),
        ("http://user:pass@127.0.0.1/", "carries a user name or password"),
        ("http://169.254.169.254/latest/meta-data/", "its host 169.254.169.254 is at 169.254.169.254"),
    ],
)
def test_every_hop_of_a_redirect_is_checked(fetch, site, monkeypatch, target, said):
    open_here = network_module.is_public
    monkeypatch.setattr(network_module, "is_public", lambda address: str(address) == "127.0.0.1" or open_here(address))
    issue = fetch(site.put("/a", status=302, Location=target), allow_private=False).problem
    assert issue.stage == "policy"
    assert said in issue.message


def test_a_server_on_this_machine_is_refused_unless_it_is_allowed(fetch, site):
    issue = fetch(site.put("/a", PAGE), allow_private=False).problem
    assert issue.stage == "policy"
    assert not site.asked


def test_a_password_in_an_address_is_refused_and_not_kept(fetch, site):
    issue = fetch(site.root.replace("//", "//jane:secret@") + "/a").problem
    assert issue.stage == "policy"
    assert "secret" not in issue.subject + issue.message


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (404, "is not there (HTTP 404)"),
        (410, "is not there (HTTP 410)"),
        (403, "is not open to us (HTTP 403)"),
        (400, "answered with HTTP 400: look at the address"),
        (304, "answered with HTTP 304"),
        (429, "answered with HTTP 429: try again later"),
        (500, "answered with HTTP 500: try again later"),
    ],
)
def test_an_answer_that_is_no_page_is_one_sentence(fetch, site, status, said):
    issue = fetch(site.put("/a", "no", status=status)).problem
    assert issue.stage == "collect"
    assert said in issue.message


@pytest.mark.parametrize("url", ["http://", "http://[::1", "http://a:99999999/", "http://exa mple.org:x/", "http:///a"])
def test_an_address_that_is_none_is_told_of(fetch, url):
    assert fetch(url).problem.subject.startswith(url)


def test_an_empty_answer_is_told_of(fetch, site):
    assert "is empty" in fetch(site.put("/a")).problem.message


def test_a_server_that_is_down_is_told_of(fetch, site):
    site.server.server_close()
    issue = fetch(site.url("/a")).problem
    assert "did not answer as it should" in issue.message
    assert issue.subject == site.url("/a") + " (robots.txt)"


def test_a_body_that_breaks_off_is_told_of(fetch, site):
    assert "did not answer as it should" in fetch(site.put("/a", PAGE, Content_Length="5000")).problem.message


def test_a_coding_nobody_asked_for_is_told_of(fetch, site):
    assert "is packed as 'zstd'" in fetch(site.put("/a", "??", Content_Encoding="zstd")).problem.message


class TestLimits:
    def test_a_page_that_tells_it_is_too_large_is_not_read(self, fetch, site):
        issue = fetch(site.put("/a", "x" * 3_000_000), max_bytes=1_000_000).problem
        assert "is 3 MB, over the limit" in issue.message
        assert "--max-size 4" in issue.message

    def test_a_zip_bomb_stops_at_the_limit(self, fetch, site):
        url = site.put("/a", gzip.compress(bytes(20_000_000), mtime=0), Content_Encoding="gzip")
        assert "over the limit" in fetch(url, max_bytes=1_000_000).problem.message

    def test_a_feed_that_never_ends_is_cut_at_the_limit(self, fetch, site):
        def endless(handler) -> None:
            handler.send_response(200)
            handler.end_headers()
            handler.wfile.write(b"<rss><channel>")
            for _ in range(100_000):
                handler.wfile.write(b"<item><title>Again</title></item>" * 1000)

        assert "over the limit" in fetch(site.on("/feed", endless), max_bytes=1_000_000).problem.message

    @pytest.mark.parametrize("part", ["head", "body"])
    def test_a_server_that_trickles_is_cut_off_in_time(self, fetch, site, part):
        def trickle(handler) -> None:
            handler.send_response(200)
            if part == "body":
                handler.end_headers()
            handler.flush_headers()
            for _ in range(100):
                handler.wfile.write(b"x" if part == "body" else b"X-A: b\r\n")
                time.sleep(0.02)

        begun = time.monotonic()
        issue = fetch(site.on("/feed", trickle), deadline=0.3).problem
        assert "was still sending after 0.3 s and was cut off" in issue.message
        assert issue.subject == site.url("/feed")
        assert time.monotonic() - begun < 1.5

    def test_a_silent_server_is_given_up(self, fetch, site):
        url = site.on("/a", lambda _: time.sleep(0.5))
        assert "ReadTimeout" in fetch(url, timeout=0.1).problem.message


class TestRobots:
    def test_what_robots_txt_forbids_is_refused_by_policy_and_not_asked_for(self, fetch, site):
        site.put("/robots.txt", "User-agent: *\nDisallow: /closed/\n")
        haul = fetch(site.put("/closed/a", PAGE), site.put("/open/a", PAGE))
        assert len(haul.captures) == 1
        assert haul.issues[0].stage == "policy"
        assert "the robots.txt of 127.0.0.1 forbids it" in haul.issues[0].message
        assert site.paths == ["/robots.txt", "/open/a"]

    def test_vedette_can_be_forbidden_by_name(self, fetch, site):
        site.put("/robots.txt", "User-agent: vedette\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
        assert fetch(site.put("/a", PAGE)).problem.stage == "policy"

    @pytest.mark.parametrize("status", [404, 403])
    def test_a_site_without_robots_txt_forbids_nothing(self, fetch, site, status):
        site.put("/robots.txt", "User-agent: *\nDisallow: /\n", status=status)
        assert fetch(site.put("/a", PAGE)).only

    @pytest.mark.parametrize("status", [500, 503, 429])
    def test_a_robots_txt_that_fails_forbids_everything_for_now(self, fetch, site, status):
        site.put("/robots.txt", status=status)
        issue = fetch(site.put("/a", PAGE)).problem
        assert issue.stage == "policy"
        assert f"robots.txt of 127.0.0.1 answers {status}, which forbids everything for now" in issue.message

    def test_a_packed_robots_txt_is_obeyed(self, fetch, site):
        site.put("/robots.txt", gzip.compress(b"User-agent: *\nDisallow: /\n", mtime=0), Content_Encoding="gzip")
        assert fetch(site.put("/a", PAGE)).problem.stage == "policy"

    def test_the_end_of_a_redirect_is_asked_about_too(self, fetch, site):
        site.put("/robots.txt", "User-agent: *\nDisallow: /closed\n")
        site.put("/closed", PAGE)
        assert fetch(site.put("/a", status=302, Location="/closed")).problem.stage == "policy"
        assert "/closed" not in site.paths


class TestManners:
    @pytest.fixture
    def slept(self, monkeypatch) -> list[float]:
        slept: list[float] = []
        monkeypatch.setattr("vedette.collect.fetch.time.sleep", slept.append)
        return slept

    def test_one_host_is_not_asked_too_often(self, fetch, site, slept):
        fetch(site.put("/a", PAGE), site.put("/b", PAGE), delay=7)
        assert len(slept) == 1
        assert 6 < slept[0] <= 7

    @pytest.mark.parametrize(("asked_for", "waited"), [("12", 12), ("9999", 30)])
    def test_a_site_that_asks_for_more_time_gets_it_within_reason(self, fetch, site, slept, asked_for, waited):
        site.put("/robots.txt", f"User-agent: *\nCrawl-delay: {asked_for}\n")
        fetch(site.put("/a", PAGE), site.put("/b", PAGE))
        assert waited - 1 < slept[0] <= waited

    def test_limits_are_polite_unless_told_otherwise(self):
        limits = Limits()
        assert (limits.delay, limits.max_redirects, limits.allow_private) == (1.0, 5, False)
        assert (limits.max_bytes, limits.timeout) == (32 * 1024 * 1024, 20.0)
