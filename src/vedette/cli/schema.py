"""The JSON schema of the nouns."""

from __future__ import annotations

from typing import Any

import msgspec

from vedette.analyse import Count, Dossier, Found, Trend
from vedette.model.errors import UsageError
from vedette.model.nouns import Article, Claim, Figure, Incident, Issue, Judgement, Label, Release, Source

NOUNS = {
    noun.__name__: noun
    for noun in (
        Source,
        Article,
        Claim,
        Figure,
        Label,
        Incident,
        Judgement,
        Issue,
        Release,
        Count,
        Trend,
        Dossier,
        Found,
    )
}


def json_schema(name: str = "") -> dict[str, Any]:
    """The JSON Schema (2020-12) of one noun, or of all under `$defs`."""
    if name and name not in NOUNS:
        raise UsageError(f"noun {name!r}", f"is not one of {', '.join(NOUNS)}")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Vedette"}
    if name:
        return {**head, **msgspec.json.schema(NOUNS[name])}
    _, components = msgspec.json.schema_components(NOUNS.values())
    return {**head, "$defs": components}
