from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from vedette.model.errors import FormatError
from vedette.text import open_capture

ARTICLE = "application/x-article+json"
MESSAGE = "application/x-telegram-message+json"


@pytest.mark.parametrize("name", ["text", "description", "summary", "body", "content"])
def test_body_may_have_any_of_its_usual_names(opened, name):
    article = opened(json.dumps({"title": "Blast in Karsan", name: "Twelve people died."}), ARTICLE)
    assert article.text == "Blast in Karsan\n\nTwelve people died."


def test_full_text_goes_before_its_summary(opened):
    item = {"title": "Blast", "description": "Summary.", "text": "The full text."}
    assert opened(json.dumps(item), ARTICLE).text == "Blast\n\nThe full text."


@pytest.mark.parametrize(
    "told",
    [
        {"published": "2023-03-04T21:00:00Z"},
        {"date": "2023-03-04 21:00:00"},
        {"published_at": "Sun, 05 Mar 2023 01:30:00 +0430"},
        {"published": "", "date": "2023-03-05T01:30:00+04:30"},
        {"published": 1677963600},
    ],
)
def test_published_is_utc_and_without_a_zone_it_was_utc(opened, told):
    item = {"text": "Twelve people died."} | told
    assert opened(json.dumps(item), ARTICLE).published == datetime(2023, 3, 4, 21, tzinfo=UTC)


@pytest.mark.parametrize("told", ["yesterday", "9999-99-99", None, [], True, 1e300, "0001-01-01T00:00:00+23:00"])
def test_time_that_cannot_be_told_is_none(opened, told):
    assert opened(json.dumps({"text": "Twelve people died.", "date": told}), ARTICLE).published is None


def test_address_and_site_are_kept(opened):
    article = opened(
        json.dumps({"text": "Words.", "link": "https://k.example/1", "publisher": "Karsan Daily"}), ARTICLE
    )
    assert (article.url, article.site) == ("https://k.example/1", "Karsan Daily")


def test_entities_and_markup_are_made_plain(opened):
    item = {"title": "Q&amp;A", "text": "<p>One &#8212; two.</p><p>Three.</p>"}
    assert opened(json.dumps(item), ARTICLE).text == "Q&A\n\nOne — two.\n\nThree."


def test_item_with_a_title_alone_is_an_article(opened):
    assert opened('{"title": "Blast in Kabul"}', ARTICLE).title == "Blast in Kabul"


def test_lone_surrogate_does_no_harm(opened):
    assert opened('{"text": "broken \\ud83d emoji"}', ARTICLE).text == "broken \ufffd emoji"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("", "is not valid JSON"),
        ('{"title": "cut sho', "is not valid JSON"),
        ("[1, 2]", "is not a JSON object"),
        ('{"title": 5, "text": null}', "holds no readable text"),
        ("[" * 100_000, "cannot be read as a JSON article"),
        ('{"a": ' + "9" * 5000 + "}", "is not valid JSON"),
    ],
)
def test_what_is_no_item_is_one_clear_sentence(capture, body, why):
    with pytest.raises(FormatError, match=why):
        open_capture(capture(body, ARTICLE))


def test_message_of_many_entities_is_one_text(opened):
    text = [
        "Взрыв в ",
        {"type": "bold", "text": "Карсане"},
        ".\n\nПогибли двенадцать человек. ",
        {"type": "link", "text": ""},
    ]
    message = {"id": 7, "type": "message", "from": "Some Person", "text": text, "date": "2023-03-05T01:30:00"}
    article = opened(json.dumps(message), MESSAGE)
    assert article.text == "Взрыв в Карсане.\n\nПогибли двенадцать человек."
    assert article.lang == "ru"


def test_unix_time_goes_before_the_exporters_local_time(opened):
    message = {"text": "Воздушная тревога", "date": "2023-03-05T01:30:00", "date_unixtime": "1677963600"}
    assert opened(json.dumps(message), MESSAGE).published == datetime(2023, 3, 4, 21, tzinfo=UTC)


def test_no_persons_name_is_kept(opened):
    message = {"text": "Air raid alert", "from": "Jane Roe", "forwarded_from": "John Doe", "author": "X Y"}
    assert "Jane" not in repr(opened(json.dumps(message), MESSAGE))
    assert "John" not in repr(opened(json.dumps(message), MESSAGE))


@pytest.mark.parametrize("text", ["", [], [{"type": "emoji"}], None, "👍👍"])
def test_message_without_words_holds_no_readable_text(capture, text):
    with pytest.raises(FormatError, match="holds no readable text"):
        open_capture(capture(json.dumps({"type": "service", "text": text}), MESSAGE))


def test_real_news_items_all_open_with_their_day(capture, data):
    lines = data("news_rss_2021/rss_2021_07_09.jsonl").read_text(encoding="utf-8").splitlines()[::20]
    for line in lines:
        (article,) = open_capture(capture(line, ARTICLE))
        item = json.loads(line)
        assert article.published == datetime.fromisoformat(item["published"])
        assert article.url == item["url"]
        assert article.site == item["publisher"]
