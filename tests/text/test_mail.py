from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from vedette.model.errors import FormatError
from vedette.text import open_capture

MAIL = "message/rfc822"
BODY = "Doce personas murieron el martes en Peñalosa, según el señor alcalde.\n\nEl ejército lo niega."


def mail(**headers: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    told = {"Subject": "Atentado en Peñalosa", "From": "a@example.org", "Date": "Sun, 05 Mar 2023 01:30:00 +0430"}
    for name, value in (told | headers).items():
        message[name] = value
    return message


@pytest.mark.parametrize("cte", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252"])
def test_subject_date_and_text_are_read_whatever_their_encoding(opened, cte, charset):
    message = mail()
    message.set_content(BODY, charset=charset, cte=cte)
    article = opened(message.as_bytes(), MAIL)
    assert article.title == "Atentado en Peñalosa"
    assert article.text == f"Atentado en Peñalosa\n\n{BODY}"
    assert article.published == datetime(2023, 3, 4, 21, tzinfo=UTC)
    assert article.lang == "es"


def test_plain_part_goes_before_html_and_attachments_are_left_alone(opened):
    message = mail()
    message.set_content(BODY)
    message.add_alternative("<p>The HTML part says it in another way.</p>", subtype="html")
    message.add_attachment("Attached words that are not the mail.", filename="a.txt")
    assert opened(message.as_bytes(), MAIL).text.endswith(BODY)


def test_html_part_serves_where_the_plain_one_is_a_stub(opened):
    message = mail()
    message.set_content("Use HTML.")
    message.add_alternative("<p>Twelve people were killed.</p><p>The army denies it.</p>", subtype="html")
    assert opened(message.as_bytes(), MAIL).text.endswith("Twelve people were killed.\n\nThe army denies it.")


def test_flowed_lines_are_joined(opened):
    head = b"Subject: x\r\nContent-Type: text/plain; format=flowed\r\n\r\n"
    body = b"Twelve people were killed \r\non Tuesday.\r\n\r\nEnd.\r\n"
    assert opened(head + body, MAIL).text == "x\n\nTwelve people were killed on Tuesday.\n\nEnd."


def test_bare_bytes_in_a_subject_are_read(opened):
    body = "Subject: Взрыв на рынке в Карсане\r\n\r\nНе менее двенадцати человек погибли.\r\n"
    assert opened(body.encode("cp1251"), MAIL).title == "Взрыв на рынке в Карсане"


def test_broken_header_does_not_cost_the_mail(opened):
    article = opened(b"Subject: Bl\x00ast\nDate: S\x00un, 99\n\nTwelve people were killed on Tuesday.", MAIL)
    assert (article.title, article.published) == ("Blast", None)


def test_mail_without_a_date_has_none(opened):
    message = mail()
    del message["Date"]
    message.set_content(BODY)
    assert opened(message.as_bytes(), MAIL).published is None


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "is not an e-mail"),
        (b"just some words\nand more of them", "is not an e-mail"),
        (b"Subject: x\nContent-Type: image/png\n\nabc", "neither a plain nor an HTML part"),
        (b"Subject: A subject that is long enough to be a text\n\n\n", "holds no readable text"),
    ],
)
def test_what_is_no_mail_or_says_nothing_is_one_clear_sentence(capture, body, why):
    with pytest.raises(FormatError, match=why):
        open_capture(capture(body, MAIL))


def test_three_thousand_nested_parts_do_no_harm(capture):
    parts = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3000))
    with pytest.raises(FormatError):
        open_capture(capture(f"Subject: x\n{parts}", MAIL))
