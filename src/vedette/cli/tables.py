"""The columns that incidents, claims and finds show in a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from vedette.cli import words
from vedette.cli.render import Listing
from vedette.model.kinds import Harm
from vedette.model.nouns import Claim, Incident

if TYPE_CHECKING:
    from vedette.analyse import Found

SHOWN = 2  # of a party's names in a table

Rows = Callable[[], Sequence[dict[str, Any]]]


def incident_listing(incidents: Sequence[Incident], rows: Rows) -> Listing:
    """Incidents, a line each."""
    columns = (
        ("id", lambda each: each.id[: words.SHORT_ID]),
        ("when", lambda each: words.when(each.when)),
        ("kind", lambda each: words.kind(each.kind)),
        ("place", lambda each: words.near_place(each.place)),
        ("by", lambda each: words.actors(each.perpetrators, SHOWN)),
        ("against", lambda each: words.actors(each.targets, SHOWN)),
        ("killed", lambda each: words.toll(each.tolls, Harm.KILLED)),
        ("wounded", lambda each: words.toll(each.tolls, Harm.WOUNDED)),
        ("cred", lambda each: str(each.credibility)),
        ("sources", lambda each: words.few(each.sources, 1)),
    )
    return Listing(incidents, rows, columns, "no incidents", narrowest=140)


def claim_listing(claims: Sequence[Claim], rows: Rows) -> Listing:
    """Claims, a line each."""
    columns = (
        ("id", lambda each: each.id[: words.SHORT_ID]),
        ("when", lambda each: words.when(each.when.value)),
        ("kind", lambda each: words.kind(each.kind.value)),
        ("place", lambda each: words.place(each.place.value)),
        ("by", lambda each: words.actors([cited.value for cited in each.perpetrators])),
        ("against", lambda each: words.actors([cited.value for cited in each.targets])),
        ("killed", lambda each: words.toll([cited.value for cited in each.tolls], Harm.KILLED)),
        ("stance", lambda each: each.stance.value.value),
        ("said by", lambda each: words.plain(each.said_by.value) if each.said_by else ""),
    )
    return Listing(claims, rows, columns, "no claims")


def found_listing(found: Sequence[Found]) -> Listing:
    """Articles that answer a search, best first."""
    columns = (
        ("article", lambda each: each.article.id[: words.SHORT_ID]),
        ("published", lambda each: words.day(each.article.published)),
        ("source", lambda each: words.plain(each.article.source)),
        ("title", lambda each: words.plain(each.article.title)),
        ("words", lambda each: words.plain(each.excerpt.removeprefix(each.article.title).lstrip())),
        ("incidents", lambda each: ", ".join(ident[: words.SHORT_ID] for ident in each.incident_ids)),
    )
    return Listing(
        found, lambda: [_found_row(each) for each in found], columns, "no article holds these words", narrowest=200
    )


def _found_row(each: Found) -> dict[str, Any]:
    article = msgspec.to_builtins(each.article)
    return {**article, "score": each.score, "excerpt": each.excerpt, "incident_ids": list(each.incident_ids)}


def row_listing(rows: Sequence[dict[str, Any]]) -> Listing:
    """Rows of any columns."""
    names = list(rows[0]) if rows else []
    columns = [(name, lambda row, name=name: words.plain(_cell(row[name]))) for name in names]
    return Listing(rows, lambda: rows, columns, "no rows", narrowest=CELL * len(names))


CELL = 12  # characters that a cell of any content needs to be read


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
