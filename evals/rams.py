"""RAMS 1.0: which words play which role in an event whose trigger is given, within five sentences?

Ebner, Xia, Culkin, Rawlins and Van Durme, "Multi-Sentence Argument Linking", ACL 2020. `argument_f1` is their F1 over
links: an argument is right where its tokens and its role are the gold's. `argument_head_f1` asks for the head word
alone, as Li, Ji and Han report beside it (NAACL 2021). Their "type-constrained decoding" is left out: here a type's
roles are those that `rams_types.toml` lists.

The network of the accurate reader is asked what the words are to the trigger; of the lexical reader the claims at the
trigger are taken. Most of RAMS is no armed event (talk, trade, travel): there only places are told, and all else is
missed. `code_book_types.…` are the figures on the events whose types `rams_types.toml` lists.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.crosswalk import crosswalk
from evals.event_arguments import Argument, Event, argument_counts, by_head, by_tokens
from evals.gold import Scores, article, rows
from evals.parts import Part, Tokens, given
from evals.template_filling import Counts, total

READER = "accurate"


def score(gold: Path, reader: str = READER) -> Scores:
    """F1 of the arguments of given triggers."""
    passages = list(rows(gold))
    documents = [tokens_of(row) for row in passages]
    truths = [gold_event(row) for row in passages]
    parts = given(reader, documents, [[event.trigger] for event in truths])
    told = [event_of(event, found[0], tokens) for event, found, tokens in zip(truths, parts, documents, strict=True)]
    return scores(told, truths, [tokens.tokens for tokens in documents])


def tokens_of(row: Mapping[str, Any]) -> Tokens:
    """The passage with a blank between its tokens."""
    tokens = [token for sentence in row["sentences"] for token in sentence]
    return Tokens(tokens, article(" ".join(tokens), name="rams"))


def gold_event(row: Mapping[str, Any]) -> Event:
    """The one event of a passage."""
    (first, last, ((type_, _), *_)), *_ = row["evt_triggers"]
    links = [((start, end + 1), re.sub(r"^evt\d+arg\d+", "", role)) for _, (start, end), role in row["gold_evt_links"]]
    return Event((first, last + 1), type_, [Argument(bound, role) for bound, role in links])


def event_of(given_event: Event, parts: Sequence[Part], tokens: Tokens) -> Event:
    """The event of a given trigger and type with the arguments that its parts are."""
    type_ = given_event.type
    roles = [(crosswalk("rams").role_of(type_, part.role), tokens.within(part.start, part.end)) for part in parts]
    return Event(given_event.trigger, type_, [Argument(bound, role) for role, bound in roles if role and bound])


def scores(told: Sequence[Event], gold: Sequence[Event], tokens: Sequence[Sequence[str]]) -> Scores:
    """The scores of events told at the triggers of the gold, in the same order."""
    figures = {}
    for name, matching in (("argument", by_tokens), ("argument_head", by_head)):
        figures[name] = [
            argument_counts([mine], [true], matching(words))["classification"]
            for mine, true, words in zip(told, gold, tokens, strict=True)
        ]
    listed = [crosswalk("rams").known(event.type) for event in gold]
    own = {name: [c for c, known in zip(counts, listed, strict=True) if known] for name, counts in figures.items()}
    return Scores(
        len(gold),
        {f"{name}_f1": total(counts).f1 for name, counts in figures.items()},
        _shares("", figures) | _shares("code_book_types.", own) | {"code_book_types": sum(listed)},
    )


def _shares(before: str, figures: Mapping[str, Sequence[Counts]]) -> dict[str, float]:
    measures = ("precision", "recall", "f1") if before else ("precision", "recall")
    return {f"{before}{name}.{m}": getattr(total(counts), m) for name, counts in figures.items() for m in measures}
