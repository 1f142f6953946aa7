"""Tolls that the network gives to two events: a count in the sentence of one of them is not the other's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vedette.read.neural.decoding import Stretch
from vedette.read.neural.events import HARMS, Mention
from vedette.read.neural.page import Page


def parted(page: Page, events: Sequence[Sequence[Mention]]) -> list[list[Mention]]:
    """The events, each without the tolls that stand in the sentence of another to which they are given as well."""
    own = [_tolls_beside(page, event) for event in events]
    told: frozenset[int] = frozenset().union(*own)
    return [[_without(mention, of, told) for mention in event] for event, of in zip(events, own, strict=True)]


def _without(mention: Mention, own: set[int], told: frozenset[int]) -> Mention:
    """The mention without tolls among the words `told` beside some event that are not told beside its `own`."""
    kept = [
        part
        for part in mention.parts
        if not _is_toll(part) or part.first in own or told.isdisjoint(range(part.first, part.after))
    ]
    return replace(mention, parts=kept) if len(kept) < len(mention.parts) else mention


def _tolls_beside(page: Page, event: Sequence[Mention]) -> set[int]:
    """The words of the tolls that stand in a sentence which names their event."""
    named = {_sentence(page, mention.word) for mention in event}
    tolls = [part for mention in event for part in mention.parts if _is_toll(part)]
    return {word for part in tolls if _sentence(page, part.first) in named for word in range(part.first, part.after)}


def _is_toll(part: Stretch) -> bool:
    return part.role in HARMS


def _sentence(page: Page, word: int) -> int:
    """The first character of the sentence that a word stands in."""
    sentence = page.sentence_at(page.words[word].start)
    return sentence.start if sentence else -1
