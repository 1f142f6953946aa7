from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spree import CIVILIANS, TALIBAN, incident, published
from vedette.analyse import Asked, Filters, count, trend
from vedette.analyse.periods import FORMS, first_day, name_in_sql, name_of, number_in_sql, number_of
from vedette.model.errors import UsageError
from vedette.model.values import When
from vedette.store import Batch, Case, IncidentVersion

START = date(2022, 1, 3)  # a Monday


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """Two a week for thirty weeks, then eight a week for thirty; covered from a week before to the end of the year."""
    kept, number = [], 0
    for week in range(60):
        for each in range(2 if week < 30 else 8):
            target = TALIBAN if each % 4 else CIVILIANS
            kept.append(incident(number, START + timedelta(days=7 * week + each % 7), target))
            number += 1
    kept.append(incident(9001, START, TALIBAN, when=When(date(2022, 5, 1), date(2022, 5, 31))))
    kept.append(incident(9002, START, TALIBAN, when=When(None, date(2022, 12, 31))))
    kept.append(incident(9003, date(1998, 8, 8), CIVILIANS))
    with Case.create(tmp_path / "case") as opened:
        opened.commit(Batch("open", {"articles": [published(START), published(date(2023, 3, 12))]}))
        opened.commit(Batch("resolve", {"incidents": [IncidentVersion(each) for each in kept]}))
        yield opened


def test_a_doubled_level_is_found_with_its_ratio(case: Case) -> None:
    with case.snapshot() as now:
        (series,) = trend(now, Filters(start=START, end=date(2023, 2, 26)), "week").series
    (change,) = series.changes
    assert change.at == START + timedelta(weeks=30)
    assert (change.before, change.after) == (pytest.approx(2 / 7), pytest.approx(8 / 7))
    assert change.ratio.value == pytest.approx(4)
    assert 2.5 < change.ratio.low < 4 < (change.ratio.high or 0) < 7


def test_an_empty_week_is_none_and_a_week_outside_the_record_is_no_data(case: Case) -> None:
    with case.snapshot() as now:
        (series,) = trend(now, Filters(start=date(2021, 12, 20), end=date(2023, 3, 26)), "week").series
    periods = {period.name: period for period in series.periods}
    assert (periods["2021-W51"].count, periods["2021-W51"].low) == (None, None)
    assert (periods["2021-W52"].count, periods["2021-W52"].days) == (0, 7)
    assert periods["2021-W52"].low == 0
    assert (periods["2023-W09"].count, periods["2023-W10"].count) == (0, 0)
    assert (periods["2023-W11"].count, periods["2023-W12"].count) == (None, None)


def test_a_period_of_which_less_than_half_is_covered_has_a_count_and_no_interval(case: Case) -> None:
    # The record ends on 12 March: of 153 days 43 are covered, of 83 days still 43.
    for end, told in ((date(2023, 6, 30), False), (date(2023, 4, 21), True)):
        with case.snapshot() as now:
            (series,) = trend(now, Filters(start=date(2023, 1, 29), end=end), "year").series
        (year,) = series.periods
        assert (year.days, year.count, year.low is not None) == (43, 33, told)


def test_what_lies_in_no_one_period_is_told_and_not_guessed(case: Case) -> None:
    with case.snapshot() as now:
        weekly = trend(now, Filters(), "week")
        monthly = trend(now, Filters(), "month")
    assert (weekly.unsure, weekly.outside) == (2, 1)
    assert (monthly.unsure, monthly.outside) == (1, 1)
    assert sum(period.count or 0 for period in monthly.series[0].periods) == 301


@pytest.mark.parametrize("every", list(FORMS))
def test_a_series_adds_up_to_the_count_that_is_sure(case: Case, every: str) -> None:
    asked = Filters(start=date(2022, 3, 2), end=date(2022, 12, 30))
    with case.snapshot() as now:
        told = trend(now, asked, every)
        counted = count(now, asked)
    assert told.series[0].count + told.unsure == counted.whole.count
    assert told.series[0].count == sum(period.count or 0 for period in told.series[0].periods)
    assert told.series[0].periods[0].start == asked.start
    assert told.series[0].periods[-1].end == asked.end


