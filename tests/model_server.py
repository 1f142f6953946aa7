"""A small server that speaks the protocol of chat completions: it checks what it is asked and answers as told."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jsonschema

BEGIN = re.compile(r"^BEGIN ([0-9a-f]{32})$", re.MULTILINE)


@dataclass(frozen=True)
class Asked:
    """A question: the article's text as the fence gives it, the day, the rules, and the request as it came."""

    text: str
    day: str
    rules: str
    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def form(self) -> str:
        return str(self.body["response_format"]["type"])


@dataclass(frozen=True)
class Reply:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    pause: float = 0.0


def claim(trigger: str, kind: str, **more: Any) -> dict[str, Any]:
    """A claim with every field of the schema."""
    lists = ("also", "perpetrators", "targets", "weapons", "place", "time", "said_by")
    told: dict[str, Any] = {"trigger": trigger, "kind": kind, **{name: [] for name in lists}}
    told |= {"tolls": [], "stance": "asserts", "stance_words": [], "attribution": "unknown", "attribution_words": []}
    return {**told, "undirected": False, "confidence": 0.8, **more}


def toll(words: str, harm: str = "killed", side: str = "unknown") -> dict[str, str]:
    return {"words": words, "harm": harm, "side": side}


def told(*claims: Any) -> str:
    return json.dumps({"claims": list(claims)})


def said(content: str | None, ended: str = "stop", tokens: tuple[int, int] = (1000, 200)) -> Reply:
    """A completion that says this."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": ended}
    usage = {"prompt_tokens": tokens[0], "completion_tokens": tokens[1], "total_tokens": sum(tokens)}
    return Reply(json.dumps({"object": "chat.completion", "choices": [choice], "usage": usage}).encode())


def failing(status: int, message: str = "no", **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(json.dumps({"error": {"message": message}}).encode(), status, named)


def answering(*claims: Any) -> Callable[[Asked], Reply]:
    return lambda asked: said(told(*claims))


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is what some tests are about."""


class ModelServer:
    """A server on 127.0.0.1; `reply` makes its answers, a list of replies is given one after the other."""

    def __init__(self) -> None:
        self.reply: Callable[[Asked], Reply] | list[Reply] = answering()
        self.model = "small-model"
        self.key = ""
        self.asked: list[Asked] = []
        self.wrong: list[str] = []
        self.most_at_once = 0
        self._now = 0
        self._lock = threading.Lock()
        self.server = _Quiet(("127.0.0.1", 0), self._handler())
        self.base_url = f"http://127.0.0.1:{self.server.server_port}/v1"

    def table(self, **more: object) -> str:
        """The table of `vedette.toml` that names this server."""
        settings = {"base_url": self.base_url, "model": self.model, **more}
        return "[llm]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in settings.items())

    def _answer(self, path: str, headers: dict[str, str], body: bytes) -> Reply:
        if path != "/v1/chat/completions":
            return failing(404, "no such path")
        if self.key and headers.get("authorization") != f"Bearer {self.key}":
            return failing(401, f"Incorrect key {headers.get('authorization')}")
        question = json.loads(body)
        if question["model"] != self.model:
            return failing(404, f"model {question['model']} not found")
        asked = self._understood(question, headers)
        with self._lock:
            self.asked.append(asked)
            scripted = self.reply.pop(0) if isinstance(self.reply, list) else None
        assert callable(self.reply) or scripted
        return scripted or self.reply(asked)  # type: ignore[operator]

    def _understood(self, question: dict[str, Any], headers: dict[str, str]) -> Asked:
        assert question["temperature"] == 0
        assert question["max_tokens"] > 0
        system, user = question["messages"]
        assert (system["role"], user["role"]) == ("system", "user")
        form = question["response_format"]
        assert form["type"] in ("json_schema", "json_object")
        if form["type"] == "json_schema":
            assert form["json_schema"]["strict"] is True
            check_strict(form["json_schema"]["schema"])
        begin = BEGIN.search(user["content"])
        assert begin
        end = user["content"].index(f"\nEND {begin[1]}", begin.end())
        assert user["content"].endswith(f"\nEND {begin[1]}")
        day = re.search(r"Published on (.+?)\. ", user["content"])
        assert day
        return Asked(user["content"][begin.end() + 1 : end], day[1], system["content"], question, headers)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                length = int(self.headers["content-length"])
                body = self.rfile.read(length)
                if len(body) < length:  # the client has hung up, its run has ended
                    self.close_connection = True
                    return
                with server._lock:
                    server._now += 1
                    server.most_at_once = max(server.most_at_once, server._now)
                try:
                    reply = server._answer(self.path, {k.lower(): v for k, v in self.headers.items()}, body)
                except Exception as error:
                    server.wrong.append(repr(error))
                    reply = failing(400, repr(error))
                if reply.pause:
                    threading.Event().wait(reply.pause)
                with server._lock:
                    server._now -= 1
                self._send(reply)

            def _send(self, reply: Reply) -> None:
                try:
                    self.send_response(reply.status)
                    for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(reply.body)
                except OSError:
                    self.close_connection = True

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def check_strict(schema: dict[str, Any]) -> None:
    """Fails unless the schema is one that strict servers take: every property required and none beside them."""
    jsonschema.Draft202012Validator.check_schema(schema)
    for each in _objects(schema):
        assert each["additionalProperties"] is False
        assert each["required"] == list(each["properties"])
    sample = {"claims": [claim("struck", "attack", tolls=[toll("two")])]}
    jsonschema.validate(sample, schema)


def _objects(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for each in schema.values():
            yield from _objects(each)


@contextmanager
def serving() -> Iterator[ModelServer]:
    """A running server; what it was asked in a wrong way fails the test."""
    server = ModelServer()
    thread = threading.Thread(target=server.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.server.shutdown()
    server.server.server_close()
    thread.join()
    assert server.wrong == [], server.wrong
