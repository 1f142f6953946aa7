from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vedette.model.errors import FormatError
from vedette.model.nouns import Article, Capture
from vedette.text import OPENERS, open_capture, opener_of


def test_names_of_the_openers_are_pinned():
    assert {media_type: opener.name for media_type, opener in OPENERS.items()} == {
        "text/html": "html/1",
        "application/pdf": "pdf/1",
        "text/plain": "plain/1",
        "message/rfc822": "mail/1",
        "application/feed": "feed/1",
        "application/x-article+json": "article-json/1",
        "application/x-telegram-message+json": "telegram/1",
    }


def test_opener_is_found_whatever_the_parameters_of_the_media_type():
    assert opener_of("Text/HTML; charset=utf-8") == "html/1"
    assert opener_of("image/png") == ""


@pytest.mark.parametrize("media_type", ["image/png", "", "; charset=utf-8"])
def test_media_type_that_nothing_opens_is_one_clear_sentence(capture, media_type):
    with pytest.raises(FormatError, match="nothing opens"):
        open_capture(capture(b"x", media_type))


def test_same_bytes_give_the_same_ids(capture):
    made = capture("Ten people were killed in the north.", "text/plain")
    assert [a.id for a in open_capture(made)] == [a.id for a in open_capture(made)]


def test_failure_of_a_parser_is_one_sentence_that_names_its_kind(capture, monkeypatch):
    from dataclasses import replace

    def fails(_: Capture) -> list:
        raise RecursionError("maximum depth\nexceeded")

    monkeypatch.setitem(OPENERS, "text/plain", replace(OPENERS["text/plain"], open=fails))
    with pytest.raises(FormatError) as caught:
        open_capture(capture(b"x", "text/plain"))
    assert str(caught.value) == (
        "https://example.org/item: cannot be read as plain text, it is broken: "
        "fetch it again (RecursionError maximum depth exceeded)"
    )


def _mail() -> bytes:
    message = EmailMessage()
    message["Subject"], message["Date"] = "Взрыв в Карсане", "Sun, 05 Mar 2023 01:30:00 +0430"
    message.set_content("Twelve people were killed.")
    message.add_alternative("<p>Twelve people were killed.</p>", subtype="html")
    return bytes(message)


VALID = {
    "text/html": b"<html><head><meta charset='utf-8'><title>T</title><script type='application/ld+json'>"
    b'{"datePublished": "2023-01-01T00:00:00Z"}</script></head><body><article><p>Twelve people were killed on '
    b"Tuesday.</p><p>The army &amp; the police deny it.</p><table><tr><td>1</td></tr></table></article></body></html>",
    "text/plain": "Взрыв\n\nTwelve people were killed on Tuesday in Karsan.".encode(),
    "message/rfc822": _mail(),
    "application/feed": b"<?xml version='1.0'?><rss version='2.0'><channel><title>K</title><item><title>Blast</title>"
    b"<pubDate>Sun, 05 Mar 2023 01:30:00 +0430</pubDate><description>&lt;p&gt;Words&lt;/p&gt;</description></item>"
    b"</channel></rss>",
    "application/x-article+json": b'{"title": "T", "text": "<p>Words &amp; more</p>", "published": "2023-01-01"}',
    "application/x-telegram-message+json": b'{"text": ["a ", {"type": "bold", "text": "Words"}], '
    b'"date_unixtime": "1677963600"}',
}
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _attempt(made: Capture) -> tuple[list[Article], FormatError | None]:
    try:
        return open_capture(made), None
    except FormatError as error:
        return [], error


def _opens_or_explains(body: bytes, media_type: str) -> None:
    made = Capture.of(body, source="s", url="u", fetched_at=datetime(2024, 1, 1, tzinfo=UTC), media_type=media_type)
    articles, error = _attempt(made)
    assert articles or (error and error.subject == "u" and "\n" not in str(error))
    for article in articles:
        assert article.text.strip()
        (article.text + article.title + article.url + article.site).encode()
        assert "\0" not in article.text
        assert article.published is None or article.published.tzinfo is UTC


@pytest.mark.parametrize("media_type", OPENERS)
@QUICK
@given(body=st.binary(max_size=400))
def test_any_bytes_open_or_are_explained(media_type, body):
    _opens_or_explains(body, media_type)


@pytest.mark.parametrize("media_type", OPENERS)
@QUICK
@given(at=st.floats(0, 1), gone=st.integers(0, 60), put=st.binary(max_size=30))
def test_damaged_document_opens_or_is_explained(media_type, pdf, at, gone, put):
    whole = VALID.get(media_type) or pdf(["Twelve people were killed on Tuesday.", "The army denies it."])
    start = int(at * len(whole))
    _opens_or_explains(whole[:start] + put + whole[start + gone :], media_type)


@pytest.mark.parametrize("media_type", [name for name in OPENERS if name != "application/pdf"])
@QUICK
@given(text=st.text(st.characters(), max_size=300))
def test_any_words_in_a_document_open_or_are_explained(media_type, text):
    whole = VALID[media_type].replace(b"Words", text.encode("utf-8", "surrogatepass"))
    _opens_or_explains(whole.replace(b"Twelve", text.encode("utf-8", "surrogatepass")), media_type)
