from __future__ import annotations

from datetime import UTC, datetime

import pytest

from vedette.model.errors import FormatError
from vedette.text import open_capture

FEED = "application/feed"
RSS = """<?xml version="1.0" encoding="{codec}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Karsan Daily</title>
<item><title>Blast &amp; fire in Karsan</title><link>/news/1</link><pubDate>Sun, 05 Mar 2023 01:30:00 +0430</pubDate>
<description>Short.</description><content:encoded><![CDATA[<p>Twelve people died.</p><p>Señor Peña denied it.</p>]]>
</content:encoded></item>
<item><title> </title><description></description></item>
<item><description>Only a summary of one item.</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Ministry</title><entry>
<title type="html">Army &lt;b&gt;denies&lt;/b&gt;</title>
<link href="https://example.org/a"/><updated>2023-03-05T10:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>First.</p><p>Second.</p></div></content></entry></feed>"""


@pytest.fixture
def entries(capture):
    return lambda body, **told: open_capture(capture(body, FEED, **told))


def test_every_entry_that_says_something_is_an_article(entries):
    first, second = entries(RSS.format(codec="utf-8"))
    assert first.title == "Blast & fire in Karsan"
    assert first.text == "Blast & fire in Karsan\n\nTwelve people died.\n\nSeñor Peña denied it."
    assert first.published == datetime(2023, 3, 4, 21, tzinfo=UTC)
    assert first.url == "https://example.org/news/1"
    assert first.site == "Karsan Daily"
    assert (second.title, second.text, second.published) == ("", "Only a summary of one item.", None)


def test_declared_character_set_is_read(entries):
    assert "Señor Peña" in entries(RSS.format(codec="iso-8859-1").encode("iso-8859-1"))[0].text


def test_atom_entry_keeps_its_paragraphs(entries):
    (article,) = entries(ATOM)
    assert article.text == "Army denies\n\nFirst.\n\nSecond."
    assert article.published == datetime(2023, 3, 5, 10, tzinfo=UTC)


def test_entry_without_a_day_has_the_one_the_collector_was_told(entries):
    told = datetime(2023, 1, 1, tzinfo=UTC)
    assert [article.published.year for article in entries(RSS.format(codec="utf-8"), published=told)] == [2023, 2023]
    assert entries(RSS.format(codec="utf-8"), published=told)[1].published == told


def test_months_of_other_languages_are_understood(entries):
    rss = RSS.format(codec="utf-8").replace("Sun, 05 Mar 2023 01:30:00 +0430", "Seg, 24 Set 2018 19:42:40 -0300")
    assert entries(rss)[0].published == datetime(2018, 9, 24, 22, 42, 40, tzinfo=UTC)


def test_feed_that_is_cut_short_gives_what_is_whole(entries):
    whole = RSS.format(codec="utf-8")
    assert entries(whole[: whole.index("<item><title> ")])[0].title == "Blast & fire in Karsan"


def test_impossible_link_does_not_cost_the_entry(entries):
    first = entries(RSS.format(codec="utf-8").replace("/news/1", "http://[news/1"))[0]
    assert first.title == "Blast & fire in Karsan"
    assert first.url == "https://example.org/item"


def test_half_an_emoji_does_not_cost_the_feed(entries):
    rss = (
        RSS.format(codec="utf-8")
        .replace("Short.", "Alert &#55357;&#xDE00; &#x1F600; &#x110000; over")
        .replace("<p>", "")
    )
    assert len(entries(rss)) == 2


def test_entities_do_not_explode(entries):
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = (
        f'<!DOCTYPE l [<!ENTITY a0 "haha">{levels}]><rss><channel><item><title>x &a11;</title></item></channel></rss>'
    )
    assert all(len(article.text) < 1000 for article in entries(bomb))


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("", "is not a feed"),
        (b"\x89PNG" + bytes(range(256)), "is not text"),
        ("<html><p>Hi", "is not a feed"),
        ("<rss><channel></channel></rss>", "without any entry"),
    ],
)
def test_what_is_no_feed_or_empty_is_one_clear_sentence(entries, body, why):
    with pytest.raises(FormatError, match=why):
        entries(body)


def test_name_of_a_file_is_not_opened(entries, tmp_path):
    path = tmp_path / "feed.xml"
    path.write_text(RSS.format(codec="utf-8"))
    with pytest.raises(FormatError, match="is not a feed"):
        entries(str(path))


@pytest.mark.parametrize(
    ("name", "least", "title"),
    [
        ("content-encoded.rss", 7, "THE CREATIVE FORAGER"),
        ("encoding.rss", 40, "Mãe de utente é a nova presidente da Raríssimas"),
        ("feedburner.atom", 25, "AdWords and DFP Java client library"),
        ("guardian.rss", 55, "Trump State of the Union address"),
        ("heise.atom", 15, "Java-Anwendungsserver"),
        ("many-links.rss", 25, "Code Health"),
        ("rss-1.rss", 69, "Food for fungi"),
        ("uolNoticias.rss", 15, "Ibope"),
    ],
)
def test_real_feed_opens_whole(entries, data, name, least, title):
    articles = entries((data("web_format_samples/feeds") / name).read_bytes())
    assert len(articles) >= least
    assert articles[0].title.startswith(title)
    assert all(article.published for article in articles)
    assert all(article.url.startswith("http") for article in articles)
    assert "<p>" not in "".join(article.text for article in articles)
