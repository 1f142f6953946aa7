from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from spree import CIVILIANS, TALIBAN, incident, published
from vedette.analyse import Asked, Filters, count
from vedette.analyse.compare import period_before
from vedette.model.errors import UsageError
from vedette.model.kinds import Harm
from vedette.model.values import When
from vedette.store import Batch, Case, IncidentVersion

SPREE, PAST = date(2021, 9, 15), date(2020, 9, 15)
ASKED = Filters(start=SPREE, end=date(2021, 10, 15), actor=("islamic_state",))


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """Forty-seven attacks in a month, all but seven on the Taliban; twelve in the same month a year before."""
    now = [incident(n, SPREE + timedelta(days=n * 7 % 31), TALIBAN if n < 40 else CIVILIANS) for n in range(47)]
    then = [incident(100 + n, PAST + timedelta(days=n * 5 % 31), CIVILIANS if n < 9 else TALIBAN) for n in range(12)]
    vague = incident(200, SPREE, TALIBAN, when=When(date(2021, 10, 10), date(2021, 10, 20)))
    with Case.create(tmp_path / "case") as opened:
        opened.commit(Batch("open", {"articles": [published(date(2020, 1, 10)), published(date(2021, 12, 1))]}))
        opened.commit(Batch("resolve", {"incidents": [IncidentVersion(each) for each in (*now, *then, vague)]}))
        yield opened


def test_the_model_question_is_one_call(case: Case) -> None:
    with case.snapshot() as now:
        answer = count(now, ASKED, ["target"], asked=Asked(compare="year-before"))
    groups = {each.group["target"]: each for each in answer.groups}
    taliban = groups["taliban"]
    assert (answer.whole.count, answer.unsure) == (48, 1)
    assert (taliban.count, taliban.unsure) == (41, 1)
    assert taliban.share is not None
    assert 0.72 < taliban.share.low < taliban.share.value == 41 / 48 < taliban.share.high < 0.94
    assert taliban.then is not None
    assert (taliban.then.count, taliban.then.sure_now, taliban.then.sure_then) == (3, 40, 3)
    assert taliban.then.share is not None
    assert taliban.then.share.value == 3 / 12
    assert taliban.then.ratio.value == pytest.approx(40 / 3)
    assert 3 < taliban.then.ratio.low < 40 / 3 < (taliban.then.ratio.high or 0) < 80
    assert answer.whole.then is not None
    assert answer.whole.then.ratio.value == pytest.approx(47 / 12)


def test_what_is_only_in_the_other_period_is_listed_with_a_count_of_none(case: Case) -> None:
    asked = Filters(start=date(2021, 11, 1), end=date(2021, 11, 30))
    with case.snapshot() as now:
        answer = count(now, asked, ["target"], asked=Asked(compare="2021-09-15..2021-10-15"))
    assert [(each.group["target"], each.count) for each in answer.groups] == [("taliban", 0), ("civilians", 0)]
    ratio = answer.groups[0].then.ratio  # type: ignore[union-attr]
    assert (ratio.value, ratio.low) == (0, 0)
    assert ratio.high is not None
    assert ratio.high < 0.2


def test_unequal_periods_are_compared_by_the_day(case: Case) -> None:
    with case.snapshot() as now:
        answer = count(now, ASKED, asked=Asked(compare="2020-07-01..2021-06-30"))
    then = answer.whole.then
    assert then is not None
    assert then.ratio.value == pytest.approx((47 / 31) / (12 / 365))


def test_a_past_that_the_record_does_not_cover_gives_no_ratio(case: Case) -> None:
    with case.snapshot() as now:
        answer = count(now, ASKED, ["target"], asked=Asked(compare="2018-09-15..2018-10-15"))
    assert answer.compared is not None
    assert answer.compared.then.days == 0
    assert answer.compared.covered.whole == When(date(2020, 1, 3), date(2021, 12, 1))
    for each in (answer.whole, *answer.groups):
        assert each.then is not None
        assert (each.then.ratio.value, each.then.ratio.low, each.then.ratio.high) == (None, 0, None)


def test_days_that_are_not_covered_are_no_quiet_days(case: Case) -> None:
    asked = Filters(start=date(2021, 11, 22), end=date(2021, 12, 10))
    with case.snapshot() as now:
        answer = count(now, asked, asked=Asked(compare="before"))
    assert answer.compared is not None
    assert (answer.compared.now.days, answer.compared.then.days) == (10, 19)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("year-before", date(2023, 2, 28), date(2023, 3, 31)),
        ("before", date(2024, 1, 28), date(2024, 2, 28)),
        ("2022-02-28..2022-03-31", date(2022, 2, 28), date(2022, 3, 31)),
    ],
)
def test_a_period_before_is_said_in_three_ways(text: str, earliest: date, latest: date) -> None:
    filters = Filters(start=date(2024, 2, 29), end=date(2024, 3, 31))
    assert period_before(filters, text) == When(earliest, latest)


@pytest.mark.parametrize(
    ("filters", "text", "remedy"),
    [
        (Filters(start=SPREE), "before", "give both"),
        (ASKED, "last-year", "takes year-before"),
        (ASKED, "2021-02-30..2021-03-01", "takes year-before"),
        (ASKED, "2021-03-02..2021-03-01", "takes year-before"),
        (ASKED, "2021-10-01..2021-11-01", "overlaps"),
        (Filters(start=date(2019, 1, 1), end=date(2021, 10, 1)), "year-before", "overlaps"),
    ],
)
def test_periods_that_cannot_be_compared_are_refused(filters: Filters, text: str, remedy: str) -> None:
    with pytest.raises(UsageError, match=remedy):
        period_before(filters, text)


def test_months_of_two_periods_are_not_compared(case: Case) -> None:
    with case.snapshot() as now, pytest.raises(UsageError, match="trend"):
        count(now, ASKED, ["month"], asked=Asked(compare="before"))


def test_a_limit_keeps_the_largest_and_tells_the_rest(case: Case) -> None:
    with case.snapshot() as now:
        answer = count(now, Filters(), ["day"], asked=Asked(limit=3))
    assert answer.rest is not None
    assert len(answer.groups) == 3
    assert sum(each.count for each in answer.groups) + answer.rest.count == answer.whole.count
    assert [each.group["day"] for each in answer.groups] == sorted(each.group["day"] for each in answer.groups)


def test_a_sum_says_of_how_many_it_is_told(case: Case) -> None:
    with case.snapshot() as now:
        answer = count(now, ASKED)
    assert (answer.whole.tolls[Harm.KILLED].low, answer.whole.told[Harm.KILLED], answer.whole.count) == (46, 23, 48)


@pytest.mark.parametrize("level", [0.2, 1.0, 95])
def test_a_level_is_a_part_of_one(level: float) -> None:
    with pytest.raises(UsageError, match="level"):
        Asked(level=level)
