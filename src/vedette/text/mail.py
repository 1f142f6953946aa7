"""E-mail: subject, date and the text part."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vedette.model.errors import FormatError
from vedette.text.charset import characters, decode
from vedette.text.dates import utc_of
from vedette.text.draft import Draft
from vedette.text.prose import letters_in, one_line, plain

if TYPE_CHECKING:
    from email.message import Message

    from vedette.model.nouns import Capture

_HEADERS = ("subject", "from", "date", "received", "message-id")
_HEADER_LENGTH = 2000  # RFC 5322 allows 998 characters a line; longer headers are attacks.
_STUB = 20  # Letters; a shorter plain part says that the mail is in its HTML part.


def open_mail(capture: Capture) -> list[Draft]:
    """The one message of a mail file, its plain part before its HTML part; attachments are left alone."""
    from email import message_from_bytes

    # Not the modern policy, which fails on malformed headers and takes quadratic time over encoded ones.
    message = message_from_bytes(capture.body)
    if not any(message[name] for name in _HEADERS):
        raise FormatError(capture.url, "is not an e-mail; it has no Subject, From or Date")
    shown = [part for part in message.walk() if part.get_content_disposition() != "attachment"]
    by_choice = [part for kind in ("text/plain", "text/html") for part in shown if part.get_content_type() == kind]
    if not by_choice:
        raise FormatError(capture.url, "holds no readable text; it has neither a plain nor an HTML part")
    body = next(filter(_says_something, (_body(part, capture.url) for part in by_choice)), "")
    return [Draft(body, _header(message, "subject"), utc_of(_header(message, "date")))]


def _says_something(text: str) -> bool:
    return letters_in(text, _STUB)


def _header(message: Message, wanted: str) -> str:
    """The header's words, also where its bytes were never encoded, as much mail from the 8-bit world has them."""
    from email.header import decode_header, make_header

    raw = next((str(value) for name, value in message.raw_items() if name.lower() == wanted), "")
    told = characters(raw[:_HEADER_LENGTH].replace("\0", "").encode("ascii", "surrogateescape"))
    try:
        return one_line(str(make_header(decode_header(told))))
    except (LookupError, ValueError):  # An unknown or wrong character set: the raw words are still worth having.
        return one_line(told)


def _body(part: Message, subject: str) -> str:
    payload = part.get_payload(decode=True)
    text = decode(subject, payload if isinstance(payload, bytes) else b"", part.get_content_charset() or "")
    if part.get_content_type() == "text/html":
        return plain(text)
    return _unflowed(text) if part.get_param("format") == "flowed" else text


def _unflowed(text: str) -> str:
    """RFC 3676: a line that ends in a space goes on in the next."""
    return re.sub(r"(?<! ) \r?\n(?!\r?\n)", " ", text)
