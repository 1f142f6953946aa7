"""Runs of the whole flow, in this process and in real ones."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from vedette.flow import Summary
from vedette.store import Case

# The reader that coded the reports of tests whose matter is not reading.
PLAIN = ("--reader", "lexical")
PLACES = ("Kunduz", "Kandahar", "Herat", "Jalalabad", "Ghazni", "Khost", "Zaranj", "Taloqan")


class Listener:
    """A watch that remembers what it was told."""

    def __init__(self) -> None:
        self.stages: list[tuple[str, int | None]] = []
        self.notes: list[str] = []

    def stage(self, name: str, total: int | None) -> None:
        self.stages.append((name, total))

    def step(self, count: int) -> None:
        pass

    def note(self, message: str) -> None:
        self.notes.append(message)


Read = Callable[..., Summary]


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str


Vedette = Callable[..., Answer]


def reports(path: Path, numbers: Sequence[int], source: str = "wire") -> Path:
    """A JSONL file of short made-up reports, each of an event of its own."""
    lines = [
        json.dumps(
            {
                "title": f"Bomb kills {number % 9 + 2} in {PLACES[number % len(PLACES)]}",
                "text": f"A roadside bomb killed {number % 9 + 2} policemen in {PLACES[number % len(PLACES)]} on "
                f"Monday, police said. It was attack number {number} of the year. Gunmen abducted a driver nearby.",
                "published": f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}T10:00:00Z",
                "source": source,
            }
        )
        for number in numbers
    ]
    path.write_text("\n".join(lines) + "\n")
    return path


def start(*arguments: str | Path) -> subprocess.Popen[bytes]:
    """A real `vedette` process."""
    command = [sys.executable, "-m", "vedette", *map(str, arguments)]
    environment = {name: value for name, value in os.environ.items() if name != "VEDETTE_CASE"}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)


def contents(case: Case) -> dict[str, set[object]]:
    """The ids of all that a case holds; an incident counts as the claims it joins, its id tells which came first."""
    with case.snapshot() as now:
        held: dict[str, set[object]] = {
            name: set(now.column(f"SELECT id FROM {name}")) for name in ("captures", "articles", "claims")
        }
        return {**held, "incidents": {tuple(ids) for ids in now.column("SELECT list_sort(claim_ids) FROM incidents")}}


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
