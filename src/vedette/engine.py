"""Where work is done: in this process, in several on this machine, or on a Dask cluster."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from typing import Any, TypeVar

from vedette.model.errors import UsageError

Item = TypeVar("Item")
Result = TypeVar("Result")

PARALLEL_FROM = 400  # fewer items are done sooner in this process than other processes take to start
ANSWER_SECONDS = 10  # a scheduler that has not answered by then is not there


@dataclass(frozen=True, slots=True)
class Engine:
    """How many processes of this machine to use, or the address of a Dask scheduler that has workers of its own."""

    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    scheduler: str = ""

    def map(
        self, function: Callable[[Sequence[Item]], Sequence[Result]], chunks: Iterable[Sequence[Item]], total: int
    ) -> Iterator[Result]:
        """The function's results for every item of every chunk, in order; `total` is the number of items."""
        if not self.scheduler and (self.workers < 2 or total < PARALLEL_FROM):
            for chunk in chunks:
                yield from function(chunk)
            return
        with self._executor() as (executor, wide):
            waiting = iter(chunks)
            running = deque(executor.submit(function, chunk) for chunk in islice(waiting, 2 * wide))
            while running:
                done = running.popleft().result()
                running.extend(executor.submit(function, chunk) for chunk in islice(waiting, 1))
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
