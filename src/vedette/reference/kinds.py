"""What people call the event kinds."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from vedette.model.kinds import EventKind, EventType


def kind_name(kind: EventKind) -> str:
    """The kind as ACLED's code book prints it ("Air/drone strike")."""
    return _names()["kinds"][kind]


def type_name(event_type: EventType) -> str:
    """The event type as ACLED's code book prints it ("Explosions/Remote violence")."""
    return _names()["types"][event_type]


@cache
def _names() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("vedette.reference") / "data" / "kinds_en.toml").read_text(encoding="utf-8"))
