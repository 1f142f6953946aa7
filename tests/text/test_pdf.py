from __future__ import annotations

from contextlib import suppress
from io import BytesIO

import pytest

from vedette.model.errors import FormatError
from vedette.text import open_capture

PDF = "application/pdf"
LINES = [
    "At least twelve people were killed on Tuesday when a bomb went off in the mar-",
    "ket of Karsan, officials of the self-declared administration said. An anti-",
    "government group denied that it had any part in it.",
    "Doctors at the provincial hospital said that they had treated thirty wounded by",
    "noon, nine of them children.",
]


def test_lines_become_paragraphs_and_broken_words_whole(opened, pdf):
    assert opened(pdf(LINES), PDF).text == (
        "At least twelve people were killed on Tuesday when a bomb went off in the market of Karsan, officials of the "
        "self-declared administration said. An anti-government group denied that it had any part in it.\n\n"
        "Doctors at the provincial hospital said that they had treated thirty wounded by noon, nine of them children."
    )


def test_day_a_file_was_made_is_not_the_day_of_publication(opened, pdf):
    assert opened(pdf(LINES), PDF).published is None


def test_running_heads_and_page_numbers_go(opened, pdf):
    pages = [["Karsan Monthly 2024", *LINES, f"Page {number} of 3"] for number in (1, 2, 3)]
    text = opened(pdf(*pages), PDF).text
    assert "Monthly" not in text
    assert "Page" not in text


def test_sentence_goes_on_over_the_page(opened, pdf):
    text = opened(pdf(LINES[:2], LINES[2:]), PDF).text
    assert "An anti-government group denied" in text


def test_bullets_stay_apart(opened, pdf):
    text = opened(pdf([*LINES, "- Food for the north", "- Water for the south"]), PDF).text
    assert text.endswith("\n\n- Food for the north\n\n- Water for the south")


def test_title_is_believed_where_the_page_shows_it(opened, pdf):
    shown = opened(pdf(["Situation in Karsan", *LINES], title="Situation in Karsan"), PDF)
    assert shown.title == "Situation in Karsan"
    assert shown.text.count("Situation in Karsan") == 1
    assert opened(pdf(LINES, title="Microsoft Word - draft7.doc"), PDF).title == ""


def test_scan_without_text_asks_for_ocr(capture, pdf):
    with pytest.raises(FormatError, match="has no text layer: run OCR first"):
        open_capture(capture(pdf([]), PDF))


def _locked(body: bytes, password: str) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(body)))
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_locked_file_asks_for_a_copy_without_password(capture, pdf):
    with pytest.raises(FormatError, match="is encrypted: save a copy without its password"):
        open_capture(capture(_locked(pdf(LINES), "secret"), PDF))


def test_file_that_only_forbids_printing_opens(opened, pdf):
    assert "twelve people" in opened(_locked(pdf(LINES), ""), PDF).text


@pytest.mark.parametrize("cut", [0, 10, 200, 0.5, 0.9])
def test_cut_file_opens_or_is_refused(capture, pdf, cut):
    whole = pdf(LINES, LINES)
    part = whole[: int(len(whole) * cut) if isinstance(cut, float) else cut]
    with suppress(FormatError):
        assert open_capture(capture(part, PDF))[0].text
