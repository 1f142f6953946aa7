"""Typed columns of the lake's tables, and Arrow tables made of the nouns that fill them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from arro3.core import Array, DataType, Field, Schema, Table, list_array

_EPOCH_DAY = date(1970, 1, 1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Type(Enum):
    """A column's type, as DuckDB names it."""

    TEXT = "VARCHAR"
    TEXTS = "VARCHAR[]"
    INT = "BIGINT"
    REAL = "DOUBLE"
    FLAG = "BOOLEAN"
    DAY = "DATE"
    TIME = "TIMESTAMP WITH TIME ZONE"
    BYTES = "BLOB"


_ARROW = {
    Type.TEXT: DataType.string(),
    Type.TEXTS: DataType.list(Field("item", DataType.string(), nullable=True)),
    Type.INT: DataType.int64(),
    Type.REAL: DataType.float64(),
    Type.FLAG: DataType.bool(),
    Type.DAY: DataType.date32(),
    Type.TIME: DataType.timestamp("us", tz="UTC"),
    Type.BYTES: DataType.binary(),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A named, typed column and how its value is told from a noun."""

    name: str
    type: Type
    of: Callable[[Any], Any]


def arrow_schema(columns: Sequence[Column]) -> Schema:
    """The Arrow schema of the columns; every column may be null."""
    return Schema([Field(column.name, _ARROW[column.type], nullable=True) for column in columns])


def arrow_table(columns: Sequence[Column], nouns: Sequence[Any]) -> Table:
    """One row per noun, one Arrow column per column."""
    arrays = [_array(column.type, [column.of(noun) for noun in nouns]) for column in columns]
    return Table.from_arrays(arrays, schema=arrow_schema(columns))


def _array(type_: Type, values: list[Any]) -> Array:
    match type_:
        case Type.DAY:
            days = [None if value is None else (value - _EPOCH_DAY).days for value in values]
            return Array(days, DataType.int32()).cast(DataType.date32())
        case Type.TIME:
            return Array([_microseconds(value) for value in values], DataType.int64()).cast(_ARROW[type_])
        case Type.TEXTS:
            return _texts(values)
        case _:
            return Array(values, _ARROW[type_])


def _microseconds(value: datetime | None) -> int | None:
    if value is None:
        return None
    since = value - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def _texts(values: list[Sequence[str]]) -> Array:
    offsets: list[int] = [0]
    flat: list[str] = []
    for texts in values:
        flat.extend(texts)
        offsets.append(len(flat))
    return list_array(
        Array(offsets, DataType.int32()),
        Array(flat, DataType.string()),
        type=_ARROW[Type.TEXTS],
    )
