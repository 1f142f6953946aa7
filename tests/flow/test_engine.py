from __future__ import annotations

import os
from collections.abc import Sequence

import pytest

from vedette.engine import Engine, Task, in_chunks


def _doubled(items: Sequence[int]) -> list[int]:
    return [2 * item for item in items]


def _doubled_where(items: Sequence[int]) -> list[tuple[int, int]]:
    return [(2 * item, os.getpid()) for item in items]


def _dies_on_seven(items: Sequence[int]) -> list[int]:
    if 7 in items:
        os._exit(1)
    return _doubled(items)


def _died(item: int) -> int:
    return -item


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work is shared after its first chunk."""
    monkeypatch.setattr("vedette.engine.PATIENCE", 0.0)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_order_from_one_process_or_several(workers: int) -> None:
    items = list(range(40))
    found = list(Engine(workers).map(Task(_doubled_where, _died), in_chunks(items, 3)))
    assert [doubled for doubled, _ in found] == [2 * item for item in items]
    assert (len({process for _, process in found}) > 1) == (workers > 1)


def test_short_work_starts_no_other_process() -> None:
    found = Engine(2).map(Task(_doubled_where, _died), in_chunks(list(range(40)), 3))
    assert {process for _, process in found} == {os.getpid()}


@pytest.mark.usefixtures("impatient")
def test_an_item_that_takes_its_process_down_costs_only_itself() -> None:
    found = list(Engine(2).map(Task(_dies_on_seven, _died), in_chunks(list(range(12)), 3)))
    assert sorted(found) == sorted([-7, *(2 * item for item in range(12) if item != 7)])
