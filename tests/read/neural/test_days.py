"""The days of an event, from the words that tell them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vedette.read import read_articles
from vedette.read.neural.coming import threatened_when
from vedette.read.neural.days import when_of
from vedette.read.neural.decoding import Stretch
from vedette.read.neural.page import Page

Marked = Callable[..., tuple[Page, list[Stretch]]]

ON_FRIDAY = "On Friday a bomb went off. "  # 28 February 2025


def told(marked: Marked, when: Callable, text: str) -> tuple[str, str]:
    """The first and the last day that an event can lie on, its time in brackets if the network marks it."""
    page, parts = marked(text, *["time"] * text.count("["), published="2025-03-01")
    found = when(page, parts, page.article.text.rindex("attack"))
    return str(found.value.earliest or ""), str(found.value.latest or "")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Gunmen attacked the town on [Friday].", ("2025-02-28", "2025-02-28")),
        (ON_FRIDAY + "Gunmen had attacked the town [two days earlier].", ("2025-02-26", "2025-02-26")),
        (ON_FRIDAY + "Gunmen attacked [the next day].", ("2025-03-01", "2025-03-01")),
        (ON_FRIDAY + "Gunmen attacked [the same day].", ("2025-02-28", "2025-02-28")),
        (ON_FRIDAY + "A week earlier gunmen had attacked the town.", ("2025-02-18", "2025-02-24")),
        (ON_FRIDAY + "Gunmen attacked the town hours later.", ("2025-02-28", "2025-03-01")),
        (ON_FRIDAY + "Gunmen had attacked the town days earlier.", ("", "2025-02-27")),
        (ON_FRIDAY + "Gunmen attacked [in the afternoon].", ("2025-02-28", "2025-02-28")),
        ("A bomb went off on 3 February. The next day a mine did. Gunmen attacked [a day later].", ("2025-02-05",) * 2),
        ("A bomb went off on Friday. Gunmen attacked [two days before 3 February].", ("2025-02-01",) * 2),
        ("Gunmen attacked the town [the day before yesterday].", ("2025-02-27", "2025-02-27")),
        ("A bomb went off. Gunmen attacked [a day later].", ("", "2025-03-01")),  # than what?
    ],
)
def test_a_day_is_counted_from_what_the_text_told_last_never_from_publication(
    marked: Marked, text: str, days: tuple[str, str]
):
    assert told(marked, when_of, text) == days


def test_a_day_told_by_another_shows_both_and_no_more_words(marked: Marked):
    page, parts = marked(ON_FRIDAY + "Gunmen attacked [the next day Luis Ortiz].", "time", published="2025-03-01")
    bounds = when_of(page, parts, lead=27).bounds
    assert [page.article.text[start:end] for start, end in bounds] == ["next day", "Friday"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("They will attack on [Friday].", ("2025-03-07", "2025-03-07")),
        ("They will attack on [Saturday].", ("2025-03-01", "2025-03-01")),  # the day of publication
        ("They will attack on [3 February].", ("2026-02-03", "2026-02-03")),
        ("They will attack from [Monday].", ("2025-03-03", "")),
        ("They will attack [tomorrow].", ("2025-03-02", "2025-03-02")),
        ("They said on Friday that they will attack.", ("2025-03-01", "")),
        ("They will attack on Monday.", ("2025-03-03", "2025-03-03")),
        ("They said to attack on [3 February 2025] and did not.", ("2025-02-03", "2025-02-03")),
    ],
)
def test_what_is_threatened_is_still_to_come(marked: Marked, text: str, days: tuple[str, str]):
    assert told(marked, threatened_when, text) == days


def test_the_reader_dates_a_threat_into_the_future(reference, make_article):
    article = make_article("The Taliban said that they will attack government offices in Kabul on Friday.")
    (claim,) = read_articles([article], reference, "accurate")[0].claims
    assert str(claim.when.value.earliest) == "2021-10-15"  # published on Saturday the 9th
