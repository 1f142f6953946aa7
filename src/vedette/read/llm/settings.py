"""The table `[llm]` of `vedette.toml`."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from vedette.model.errors import FormatError, UsageError
from vedette.read.llm.endpoint import Endpoint

Check = Callable[[Any], str]

EXAMPLE = 'base_url = "http://127.0.0.1:8000/v1" and model = "NAME"'
_NAME = re.compile("[A-Z_][A-Z0-9_]*")
_PATH = "/chat/completions"


def endpoint_in(toml: Path, environment: Mapping[str, str]) -> Endpoint:
    """The server that a `vedette.toml` names, with the key out of the environment; errors name the setting."""
    table = _table(toml)
    where = f"{toml}, [llm]"
    for name, value in table.items():
        _check(name, value, where)
    for name in ("base_url", "model"):
        if name not in table:
            raise UsageError(where, f"has no {name}: write {EXAMPLE}")
    told = {name: value for name, value in table.items() if name != "key_env"}
    told["base_url"] = table["base_url"].rstrip("/").removesuffix(_PATH)
    return Endpoint(**told, key=_key(table.get("key_env", ""), environment, where))


def _table(toml: Path) -> Mapping[str, Any]:
    try:
        found = tomllib.loads(toml.read_text("utf-8")).get("llm")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FormatError(toml, f"is not valid TOML ({error}): mend it there") from error
    except OSError as error:
        raise FormatError(toml, f"cannot be read ({error.strerror}): is this a case folder?") from error
    if not isinstance(found, dict):
        raise UsageError(toml, f"has no table [llm], which names the server to ask: write one with {EXAMPLE}")
    return found


def _check(name: str, value: object, where: str) -> None:
    if name == "key":
        remedy = (
            "take the key out of this file: keep it in an environment variable and write that one's name as key_env"
        )
        raise UsageError(where, remedy)
    if name not in _SETTINGS:
        close = difflib.get_close_matches(name, _SETTINGS, n=1)
        meant = f"did you mean {close[0]!r}?" if close else f"it may have {', '.join(_SETTINGS)}"
        raise UsageError(where, f"the key {name!r} is not known: {meant}")
    if wrong := _SETTINGS[name](value):
        raise UsageError(where, f"the value of {name!r} cannot be used: {wrong}")


def _key(variable: str, environment: Mapping[str, str], where: str) -> str:
    if not variable:
        return ""
    key = environment.get(variable, "").strip()
    if not key:
        raise UsageError(
            where, f"key_env names {variable}, which is not set: put the server's key into that environment variable"
        )
    if not (key.isascii() and key.isprintable()):
        raise UsageError(where, f"what {variable} holds is no key: it has signs that cannot be sent")
    return key


def _address(value: object) -> str:
    wrong = 'write an address such as "http://127.0.0.1:8000/v1"'
    if not isinstance(value, str) or not value.isascii():
        return wrong
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return wrong
    if parts.username or parts.password:
        return "take the name and password out of it: keep a key in an environment variable, named as key_env"
    if parts.query or parts.fragment:
        return "write it without ? and #"
    return "" if parts.scheme in ("http", "https") and parts.hostname else wrong


def _text(value: object) -> str:
    return "" if isinstance(value, str) and value.strip() else "write it as text in quotes"


def _variable(value: object) -> str:
    good = isinstance(value, str) and _NAME.fullmatch(value)
    # What else stands there may be the key itself, and is not shown again.
    return "" if good else "write the name of an environment variable in capitals, such as LLM_KEY"


def _whole(most: int) -> Check:
    def check(value: object) -> str:
        good = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most
        return "" if good else f"write a whole number from 1 to {most}"

    return check


def _seconds(value: object) -> str:
    good = isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value <= 86_400
    return "" if good else "write seconds, more than 0 and at most 86400"


def _price(value: object) -> str:
    good = isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < float("inf")
    return "" if good else "write what a million tokens cost, as a number of 0 or more"


_SETTINGS: dict[str, Check] = {
    "base_url": _address,
    "model": _text,
    "key_env": _variable,
    "timeout": _seconds,
    "concurrent": _whole(256),
    "max_tokens": _whole(1_000_000),
    "price_in": _price,
    "price_out": _price,
}
