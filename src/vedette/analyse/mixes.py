"""What an answer is made of: an event that several sources tell may be several claims, and is one incident."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from vedette.analyse.fields import ARTICLES, UNTOLD
from vedette.analyse.filters import Unit
from vedette.analyse.grouping import Question
from vedette.store import Snapshot


@dataclass(frozen=True, slots=True)
class Mixes:
    """How many sources an answer rests on, and how many claims or incidents come from which.

    Claims by data set, `articles` for those that were read; incidents by what tells them, as in `acled + articles`.
    """

    sources: int = 0
    parts: dict[str, int] = field(default_factory=dict)

    @property
    def datasets(self) -> tuple[str, ...]:
        """The data sets that take part."""
        told = {name for part in self.parts for name in part.split(" + ")}
        return tuple(sorted(told - {ARTICLES, UNTOLD}))


def mixes(now: Snapshot, question: Question, whole: int) -> Mixes:
    """What answers a question, by where it is from; `whole` is how many do."""
    facts = question.facts
    if len(facts.datasets) == 1 and not facts.read:
        return Mixes(1, dict.fromkeys(facts.datasets.values(), whole)) if whole else Mixes()
    return _of_claims(now, question) if question.unit is Unit.CLAIMS else _of_incidents(now, question)


def _of_claims(now: Snapshot, question: Question) -> Mixes:
    condition, parameters, facts = question.condition, question.parameters, question.facts
    rows = now.rows(f"SELECT dataset, count(*) AS n FROM plain_claims WHERE {condition} GROUP BY dataset", parameters)
    parts = {row["dataset"] or ARTICLES: row["n"] for row in sorted(rows, key=lambda row: -row["n"])}
    sources = sum(dataset in parts for dataset in facts.datasets.values())
    if ARTICLES in parts:
        read = f"SELECT article_id FROM plain_claims WHERE dataset IS NULL AND ({condition})"
        sources += now.column(f"SELECT count(DISTINCT source) FROM articles WHERE id IN ({read})", parameters)[0]
    return Mixes(sources, parts)


def _of_incidents(now: Snapshot, question: Question) -> Mixes:
    condition, parameters, facts = question.condition, question.parameters, question.facts
    rows = now.rows(
        f"SELECT sources, count(*) AS n FROM plain_incidents WHERE {condition} GROUP BY sources", parameters
    )
    parts: Counter[str] = Counter()
    for row in rows:
        told = {facts.datasets.get(source, ARTICLES) for source in row["sources"]}
        parts[" + ".join(sorted(told)) or UNTOLD] += row["n"]
    return Mixes(len({source for row in rows for source in row["sources"]}), dict(parts.most_common()))
