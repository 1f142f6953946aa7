from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vedette.model.kinds import Precision
from vedette.model.values import Place, Tally


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    """Any count whose ends are in order, each of them perhaps open."""
    low, best, high = sorted(draw(st.tuples(*[st.integers(0, 100)] * 3)))
    return Tally(*(draw(st.sampled_from([end, None])) for end in (low, best, high)))


def _in_order(tally: Tally) -> bool:
    told = [end for end in (tally.low, tally.best, tally.high) if end is not None]
    return told == sorted(told)


@given(tallies(), tallies())
def test_sums_keep_their_ends_in_order(left: Tally, right: Tally) -> None:
    assert _in_order(left.plus(right))


@given(tallies(), tallies())
def test_a_span_holds_both_and_keeps_its_ends_in_order(left: Tally, right: Tally) -> None:
    span = left.spanning(right)
    assert _in_order(span)
    for each in (left, right):
        assert span.low is None or (each.low is not None and span.low <= each.low)
        assert span.high is None or (each.high is not None and each.high <= span.high)


@given(tallies(), tallies())
def test_overlap_is_mutual(left: Tally, right: Tally) -> None:
    assert left.overlaps(right) == right.overlaps(left)


def test_a_town_told_with_its_district_is_the_town_told_without() -> None:
    bare = Place("Rustaq", Precision.SETTLEMENT, path=("Afghanistan", "Takhar"))
    whole = Place("Rustaq", Precision.SETTLEMENT, path=("Afghanistan", "Takhar", "Rustaq District"))
    assert bare.holds(whole)
    assert whole.holds(bare)


def test_towns_of_one_name_in_two_districts_are_two() -> None:
    first = Place("Nawa", Precision.SETTLEMENT, path=("Afghanistan", "Helmand", "Nawa"))
    second = Place("Nawa", Precision.SETTLEMENT, path=("Afghanistan", "Helmand", "Garmsir"))
    assert not first.holds(second)
    assert not Place("Nawa", Precision.SETTLEMENT, path=("Afghanistan",)).holds(first)
