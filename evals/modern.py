"""The modern gold: does the shipped reader find the events of today's reports, and tell them as a person does?

A claim that the reader makes and one that a person labelled are a pair where the words of the one's trigger are words
that name the other's event, or where both stand in one sentence and have the same kind; of all ways to pair them the
one with most pairs by words counts. On the pairs:

- `claim_f1`: precision and recall of claims;
- `kind_accuracy`: share of pairs with the same kind;
- `killed_exact`: share with the same count of killed (low, best and high), of the pairs where either tells one;
- `stance_macro_f1`: F1 of each stance that the gold has, averaged;
- `false_claims_per_text`: claims made of texts without an event, for each such text, at most 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from evals.gold import Scores, article
from evals.modern_texts import DATA, is_tested, labelled
from evals.template_filling import matched
from vedette.model.kinds import Harm, Side, Stance
from vedette.model.nouns import Article, Claim
from vedette.model.values import Tally, Toll, toll_of
from vedette.read import read_articles
from vedette.reference import load_reference

Gold = Mapping[str, Any]
READER = "accurate"
Bound = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim of the reader's and the label that it stands for."""

    claim: Claim
    gold: Gold


def score(gold: Path, reader: str = READER) -> Scores:
    """The scores of a shipped reader on the test part of a file of labels."""
    texts = list(labelled(gold, DATA, is_tested(gold)))
    articles = [modern_article(text) for text in texts]
    readings = read_articles(articles, load_reference(), reader)
    return scores([reading.claims for reading in readings], texts, articles)


def modern_article(text: Gold) -> Article:
    """The article that a labelled text is, with its day of publication where that is known."""
    told = str(text.get("published") or "")[:10]
    return article(text["text"], published=date.fromisoformat(told) if told else None, name="modern")


def scores(found: Sequence[Sequence[Claim]], texts: Sequence[Gold], articles: Sequence[Article]) -> Scores:
    """All scores of claims found in texts, given in the same order."""
    pairs: list[Pair] = []
    for claims, text, each in zip(found, texts, articles, strict=True):
        pairs += paired(claims, text, each)
    predicted, labelled_ = sum(map(len, found)), sum(len(text["claims"]) for text in texts)
    empty = [claims for claims, text in zip(found, texts, strict=True) if not text["claims"]]
    killed = [(killed_of(pair.claim), gold_killed(pair.gold)) for pair in pairs]
    killed = [(told, true) for told, true in killed if told or true]
    return Scores(
        len(texts),
        {
            "claim_f1": 2 * len(pairs) / max(1, predicted + labelled_),
            "kind_accuracy": _share(pair.claim.kind.value == pair.gold["kind"] for pair in pairs),
            "killed_exact": _share(told == true for told, true in killed),
            "stance_macro_f1": stance_f1(pairs, texts),
            "false_claims_per_text": min(1.0, sum(map(len, empty)) / max(1, len(empty))),
        },
        {
            "claim_precision": len(pairs) / max(1, predicted),
            "claim_recall": len(pairs) / max(1, labelled_),
            "attribution_accuracy": _share(p.claim.attribution.value == p.gold["attribution"] for p in pairs),
            "claims": labelled_,
            "texts_without_claim": len(empty),
        },
    )


def paired(claims: Sequence[Claim], text: Gold, each: Article) -> list[Pair]:
    """The pairs of one text: as many as can be by words, then by sentence and kind."""
    shift = each.text.find(text["text"])
    by_words = [[n for n, gold in enumerate(text["claims"]) if _names(claim, gold, shift)] for claim in claims]
    seats = matched(by_words)
    free = [n for n in range(len(text["claims"])) if n not in seats.values()]
    rest = [n for n in range(len(claims)) if n not in seats]
    ends = [0, *sorted(i for i, sign in enumerate(each.text) if sign in ".!?\n"), len(each.text)]
    near = [
        [g for g in free if _beside(claims[n], text["claims"][g], shift, ends)] if n in rest else []
        for n in range(len(claims))
    ]
    seats |= matched(near)
    return [Pair(claims[n], text["claims"][g]) for n, g in sorted(seats.items())]


def _names(claim: Claim, gold: Gold, shift: int) -> bool:
    bounds = [(start + shift, end + shift) for start, end in (gold["trigger"], *gold["also"])]
    return any(s.start < end and start < s.end for s in claim.kind.spans for start, end in bounds)


def _beside(claim: Claim, gold: Gold, shift: int, ends: Sequence[int]) -> bool:
    if claim.kind.value != gold["kind"] or not claim.kind.spans:
        return False
    first, other = claim.kind.spans[0].start, gold["trigger"][0] + shift
    return not any(min(first, other) <= end < max(first, other) for end in ends)


def killed_of(claim: Claim) -> Tally | None:
    """The whole count of killed that a claim tells."""
    return toll_of(tuple(toll.value for toll in claim.tolls), Harm.KILLED)


def gold_killed(gold: Gold) -> Tally | None:
    """The whole count of killed that a label tells."""
    tolls = [Toll(Harm(t["harm"]), Tally(t["low"], t["best"], t["high"]), Side(t["side"])) for t in gold["tolls"]]
    told = [toll for toll in tolls if toll.harm is Harm.KILLED]
    whole = [toll for toll in told if toll.side is Side.UNKNOWN]
    # Two counts of no side are added ("Nineteen … two more died later"), as the labels do not add them up.
    if len(whole) > 1 and len(whole) == len(told):
        total = whole[0].tally
        for toll in whole[1:]:
            total = total.plus(toll.tally)
        return total
    return toll_of(tuple(told), Harm.KILLED)


def stance_f1(pairs: Iterable[Pair], texts: Iterable[Gold]) -> float:
    """F1 of each stance that the labels have, averaged; a claim without a pair is missed."""
    told = [(str(pair.claim.stance.value), str(pair.gold["stance"])) for pair in pairs]
    return macro_f1(told, [gold["stance"] for text in texts for gold in text["claims"]])


def macro_f1(pairs: Iterable[tuple[str, str]], gold: Iterable[str]) -> float:
    """The same, from the told and the true stance of each pair and the stances of all labels."""
    right, told = Counter[str](), Counter[str]()
    for ours, theirs in pairs:
        told[ours] += 1
        right[theirs] += ours == theirs
    true = Counter(gold)
    of_each = [2 * right[stance] / (told[stance] + true[stance]) for stance in map(str, Stance) if true[stance]]
    return sum(of_each) / max(1, len(of_each))


def _share(flags: Iterable[bool]) -> float:
    told = list(flags)
    return sum(told) / max(1, len(told))