def test_a_period_at_an_end_has_only_its_days_in_the_window(case: Case) -> None:
    with case.snapshot() as now:
        (series,) = trend(now, Filters(start=date(2022, 1, 6), end=date(2022, 2, 15)), "month").series
    assert [period.days for period in series.periods] == [26, 15]


def test_each_group_has_its_series_the_largest_first(case: Case) -> None:
    with case.snapshot() as now:
        told = trend(now, Filters(start=START), "month", ["target"], asked=Asked(limit=1))
        country = trend(now, Filters(start=START), "month", ["country"])
    assert [series.group for series in told.series] == [{"target": "taliban"}]
    assert told.overlapping
    assert told.rest is not None
    assert told.rest.groups == 1
    assert [series.group for series in country.series] == [{"country": "Afghanistan"}]


@pytest.mark.parametrize(("every", "by", "remedy"), [("hour", [], "day"), ("week", ["month"], "--every")])
def test_a_series_of_what_is_no_series_is_refused(case: Case, every: str, by: list[str], remedy: str) -> None:
    with case.snapshot() as now, pytest.raises(UsageError, match=remedy):
        trend(now, Filters(), every, by)


def test_a_window_of_too_many_periods_says_what_to_do(case: Case) -> None:
    with case.snapshot() as now, pytest.raises(UsageError, match="longer ones"):
        trend(now, Filters(start=date(1900, 1, 1)), "day")


def test_a_month_that_is_told_does_not_end_the_record_with_the_month(tmp_path: Path) -> None:
    kept = [incident(n, date(2022, 11, 1 + n), TALIBAN) for n in range(9)]
    kept.append(incident(100, START, TALIBAN, when=When(date(2022, 11, 1), date(2022, 11, 30))))
    with Case.create(tmp_path / "dated") as dated:
        dated.commit(Batch("resolve", {"incidents": [IncidentVersion(each) for each in kept]}))
        with dated.snapshot() as now:
            told = trend(now, Filters(), "month")
    assert told.window == When(date(2022, 11, 1), date(2022, 11, 9))
    assert [period.days for period in told.series[0].periods] == [9]


def test_counts_that_all_fall_on_one_week_of_years_have_no_interval(tmp_path: Path) -> None:
    kept = [incident(n, START, TALIBAN) for n in range(60)]
    kept += [incident(100, date(2005, 1, 1), TALIBAN), incident(101, date(2024, 1, 1), TALIBAN)]
    with Case.create(tmp_path / "sparse") as sparse:
        sparse.commit(Batch("resolve", {"incidents": [IncidentVersion(each) for each in kept]}))
        with sparse.snapshot() as now:
            (series,) = trend(now, Filters(), "week").series
    assert series.count == 62
    assert {(period.low, period.high) for period in series.periods} == {(None, None)}


def test_an_empty_record_has_an_empty_series(tmp_path: Path) -> None:
    with Case.create(tmp_path / "empty") as empty, empty.snapshot() as now:
        told = trend(now, Filters(), "week")
    assert told.covered.days == ()
    assert told.series[0].periods == ()


@given(st.dates(date(1, 1, 1), date(9998, 12, 31)), st.sampled_from(list(FORMS)))
def test_every_day_lies_in_the_period_of_its_number(day: date, every: str) -> None:
    number = number_of(every, day)
    assert first_day(every, number) <= day < first_day(every, number + 1)
    assert name_of(every, first_day(every, number)) == name_of(every, day)


@pytest.mark.parametrize("every", list(FORMS))
def test_sql_and_python_number_and_name_periods_alike(every: str) -> None:
    import duckdb

    for day in (date(1969, 12, 28), date(1970, 1, 1), date(2020, 12, 31), date(2021, 1, 3), date(2024, 2, 29)):
        number = number_of(every, day)
        told = f"SELECT {number_in_sql(every, f'''DATE '{day}' ''')}, {name_in_sql(every, str(number))}"
        assert duckdb.connect().execute(told).fetchall() == [(number, name_of(every, day))]
