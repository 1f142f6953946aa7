"""Telegram Desktop's `result.json`: the messages of public channels and groups, and of nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from vedette.collect.origin import Origin, moment
from vedette.collect.sniff import Form
from vedette.model.nouns import Capture, Issue

# The types of chat that anyone can read without being let in. All others are somebody's private talk.
PUBLIC = ("public_channel", "public_supergroup", "public_group")

_Object = Mapping[str, msgspec.Raw]


class _Message(msgspec.Struct):
    id: Any = None
    type: Any = "message"
    date: Any = None
    date_unixtime: Any = None
    text: Any = ""


def is_export(document: _Object) -> bool:
    """True for an export of one chat and for one of a whole account."""
    return "messages" in document or "chats" in document or "left_chats" in document


def captures_of_export(document: _Object, origin: Origin) -> Iterator[Capture | Issue]:
    """One capture a message with text; chats that are not public are refused, uncounted by name."""
    private: Counter[str] = Counter()
    for chat in _chats(document):
        kind = str(_value(chat, "type") or "of no told type")
        if kind in PUBLIC:
            yield from _messages(chat, origin)
        else:
            private[kind] += 1
    if private:
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(private.items()))
        yield origin.issue(
            f"holds chats that are not public ({kinds}), which were left out: "
            "Vedette reads published material only; export public channels alone",
            stage="policy",
        )


def _chats(document: _Object) -> Iterator[_Object]:
    if "messages" in document:
        yield document
    for group in ("chats", "left_chats"):
        if group in document:
            listed = msgspec.json.decode(document[group], type=dict[str, msgspec.Raw]).get("list", b"[]")
            yield from msgspec.json.decode(listed, type=list[dict[str, msgspec.Raw]])


def _messages(chat: _Object, origin: Origin) -> Iterator[Capture | Issue]:
    name = str(_value(chat, "name") or origin.stem)
    ident = _value(chat, "id") or name
    for number, raw in enumerate(msgspec.json.decode(chat.get("messages", b"[]"), type=list[msgspec.Raw]), start=1):
        try:
            message = msgspec.json.decode(raw, type=_Message)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            yield origin.issue(f"is not a Telegram message ({error}): it was left out", f"message {number} of {name}")
            continue
        if message.type == "message" and _has_text(message.text):
            yield origin.capture(
                bytes(raw),
                Form.TELEGRAM,
                source=name,
                url=f"telegram:{ident}/{message.id}",
                # `date` is the exporting machine's local time without its zone; older exports have nothing better.
                published=moment(_seconds(message.date_unixtime)) or moment(message.date),
            )


def _has_text(told: object) -> bool:
    if isinstance(told, list):
        return any(_has_text(part.get("text") if isinstance(part, dict) else part) for part in told)
    return isinstance(told, str) and bool(told.strip())


def _seconds(told: object) -> int | None:
    return int(told) if isinstance(told, str) and told.isdecimal() and len(told) <= 12 else None


def _value(chat: _Object, key: str) -> object:
    return msgspec.json.decode(chat[key]) if key in chat else None
