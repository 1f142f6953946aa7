"""IndiaPoliceEvents: which sentences and documents tell that police killed, arrested, failed to act, used force, acted?

Halterman, Keith, Sarwar and O'Connor, "Corpus-Level Evaluation for Event QA: The IndiaPoliceEvents Corpus Covering the
2002 Gujarat Violence", Findings of ACL 2021. Their tasks: sentence classification by F1 of each of five classes;
documents, which bear a class where one of their sentences does, ranked by average precision. Here also the F1 of
documents, and of both the mean over the classes (`…_macro_f1`).

The reader gives claims; `indiapolice_kinds.toml` tells their labels. A label stands where the words of the claim's
event stand, KILL where those of its dead do. A document is as sure of a label as of the surest claim that gives it.

Left out: FAIL (police did not step in) is told by no claim, so it scores 0 and is in the mean all the same. ANY_ACTION
is wider than the code book's events (patrols, curfews, inquiries, words to the press): most of it is missed. The
third task, counts of documents a day, is left out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from evals.classes import Labels, average_precision, counts_of, details, macro_f1
from evals.gold import Scores, article, rows
from evals.located import located, piece_at
from vedette.model.kinds import Harm
from vedette.model.nouns import Article, Claim
from vedette.model.values import Span, toll_of
from vedette.read import read_articles
from vedette.reference import load_reference

CLASSES = ("KILL", "ARREST", "FAIL", "FORCE", "ANY_ACTION")
READER = "accurate"
BESIDE = 12  # characters: "police firing", "police have fired"


@dataclass(frozen=True, slots=True)
class Rules:
    """Who is police and what claims tell of them, as `indiapolice_kinds.toml` has it, in its order."""

    actor_kinds: frozenset[str]
    words: frozenset[str]
    beside: frozenset[str]
    force: frozenset[str]
    force_always: frozenset[str]
    arrest: frozenset[str]
    stances: frozenset[str]


@dataclass(frozen=True, slots=True)
class Told:
    """A label that a claim gives, the words where it stands and how sure the reader is of the claim."""

    label: str
    spans: tuple[Span, ...]
    sure: float


@cache
def mapping() -> Rules:
    """The mapping beside this file."""
    told = tomllib.loads(Path(__file__).with_name("indiapolice_kinds.toml").read_text(encoding="utf-8"))
    police, kinds = told["police"], told["kinds"]
    lists = [*police.values(), *kinds.values(), *told["told"].values()]
    return Rules(*map(frozenset, lists))


def score(gold: Path, reader: str = READER) -> Scores:
    """F1 of the five classes on sentences and documents, and how well documents are ranked."""
    documents = list(rows(gold))
    articles = [police_article(row) for row in documents]
    readings = read_articles(articles, load_reference(), reader)
    told = [
        [label for claim in reading.claims for label in told_by(claim, each)]
        for reading, each in zip(readings, articles, strict=True)
    ]
    sentences = [
        labels_of_sentences(labels, row, each) for labels, row, each in zip(told, documents, articles, strict=True)
    ]
    return scores(told, sentences, documents)


def police_article(row: Mapping[str, Any]) -> Article:
    """The document, published on its day."""
    return article(row["text"], published=date.fromisoformat(row["date"]), name="indiapolice")


def told_by(claim: Claim, each: Article) -> list[Told]:
    """The labels that a claim gives."""
    rules = mapping()
    if claim.stance.value not in rules.stances:
        return []
    kind, police = claim.kind.value, by_police(claim, each)
    killed = toll_of(tuple(toll.value for toll in claim.tolls), Harm.KILLED)
    labels = {
        "ARREST": kind in rules.arrest,
        "FORCE": kind in rules.force_always or (police and kind in rules.force),
        "KILL": police and kind in rules.force and bool(killed and (killed.low or killed.best)),
    }
    given = [label for label, true in labels.items() if true]
    dead = tuple(span for toll in claim.tolls if toll.value.harm is Harm.KILLED for span in toll.spans)
    event = claim.kind.spans
    told = [Told(label, (label == "KILL" and dead) or event, claim.kind.score) for label in given]
    return [*told, Told("ANY_ACTION", event, claim.kind.score)] if given or police else []


def by_police(claim: Claim, each: Article) -> bool:
    """True where a perpetrator is police, or where none is told and police stands beside the event's word."""
    rules, actors = mapping(), load_reference().actors
    for perpetrator in claim.perpetrators:
        known = actors.get(perpetrator.value.id) if perpetrator.value.id else None
        if (known and known.kind in rules.actor_kinds) or not _words(perpetrator.value.name).isdisjoint(rules.words):
            return True
    near = (each.text[max(0, span.start - BESIDE) : span.end + BESIDE] for span in claim.kind.spans)
    return not claim.perpetrators and any(not _words(words).isdisjoint(rules.beside) for words in near)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def labels_of_sentences(told: Iterable[Told], row: Mapping[str, Any], each: Article) -> list[Labels]:
    """The labels told in each sentence of a document."""
    bounds = located((sentence["text"] for sentence in row["sents"]), each.text)
    found: list[set[str]] = [set() for _ in bounds]
    for label in told:
        for span in label.spans:
            place = piece_at(bounds, span.start)
            if place is not None:
                found[place].add(label.label)
    return [frozenset(labels) for labels in found]


def scores(
    told: Sequence[Sequence[Told]], sentences: Sequence[Sequence[Labels]], documents: Sequence[Mapping[str, Any]]
) -> Scores:
    """All scores, the documents in the same order: what is told in them and in each of their sentences."""
    true_sentences = [frozenset(s["labels"]) for row in documents for s in row["sents"]]
    true_documents = [frozenset(row["doc_labels"]) for row in documents]
    by_sentence = counts_of([labels for each in sentences for labels in each], true_sentences, CLASSES)
    by_document = counts_of([frozenset(t.label for t in labels) for labels in told], true_documents, CLASSES)
    figures: dict[str, float] = {}
    for name, counts in (("sentence", by_sentence), ("document", by_document)):
        figures |= {f"{name}_{label.lower()}_f1": each.f1 for label, each in counts.items()}
        figures[f"{name}_macro_f1"] = macro_f1(counts)
    for label in CLASSES:
        sure = [max((t.sure for t in labels if t.label == label), default=0.0) for labels in told]
        figures[f"document_{label.lower()}_ap"] = average_precision(sure, [label in true for true in true_documents])
    shares = details(by_sentence, "sentence.") | details(by_document, "document.")
    return Scores(len(documents), figures, shares)
