"""The local engine: a function over chunks of work, in this process or in several."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def in_chunks(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    """The items in runs of at most `size`, in order."""
    return [items[start : start + size] for start in range(0, len(items), size)]


def map_chunks(
    function: Callable[[Sequence[Item]], Sequence[Result]], chunks: Iterable[Sequence[Item]], workers: int
) -> Iterator[Result]:
    """The results for every item of every chunk, in order; several workers are processes that each load once."""
    if workers < 2:
        for chunk in chunks:
            yield from function(chunk)
        return
    # Spawned, not forked: the lake's library keeps threads, which a fork would leave holding locks.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = iter(chunks)
        running = deque(pool.submit(function, chunk) for chunk in islice(waiting, 2 * workers))
        while running:
            done = running.popleft().result()
            running.extend(pool.submit(function, chunk) for chunk in islice(waiting, 1))
            yield from done
