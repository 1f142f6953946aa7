"""The `[[source]]` tables of `vedette.toml`."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from vedette.model.errors import FormatError
from vedette.model.kinds import SourceKind
from vedette.model.nouns import Expects, Source

Check = Callable[[Any], str]


def sources_in(toml: str | Path) -> tuple[Source, ...]:
    """The sources that a `vedette.toml`, by its path or its text, names; a `FormatError` names the table and key."""
    subject = str(toml) if isinstance(toml, Path) else "vedette.toml"
    try:
        tables = tomllib.loads(toml.read_text("utf-8") if isinstance(toml, Path) else toml)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FormatError(subject, f"is not valid TOML ({error}): mend it there") from error
    except OSError as error:
        raise FormatError(subject, f"cannot be read ({error.strerror}): is this a case folder?") from error
    found = tables.get("source", [])
    if "sources" in tables or not isinstance(found, list) or not all(isinstance(table, dict) for table in found):
        raise FormatError(subject, "its sources are not a list of tables: head each one with [[source]]")
    sources = tuple(_source(table, f"{subject}, [[source]] {number}") for number, table in enumerate(found, start=1))
    names = [source.name for source in sources]
    for name in names:
        if names.count(name) > 1:
            raise FormatError(subject, f"two [[source]] tables have the name {name!r}: give each its own")
    return sources


def _source(table: Mapping[str, Any], where: str) -> Source:
    if not isinstance(table.get("name"), str) or not table["name"].strip():
        raise FormatError(where, "has no 'name': give it the publisher's name in quotes")
    where = f"{where} ({table['name']})"
    _check(table, _SOURCE, where)
    told = {key: value for key, value in table.items() if key not in ("kind", "expects")}
    expects = table.get("expects", {})
    _check(expects, _EXPECTS, f"{where}, expects")
    return Source(**told, kind=SourceKind(table.get("kind", "unknown")), expects=Expects(**expects))


def _check(table: Mapping[str, Any], checks: Mapping[str, Check], where: str) -> None:
    for key, value in table.items():
        if key not in checks:
            close = difflib.get_close_matches(key, checks, n=1)
            meant = f"did you mean {close[0]!r}?" if close else f"it may have {', '.join(checks)}"
            raise FormatError(where, f"the key {key!r} is not known: {meant}")
        if wrong := checks[key](value):
            raise FormatError(where, f"the value of {key!r} is {value!r}: {wrong}")


def _text(value: object) -> str:
    return "" if isinstance(value, str) else "write it as text in quotes"


def _yes_no(value: object) -> str:
    return "" if isinstance(value, bool) else "write true or false"


def _one_of(*allowed: str) -> Check:
    return lambda value: "" if value in allowed else f"write one of {', '.join(allowed)}"


def _number(most: float) -> Check:
    def check(value: object) -> str:
        good = isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= most
        return (
            ""
            if good
            else "write a number of 0 or more"
            if most == float("inf")
            else f"write a number from 0 to {most:g}"
        )

    return check


def _table(value: object) -> str:
    return "" if isinstance(value, dict) else "write a table, { articles_per_week = 20 }"


_SOURCE: dict[str, Check] = {
    "name": _text,
    "kind": _one_of(*SourceKind),
    "url": _text,
    "lang": _text,
    "licence": _text,
    "perspective": _text,
    "reliability": _one_of(*"ABCDEF"),
    "marking": _text,
    "follow": _yes_no,
    "expects": _table,
}
_EXPECTS: dict[str, Check] = {"articles_per_week": _number(float("inf")), "share_with_place": _number(1)}
