"""The table of openers, and the one way through it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from vedette.model.errors import FormatError
from vedette.model.nouns import Article
from vedette.text.feeds import open_feed
from vedette.text.items import open_item, open_message
from vedette.text.language import language_of
from vedette.text.mail import open_mail
from vedette.text.pages import open_page
from vedette.text.pdf import open_pdf
from vedette.text.plain import open_plain
from vedette.text.prose import clean, letters_in, one_line

if TYPE_CHECKING:
    from vedette.model.nouns import Capture
    from vedette.text.draft import Draft

_DOCUMENT = 20  # Letters; a document with fewer was not opened right. A message or a headline may be one word.


@dataclass(frozen=True, slots=True)
class Opener:
    """A versioned way to open one media type; `what` names it in errors, `least` is the letters a text must have."""

    name: str
    what: str
    open: Callable[[Capture], list[Draft]]
    least: int = _DOCUMENT


OPENERS: dict[str, Opener] = {
    "text/html": Opener("html/1", "an HTML page", open_page),
    "application/pdf": Opener("pdf/1", "a PDF", open_pdf),
    "text/plain": Opener("plain/1", "plain text", open_plain),
    "message/rfc822": Opener("mail/1", "an e-mail", open_mail),
    "application/feed": Opener("feed/1", "a feed", open_feed, least=1),
    "application/x-article+json": Opener("article-json/1", "a JSON article", open_item, least=1),
    "application/x-telegram-message+json": Opener("telegram/1", "a Telegram message", open_message, least=1),
}


def opener_of(media_type: str) -> str:
    """The versioned name of what opens a media type, "" where nothing does."""
    opener = OPENERS.get(_essence(media_type))
    return opener.name if opener else ""


def open_capture(capture: Capture) -> list[Article]:
    """The articles in a capture, at least one; a FormatError where nothing can be read."""
    opener = OPENERS.get(_essence(capture.media_type))
    if opener is None:
        raise FormatError(capture.url, f"nothing opens {capture.media_type or 'an unnamed media type'}")
    try:
        articles = [article for draft in opener.open(capture) if (article := _article(draft, capture, opener))]
    except FormatError:
        raise
    except Exception as error:  # Parsers of hostile bytes fail in ways they do not document, RecursionError among them.
        raise FormatError(
            capture.url, f"cannot be read as {opener.what}, it is broken: fetch it again ({_reason(error)})"
        ) from error
    if not articles:
        raise FormatError(capture.url, "holds no readable text")
    return list({article.id: article for article in articles}.values())


def _article(draft: Draft, capture: Capture, opener: Opener) -> Article | None:
    title = one_line(draft.title) or one_line(capture.title)
    body = clean(draft.body)
    text = f"{title}\n{body}"
    if not letters_in(body if opener.least > 1 else text, opener.least):
        return None
    return Article.of(
        capture,
        title=title,
        body=body,
        lang=language_of(text),
        published=_published(draft, capture),
        url=one_line(draft.url),
        site=one_line(draft.site),
    )


def _published(draft: Draft, capture: Capture) -> datetime | None:
    """What the collector was told goes before what the document says of itself; a feed's entries know better."""
    told, own = capture.published, draft.published
    return (own or told) if _essence(capture.media_type) == "application/feed" else (told or own)


def _essence(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()


def _reason(error: Exception) -> str:
    return " ".join(f"{type(error).__name__} {error}".split())[:200]
