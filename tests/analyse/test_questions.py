from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from vedette.analyse import Filters, Unit, count, dossier, incidents
from vedette.model.errors import UsageError
from vedette.model.kinds import Harm
from vedette.model.values import Tally
from vedette.store import Batch, Case, IncidentVersion


def ids(case: Case, **asked: Any) -> list[str]:
    with case.snapshot() as now:
        return sorted(each.id for each in incidents(now, Filters(**asked)))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["aaaa1", "bbbb1", "bbbb2", "cccc1"]),
        ({"kinds": ("armed_clash",)}, ["bbbb1"]),
        ({"kinds": ("explosions_remote_violence",)}, ["aaaa1", "bbbb2", "cccc1"]),
        ({"actor": ("Taliban",)}, ["bbbb1"]),
        ({"actor": ("tali",)}, []),
        ({"place": "kunduz"}, ["aaaa1", "bbbb1"]),
        ({"place": "Afghanistan"}, ["aaaa1", "bbbb1", "bbbb2"]),
        ({"country": "af"}, ["aaaa1", "bbbb1", "bbbb2"]),
        ({"country": "Afghanistan"}, ["aaaa1", "bbbb1", "bbbb2"]),
        ({"source": "ministry"}, ["aaaa1", "bbbb1", "cccc1"]),
        ({"min_credibility": 2}, ["aaaa1", "bbbb2", "cccc1"]),
        ({"min_score": 0.9}, []),
        ({"judged": ("aaaa1",)}, ["aaaa1"]),
        ({"judged": ("aaaa1",), "judged_yes": False}, ["bbbb1", "bbbb2", "cccc1"]),
        ({"start": date(2025, 3, 15)}, ["bbbb2", "cccc1"]),
        ({"end": date(2025, 2, 10)}, ["bbbb2", "cccc1"]),
        ({"place": "'; DROP VIEW incidents; --"}, []),
    ],
)
def test_each_filter_keeps_what_may_answer_it(case: Case, asked: dict[str, Any], found: list[str]) -> None:
    assert ids(case, **asked) == found


@pytest.mark.parametrize(
    "asked",
    [
        {"kinds": ("explosion",)},
        {"min_credibility": 7},
        {"min_score": 1.5},
        {"start": date(2025, 2, 2), "end": date(2025, 2, 1)},
    ],
)
def test_a_filter_that_can_match_nothing_is_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        Filters(**asked)


def test_a_count_says_how_many_may_lie_outside_its_period(case: Case) -> None:
    with case.snapshot() as now:
        answer = count(now, Filters(start=date(2025, 2, 15), end=date(2025, 3, 15)))
    assert (answer.whole.count, answer.unsure) == (4, 2)


def test_tolls_add_up_as_ranges_and_an_open_end_stays_open(case: Case) -> None:
    with case.snapshot() as now:
        answer = count(now, Filters(kinds=("suicide_bomb",)))
    assert answer.whole.tolls[Harm.KILLED] == Tally(92, 97, None)
    assert Harm.WOUNDED not in answer.whole.tolls


def test_a_closed_toll_stays_closed(case: Case) -> None:
    with case.snapshot() as now:
        answer = count(now, Filters(), by=["place"])
    untold = next(each for each in answer.groups if each.group["place"] == "not told")
    assert untold.tolls[Harm.KILLED] == Tally(None, 5, 5)


def test_an_incident_with_two_actors_counts_once_under_each(case: Case) -> None:
    with case.snapshot() as now:
        answer = count(now, Filters(), by=["actor"])
    assert {each.group["actor"]: each.count for each in answer.groups} == {"gunmen": 4, "taliban": 1}
    assert answer.whole.count == 4


def test_a_range_over_two_months_is_counted_as_such(case: Case) -> None:
    with case.snapshot() as now:
        answer = count(now, Filters(), by=["month"])
    assert {each.group["month"]: each.count for each in answer.groups} == {
        "2025-02": 2,
        "2025-02 to 2025-03": 1,
        "not told": 1,
    }


@pytest.mark.parametrize("unit", list(Unit))
def test_every_field_can_be_counted_by(case: Case, unit: Unit) -> None:
    from vedette.analyse import fields_of

    with case.snapshot() as now:
        for field in fields_of(unit):
            count(now, Filters(), by=[field, "kind"], unit=unit)


def test_an_unknown_field_names_the_known_ones(case: Case) -> None:
    with case.snapshot() as now, pytest.raises(UsageError, match="province"):
        count(now, Filters(), by=["region"])


def test_an_id_may_be_shortened_but_not_ambiguous(case: Case) -> None:
    with case.snapshot() as now:
        assert dossier(now, "AAAA").incident.id == "aaaa1"
        with pytest.raises(UsageError, match="bbbb1, bbbb2"):
            dossier(now, "bbbb")
        for wrong in ("zz", ""):
            with pytest.raises(UsageError):
                dossier(now, wrong)


def test_a_merged_incident_is_found_by_its_old_id_and_counted_no_more(case: Case) -> None:
    with case.snapshot() as now:
        old = dossier(now, "bbbb1").incident
    case.commit(Batch("resolve", {"incidents": [IncidentVersion(old, False, "aaaa1")]}))
    with case.snapshot() as now:
        assert dossier(now, "bbbb1").incident.id == "aaaa1"
        assert count(now, Filters()).whole.count == 3
        (recorded,) = now.column("SELECT CAST(max(recorded_at) AS DATE) FROM incidents")
    with case.snapshot(as_of=recorded - timedelta(days=1)) as then:
        assert count(then, Filters()).whole.count == 0
