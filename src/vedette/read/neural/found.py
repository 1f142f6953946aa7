"""A value that words show."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

from vedette.read.row import Bound

T = TypeVar("T")


class Found(NamedTuple, Generic[T]):
    """A value with the characters that show it and its probability."""

    value: T
    bounds: tuple[Bound, ...]
    score: float
