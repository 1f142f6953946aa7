"""Rows with something wrong: each is told with its line, and everything else goes in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest

from invented import GENERATIONS, Generation, acled_rows, as_csv, broken, faults_of
from taking import Take
from vedette.model.errors import VedetteError

# What is told of a row, and whether the row makes no claim.
TOLD = {
    "impossible_dates": ("2022-02-30 is no date", True),
    "empty_ids": ("has no ", True),
    "negative_deaths": (" -3 is below zero", False),
    "absurd_deaths": (" 999999999999 is more than any event has had", False),
    "worded_deaths": (" a dozen is no number", False),
    "coordinates_out_of_range": (" is out of range: are the coordinates swapped?", False),
    "mixed_encodings": ("is not UTF-8 and was read as Windows-1252", False),
    "unbalanced_quotes": ("opens a quote that nothing closes and was read without its quotes", False),
    "ragged": ("cells where there should be", True),
}
NAMES = ("acled 2022", "ucdp ged", "gtd 135", "gdelt 2.0", "icews 2018")
CASES = [(fault, name) for fault in TOLD for name in NAMES if fault in faults_of(name)]
CASES += [("impossible_dates", "acled 2015"), ("ragged", "ucdp candidate"), ("empty_ids", "acled 2020")]
HARMLESS = ["byte_order_mark", "crlf", "no_last_line_end", "one_row", "no_rows"]


def starts(body: bytes, shape: Generation) -> list[int]:
    """The line on which each of a file's rows begins."""
    text = body.decode("utf-8", errors="replace")
    return list(_starts(text, shape.delimiter, quoted=shape.delimiter != "\t"))[shape.header :]


def _starts(text: str, delimiter: str, quoted: bool) -> Iterator[int]:
    quoting = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)
    line = 1
    for _ in rows:
        yield line
        line = rows.line_num + 1


@pytest.mark.parametrize(("fault", "name"), CASES)
def test_a_faulty_row_is_told_with_its_line_and_the_rest_goes_in(take: Take, fault: str, name: str) -> None:
    shape, made = GENERATIONS[name], broken(fault, name)
    message, left_out = TOLD[fault]
    sound = shape.text(20).encode() if fault == "unbalanced_quotes" else made.body
    # ACLED had two ids for a while, and the fault takes one away.
    known_otherwise = fault == "empty_ids" and name == "acled 2020"
    taken = take(shape.dataset, made.body)
    told = {each.line for each in taken.imported.faults if message in each.message}
    assert told == (set() if known_otherwise else {starts(sound, shape)[place] for place in made.wrong})
    assert all(each.left_out is left_out for each in taken.imported.faults)
    lost = len(made.wrong) if left_out and not known_otherwise else 0
    assert (taken.imported.difference.added, taken.imported.difference.left_out) == (20 - lost, lost)


@pytest.mark.parametrize("name", NAMES)
def test_coordinates_that_look_swapped_make_no_point(take: Take, name: str) -> None:
    shape, made = GENERATIONS[name], broken("swapped_coordinates", name)
    taken = take(shape.dataset, made.body)
    lines = starts(made.body, shape)
    told = {each.line for each in taken.imported.faults if "look swapped" in each.message}
    assert told <= {lines[place] for place in made.wrong}
    doubted = "len(list_filter(doubts, lambda doubt: contains(doubt, 'swapped'))) > 0"
    assert taken.ask(f"SELECT count(*) FROM taken WHERE {doubted}") == [(len(told),)]
    assert taken.ask(f"SELECT count(lat), count(lon) FROM taken WHERE {doubted}") == [(0, 0)]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_harmless_is_not_told(take: Take, name: str) -> None:
    shape = GENERATIONS[name]
    for fault in HARMLESS:
        made = broken(fault, name)
        if made.body:
            taken = take(shape.dataset, made.body)
            assert (taken.faults, taken.imported.difference.added) == ([], made.rows), fault


@pytest.mark.parametrize("name", ["acled 2022", "acled 2015", "icews 2018"])
def test_days_in_four_formats_are_one_calendar(take: Take, name: str) -> None:
    shape = GENERATIONS[name]
    taken = take(shape.dataset, broken("four_date_formats", name).body)
    days = taken.ask("SELECT earliest + CAST((latest - earliest + 1) // 2 AS INTEGER) FROM taken")
    assert taken.faults == []
    assert {(day.year, day.month) for (day,) in days} <= {(2022, 5), (2022, 6)}
    assert len(days) == 20


