"""The sample reports as a person coded them, resolved: the incidents that the person saw."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from vedette.model.ids import stable_id
from vedette.model.kinds import Attribution, EventKind, Harm, Precision, Stance
from vedette.model.nouns import Claim
from vedette.model.values import Actor, Cited, Place, Tally, Toll, When, toll_of
from vedette.resolve import Told, resolve_claims

SAMPLES = Path(__file__).parents[2] / "samples"
EXPECTED = tomllib.loads((SAMPLES / "expected.toml").read_text(encoding="utf-8"))


def tally(told):
    if told.endswith("+"):
        return Tally(int(told[:-1]), int(told[:-1]), None)
    if told.startswith(".."):
        return Tally(None, int(told[2:]), int(told[2:]))
    low, _, high = told.partition("-")
    return Tally(int(low), (int(low) + int(high or low)) // 2, int(high or low))


def when(told):
    first, dots, last = told.partition("..")
    return When(date.fromisoformat(first), date.fromisoformat(last or first) if last or not dots else None)


def place(row):
    path = ("Afghanistan",) if row["precision"] == "province" else ("Afghanistan", row["within"])
    return Place(row["place"], Precision(row["precision"]), "", "AF", path)


def actors(row, role):
    return tuple(Cited(Actor(name)) for name in row.get(role, ()))


def told_of(report, number, row):
    article = f"{report['file']} {report.get('title', '')}"
    claim = Claim(
        stable_id(article, str(number)),
        article,
        Cited(EventKind(row["kind"])),
        Cited(when(row["when"])),
        Cited(place(row)),
        Cited(Stance(row.get("stance", "asserts"))),
        Cited(Attribution(row.get("attribution", "fact"))),
        actors(row, "perpetrators"),
        actors(row, "targets"),
        tolls=tuple(Cited(Toll(harm, tally(row[harm]))) for harm in Harm if harm in row),
        said_by=Cited(row["said_by"]) if "said_by" in row else None,
        undirected=row.get("undirected", False),
    )
    published = datetime.fromisoformat(report["published"]).replace(tzinfo=UTC)
    return Told(claim, report["file"].partition("/")[0], published)


@pytest.fixture(scope="module")
def resolved():
    """The incidents of the coded samples, by the name that the coder gave each."""
    told, names = [], {}
    for report in EXPECTED["report"]:
        for number, row in enumerate(report.get("claim", ())):
            told.append(told_of(report, number, row))
            names[told[-1].claim.id] = row.get("incident", "")
    incidents = defaultdict(list)
    for incident in resolve_claims(told, (), (), ()).incidents:
        incidents[frozenset(names[claim] for claim in incident.claim_ids)].append(incident)
    return incidents


def test_coded_samples_make_the_incidents_that_the_coder_saw(resolved):
    seen = {row["incident"] for report in EXPECTED["report"] for row in report.get("claim", ()) if "incident" in row}
    assert set(resolved) == {frozenset({name}) for name in seen}
    assert all(len(incidents) == 1 for incidents in resolved.values())


@pytest.mark.parametrize("row", EXPECTED["incident"], ids=lambda row: row["name"])
def test_coded_samples_come_to_what_the_coder_expects(resolved, row):
    (incident,) = resolved[frozenset({row["name"]})]
    assert (incident.kind, incident.place.name) == (row["kind"], row["place"])
    assert (incident.credibility, len(incident.sources)) == (row["credibility"], row["sources"])
    assert [actor.name for actor in incident.responsibility.claimed_by] == row["claimed_by"]
    assert incident.responsibility.disputed is row["disputed"]
    if "killed" in row:
        killed, span = toll_of(incident.tolls, Harm.KILLED), tally(row["killed"])
        assert (killed.low, killed.best, killed.high) == (span.low, row["best_killed"], span.high)


def test_every_coded_report_is_a_sample_and_every_sample_is_coded():
    reports = {path.relative_to(SAMPLES / "reports").as_posix() for path in SAMPLES.glob("reports/*/*")}
    assert {report["file"] for report in EXPECTED["report"]} == reports


def test_every_sample_says_that_it_is_fiction():
    for path in SAMPLES.glob("reports/*/*"):
        assert b"FICTIONAL SAMPLE" in path.read_bytes(), path
