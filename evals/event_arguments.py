"""Events with typed triggers and role-bearing arguments in tokenised documents, and how such are scored.

Triggers and arguments by identification and classification as in Li, Ji and Han, "Document-Level Event Argument
Extraction by Conditional Generation", NAACL 2021: a trigger is identified where its tokens are the gold's, classified
where the type is too; an argument is identified where it is one of the gold event's arguments, classified where its
role is too. Which arguments are one is told by a `Matching`: the same tokens, the same head word, or a head that is
the head of any mention of the gold argument's entity ("coref").

Heads are told by a rule, not by a parser: the last word before the first preposition, comma or relative pronoun.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from evals.template_filling import Counts, matched

Bound = tuple[int, int]  # first token, token after the last


@dataclass(frozen=True, slots=True)
class Argument:
    """Tokens that play a role; `mentions` are all mentions of their entity, where the gold tells them."""

    bound: Bound
    role: str
    mentions: frozenset[Bound] = frozenset()


@dataclass(frozen=True, slots=True)
class Event:
    """A trigger, its type and what plays a role in its event."""

    trigger: Bound
    type: str
    arguments: Sequence[Argument] = field(default=())


Same = Callable[[Argument, Argument], bool]
Matching = Callable[[Sequence[str]], Same]  # tokens of a document → whether two arguments are one, the gold's second

_ENDS = frozenset(
    ["of", "in", "at", "on", "from", "near", "belonging", "with", "for", "to", "by", "who", "that", "which", ",", "("]
)


def head_of(tokens: Sequence[str], bound: Bound) -> int:
    """The token that is the head of a phrase."""
    first, after = bound
    end = next((place for place in range(first + 1, after) if tokens[place].lower() in _ENDS), after)
    while end - 1 > first and not any(map(str.isalnum, tokens[end - 1])):
        end -= 1
    return end - 1


def by_tokens(tokens: Sequence[str]) -> Same:
    """Arguments are one where they are the same tokens."""
    return lambda told, gold: told.bound == gold.bound


def by_head(tokens: Sequence[str]) -> Same:
    """Arguments are one where their head is."""
    return lambda told, gold: head_of(tokens, told.bound) == head_of(tokens, gold.bound)


def by_entity(tokens: Sequence[str]) -> Same:
    """Arguments are one where the head is that of any mention of the gold's entity."""

    def same(told: Argument, gold: Argument) -> bool:
        mentions = gold.mentions | {gold.bound}
        return head_of(tokens, told.bound) in {head_of(tokens, mention) for mention in mentions}

    return same


MATCHINGS: Mapping[str, Matching] = {"head": by_head, "span": by_tokens, "coref": by_entity}


def trigger_counts(told: Iterable[Event], gold: Iterable[Event]) -> dict[str, Counts]:
    """Counts of one document's triggers, identified and classified."""
    events, truths = list(told), list(gold)
    return {
        "identification": _common({e.trigger for e in events}, {e.trigger for e in truths}),
        "classification": _common({(e.trigger, e.type) for e in events}, {(e.trigger, e.type) for e in truths}),
    }


def _common(told: Set[object], gold: Set[object]) -> Counts:
    both = len(told & gold)
    return Counts(both, len(told), both, len(gold))


def argument_counts(told: Iterable[Event], gold: Iterable[Event], same: Same) -> dict[str, Counts]:
    """Counts of one document's arguments, identified and classified; an event is the gold's of its trigger and type."""
    events = {(event.trigger, event.type): event.arguments for event in told}
    truths = {(event.trigger, event.type): event.arguments for event in gold}
    counts = {"identification": Counts(), "classification": Counts()}
    for key in events.keys() | truths.keys():
        mine, theirs = _once(events.get(key, ())), _once(truths.get(key, ()))
        counts["identification"] += _paired(mine, theirs, same)
        counts["classification"] += _paired(mine, theirs, lambda a, b: a.role == b.role and same(a, b))
    return counts


def _once(arguments: Iterable[Argument]) -> list[Argument]:
    return list({(argument.bound, argument.role): argument for argument in arguments}.values())


def _paired(told: Sequence[Argument], gold: Sequence[Argument], same: Same) -> Counts:
    right = len(matched([[n for n, true in enumerate(gold) if same(each, true)] for each in told]))
    return Counts(right, len(told), right, len(gold))
