"""GLOCON gold sample: which documents, and which sentences, tell of a contentious event?

Hürriyetoğlu et al., "Cross-Context News Corpus for Protest Event-Related Knowledge Base Construction", Data
Intelligence 2021; scored as in CASE 2021, task 1, subtasks 1 and 2: F1 of both classes averaged
(`document_macro_f1`, `sentence_macro_f1`). A file is of documents or of sentences; its rows tell which.

A text is positive where the reader makes a claim of a kind that `glocongold_sample_kinds.toml` lists. Each sentence is
read alone, as the task sets it. Rows of label 2, of which the set says nothing, are left out.

Left out: strikes of workers, rallies of parties and petitions are contentious events there and none of the code
book's; a sentence that only refers to an event told before is positive there and has no claim here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from evals.classes import counts_of, details, macro_f1
from evals.gold import Scores, article, rows
from vedette.model.nouns import Claim
from vedette.read import read_articles
from vedette.reference import load_reference

READER = "accurate"
CLASSES = ("protest", "none")
LABELS = {"1": "protest", "0": "none"}


@cache
def mapping() -> tuple[frozenset[str], frozenset[str]]:
    """The kinds and the stances that make a text positive."""
    told = tomllib.loads(Path(__file__).with_name("glocongold_sample_kinds.toml").read_text(encoding="utf-8"))
    return frozenset(told["told"]["kinds"]), frozenset(told["told"]["stances"])


def score(gold: Path, reader: str = READER) -> Scores:
    """Macro-F1 on the documents or the sentences of a file."""
    texts = [row for row in rows(gold) if str(row["label"]) in LABELS]
    level = "sentence" if texts and "sentence" in texts[0] else "document"
    articles = [article(row["sentence" if level == "sentence" else "text"], name="glocon") for row in texts]
    readings = read_articles(articles, load_reference(), reader)
    return scores([label_of(reading.claims) for reading in readings], texts, level)


def label_of(claims: Iterable[Claim]) -> str:
    """What a text is by its claims."""
    kinds, stances = mapping()
    return "protest" if any(c.kind.value in kinds and c.stance.value in stances for c in claims) else "none"


def scores(told: Sequence[str], texts: Sequence[Mapping[str, Any]], level: str) -> Scores:
    """The scores of labels told of texts in the same order."""
    true = [frozenset([LABELS[str(row["label"])]]) for row in texts]
    counts = counts_of([frozenset([label]) for label in told], true, CLASSES)
    figures = {f"{level}_macro_f1": macro_f1(counts), f"{level}_protest_f1": counts["protest"].f1}
    return Scores(len(texts), figures, details(counts, f"{level}."))
