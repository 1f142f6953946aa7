from __future__ import annotations

import gzip
import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from vedette.model.errors import FormatError
from vedette.text import open_capture

HTML = "text/html"
FIRST = "At least twelve people were killed on Tuesday when a bomb went off in the market of Karsan, officials said."
SECOND = "The governor's spokesman denied that the army had been near the place, and called the reports a fabrication."
THIRD = "Doctors at the provincial hospital said that they had treated thirty wounded, nine of them children, by noon."


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>Blast in Karsan market</title>{head}</head><body>{body}</body></html>"


def story(*paragraphs: str) -> str:
    return "<article><h1>Blast in Karsan market</h1>" + "".join(f"<p>{text}</p>" for text in paragraphs) + "</article>"


def test_page_gives_title_blank_line_and_paragraphs(opened):
    article = opened(page(story(FIRST, SECOND, THIRD)), HTML)
    assert article.title == "Blast in Karsan market"
    assert article.text == "\n\n".join(("Blast in Karsan market", FIRST, SECOND, THIRD))
    assert article.lang == "en"


def test_menus_comments_and_scripts_stay_behind(opened):
    menu = "<nav><ul><li><a href='/'>Home page</a></li><li><a href='/s'>Subscribe today</a></li></ul></nav>"
    comments = "<div id='comments'><p>Reader one: this is a comment below the line, and a long one.</p></div>"
    text = opened(page(f"{menu}{story(FIRST, SECOND, THIRD)}{comments}<script>var secret = 1</script>"), HTML).text
    assert "Subscribe" not in text
    assert "Reader one" not in text
    assert "secret" not in text


def test_headline_of_another_story_is_not_read_as_part_of_this_one(opened):
    teaser = "READ MORE: <a href='/x'>Forty soldiers killed in ambush near Doran</a>"
    assert "Forty soldiers" not in opened(page(story(FIRST, teaser, SECOND, THIRD)), HTML).text


def test_paragraph_that_only_mentions_a_link_stays(opened):
    linked = FIRST.replace("officials said", "<a href='/who'>provincial officials in the capital said</a>")
    assert "provincial officials in the capital said" in opened(page(story(linked, SECOND, THIRD)), HTML).text


def test_body_cut_in_pieces_by_advertisements_is_whole_again(opened):
    chunk = (
        "<div class='grid'><div class='item article-body'><p>{}</p><p>{}</p></div><div class='ad'>Buy now</div></div>"
    )
    pieces = chunk.format(FIRST, SECOND) + chunk.format(THIRD, "A curfew was declared in the town until Friday night.")
    text = opened(page(f"<h1>Blast in Karsan market</h1><div class='chunks'>{pieces}</div>"), HTML).text
    assert [line for line in (FIRST, SECOND, THIRD) if line not in text] == []
    assert "A curfew was declared" in text


def test_published_is_the_instant_of_the_json_ld_in_utc(opened):
    told = '{"@type":"NewsArticle","datePublished":"2023-03-05T01:30:00+04:30"}'
    stamp = f'<script type="application/ld+json">{told}</script>'
    article = opened(page(story(FIRST, SECOND, THIRD), stamp), HTML)
    assert article.published == datetime(2023, 3, 4, 21, tzinfo=UTC)


def test_published_is_the_day_where_the_page_tells_no_hour(opened):
    head = '<meta name="date" content="2023-03-05">'
    assert opened(page(story(FIRST, SECOND), head), HTML).published == datetime(2023, 3, 5, tzinfo=UTC)


def test_day_the_collector_was_told_goes_before_the_pages_own(opened):
    told = datetime(2020, 1, 2, tzinfo=UTC)
    head = '<meta name="date" content="2023-03-05">'
    assert opened(page(story(FIRST, SECOND), head), HTML, published=told).published == told


def test_page_without_a_date_is_not_dated_today_nor_by_a_day_in_its_text(opened):
    undated = story(FIRST, SECOND, "The previous attack in the town was on 3 May 2019, when two people died there.")
    assert opened(page(undated + "<footer>Copyright 2024 Example</footer>"), HTML).published is None


def test_day_after_the_fetch_is_not_believed(opened):
    head = '<meta name="date" content="2031-03-05">'
    assert opened(page(story(FIRST, SECOND), head), HTML).published is None


def test_site_name_is_kept(opened):
    head = '<meta property="og:site_name" content="Karsan Daily">'
    assert opened(page(story(FIRST, SECOND), head), HTML).site == "Karsan Daily"


def test_collectors_title_stands_in_for_a_missing_one(opened):
    body = f"<html><body><p>{FIRST}</p><p>{SECOND}</p></body></html>"
    assert opened(body, HTML, title="From the feed").title == "From the feed"


def test_character_set_of_the_meta_element_is_used(opened):
    russian = "Не менее двенадцати человек погибли во вторник при взрыве на рынке, сообщили местные власти."
    html = f"<html><head><meta charset='windows-1251'><title>Взрыв</title></head><body><p>{russian}</p></body></html>"
    article = opened(html.encode("cp1251"), HTML)
    assert russian in article.text
    assert article.lang == "ru"


def test_one_bare_paragraph_is_enough(opened):
    assert opened(f"<p>{FIRST}", HTML).text == FIRST


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "is empty"),
        (b"<html><body></body></html>", "holds no readable text"),
        (b"<html><body><p>Hm.</p></body></html>", "holds no readable text"),
        (b"<!-- " + b"x" * 100, "holds no readable text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "is not text but binary data"),
    ],
)
def test_page_without_an_article_is_one_clear_sentence(capture, body, why):
    with pytest.raises(FormatError, match=why) as caught:
        open_capture(capture(body, HTML))
    assert caught.value.subject == "https://example.org/item"


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li", "span"])
def test_hundred_thousand_nested_elements_do_no_harm(capture, tag):
    with suppress(FormatError):
        (article,) = open_capture(capture(f"<html><body>{f'<{tag}>' * 100_000}{FIRST}", HTML))
        assert article.text


def test_real_pages_open_with_their_title_site_and_mostly_their_day(capture, data):
    rows = data("article_extraction/dev.jsonl").read_text(encoding="utf-8").splitlines()[::8]
    pages = [json.loads(row) for row in rows]
    folder = data("article_extraction/html").parent
    bodies = [gzip.decompress((folder / told["html_file"]).read_bytes()) for told in pages]
    articles = [
        article
        for told, body in zip(pages, bodies, strict=True)
        for article in open_capture(capture(body, HTML, url=told["url"]))
    ]
    assert len(articles) == len(pages)
    assert all(article.title and article.site for article in articles)
    assert sum(article.published is not None for article in articles) >= 0.9 * len(pages)
    assert all(
        article.published is None or article.published.year < 2021 for article in articles
    )  # All were fetched in 2019.
