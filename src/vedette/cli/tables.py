"""The columns that incidents, claims, counts and finds show in a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from vedette.cli import words
from vedette.cli.render import Listing
from vedette.model.kinds import Harm
from vedette.model.nouns import Claim, Incident

if TYPE_CHECKING:
    from vedette.analyse import Count, Counted, Found

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


def count_listing(counted: Count, name_of: Callable[[str], str]) -> Listing:
    """A count's groups, or the whole where it has none; actors by their names in the registry."""
    groups = counted.groups or (counted.whole,)
    columns: list[tuple[str, Callable[[Counted], str]]] = [
        (field, lambda each, field=field: words.plain(shown(field, each.group[field], name_of)))  # type: ignore[misc]
        for field in counted.by
    ]
    columns.append((str(counted.unit), lambda each: f"{each.count:,}"))
    columns += [
        (str(harm), lambda each, harm=harm: words.tally(each.tolls.get(harm)))  # type: ignore[misc]
        for harm in Harm
        if harm in counted.whole.tolls
    ]
    return Listing(groups, lambda: [count_row(each, str(counted.unit)) for each in groups], columns)


def shown(field: str, value: str, name_of: Callable[[str], str]) -> str:
    """A group's value as a person reads it."""
    if field in {"actor", "target"}:
        return name_of(value)
    return words.kind(value) if field in {"kind", "type"} else value


def count_row(each: Counted, unit: str) -> dict[str, Any]:
    """A count's group as plain columns."""
    row: dict[str, Any] = {**each.group, unit: each.count}
    for harm in Harm:
        tally = each.tolls.get(harm)
        for end in ("low", "best", "high"):
            row[f"{harm}_{end}"] = getattr(tally, end) if tally else None
    return row


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
