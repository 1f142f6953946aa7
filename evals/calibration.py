"""Is a value that the reader is eight parts in ten sure of right eight times in ten?

On the modern gold. Each value of each claim that the reader makes is right or wrong by the labels of the event that the
claim is a pair with (see `evals/modern.py`); every value of a claim without a pair is wrong, for the event itself is.

- kind, stance, attribution: the same;
- when: the same first and last day (labels whose days could not be resolved are passed over);
- place, perpetrators, targets, weapons, said_by: its words overlap words that the labeller marked for it; "no place"
  and "no day" are right where the labeller marked none;
- tolls: the same low, best and high for the same harm.

`ece` is the expected calibration error over ten equal bins (Guo et al. 2017), over all values and for the event alone;
`right_from_80` the share of right ones among the values with a score of 0.8 or more, `kept_from_80` how many of all
values those are. `claims_right_from_80` and `claims_kept_from_80` are the same of claims by the score of their kind,
which is what `--min-score` keeps them by: a claim is right where its event and its kind are. `bin_8.n`, `bin_8.sure`
and `bin_8.right` are of the values with a score from 0.8 to 0.9.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from evals.gold import Scores
from evals.modern import READER, modern_article, paired
from evals.modern_texts import DATA, is_tested, labelled
from vedette.model.nouns import Article, Claim
from vedette.model.values import Cited, Tally
from vedette.read import read_articles
from vedette.reference import load_reference

BINS = 10


class Verdict(NamedTuple):
    """One value of a claim: how sure the reader was of it, and whether it is right."""

    field: str
    score: float
    right: bool


def score(gold: Path, reader: str = READER) -> Scores:
    """The calibration of a shipped reader on a file of labels."""
    texts = list(labelled(gold, DATA, is_tested(gold)))
    articles = [modern_article(text) for text in texts]
    readings = read_articles(articles, load_reference(), reader)
    found = [
        verdict
        for reading, text, article in zip(readings, texts, articles, strict=True)
        for verdict in verdicts(reading.claims, text, article)
    ]
    return scores(found, len(texts))


def scores(found: Sequence[Verdict], texts: int) -> Scores:
    """The calibration of values."""
    fields = sorted({verdict.field for verdict in found})
    sure = [verdict for verdict in found if verdict.score >= 0.8]
    return Scores(
        texts,
        {"ece": ece(found), "right_from_80": sum(v.right for v in sure) / max(1, len(sure))},
        {
            **{f"ece_{name}": ece([v for v in found if v.field == name]) for name in fields},
            "values": len(found),
            "kept_from_80": len(sure) / max(1, len(found)),
            **_of_claims([verdict for verdict in found if verdict.field == "kind"]),
            **_reliability(found),
        },
    )


def _of_claims(kinds: Sequence[Verdict]) -> dict[str, float]:
    """How many claims there are, how many have a kind with a score of 0.8 or more, and how often that is right."""
    sure = [verdict for verdict in kinds if verdict.score >= 0.8]
    right, kept = sum(v.right for v in sure) / max(1, len(sure)), len(sure) / max(1, len(kinds))
    told = {"claims": len(kinds), "claims_from_80": len(sure)}
    return {**told, "claims_right_from_80": right, "claims_kept_from_80": kept}


def ece(found: Sequence[Verdict]) -> float:
    """How far the share of right ones lies from the mean score, averaged over ten bins of scores by their size."""
    gaps = (abs(sum(v.right for v in each) - sum(v.score for v in each)) for each in binned(found))
    return sum(gaps) / max(1, len(found))


def binned(found: Iterable[Verdict]) -> list[list[Verdict]]:
    """The values in ten equal bins of scores, the least sure first."""
    bins: list[list[Verdict]] = [[] for _ in range(BINS)]
    for verdict in found:
        bins[min(BINS - 1, int(verdict.score * BINS))].append(verdict)
    return bins


def _reliability(found: Iterable[Verdict]) -> dict[str, float]:
    """Of each bin that is not empty how many values it has, their mean score and the share of right ones."""
    told: dict[str, float] = {}
    for place, each in enumerate(binned(found)):
        if each:
            sure, right = sum(v.score for v in each) / len(each), sum(v.right for v in each) / len(each)
            told |= {f"bin_{place}.n": len(each), f"bin_{place}.sure": sure, f"bin_{place}.right": right}
    return told


def verdicts(claims: Sequence[Claim], text: Mapping[str, Any], article: Article) -> Iterator[Verdict]:
    """Every value of the claims made of a text, judged by its labels."""
    pairs = {pair.claim.id: pair.gold for pair in paired(claims, text, article)}
    shift = article.text.find(text["text"])
    for claim in claims:
        yield from (Verdict(*told) for told in of_claim(claim, pairs.get(claim.id), shift))


def of_claim(claim: Claim, gold: Mapping[str, Any] | None, shift: int) -> Iterator[tuple[str, float, bool]]:
    """Field, score and rightness of each value of a claim; all wrong without labels that it is a pair with."""
    for name, value in _values(claim):
        right = gold is not None and _is_right(name, value, gold, shift)
        if right is not None:
            yield name, value.score, right


def _values(claim: Claim) -> Iterator[tuple[str, Cited[Any]]]:
    yield from ((name, getattr(claim, name)) for name in ("kind", "when", "place", "stance", "attribution"))
    for name in ("perpetrators", "targets", "weapons", "tolls"):
        yield from ((name, value) for value in getattr(claim, name))
    if claim.said_by:
        yield "said_by", claim.said_by


def _is_right(name: str, value: Cited[Any], gold: Mapping[str, Any], shift: int) -> bool | None:
    """Whether a value is what the labels say; `None` where they cannot tell."""
    if name in ("kind", "stance", "attribution"):
        return bool(value.value.value == gold[name])
    if name == "when":
        return _same_days(value, gold["when"])
    if name == "tolls":
        same = [told for told in gold["tolls"] if told["harm"] == value.value.harm.value]
        tallies = [Tally(told["low"], told["best"], told["high"]) for told in same]
        return value.value.tally in [*tallies, _sum(tallies)]
    bounds = gold["place"]["at"][:1] if name == "place" else gold[name]
    if not value.spans:
        return not bounds
    return any(span.start < end + shift and start + shift < span.end for span in value.spans for start, end in bounds)


def _same_days(value: Cited[Any], told: Mapping[str, Any]) -> bool | None:
    if not told["at"]:
        return not value.spans
    if not (told["earliest"] or told["latest"]):
        return None
    return bool(value.value.earliest == _day(told["earliest"]) and value.value.latest == _day(told["latest"]))


def _sum(tallies: Iterable[Tally]) -> Tally | None:
    total: Tally | None = None
    for tally in tallies:
        total = tally if total is None else total.plus(tally)
    return total


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
