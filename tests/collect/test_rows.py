"""Articles as JSON lines and as an array."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from vedette.collect import Limits, Told

ARTICLE = "application/x-article+json"


def test_each_line_is_a_capture_of_exactly_its_bytes(collect, put):
    path = put("wire.jsonl", b'\xef\xbb\xbf{"title": "One",  "n": 1}\r\n\n{"text": "Two"}')
    first, second = collect(path).captures
    assert first.body == b'{"title": "One",  "n": 1}'
    assert second.body == b'{"text": "Two"}'
    assert first.media_type == second.media_type == ARTICLE


def test_a_line_lends_its_own_source_address_title_and_date(collect, put):
    line = '{"title": "T", "text": "x", "source": "Herald", "url": "https://h.example/1", "published": "2021-10-09"}'
    capture = collect(put("wire.jsonl", line)).only
    assert (capture.source, capture.url, capture.title) == ("Herald", "https://h.example/1", "T")
    assert capture.published == datetime(2021, 10, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ('{"text": "x", "publisher": "P"}', "P"),
        ('{"text": "x", "channel": "C"}', "C"),
        ('{"text": "x", "source": {"id": null, "name": "N"}}', "N"),
        ('{"text": "x", "source": 7}', "wire"),
    ],
)
def test_sources_go_by_several_keys(collect, put, line, source):
    assert collect(put("wire.jsonl.gz", gzip.compress(line.encode(), mtime=0))).only.source == source


@pytest.mark.parametrize(
    ("told", "published"),
    [
        ('"date": "2021-10-09T03:30:00+04:30"', datetime(2021, 10, 8, 23, tzinfo=UTC)),
        ('"published_at": "Sat, 09 Oct 2021 10:00:00 GMT"', datetime(2021, 10, 9, 10, tzinfo=UTC)),
        ('"published": 1633773600', datetime(2021, 10, 9, 10, tzinfo=UTC)),
        ('"published": "yesterday"', None),
        ('"published": 1e300', None),
        ('"published": "0001-01-01T00:00:00+14:00"', None),
    ],
)
def test_dates_are_read_in_utc_where_they_are_clear(collect, put, told, published):
    assert collect(put("wire.jsonl", f'{{"text": "x", {told}}}')).only.published == published


def test_a_told_date_is_for_the_lines_that_have_none(collect, put):
    told = Told(published=datetime(2021, 1, 1, tzinfo=UTC))
    path = put("wire.jsonl", '{"text": "x", "published": "2021-10-09"}\n{"text": "y"}\n')
    assert [capture.published.month for capture in collect(path, told=told).captures] == [10, 1]


def test_a_line_without_an_address_is_found_by_its_number(collect, put):
    path = put("wire.jsonl", '\n{"text": "x"}')
    assert collect(path).only.url == f"{path}#2"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b'{"id": 3}', "has neither a 'title' nor a 'text'"),
        (b'{"title": "", "text": 4}', "has neither a 'title' nor a 'text'"),
        (b'{"title": "cut', "is not valid JSON (Input data was truncated)"),
        (b'{"title": "caf\xe9"}', "is not valid JSON (it is not UTF-8)"),
        (b'{"x": ' + b"[" * 100_000 + b"}", "is not valid JSON (it is nested too deeply)"),
        (b"[1]", "is not an article (Expected `object`, got `array`)"),
    ],
)
def test_a_bad_line_is_told_by_its_number_and_the_others_are_kept(collect, put, line, said):
    path = put("wire.jsonl", b'{"title": "One"}\n' + line + b'\n{"title": "Three"}\n')
    haul = collect(path)
    assert [capture.title for capture in haul.captures] == ["One", "Three"]
    assert haul.issues[0].subject == f"{path} line 2"
    assert said in haul.said


def test_a_line_over_the_limit_is_skipped_and_the_next_one_read(collect, put):
    path = put("wire.jsonl", b'{"text": "' + b"x" * 9000 + b'"}\n{"title": "Two"}\n')
    haul = collect(path, limits=Limits(max_bytes=2000))
    assert [capture.title for capture in haul.captures] == ["Two"]
    assert haul.issues[0].subject == f"{path} line 1"
    assert "over the limit" in haul.said


def test_a_file_of_many_lines_may_be_larger_than_the_limit_of_one(collect, put):
    path = put("wire.jsonl", b'{"title": "One"}\n' * 500)
    assert len(collect(path, limits=Limits(max_bytes=100)).captures) == 500


def test_whole_lines_before_the_break_of_a_cut_gzip_are_kept(collect, put):
    lines = b"".join(b'{"title": "Number %d, %d"}\n' % (n, n * n * 7919) for n in range(5000))
    haul = collect(put("wire.jsonl.gz", gzip.compress(lines, mtime=0)[:-4000]))
    assert 1000 < len(haul.captures) < 5000
    assert len(haul.issues) == 1
    assert "ends in the middle of its gzip stream" in haul.said


def test_an_array_of_articles_gives_one_capture_each_with_its_exact_bytes(collect, put):
    path = put("wire.json", b'\xef\xbb\xbf[\n  {"title": "One" },\n {"text":"Two"}, 3]')
    haul = collect(path)
    assert [capture.body for capture in haul.captures] == [b'{"title": "One" }', b'{"text":"Two"}']
    assert haul.issues[0].subject == f"{path} item 3"
    assert haul.captures[0].media_type == ARTICLE
    assert haul.captures[0].source == "wire"


def test_one_article_in_a_json_file_is_one_capture(collect, put):
    assert collect(put("one.json", '{\n "title": "One"\n}\n')).only.body == b'{\n "title": "One"\n}'


def test_json_lines_under_the_name_json_are_read_as_lines(collect, put):
    assert len(collect(put("wire.json", '{"title": "One"}\n{"title": "Two"}\n')).captures) == 2


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"version": 1, "rows": [1]}', "is JSON, but neither articles"),
        (b'[{"title": "One"}, {"title": ', "is not valid JSON"),
        (b'{"title": "One"', "is not valid JSON"),
        (b"[[[[" * 30_000, "is not valid JSON"),
        (gzip.compress(b'[{"title": "One"}]', mtime=0)[:-9], "ends in the middle of its gzip stream"),
    ],
)
def test_a_json_document_that_is_nothing_of_ours_is_told_of(collect, put, body, said):
    assert said in collect(put("data.json", body)).problem.message