DAYS = {
    ("25/05/2022", "05/06/2022"): ["2022-05-25", "2022-06-05"],  # 25 can be no month: the day comes first in this file
    ("05/25/2022", "05/06/2022"): ["2022-05-06", "2022-05-25"],
    ("5/25/22", "5/6/22"): ["2022-05-06", "2022-05-25"],
    ("2022-05-25T14:30:00Z", "2022-05-26 00:00"): ["2022-05-25", "2022-05-26"],
    ("07/07/2022",): ["2022-07-07"],
}


@pytest.mark.parametrize(("texts", "days"), DAYS.items())
def test_the_order_of_day_and_month_is_told_by_the_file(take: Take, texts: tuple[str, ...], days: list[str]) -> None:
    taken = take("acled", dated(*texts))
    assert taken.faults == []
    assert [str(day) for (day,) in taken.ask("SELECT earliest FROM taken ORDER BY 1")] == days


def dated(*texts: str) -> str:
    rows = [{**row, "time_precision": "1"} for row in acled_rows("2022", len(texts))]
    return as_csv([{**row, "event_date": text} for row, text in zip(rows, texts, strict=True)])


def test_a_day_that_may_be_two_is_left_out_and_says_what_to_do(take: Take) -> None:
    taken = take("acled", dated("05/06/2022", "2022-05-25"))
    assert taken.faults == ["2: the date 05/06/2022 may be two days: write dates as YYYY-MM-DD"]
    assert taken.imported.difference.added == 1


@pytest.mark.parametrize("day", ["1815-06-18", "2999-01-01", "00000000", "yesterday", ""])
def test_a_day_that_cannot_be_is_left_out(take: Take, day: str) -> None:
    taken = take("acled", dated(day, "2022-05-25"))
    (fault,) = taken.imported.faults
    assert (fault.line, fault.left_out) == (2, True)
    assert day in fault.message or "event_date is empty" in fault.message


def test_an_impossible_last_day_is_told_and_the_first_counts(take: Take) -> None:
    rows = GENERATIONS["ucdp ged"].rows(1)
    taken = take("ucdp", as_csv([{**rows[0], "date_start": "2022-02-03", "date_end": "2022-02-30"}]))
    assert taken.faults == ["2: its last day is not known: 2022-02-30 is no date"]
    assert [str(day) for day in taken.ask("SELECT earliest, latest FROM taken")[0]] == ["2022-02-03", "2022-02-03"]


def test_a_code_of_no_code_book_is_told_and_the_kind_is_unknown(take: Take) -> None:
    rows = acled_rows("2022", 2)
    taken = take("acled", as_csv([rows[0], {**rows[1], "sub_event_type": "Teasing"}]))
    assert [each.message for each in taken.imported.faults] == [
        "the code Teasing is not in the list of ACLED: taken as unknown"
    ]
    assert taken.claims[rows[1]["event_id_cnty"]].kind.value == "unknown"


def test_a_row_without_a_country_is_told(take: Take) -> None:
    taken = take("acled", as_csv([{**acled_rows("2022", 1)[0], "country": ""}]))
    assert taken.faults == ["2: country is empty"]


@pytest.mark.parametrize(("number", "more"), [(150, "50 more rows are like these"), (101, "1 more row is like these")])
def test_a_hundred_faults_are_listed_and_the_rest_is_counted(take: Take, number: int, more: str) -> None:
    rows = [{**row, "fatalities": "-1"} for row in acled_rows("2022", number)]
    faults = take("acled", as_csv(rows)).imported.faults
    assert len(faults) == 101
    assert faults[-1].message.startswith(more)


def test_the_last_of_a_hundred_and_one_lines_is_one_more_line(take: Take) -> None:
    header, *lines = as_csv([{**row, "notes": "short"} for row in acled_rows("2022", 101)]).splitlines()
    faults = take("acled", "\n".join([header, *(f"{line},and more" for line in lines)])).imported.faults
    assert faults[-1].message == "1 more line is like these; 1 left out"


def test_a_file_of_nothing_but_faults_takes_in_nothing_and_tells_all(take: Take) -> None:
    taken = take("acled", dated("never", "soon"))
    assert (taken.imported.difference.added, taken.imported.difference.left_out) == (0, 2)
    assert len(taken.faults) == 2


def test_utf_16_and_empty_files_of_every_generation_are_refused(take: Take) -> None:
    for name in GENERATIONS:
        for fault in ("utf_16", "nothing"):
            with pytest.raises(VedetteError):
                take(GENERATIONS[name].dataset, broken(fault, name).body)
