"""Where a reader fails on the modern gold: by origin and region of the text, by kind and stance; what it confuses.

Claims and labels are paired as in `evals/modern.py`. Of a kind or a stance, `found` is the share of its labels that
have a pair, `same` the share of these with the same kind (or stance), and `f1` is that of the claims told as this kind
(or stance) against the labels of it: a pair counts where both are. A text's region is ACLED's for the country of the
first place that its labels mark and the gazetteer knows, else of the first place in it; Afghanistan stands by itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evals.modern import Gold, Pair, gold_killed, killed_of, modern_article, paired
from evals.modern_texts import DATA, TEST, is_tested, labelled
from vedette.model.kinds import EventKind
from vedette.model.nouns import Article, Claim
from vedette.read import read_articles
from vedette.read.places import find_places
from vedette.reference import load_reference
from vedette.reference.exports import country_names

Row = dict[str, float]

ORIGINS = {
    "news_rss_2021": "news feed",
    "isaf_press_releases": "ISAF releases",
    "wikievents": "WikiEvents",
    "re3d": "re3d",
    "ecbplus": "ECB+",
    "satp_conflibert": "SATP",
    "polnear": "PolNeAR",
}


@dataclass(slots=True)
class Group:
    """Texts, labels or claims that have something in common, and their pairs."""

    texts: int = 0
    empty: int = 0  # texts without a label
    false: int = 0  # claims made of those
    labels: int = 0
    claims: int = 0
    pairs: list[Pair] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Judged:
    """A text with its labels, the claims that a reader made of it, and the pairs."""

    text: Gold
    claims: Sequence[Claim]
    pairs: Sequence[Pair]
    region: str = ""


def failures(gold: Path, reader: str) -> dict[str, Any]:
    """The tables of a file; of the test file `by_origin` alone."""
    texts = list(labelled(gold, DATA, is_tested(gold)))
    articles = [modern_article(text) for text in texts]
    readings = read_articles(articles, load_reference(), reader)
    judged = [
        Judged(text, reading.claims, paired(reading.claims, text, each), region(text, each))
        for text, reading, each in zip(texts, readings, articles, strict=True)
    ]
    told = tables(judged)
    # The test file stays a test only as long as nobody mends by it: no more than where its texts are from is told.
    return {"by_origin": told["by_origin"]} if gold.name == TEST.name else told


def tables(judged: Sequence[Judged]) -> dict[str, Any]:
    """The tables of texts that were judged."""
    return {
        "by_origin": {name: of_texts(group) for name, group in by_origin(judged).items()},
        "by_region": {name: of_texts(group) for name, group in by_region(judged).items()},
        "by_type": by_type(judged),
        "by_kind": by_value(judged, "kind"),
        "by_stance": by_value(judged, "stance"),
        "confusions": confusions(pair for each in judged for pair in each.pairs),
    }


def origin(text: Gold) -> str:
    """Where a text is from: a set, or our own reports by style."""
    name = text.get("set", "own")
    return f"own, {text['style']}" if name == "own" else ORIGINS.get(name, str(name))


def region(text: Gold, article: Article) -> str:
    """The part of the world that a text tells of; empty where the gazetteer knows no place in it."""
    places = find_places(article.text, load_reference().gazetteer)
    shift = article.text.find(text["text"])
    bounds = [bound for gold in text["claims"] for bound in gold["place"]["at"]]
    marked = [p for p in places if any(p.start < end + shift and start + shift < p.end for start, end in bounds)]
    codes = [p.place.country for p in (*marked, *places) if p.place.country in country_names()]
    if not codes:
        return ""
    return "Afghanistan" if codes[0] == "AF" else country_names()[codes[0]].acled_region


def by_region(judged: Iterable[Judged]) -> dict[str, Group]:
    """The texts of each region, those with most labels first and those without one last."""
    groups = _grouped(judged, lambda each: each.region)
    return dict(sorted(groups.items(), key=lambda item: (not item[0], -item[1].labels, item[0])))


def by_origin(judged: Iterable[Judged]) -> dict[str, Group]:
    """The texts of each origin, those of others first."""
    groups = _grouped(judged, lambda each: origin(each.text))
    return dict(sorted(groups.items(), key=lambda item: (item[0].startswith("own"), -item[1].texts, item[0])))


def _grouped(judged: Iterable[Judged], of: Callable[[Judged], str]) -> dict[str, Group]:
    groups: dict[str, Group] = defaultdict(Group)
    for each in judged:
        group = groups[of(each)]
        group.texts += 1
        group.labels += len(each.text["claims"])
        group.claims += len(each.claims)
        group.pairs += each.pairs
        if not each.text["claims"]:
            group.empty += 1
            group.false += len(each.claims)
    return groups


def of_texts(group: Group) -> Row:
    """The figures of a group of texts."""
    counted = {"texts": group.texts, "labels": group.labels, "empty": group.empty, "false": group.false}
    f1 = _over(2 * len(group.pairs), group.claims + group.labels)
    return counted | {"claim_f1": f1} | of_pairs(group.pairs)


def of_pairs(pairs: Sequence[Pair]) -> Row:
    """How often the kind of pairs is right, and their killed where either tells any."""
    told = [(killed_of(pair.claim), gold_killed(pair.gold)) for pair in pairs]
    told = [(ours, theirs) for ours, theirs in told if ours or theirs]
    return {
        "pairs": len(pairs),
        "kind_accuracy": _over(sum(_told(pair.claim, "kind") == pair.gold["kind"] for pair in pairs), len(pairs)),
        "killed_n": len(told),
        "killed_exact": _over(sum(ours == theirs for ours, theirs in told), len(told)),
    }


def by_type(judged: Sequence[Judged]) -> dict[str, Row]:
    """The same figures of each type of kinds: a claim of another kind of its label's type counts as found alike."""
    return by_value(judged, "kind", lambda kind: str(EventKind(kind).type))


def by_value(judged: Sequence[Judged], name: str, of: Callable[[str], str] = str) -> dict[str, Row]:
    """The figures of the labels of each kind or each stance, or what `of` makes of it, the commonest first."""
    told = Counter(of(_told(claim, name)) for each in judged for claim in each.claims)
    true = Counter(of(gold[name]) for each in judged for gold in each.text["claims"])
    groups: dict[str, list[Pair]] = defaultdict(list)
    for pair in (pair for each in judged for pair in each.pairs):
        groups[of(pair.gold[name])].append(pair)
    rows = {}
    for value, labels in true.most_common():
        pairs = groups[value]
        same = sum(of(_told(pair.claim, name)) == value for pair in pairs)
        shares = {"found": len(pairs) / labels, "same": _over(same, len(pairs))}
        rows[value] = {"labels": labels, **shares, "f1": 2 * same / (labels + told[value])} | of_pairs(pairs)
    return rows


def confusions(pairs: Iterable[Pair]) -> list[list[Any]]:
    """The kinds that are taken for another: labelled, told, how often; the most frequent first."""
    wrong: Counter[tuple[str, str]] = Counter()
    for pair in pairs:
        labelled_, told = str(pair.gold["kind"]), _told(pair.claim, "kind")
        wrong[labelled_, told] += labelled_ != told
    return [[*kinds, n] for kinds, n in wrong.most_common() if n]


def _told(claim: Claim, name: str) -> str:
    return str(getattr(claim, name).value.value)


def _over(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
