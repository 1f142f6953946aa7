"""Where work is done: in this process, in several on this machine, or on a Dask cluster."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from typing import Any, Generic, TypeVar

from vedette.model.errors import UsageError

Item = TypeVar("Item")
Result = TypeVar("Result")

PATIENCE = 3.0  # seconds of work; two processes take about as long to start and load a reader
ANSWER_SECONDS = 10  # a scheduler that has not answered by then is not there


@dataclass(frozen=True, slots=True)
class Task(Generic[Item, Result]):
    """What is done with a run of items, and what stands for an item on which a process died."""

    run: Callable[[Sequence[Item]], Sequence[Result]]
    died: Callable[[Item], Result]


@dataclass(frozen=True, slots=True)
class Engine:
    """How many processes of this machine to use, or the address of a Dask scheduler that has workers of its own."""

    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    scheduler: str = ""

    def map(self, task: Task[Item, Result], chunks: Iterable[Sequence[Item]]) -> Iterator[Result]:
        """The task's results for every item of every chunk, in order; work begins here, and long work is shared."""
        waiting = iter(chunks)
        if not self.scheduler:
            yield from self._here(task, waiting)
        unfinished = yield from self._together(task, waiting)
        while unfinished:
            for chunk in unfinished:
                yield from self._singly(task, chunk)
            unfinished = yield from self._together(task, waiting)

    def _here(self, task: Task[Item, Result], waiting: Iterator[Sequence[Item]]) -> Iterator[Result]:
        """Run chunks in this process: all of them, or for as long as other processes would take to start."""
        spent = 0.0
        for chunk in waiting:
            began = time.monotonic()
            done = task.run(chunk)
            spent += time.monotonic() - began
            yield from done
            if self.workers > 1 and spent > PATIENCE:
                return

    def _together(
        self, task: Task[Item, Result], waiting: Iterator[Sequence[Item]]
    ) -> Generator[Result, None, list[Sequence[Item]]]:
        """Run the waiting chunks, several at a time; returns those that were under way when a process died."""
        with self._executor() as (executor, wide):
            running = deque((chunk, executor.submit(task.run, chunk)) for chunk in islice(waiting, 2 * wide))
            while running:
                try:
                    done = running[0][1].result()
                except BrokenExecutor:
                    return [chunk for chunk, _ in running]
                running.popleft()
                running.extend((chunk, executor.submit(task.run, chunk)) for chunk in islice(waiting, 1))
                yield from done
        return []

    def _singly(self, task: Task[Item, Result], chunk: Sequence[Item]) -> Iterator[Result]:
        """Run each item in a process that it alone can take down."""
        for item in chunk:
            with Engine(1)._executor() as (executor, _):
                try:
                    done = executor.submit(task.run, [item]).result()
                except BrokenExecutor:
                    done = [task.died(item)]
            yield from done

    @contextmanager
    def _executor(self) -> Iterator[tuple[Executor, int]]:
        if self.scheduler:
            with _cluster(self.scheduler) as found:
                yield found
            return
        # Spawned, not forked: the lake's library keeps threads, which a fork would leave holding locks.
        with ProcessPoolExecutor(self.workers, mp_context=get_context("spawn")) as pool:
            yield pool, self.workers


@contextmanager
def _cluster(scheduler: str) -> Iterator[tuple[Executor, int]]:
    try:
        from distributed import Client as Dask
    except ImportError:
        raise UsageError("--scheduler", "needs Dask: install vedette[dask]") from None
    connect: Any = Dask
    try:
        client = connect(scheduler, timeout=ANSWER_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        remedy = f"no Dask scheduler answers there ({type(error).__name__}): start one with `dask scheduler`"
        raise UsageError(f"--scheduler {scheduler}", remedy) from None
    with client:
        cores = sum(client.ncores().values())
        if not cores:
            raise UsageError(f"--scheduler {scheduler}", f"has no workers: start one with `dask worker {scheduler}`")
        yield client.get_executor(pure=False), cores


def in_chunks(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    """The items in runs of at most `size`, in order."""
    return [items[start : start + size] for start in range(0, len(items), size)]


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Ends what takes longer with a `TimeoutError`; without effect outside a main thread or on Windows."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)  # again each second, for parsers that catch all
    try:
        yield
    except _Alarm:
        raise TimeoutError("took too long") from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class _Alarm(BaseException):
    """No `Exception`, so that a parser which shrugs off errors does not shrug off this."""


def _ring(*_: object) -> None:
    raise _Alarm
