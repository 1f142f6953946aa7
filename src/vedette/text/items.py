"""Single items as JSON: articles of a JSONL file and messages of a Telegram Desktop export."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from vedette.model.errors import FormatError
from vedette.text.charset import decode
from vedette.text.dates import utc_of
from vedette.text.draft import Draft
from vedette.text.prose import one_line, plain

if TYPE_CHECKING:
    from vedette.model.nouns import Capture

# A full text goes before a summary.
_BODY = ("text", "body", "content", "description", "summary")
_PUBLISHED = ("published", "published_at", "date")
_URL = ("url", "link")
_SITE = ("source", "publisher", "channel")


def open_item(capture: Capture) -> list[Draft]:
    """The one article of a JSON object."""
    item = _object(capture)
    return [
        Draft(
            body=plain(_first(item, _BODY)),
            title=one_line(plain(_first(item, ("title",)))),
            published=next(filter(None, (utc_of(item.get(name)) for name in _PUBLISHED)), None),
            url=_first(item, _URL),
            site=_first(item, _SITE),
        )
    ]


def open_message(capture: Capture) -> list[Draft]:
    """The one message of a Telegram export; who wrote or forwarded it is not kept."""
    item = _object(capture)
    seconds = str(item.get("date_unixtime") or "")
    published = utc_of(int(seconds)) if seconds.isdecimal() and len(seconds) <= 12 else utc_of(item.get("date"))
    return [Draft(_message_text(item.get("text")), published=published, site=_first(item, ("channel",)))]


def _message_text(told: object) -> str:
    """The message's words; a formatted message is a list of strings and of entities with their text."""
    if isinstance(told, list):
        return "".join(map(_message_text, told))
    if isinstance(told, dict):
        told = told.get("text")
    return told if isinstance(told, str) else ""


def _object(capture: Capture) -> dict[str, Any]:
    try:
        item = json.loads(decode(capture.url, capture.body))
    except ValueError as error:
        raise FormatError(capture.url, f"is not valid JSON ({error})") from error
    if not isinstance(item, dict):
        raise FormatError(capture.url, "is not a JSON object; one object with a title and a text is needed")
    return item


def _first(item: dict[str, Any], names: tuple[str, ...]) -> str:
    return next((item[name] for name in names if isinstance(item.get(name), str) and item[name].strip()), "")
