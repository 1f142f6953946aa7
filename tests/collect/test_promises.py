"""Sources that break their word."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from vedette.collect import broken_promises
from vedette.model.nouns import Expects, Source

AT = datetime(2021, 10, 9, tzinfo=UTC)


def said(expects: Expects, articles: int, with_place: int, days: float = 14) -> list[str]:
    source = Source("Herald", expects=expects)
    issues = broken_promises(source, articles=articles, with_place=with_place, days=days, at=AT)
    assert all((issue.stage, issue.subject, issue.at) == ("collect", "Herald", AT) for issue in issues)
    return [issue.message for issue in issues]


def test_a_source_that_falls_silent_breaks_its_word():
    (message,) = said(Expects(articles_per_week=20), 3, 3)
    assert message.startswith("gave 3 articles in 14 days, where 20 a week are expected")


@pytest.mark.parametrize(("articles", "days"), [(40, 14), (30, 14), (60, 14), (0, 0.5), (0, 0), (1, 1)])
def test_a_slow_week_or_a_short_look_breaks_nothing(articles, days):
    assert not said(Expects(articles_per_week=20), articles, 0, days)


def test_a_source_that_names_too_few_places_breaks_its_word():
    (message,) = said(Expects(share_with_place=0.8), 50, 20)
    assert message.startswith("20 of its 50 articles name a place, where a share of 0.8 is expected")


@pytest.mark.parametrize(("articles", "with_place"), [(0, 0), (2, 1), (50, 38), (50, 50)])
def test_a_few_articles_without_a_place_break_nothing(articles, with_place):
    assert not said(Expects(share_with_place=0.8), articles, with_place)


def test_who_promised_all_is_held_to_it():
    assert said(Expects(share_with_place=1.0), 10, 9)
    assert not said(Expects(share_with_place=1.0), 10, 10)


def test_who_promised_nothing_is_held_to_nothing():
    assert not said(Expects(), 0, 0)


def test_large_numbers_are_counted_without_overflow():
    assert said(Expects(articles_per_week=100_000), 1000, 1000, 700)
    assert said(Expects(share_with_place=0.5), 10_000, 100)
