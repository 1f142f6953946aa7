"""ISAF press releases: does the shipped reader give the row that a researcher made of each release?

The gold has one row a release (start date, province, least killed, least captured); the reader gives claims. A
release tells of one operation, first in sum and then in detail, and of what went before it; its row is read off like
this:

- the release's own claims are those it asserts whose days could be the days of the first one that is dated;
- the start date is the first day of that first one, or the last day it can be where only that is known;
- the province is that of the first own claim that has one;
- killed and captured are the largest that one own claim tells, by the low end of the count: a sum takes the detail for
  more dead (chosen on the development file: 0.02 to 0.04 better than adding up).

An answer is right where it equals the gold exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from evals.gold import Scores, article, rows
from evals.modern_texts import trained_on
from vedette.model.kinds import Harm, Precision, Stance
from vedette.model.nouns import Article, Claim
from vedette.model.values import Place, When, toll_of
from vedette.read import read_articles
from vedette.reference import load_reference

SPELLINGS = {"paktya": "paktia"}  # the one province that the gold spells otherwise than the gazetteer
READER = "accurate"
NO_PROVINCE = {"southernafghanistan"}  # with "??", which has no letters: two rows whose province the gold does not know


@dataclass(frozen=True, slots=True)
class Row:
    """What one release comes down to."""

    start: date | None
    province: str  # "" where none is known
    killed: int
    captured: int


def score(gold: Path, reader: str = READER) -> Scores:
    """Shares of releases whose start date, province, killed and captured a shipped reader gets exactly.

    The details tell the same of the releases that the network was not trained on.
    """
    releases = list(rows(gold))
    readings = read_articles([release_article(release) for release in releases], load_reference(), reader)
    answers, truths = [row_of(reading.claims) for reading in readings], [gold_row(release) for release in releases]
    found, trained = scores(answers, truths), trained_on("isaf_press_releases")
    unseen = [n for n, release in enumerate(releases) if str(release["id"]) not in trained]
    of_unseen = scores([answers[n] for n in unseen], [truths[n] for n in unseen])
    told = {f"unseen.{name}": value for name, value in (of_unseen.scores | of_unseen.details).items()}
    return Scores(found.n, found.scores, found.details | told | {"unseen": len(unseen)})


def release_article(release: Mapping[str, Any]) -> Article:
    """The release as a line of text and nothing else: its date is known only if its own dateline tells it."""
    return article(release["text"], name="isaf")


def gold_row(release: Mapping[str, Any]) -> Row:
    """The researcher's row."""
    label = release["label"]
    return Row(
        date.fromisoformat(label["start_date"]),
        province(" ".join(label["province"])),
        label["min_killed"],
        label["min_captured"],
    )


def row_of(claims: Iterable[Claim]) -> Row:
    """The row that the claims of one release come down to."""
    own = own_claims(claims)
    days = own[0].when.value if own else When()
    return Row(
        days.earliest or days.latest,
        next(filter(None, (province(province_name(claim.place.value)) for claim in own)), ""),
        _most(own, Harm.KILLED),
        _most(own, Harm.CAPTURED),
    )


def own_claims(claims: Iterable[Claim]) -> list[Claim]:
    """The asserted claims that can be about the release's own operation, the one that dates it first."""
    told = sorted((claim for claim in claims if claim.stance.value is Stance.ASSERTS), key=_position)
    dated = next((claim for claim in told if claim.when.value != When()), None)
    if dated is None:
        return told
    return [dated, *(claim for claim in told if claim is not dated and claim.when.value.overlaps(dated.when.value))]


def _position(claim: Claim) -> int:
    return min((span.start for span in claim.kind.spans), default=0)


def _most(claims: Sequence[Claim], harm: Harm) -> int:
    """The largest low end that one claim tells of a harm; 0 where none tells any."""
    tallies = (toll_of(tuple(toll.value for toll in claim.tolls), harm) for claim in claims)
    return max((tally.low or 0 for tally in tallies if tally), default=0)


def province_name(place: Place) -> str:
    """The province that a place is or lies in; empty where none is known."""
    if place.precision is Precision.PROVINCE:
        return place.name
    return place.path[1] if len(place.path) > 1 else ""


def province(name: str) -> str:
    """A province's name as it is compared: lower-case letters only, in one spelling; "" for none."""
    letters = re.sub(r"[^a-z]", "", name.lower())
    return "" if letters in NO_PROVINCE else SPELLINGS.get(letters, letters)


def scores(answers: Sequence[Row], gold: Sequence[Row]) -> Scores:
    """The share of rows with each field exact, in the same order; `all_exact` has all four."""
    pairs = list(zip(answers, gold, strict=True))
    hits = {
        "date_exact": [answer.start == truth.start for answer, truth in pairs],
        "province_exact": [answer.province == truth.province for answer, truth in pairs],
        "killed_exact": [answer.killed == truth.killed for answer, truth in pairs],
        "captured_exact": [answer.captured == truth.captured for answer, truth in pairs],
    }
    shares = {name: sum(hit) / (len(pairs) or 1) for name, hit in hits.items()}
    together = sum(all(row) for row in zip(*hits.values(), strict=True)) / (len(pairs) or 1)
    return Scores(len(pairs), shares, {"all_exact": together})
