"""WikiEvents: events of news documents by the KAIROS ontology, their triggers and their arguments.

Li, Ji and Han, "Document-Level Event Argument Extraction by Conditional Generation", NAACL 2021; the measures are told
in `event_arguments`. `trigger_…` and `argument_…` score what the claims of a shipped reader tell: an argument counts
only where its event's trigger and type are right. `given_trigger_argument_…` score arguments where trigger and type
are given, as the published figures are: there the network of the accurate reader is asked about the trigger; of the
lexical reader the claims at the trigger are taken.

`wikievents_types.toml` has one type for each kind of the code book and the roles of its parts. Left out: events that
are none of the code book's (talk, travel, trials, trade), and more than one trigger a claim, for a claim tells the
words of one; "informative" arguments, which the paper scores too, are not told apart from others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.crosswalk import crosswalk
from evals.event_arguments import MATCHINGS, Argument, Bound, Event, argument_counts, trigger_counts
from evals.gold import Scores, article, rows
from evals.parts import Part, Tokens, given, parts_of
from evals.template_filling import Counts
from vedette.model.nouns import Claim
from vedette.read import read_articles
from vedette.reference import load_reference

READER = "accurate"
Documents = Sequence[Sequence[Event]]


def score(gold: Path, reader: str = READER) -> Scores:
    """F1 of triggers and arguments that claims tell, and of arguments of given triggers."""
    told = list(rows(gold))
    documents = [tokens_of(row) for row in told]
    truths = [list(gold_events(row)) for row in told]
    readings = read_articles([tokens.article for tokens in documents], load_reference(), reader)
    found = [events_of(reading.claims, tokens) for reading, tokens in zip(readings, documents, strict=True)]
    parts = given(reader, documents, [[event.trigger for event in events] for events in truths])
    asked = [
        [
            Event(true.trigger, true.type, arguments_of(true.type, each, tokens))
            for true, each in zip(*pair, strict=True)
        ]
        for *pair, tokens in zip(truths, parts, documents, strict=True)
    ]
    words = [tokens.tokens for tokens in documents]
    whole = scores(found, truths, words)
    return Scores(whole.n, whole.scores | argument_scores(asked, truths, words, "given_trigger_"), whole.details)


def tokens_of(row: Mapping[str, Any]) -> Tokens:
    """The document; a sentence without a stop, such as a headline, is a paragraph."""
    text = ""
    for _, sentence in row["sentences"]:
        text += sentence + (" " if sentence.rstrip(" \"'”’)")[-1:] in (".", "!", "?") else "\n\n")
    return Tokens(row["tokens"], article(text, name="wikievents"))


def gold_events(row: Mapping[str, Any]) -> Iterator[Event]:
    """The events of a document; an argument knows all mentions of its entity."""
    bounds = {each["id"]: (each["start"], each["end"]) for each in row["entity_mentions"]}
    cluster = {ident: frozenset(bounds[i] for i in idents) for idents in row["coref_clusters"] for ident in idents}
    for event in row["event_mentions"]:
        trigger = event["trigger"]
        arguments = [
            Argument(bounds[each["entity_id"]], each["role"], cluster.get(each["entity_id"], frozenset()))
            for each in event["arguments"]
        ]
        yield Event((trigger["start"], trigger["end"]), event["event_type"], arguments)


def events_of(claims: Iterable[Claim], tokens: Tokens) -> list[Event]:
    """The events that claims tell, each at the words of its trigger."""
    found = {}
    for claim in claims:
        type_, trigger = crosswalk("wikievents").type_of(claim), _trigger(claim, tokens)
        if type_ and trigger:
            found[trigger, type_] = Event(trigger, type_, arguments_of(type_, parts_of(claim), tokens))
    return list(found.values())


def _trigger(claim: Claim, tokens: Tokens) -> Bound | None:
    return next((tokens.within(span.start, span.end) for span in claim.kind.spans), None)


def arguments_of(type_: str, parts: Iterable[Part], tokens: Tokens) -> list[Argument]:
    """The arguments that the parts of an event of a type are."""
    roles = [(crosswalk("wikievents").role_of(type_, p.role), tokens.within(p.start, p.end)) for p in parts]
    return [Argument(bound, role) for role, bound in roles if role and bound]


def scores(told: Documents, gold: Documents, tokens: Sequence[Sequence[str]]) -> Scores:
    """The scores of events told in documents, in the same order."""
    counts = {"identification": Counts(), "classification": Counts()}
    for mine, true in zip(told, gold, strict=True):
        for task, each in trigger_counts(mine, true).items():
            counts[task] += each
    shares = {
        f"trigger_{task}.{measure}": getattr(each, measure)
        for task, each in counts.items()
        for measure in ("precision", "recall")
    }
    triggers = {f"trigger_{task}_f1": each.f1 for task, each in counts.items()}
    return Scores(len(gold), triggers | argument_scores(told, gold, tokens), shares)


def argument_scores(
    told: Documents, gold: Documents, tokens: Sequence[Sequence[str]], before: str = ""
) -> dict[str, float]:
    """F1 of arguments, identified and classified, by each matching."""
    figures: dict[str, float] = {}
    for name, matching in MATCHINGS.items():
        counts = {"identification": Counts(), "classification": Counts()}
        for mine, true, words in zip(told, gold, tokens, strict=True):
            for task, each in argument_counts(mine, true, matching(words)).items():
                counts[task] += each
        figures |= {f"{before}argument_{task}_{name}_f1": each.f1 for task, each in counts.items()}
    return figures
