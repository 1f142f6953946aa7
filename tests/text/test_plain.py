from __future__ import annotations

import pytest

from vedette.model.errors import FormatError
from vedette.text import open_capture

TEXT = "text/plain"
BODY = "Ten fighters were killed on Monday near Doran, the ministry said.\nIt gave no details."


def test_first_line_that_stands_alone_is_the_title(opened):
    article = opened(f"Clash near Doran\n\n{BODY}", TEXT)
    assert article.title == "Clash near Doran"
    assert article.text == f"Clash near Doran\n\n{BODY}"


@pytest.mark.parametrize("first", ["Clash near Doran.", "Clash near Doran\nsecond line", "word " * 50])
def test_first_line_that_is_no_headline_stays_in_the_body(opened, first):
    article = opened(f"{first}\n\n{BODY}", TEXT)
    assert article.title == ""
    assert article.text.startswith(first.strip())


def test_single_paragraph_has_no_title(opened):
    assert opened(BODY, TEXT).title == ""


def test_collectors_title_goes_in_front_where_the_text_has_none(opened):
    assert opened(BODY, TEXT, title="Told").text == f"Told\n\n{BODY}"


def test_line_ends_are_one_kind_and_gaps_one_line(opened):
    assert opened("One sentence here.\r\n\r\n\r\n\r\nAnother one there.\rAnd a third.  \n", TEXT).text == (
        "One sentence here.\n\nAnother one there.\nAnd a third."
    )


def test_character_set_in_the_media_type_is_used(opened):
    polish = "W Łodzi zginęły wczoraj trzy osoby, poinformowała policja."
    assert opened(polish.encode("cp1250"), "text/plain; charset=windows-1250").text == polish


@pytest.mark.parametrize("body", [b"", b" \n ", b"Too short.", b"-" * 500, b"\xef\xbb\xbf"])
def test_file_without_words_holds_no_readable_text(capture, body):
    with pytest.raises(FormatError, match="holds no readable text"):
        open_capture(capture(body, TEXT))


def test_words_that_line_ends_broke_are_whole_again(opened):
    broken = (
        "A sui-\ncide bomber killed three po-\nlice in Kun-\nduz.\nA self-\nstyled army fell in an air-\nstrike.\n\n"
    )
    whole = "A suicide\nbomber killed three police\nin Kunduz.\nA self-styled\narmy fell in an air-strike.\n\n"
    assert opened(f"{broken}No air-strike.", TEXT).text == f"{whole}No air-strike."


def test_a_dash_at_a_line_end_is_no_broken_word(opened):
    text = "Three men were killed -\nthe police said so -\nin the north-\n\nwest of the town."
    assert opened(text, TEXT).text == text


def test_character_references_that_were_left_in_are_resolved(opened):
    text = "The &quot;attack&quot; in Doran&nbsp;killed five police officers &amp; three others&#46;"
    assert opened(text, TEXT).text == 'The "attack" in Doran\u00a0killed five police officers & three others.'
