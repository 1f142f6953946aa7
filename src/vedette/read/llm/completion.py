"""The envelope that a chat completion comes in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from vedette.model.errors import AnswerError


class _Message(msgspec.Struct):
    content: str | None = None
    refusal: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Envelope(msgspec.Struct):
    choices: list[_Choice]
    usage: Any = None


@dataclass(frozen=True, slots=True)
class Completion:
    """What was said and why it ended; `tokens` in and out, where the server counts them."""

    said: str
    ended: str
    tokens: tuple[int, int] | None

    def text(self, subject: str, max_tokens: int) -> str:
        """What was said, whole; an `AnswerError` where it was cut off or refused."""
        if self.ended == "length":
            remedy = (
                f"the model's answer was cut off (max_tokens is {max_tokens}): raise max_tokens or the server's context"
            )
            raise AnswerError(subject, remedy)
        if not self.said.strip():
            raise AnswerError(subject, f"the model says nothing ({self.ended or 'no reason told'}): try another model")
        return self.said


def completion_in(body: bytes) -> Completion | None:
    """The completion in the body of an answer; none where it holds no such thing."""
    try:
        envelope = msgspec.json.decode(body, type=_Envelope)
    except (msgspec.MsgspecError, RecursionError, ValueError):
        return None
    if not envelope.choices:
        return None
    choice = envelope.choices[0]
    ended = "refusal" if choice.message.refusal else choice.finish_reason or ""
    return Completion(choice.message.content or "", ended[:40], _tokens(envelope.usage))


def message_in(body: bytes) -> str:
    """The message of a server's failure; nothing else of its answer, which may hold the question again."""
    try:
        told = msgspec.json.decode(body)
    except (msgspec.MsgspecError, RecursionError, ValueError):
        return ""
    error = told.get("error", told) if isinstance(told, dict) else ""
    said = (error.get("message") or error.get("detail")) if isinstance(error, dict) else error
    return said if isinstance(said, str) else ""


def _tokens(usage: Any) -> tuple[int, int] | None:
    told = (usage.get("prompt_tokens"), usage.get("completion_tokens")) if isinstance(usage, dict) else ()
    counts = [each for each in told if isinstance(each, int) and not isinstance(each, bool) and each >= 0]
    return (counts[0], counts[1]) if len(counts) == 2 else None
