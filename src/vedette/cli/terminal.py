"""What a person at the terminal is shown beside the answer; all of it goes to stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console

from vedette.model.text import safe_text

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from vedette.model.nouns import Issue

SHOWN_ISSUES = 20


def stderr() -> Console:
    """The console for people."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def say(message: str) -> None:
    """One line to stderr."""
    print(safe_text(message), file=sys.stderr)


class Bar:
    """Progress bars, one a stage, where stderr is a terminal; otherwise silent but for notes."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task: TaskID | None = None

    def stage(self, name: str, total: int | None) -> None:
        """Begin a stage's bar; a stage with nothing to do has none."""
        self._finish()
        self._task = None if total == 0 else self._progress.add_task(name, total=total)

    def step(self, count: int) -> None:
        """Move the bar on."""
        if self._task is not None:
            self._progress.advance(self._task, count)

    def note(self, message: str) -> None:
        """One line above the bars."""
        self._progress.console.print(message, markup=False)  # an address may hold brackets

    def _finish(self) -> None:
        if self._task is not None:
            task = self._progress.tasks[-1]
            self._progress.update(self._task, total=task.total or task.completed or 1, completed=task.total)


@contextmanager
def progress() -> Iterator[Bar]:
    """Bars for as long as a run lasts."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = stderr()
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as shown:
        yield Bar(shown)


def show_issues(issues: Sequence[Issue]) -> None:
    """What went wrong, a line each; the ledger has them all."""
    for issue in issues[:SHOWN_ISSUES]:
        say(f"{issue.stage}: {issue.subject}: {issue.message}")
    if len(issues) > SHOWN_ISSUES:
        say(f"… and {len(issues) - SHOWN_ISSUES} more; `vedette doctor --format json` lists them all")
