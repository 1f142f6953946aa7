"""Dates resolve from the day of publication, as the code book says."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.model.values import When
from vedette.read.dates import dateline_date, find_dates

SATURDAY = date(2021, 10, 9)
ISAF = Path(__file__).parents[2] / "../shared/data/isaf_press_releases/dev.jsonl"


def when(text: str, published: date | None = SATURDAY) -> list[tuple[str, str, str]]:
    """The words and the first and last day of each date in a text."""
    return [
        (text[found.start : found.end], str(found.when.earliest), str(found.when.latest))
        for found in find_dates(text, published)
    ]


@pytest.mark.parametrize(
    ("text", "words", "earliest", "latest"),
    [
        ("killed on Friday", "Friday", "2021-10-08", "2021-10-08"),
        ("killed last Friday", "last Friday", "2021-10-08", "2021-10-08"),
        ("killed on Saturday", "Saturday", "2021-10-09", "2021-10-09"),
        ("killed last Saturday", "last Saturday", "2021-10-02", "2021-10-02"),
        ("elections next Monday", "next Monday", "2021-10-11", "2021-10-11"),
        ("yesterday", "yesterday", "2021-10-08", "2021-10-08"),
        ("late last night", "last night", "2021-10-08", "2021-10-08"),
        ("this morning", "this morning", "2021-10-09", "2021-10-09"),
        ("OVERNIGHT", "OVERNIGHT", "2021-10-08", "2021-10-09"),
        ("the night before last", "the night before last", "2021-10-07", "2021-10-07"),
        ("the day before yesterday", "the day before yesterday", "2021-10-07", "2021-10-07"),
        ("two days ago", "two days ago", "2021-10-07", "2021-10-07"),
        ("2 DAYS AGO", "2 DAYS AGO", "2021-10-07", "2021-10-07"),
        ("several days ago", "several days ago", "2021-09-30", "2021-10-06"),
        ("a week ago", "a week ago", "2021-09-29", "2021-10-05"),
        ("two months ago", "two months ago", "2021-08-01", "2021-08-31"),
        ("last week", "last week", "2021-09-27", "2021-10-03"),
        ("last month", "last month", "2021-09-01", "2021-09-30"),
        ("last year", "last year", "2020-01-01", "2020-12-31"),
        ("late last month", "late last month", "2021-09-21", "2021-09-30"),
        ("Earlier this week", "Earlier this week", "2021-10-04", "2021-10-09"),
        ("in the past 24 hours", "past 24 hours", "2021-10-08", "2021-10-09"),
        ("recently", "recently", "None", "2021-10-09"),
        ("over the weekend", "over the weekend", "2021-10-09", "2021-10-09"),
        ("since Monday", "since Monday", "2021-10-04", "2021-10-09"),
        ("since mid-September", "since mid-September", "2021-09-11", "2021-10-09"),
        ("in mid-September", "mid-September", "2021-09-11", "2021-09-20"),
        ("in early October", "early October", "2021-10-01", "2021-10-09"),
        ("in August", "August", "2021-08-01", "2021-08-31"),
        ("in November", "November", "2020-11-01", "2020-11-30"),
        ("in June 2019", "June 2019", "2019-06-01", "2019-06-30"),
        ("in 2009", "2009", "2009-01-01", "2009-12-31"),
        ("on Aug. 3", "Aug. 3", "2021-08-03", "2021-08-03"),
        ("on Dec. 31", "Dec. 31", "2020-12-31", "2020-12-31"),
        ("on Feb. 29", "Feb. 29", "2020-02-29", "2020-02-29"),
        ("3 August 2011", "3 August 2011", "2011-08-03", "2011-08-03"),
        ("August 3rd, 2011", "August 3rd, 2011", "2011-08-03", "2011-08-03"),
        ("2011-08-03", "2011-08-03", "2011-08-03", "2011-08-03"),
        ("ON 8 JAN 90 THE", "8 JAN 90", "1990-01-08", "1990-01-08"),
        ("9 Jan 90,", "9 Jan 90", "1990-01-09", "1990-01-09"),
        ("on 3 August 12 people died", "3 August", "2021-08-03", "2021-08-03"),
        ("between June 3 and June 5", "between June 3 and June 5", "2021-06-03", "2021-06-05"),
        ("June 3-5, 2020", "June 3-5, 2020", "2020-06-03", "2020-06-05"),
        ("from Dec. 30 to Jan. 2", "from Dec. 30 to Jan. 2", "2020-12-30", "2021-01-02"),
        ("10 TO 12 JANUARY", "10 TO 12 JANUARY", "2021-01-10", "2021-01-12"),
    ],
)
def test_words_for_days_are_resolved_from_publication(text: str, words: str, earliest: str, latest: str) -> None:
    assert when(text) == [(words, earliest, latest)]


@pytest.mark.parametrize(
    "text",
    [
        "they may attack",
        "they march on",
        "3 to 5 people",
        "31 June",
        "Flight 2020 landed",
        "a Sundayschool",
        "2021-13-40",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert when(text) == []


def test_the_worked_example_of_the_code_book_has_its_days() -> None:
    text = (
        "KABUL, Oct. 9, 2021 – A suicide bomber struck a mosque in Kunduz on Friday. "
        "Earlier this week gunmen killed two policemen."
    )
    assert when(text, None) == [
        ("Oct. 9, 2021", "2021-10-09", "2021-10-09"),
        ("Friday", "2021-10-08", "2021-10-08"),
        ("Earlier this week", "2021-10-04", "2021-10-09"),
    ]


def test_without_a_day_of_publication_only_whole_dates_are_told() -> None:
    assert when("On Friday and on Aug. 3, and on 4 August 2010.", None) == [
        ("4 August 2010", "2010-08-04", "2010-08-04")
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("SAN SALVADOR, 9 JAN 90 (DPA) -- [TEXT] ARMED MEN", date(1990, 1, 9)),
        ("KABUL, Afghanistan (Feb. 21, 2011)\nForces said", date(2011, 2, 21)),
        ("A title\n2010-09-CA-005\n\nKABUL, Afghanistan (Sept. 1) - Forces said", date(2010, 9, 1)),
        ("Dec. 6: Operations in Laghman\n2009-12-CA-060\nForces said", date(2009, 12, 6)),
        ("Operational Update, Feb. 8, 2011\nForces said", date(2011, 2, 8)),
        ("KABUL, Afghanistan (Sept. 1) - Forces said", None),
        ("Forces said on Feb. 8, 2011, that", None),
        ("BOGOTA, 12 AND 13 PEOPLE (DPA) -- X", None),
        ("", None),
    ],
)
def test_a_dateline_tells_the_day_of_the_text(text: str, day: date | None) -> None:
    assert dateline_date(text) == day


def test_a_dateline_without_a_year_takes_it_from_publication() -> None:
    assert dateline_date("KABUL (Dec. 30) - Forces said", date(2012, 1, 2)) == date(2011, 12, 30)


def test_a_recent_dateline_is_what_the_text_counts_from() -> None:
    assert when("KABUL, Oct. 7 – It fell yesterday.")[1] == ("yesterday", "2021-10-06", "2021-10-06")


def test_a_dateline_of_years_ago_belongs_to_a_quoted_text() -> None:
    assert when("KABUL, Oct. 7, 2009 – It fell yesterday.")[1] == ("yesterday", "2021-10-08", "2021-10-08")


@given(st.text(alphabet="KABUL()0123456789 -–.,'’adMaySeptFrionhuslk\n", max_size=80), st.dates())
def test_no_text_breaks_the_grammar(text: str, published: date) -> None:
    for found in find_dates(text, published):
        assert 0 <= found.start < found.end <= len(text)
        assert found.when == When(found.when.earliest, found.when.latest)
        assert not (found.when.earliest and found.when.latest) or found.when.earliest <= found.when.latest


@pytest.mark.skipif(not ISAF.exists(), reason="../shared/data/isaf_press_releases is not here")
def test_the_coded_day_is_among_the_dates_of_three_in_four_press_releases() -> None:
    rows = [json.loads(line) for line in ISAF.read_text(encoding="utf-8").splitlines()]
    told = [{(d.when.earliest, d.when.latest) for d in find_dates(row["text"], None)} for row in rows]
    days = [date.fromisoformat(row["label"]["start_date"]) for row in rows]
    assert sum((day, day) in found for day, found in zip(days, told, strict=True)) / len(rows) >= 0.75


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Kabul, Afghanistan (Sept. 2, 2010) - Troops struck a leader.", date(2010, 9, 2)),
        ("June 17: Operations in the South\n2010-06-CA-063\n\nTroops detained a leader.", date(2010, 6, 17)),
        ("2012-07-S-020\n\nKABUL, Afghanistan (July 13. 2012)\nTroops detained a leader.", date(2012, 7, 13)),
    ],
)
def test_headings_and_datelines_give_the_day(text, day):
    assert dateline_date(text) == day


def test_a_numbered_heading_gives_the_year_of_a_bare_day():
    text = "A Weapons Cache\n2010-07-CA-129\n\nA force conducted an operation in Kabul City July 16."
    assert when(text, None) == [("July 16", "2010-07-16", "2010-07-16")]
