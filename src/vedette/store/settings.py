"""What `vedette.toml` says of the case itself; its sources are read by the collector."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path

from vedette.model.errors import CaseError

FILE = "vedette.toml"

_TEMPLATE = """\
# A Vedette case: the record of a conflict, kept in this folder.
title = {title}

# Where the record lies. Leave these out to keep it in this folder.
# ledger = "postgresql+psycopg://user@host/database"
# lake = "s3://bucket/case"

# Each source says who publishes and what to expect of it; `vedette collect` fetches them all.
# [[source]]
# name = "example-wire"
# kind = "wire"                 # outlet, wire, ministry, ngo, armed_group, dataset
# url = "https://example.org/feed.xml"
# lang = "en"
# reliability = "B"             # A (reliable) to E (unreliable), F (cannot be judged)
# follow = true                 # fetch the pages that its feed links to
# [source.expects]
# articles_per_week = 50
# share_with_place = 0.6

# The server that `--reader llm` asks; it is sent the text of every article that it is to read.
# [llm]
# base_url = "http://127.0.0.1:8000/v1"
# model = "NAME"
# key_env = "LLM_KEY"           # the environment variable that holds the key, where one is needed
# timeout = 120                 # seconds for one answer
# concurrent = 4                # questions under way at a time
# max_tokens = 4096             # of one answer
# price_in = 0.0                # of a million tokens, for the bill
# price_out = 0.0
"""


@dataclass(frozen=True, slots=True)
class Settings:
    """The case's title and where its ledger and lake lie; empty means in the case folder."""

    title: str = ""
    ledger: str = ""
    lake: str = ""


def read_settings(folder: Path) -> Settings:
    """The settings of an existing case."""
    path = folder / FILE
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise CaseError(folder, f"is no case: make one with `vedette init {folder}`") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise CaseError(path, f"cannot be read: {error}") from None
    values = {key: table.get(key, "") for key in ("title", "ledger", "lake")}
    wrong = [key for key, value in values.items() if not isinstance(value, str)]
    if wrong:
        raise CaseError(path, f"`{wrong[0]}` must be text in quotes")
    return Settings(**values)


def write_settings(folder: Path, title: str) -> None:
    """Put a commented `vedette.toml` into the folder, whole or not at all."""
    draft = folder / f".{FILE}.new"
    draft.write_text(_TEMPLATE.format(title=json.dumps(title, ensure_ascii=False)), encoding="utf-8")
    draft.replace(folder / FILE)
