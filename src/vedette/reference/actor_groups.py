"""Groups of actors, ACLED's with a few beside them, and what other code books call their members."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from vedette.model.errors import UsageError
from vedette.reference.crosswalks import code_key

SYSTEMS: tuple[str, ...] = ("acled", "ucdp", "gtd", "cameo", "plover", "icews", "registry")


@cache
def group_names() -> Mapping[str, str]:
    """Every group with the name that a person reads ("Rebel groups")."""
    return MappingProxyType(_data()["groups"])


def group_name(group: str) -> str:
    """A group's name; what is no group as it is."""
    return group_names().get(group, group)


@cache
def groups(system: str) -> Mapping[str, str]:
    """The group of each code of a system, empty for a code that belongs to none."""
    if system not in SYSTEMS:
        raise UsageError(f"actor classes {system!r}", f"are not those of {', '.join(SYSTEMS)}")
    return MappingProxyType(_data()["systems"][system])


def group_of(system: str, code: str) -> str:
    """The group of one code, however it is capitalised and punctuated; empty where it belongs to none."""
    return _by_key(system).get(code_key(code), "")


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("vedette.reference") / "data" / "actor_groups.toml").read_text(encoding="utf-8"))


@cache
def _by_key(system: str) -> dict[str, str]:
    return {code_key(code): group for code, group in groups(system).items()}
