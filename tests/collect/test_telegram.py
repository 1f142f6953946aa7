"""Telegram Desktop's `result.json`."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from vedette.collect import Told


def message(number: int, text: object, **more: object) -> dict[str, object]:
    return {
        "id": number,
        "type": "message",
        "date": "2021-10-09T14:30:00",
        "date_unixtime": "1633773600",
        "text": text,
        **more,
    }


def chat(kind: str, *messages: object, name: str = "Front News", ident: int = 77) -> dict[str, object]:
    return {"name": name, "type": kind, "id": ident, "messages": list(messages)}


def test_each_message_with_text_of_a_public_channel_is_a_capture_of_its_exact_bytes(collect, put):
    export = chat(
        "public_channel",
        {"id": 1, "type": "service", "action": "create_channel", "text": ""},
        message(2, "An attack."),
        message(3, ["In ", {"type": "bold", "text": "Kabul"}]),
        message(4, "", photo="p.jpg"),
        message(5, [{"type": "bold", "text": " "}]),
    )
    text = json.dumps(export, indent=1)
    first, second = collect(put("result.json", text)).captures
    assert first.body.decode() in text
    assert json.loads(first.body)["id"] == 2
    assert json.loads(second.body)["id"] == 3
    assert first.media_type == "application/x-telegram-message+json"
    assert (first.source, first.url) == ("Front News", "telegram:77/2")
    assert first.published == datetime(2021, 10, 9, 10, tzinfo=UTC)


def test_the_told_source_goes_before_the_name_of_the_chat(collect, put):
    path = put("result.json", json.dumps(chat("public_supergroup", message(1, "x"))))
    assert collect(path, told=Told("Outlet")).only.source == "Outlet"


def test_a_message_without_unix_time_has_the_local_time_of_its_export(collect, put):
    path = put("result.json", json.dumps(chat("public_channel", message(1, "x", date_unixtime=None))))
    assert collect(path).only.published == datetime(2021, 10, 9, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "kind",
    [
        "personal_chat",
        "saved_messages",
        "bot_chat",
        "private_group",
        "private_supergroup",
        "private_channel",
        "replies",
    ],
)
def test_private_chats_are_refused_by_policy_and_not_named(collect, put, kind):
    issue = collect(put("result.json", json.dumps(chat(kind, message(1, "secret"), name="Somebody")))).problem
    assert issue.stage == "policy"
    assert "Vedette reads published material only" in issue.message
    assert "Somebody" not in issue.subject + issue.message
    assert f"{kind} 1" in issue.message


def test_a_chat_that_does_not_tell_its_type_is_refused(collect, put):
    assert collect(put("result.json", json.dumps({"messages": [message(1, "x")]}))).problem.stage == "policy"


def test_of_a_whole_account_only_the_public_chats_are_read(collect, put):
    export = {
        "about": "…",
        "personal_information": {"first_name": "Somebody"},
        "chats": {
            "list": [chat("personal_chat", message(1, "secret")), chat("public_channel", message(2, "An attack."))]
        },
        "left_chats": {"list": [chat("personal_chat"), chat("public_supergroup", message(3, "A raid."), ident=78)]},
    }
    haul = collect(put("result.json", json.dumps(export)))
    assert [capture.url for capture in haul.captures] == ["telegram:77/2", "telegram:78/3"]
    assert "personal_chat 2" in haul.issues[0].message


def test_a_message_that_is_none_is_told_of_and_the_others_are_kept(collect, put):
    haul = collect(put("result.json", json.dumps(chat("public_channel", "?", message(2, "An attack.")))))
    assert len(haul.captures) == 1
    assert "is not a Telegram message" in haul.said


@pytest.mark.parametrize("export", [{"chats": 3}, {"type": "public_channel", "messages": {}}, {"chats": {"list": [1]}}])
def test_an_export_of_another_shape_is_told_of(collect, put, export):
    assert "is laid out like no export" in collect(put("result.json", json.dumps(export))).problem.message
