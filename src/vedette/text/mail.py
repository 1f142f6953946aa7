"""E-mail: subject, date and the text part."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from vedette.model.errors import FormatError
from vedette.text.charset import decode
from vedette.text.dates import utc_of
from vedette.text.draft import Draft
from vedette.text.prose import one_line, plain

if TYPE_CHECKING:
    from email.message import EmailMessage

    from vedette.model.nouns import Capture

_HEADERS = ("subject", "from", "date", "received", "message-id")


def open_mail(capture: Capture) -> list[Draft]:
    """The one message of a mail file, its plain part before its HTML part; attachments are left alone."""
    from email import message_from_bytes
    from email.policy import default

    message = message_from_bytes(capture.body, policy=default)
    if not any(message[name] for name in _HEADERS):
        raise FormatError(capture.url, "is not an e-mail; it has no Subject, From or Date")
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        raise FormatError(capture.url, "holds no readable text; all its parts are attachments")
    body = _body(cast("EmailMessage", part), capture.url)
    return [Draft(body, one_line(str(message["subject"] or "")), utc_of(str(message["date"] or "")))]


def _body(part: EmailMessage, subject: str) -> str:
    payload = part.get_payload(decode=True)
    text = decode(subject, payload if isinstance(payload, bytes) else b"", part.get_content_charset() or "")
    if part.get_content_type() == "text/html":
        return plain(text)
    return _unflowed(text) if part.get_param("format") == "flowed" else text


def _unflowed(text: str) -> str:
    """RFC 3676: a line that ends in a space goes on in the next."""
    return re.sub(r"(?<! ) \r?\n(?!\r?\n)", " ", text)
