"""How far a long query has come, told while it runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from duckdb import DuckDBPyConnection

WHOLE = 100  # steps of one query
PAUSE = 0.2  # seconds between two looks


class Told(Protocol):
    """Someone who is told how an import gets on."""

    def stage(self, name: str, total: int | None) -> None:
        """A table begins, with this many steps."""

    def step(self, count: int) -> None:
        """So many more steps are done."""


class Nobody:
    """Someone who does not listen."""

    def stage(self, name: str, total: int | None) -> None:
        """Nothing."""

    def step(self, count: int) -> None:
        """Nothing."""


@contextmanager
def watched(connection: DuckDBPyConnection, told: Told) -> Iterator[None]:
    """Tells `WHOLE` steps in all while queries run on the connection inside."""
    done, over = 0, threading.Event()

    def look() -> None:
        nonlocal done
        while not over.wait(PAUSE):
            reached = min(int(connection.query_progress()), WHOLE)
            if reached > done:
                told.step(reached - done)
                done = reached

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        yield
    finally:
        over.set()
        looking.join()
        told.step(WHOLE - done)
