"""What the model said → the claims that it points at, in the shape that was asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec

from vedette.model.errors import AnswerError
from vedette.model.kinds import EventKind

MOST_CLAIMS = 100  # of one window, which holds some sixty sentences
_STARTS = 200  # places in prose at which an object is looked for
_DECODER = json.JSONDecoder()

Quotes = tuple[str, ...]


class ToldToll(msgspec.Struct, frozen=True):
    """Words that count people, the harm and the side."""

    words: str
    harm: Literal["killed", "wounded", "captured", "abducted"]
    side: Literal["perpetrators", "targets", "civilians", "unknown"] = "unknown"


class Told(msgspec.Struct, frozen=True):
    """One event as the model told it: quotes, none of them yet looked for in the text, and what they are."""

    trigger: str
    kind: EventKind
    also: Quotes = ()
    perpetrators: Quotes = ()
    targets: Quotes = ()
    weapons: Quotes = ()
    place: Quotes = ()
    time: Quotes = ()
    tolls: tuple[ToldToll, ...] = ()
    said_by: Quotes = ()
    stance: Literal["asserts", "denies", "doubts", "threatens"] = "asserts"
    stance_words: Quotes = ()
    attribution: Literal["fact", "accused", "claimed", "unknown"] = "unknown"
    attribution_words: Quotes = ()
    undirected: bool = False
    confidence: float = 0.5


class Answer(msgspec.Struct, frozen=True):
    """The events of one answer, and how many claims it held that were not of the shape asked for."""

    told: tuple[Told, ...]
    misshapen: int


def answer_in(said: str, subject: str) -> Answer:
    """The answer in what the model said: one JSON object with claims, alone, in a fenced block or in prose."""
    claims = _object_in(said, subject).get("claims")
    if not isinstance(claims, list):
        raise AnswerError(subject, "the model's answer has no list of claims: try a larger model")
    if len(claims) > MOST_CLAIMS:
        raise AnswerError(subject, f"the model's answer tells more than {MOST_CLAIMS} events of one page of text")
    told = tuple(found for claim in claims if (found := _told(claim)) is not None)
    if claims and not told:
        raise AnswerError(
            subject, "no claim of the model's answer has the shape that was asked for: try a larger model"
        )
    return Answer(told, len(claims) - len(told))


def _object_in(said: str, subject: str) -> Mapping[str, Any]:
    try:
        found = list(_objects(said))
    except RecursionError:
        found = []
    if len(found) != 1:
        how_many = "no JSON object with claims" if not found else "several JSON objects"
        raise AnswerError(subject, f"the model's answer holds {how_many}: try a larger model")
    return found[0]


def _objects(said: str) -> Iterator[Mapping[str, Any]]:
    at, tries = said.find("{"), 0
    while at != -1 and tries < _STARTS:
        tries += 1
        try:
            found, after = _DECODER.raw_decode(said, at)
        except ValueError:
            at = said.find("{", at + 1)
            continue
        if isinstance(found, dict) and "claims" in found:
            yield found
        at = said.find("{", after)


def _told(claim: object) -> Told | None:
    if not isinstance(claim, dict):
        return None
    given = {name: value for name, value in claim.items() if value is not None}
    try:
        told = msgspec.convert(given, Told, strict=False)
    except (msgspec.ValidationError, RecursionError):
        return None
    return None if told.kind is EventKind.NO_COUNTERPART else told


def quotes_of(told: Told) -> Sequence[str]:
    """All that is quoted beside the trigger."""
    tolls = tuple(toll.words for toll in told.tolls)
    others = (told.also, told.perpetrators, told.targets, told.weapons, told.place, told.time, told.said_by, tolls)
    return [quote for quotes in (*others, told.stance_words, told.attribution_words) for quote in quotes]
