from __future__ import annotations

import os
from collections.abc import Sequence

from vedette.engine import Engine, Task, in_chunks


def _doubled(items: Sequence[int]) -> list[int]:
    return [2 * item for item in items]


def _dies_on_seven(items: Sequence[int]) -> list[int]:
    if 7 in items:
        os._exit(1)
    return _doubled(items)


def _died(item: int) -> int:
    return -item


def test_results_come_in_order_from_one_process_or_several() -> None:
    items = list(range(40))
    for workers, total in ((1, 40), (2, 4_000)):
        found = Engine(workers).map(Task(_doubled, _died), in_chunks(items, 3), total)
        assert list(found) == [2 * item for item in items]


def test_an_item_that_takes_its_process_down_costs_only_itself() -> None:
    found = list(Engine(2).map(Task(_dies_on_seven, _died), in_chunks(list(range(12)), 3), 4_000))
    assert sorted(found) == sorted([-7, *(2 * item for item in range(12) if item != 7)])
