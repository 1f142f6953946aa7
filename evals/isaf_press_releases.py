"""ISAF press releases: does the shipped reader give the row that a researcher made of each release?

The gold has one row a release (start date, province, least killed, least captured); the reader gives claims. A
release tells of one operation and then of what went before it, so its row is read off the claims like this:

- the release's own claims are those it asserts whose days could be the days of the first one that is dated;
- the start date is the earliest day of that first one, the provinces are those of the places of all its own claims;
- killed and captured are the least that the own claims tell, added up.

An answer is right where it equals the gold exactly; a gold province is exact only alone and by the same name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from evals.gold import Scores, article, rows
from vedette.model.kinds import Harm, Precision, Stance
from vedette.model.nouns import Article, Claim
from vedette.model.values import Place, toll_of
from vedette.read import read_articles
from vedette.reference import load_reference

SPELLINGS = {"paktya": "paktia"}  # the one province that the gold spells otherwise than the gazetteer
NO_PROVINCE = {"", "southernafghanistan"}  # what "??" and the like become: the gold knew no province


@dataclass(frozen=True, slots=True)
class Row:
    """What one release comes down to."""

    start: date | None
    provinces: frozenset[str]
    killed: int
    captured: int


def score(gold: Path) -> Scores:
    """Shares of releases whose start date, province, killed and captured the shipped reader gets exactly."""
    releases = list(rows(gold))
    articles = [release_article(release) for release in releases]
    readings = read_articles(articles, load_reference())
    return scores([row_of(reading.claims) for reading in readings], [gold_row(release) for release in releases])


def release_article(release: Mapping[str, Any]) -> Article:
    """The release as a line of text and nothing else: its date is known only if its own dateline tells it."""
    return article(release["text"], name="isaf")


def gold_row(release: Mapping[str, Any]) -> Row:
    """The researcher's row."""
    label = release["label"]
    return Row(
        date.fromisoformat(label["start_date"]),
        frozenset(province(name) for name in label["province"]) - NO_PROVINCE,
        label["min_killed"],
        label["min_captured"],
    )


def row_of(claims: Iterable[Claim]) -> Row:
    """The row that the claims of one release come down to."""
    own = own_claims(claims)
    return Row(
        own[0].when.value.earliest if own else None,
        frozenset(province(province_name(claim.place.value)) for claim in own) - NO_PROVINCE,
        _least(own, Harm.KILLED),
        _least(own, Harm.CAPTURED),
    )


def own_claims(claims: Iterable[Claim]) -> list[Claim]:
    """The asserted claims that can be about the release's own operation, the one that dates it first."""
    told = sorted((claim for claim in claims if claim.stance.value is Stance.ASSERTS), key=_position)
    dated = next((claim for claim in told if claim.when.value.earliest), None)
    if dated is None:
        return told
    return [dated, *(claim for claim in told if claim is not dated and claim.when.value.overlaps(dated.when.value))]


def _position(claim: Claim) -> int:
    return min((span.start for span in claim.kind.spans), default=0)


def _least(claims: Sequence[Claim], harm: Harm) -> int:
    """The least that the claims tell of one harm, added up over claims; the same words count once."""
    told = {}
    for claim in claims:
        tally = toll_of(tuple(toll.value for toll in claim.tolls), harm)
        if tally is not None:
            spans = (span for toll in claim.tolls if toll.value.harm is harm for span in toll.spans)
            where = frozenset((span.start, span.end) for span in spans)
            told[where] = tally.low if tally.low is not None else tally.best or 0
    return sum(told.values())


def province_name(place: Place) -> str:
    """The province that a place is or lies in; empty where none is known."""
    if place.precision is Precision.PROVINCE:
        return place.name
    return place.path[1] if len(place.path) > 1 else ""


def province(name: str) -> str:
    """A province's name as it is compared: lower-case letters only, in one spelling."""
    letters = re.sub(r"[^a-z]", "", name.lower().removesuffix(" province"))
    return SPELLINGS.get(letters, letters)


def scores(answers: Sequence[Row], gold: Sequence[Row]) -> Scores:
    """The share of rows with each field exact, in the same order; `all_exact` has all four."""
    pairs = list(zip(answers, gold, strict=True))
    hits = {
        "date_exact": [answer.start == truth.start for answer, truth in pairs],
        "province_exact": [answer.provinces == truth.provinces for answer, truth in pairs],
        "killed_exact": [answer.killed == truth.killed for answer, truth in pairs],
        "captured_exact": [answer.captured == truth.captured for answer, truth in pairs],
    }
    shares = {name: sum(hit) / (len(pairs) or 1) for name, hit in hits.items()}
    together = sum(all(row) for row in zip(*hits.values(), strict=True)) / (len(pairs) or 1)
    return Scores(len(pairs), shares, {"all_exact": together})
