"""Incidents and claims that answer the filters, single ones by id, and articles by their words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vedette.analyse.filters import Filters, Unit
from vedette.model.errors import UsageError
from vedette.model.nouns import Claim, Incident
from vedette.store import Snapshot, TextIndex


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """What names an article to a person."""

    id: str
    source: str
    title: str
    published: datetime | None
    url: str
    lang: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """One incident with its claims and their articles."""

    incident: Incident
    claims: tuple[Claim, ...]
    articles: tuple[ArticleLine, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """An article that answers a search, with the part that does and the incidents it tells of."""

    article: ArticleLine
    score: float
    excerpt: str
    incident_ids: tuple[str, ...]


def incidents(now: Snapshot, filters: Filters, limit: int | None = None) -> list[Incident]:
    """The incidents that answer the filters, newest first; those that only may lie in the period come last."""
    return now.nouns(Incident, *_query("body", filters, Unit.INCIDENTS, limit))


def flat_incidents(now: Snapshot, filters: Filters, limit: int | None = None) -> list[dict[str, Any]]:
    """The same, as rows of plain columns."""
    return now.rows(*_query("* EXCLUDE (body, batch, recorded_at)", filters, Unit.INCIDENTS, limit))


def claims_of(now: Snapshot, article_ids: Sequence[str]) -> list[Claim]:
    """The claims of these articles."""
    query = "SELECT body FROM claims WHERE article_id IN (SELECT unnest($ids)) ORDER BY article_id, id"
    return now.nouns(Claim, query, {"ids": list(article_ids)})


def claim_ids_of(now: Snapshot, article_ids: Sequence[str]) -> list[str]:
    """The ids of the claims of these articles."""
    query = "SELECT id FROM claims WHERE article_id IN (SELECT unnest($ids)) ORDER BY article_id, id"
    return now.column(query, {"ids": list(article_ids)})


def incident_ids_of(now: Snapshot, claim_ids: Sequence[str]) -> list[str]:
    """The ids of the incidents that hold any of these claims, newest first."""
    query = """
        SELECT id FROM (SELECT id, latest, unnest(claim_ids) AS claim_id FROM incidents)
        WHERE claim_id IN (SELECT unnest($ids)) GROUP BY id, latest ORDER BY latest DESC NULLS LAST, id
    """
    return now.column(query, {"ids": list(claim_ids)})


def incidents_named(now: Snapshot, ids: Sequence[str]) -> list[Incident]:
    """The incidents of these ids, newest first."""
    query = "SELECT body FROM incidents WHERE id IN (SELECT unnest($ids)) ORDER BY latest DESC NULLS LAST, id"
    return now.nouns(Incident, query, {"ids": list(ids)})


def articles_of(now: Snapshot, ids: Sequence[str]) -> list[ArticleLine]:
    """The articles of these ids, the earliest published first."""
    query = """
        SELECT id, source, title, published, url, lang FROM articles WHERE id IN (SELECT unnest($ids))
        ORDER BY published NULLS LAST, id
    """
    return [ArticleLine(**row) for row in now.rows(query, {"ids": list(ids)})]


def article_ids_of(now: Snapshot, capture_ids: Iterable[str]) -> list[str]:
    """The ids of the articles that these captures opened into."""
    query = "SELECT id FROM articles WHERE capture_id IN (SELECT unnest($ids)) ORDER BY batch, id"
    return now.column(query, {"ids": list(capture_ids)})


def dossier(now: Snapshot, ident: str) -> Dossier:
    """The incident that `ident` names: its id or the beginning of it, or one of its claims, or a merged-away id."""
    incident = _named(now, ident.lower())
    query = "SELECT body FROM claims WHERE id IN (SELECT unnest($ids))"
    claims = now.nouns(Claim, query, {"ids": list(incident.claim_ids)})
    articles = articles_of(now, sorted({claim.article_id for claim in claims}))
    order = {article.id: position for position, article in enumerate(articles)}
    claims.sort(key=lambda claim: (order.get(claim.article_id, len(order)), claim.id))
    return Dossier(incident, tuple(claims), tuple(articles))


def search(now: Snapshot, index: TextIndex, query: str, limit: int) -> list[Found]:
    """The articles that answer the query best."""
    hits = index.search(query, limit)
    articles = {article.id: article for article in articles_of(now, [hit.article_id for hit in hits])}
    texts = {row["id"]: row["text"] for row in now.rows(_TEXTS, {"ids": list(articles)})}
    told = {row["article_id"]: row["ids"] for row in now.rows(_TOLD_OF, {"ids": list(articles)})}
    return [
        Found(
            articles[hit.article_id],
            hit.score,
            index.excerpt(query, texts[hit.article_id]),
            tuple(told.get(hit.article_id, ())),
        )
        for hit in hits
        if hit.article_id in articles
    ]


_TEXTS = "SELECT id, text FROM articles WHERE id IN (SELECT unnest($ids))"
_TOLD_OF = """
    SELECT c.article_id, list(DISTINCT i.id ORDER BY i.id) AS ids
    FROM (SELECT id, unnest(claim_ids) AS claim_id FROM incidents) i JOIN claims c ON c.id = i.claim_id
    WHERE c.article_id IN (SELECT unnest($ids)) GROUP BY c.article_id
"""


def _query(columns: str, filters: Filters, unit: Unit, limit: int | None) -> tuple[str, dict[str, Any]]:
    condition, parameters = filters.where(unit)
    cut = "" if limit is None else f" LIMIT {int(limit)}"
    order = f"ORDER BY {filters.surely_in_period()} DESC, latest DESC NULLS LAST, earliest DESC NULLS LAST, id"
    return f"SELECT {columns} FROM {unit} WHERE {condition} {order}{cut}", parameters


def _named(now: Snapshot, ident: str) -> Incident:
    found = now.nouns(Incident, "SELECT body FROM incidents WHERE starts_with(id, $id) LIMIT 6", {"id": ident})
    if not found:
        merged = now.column("SELECT merged_into FROM all_incidents WHERE id = $id AND merged_into <> ''", {"id": ident})
        if merged:
            return _named(now, merged[-1])
        found = now.nouns(Incident, _BY_CLAIM, {"id": ident})
    if len(found) > 1:
        several = ", ".join(sorted(incident.id[:12] for incident in found[:5]))
        raise UsageError(f"id {ident!r}", f"is the beginning of several: {several}; give more of it")
    if not found or not ident:
        raise UsageError(f"id {ident!r}", "names no incident or claim here; `vedette incidents` lists them")
    return found[0]


_BY_CLAIM = """
    SELECT body FROM incidents WHERE list_has_any(claim_ids, (SELECT list(id) FROM claims WHERE starts_with(id, $id)))
    LIMIT 6
"""


def flat_claims(now: Snapshot, ids: Sequence[str]) -> list[dict[str, Any]]:
    """The claims of these ids as rows of plain columns."""
    return now.rows(_FLAT_CLAIMS.format(column="id"), {"ids": list(ids)})


def flat_claims_of(now: Snapshot, article_ids: Sequence[str]) -> list[dict[str, Any]]:
    """The claims of these articles as rows of plain columns."""
    return now.rows(_FLAT_CLAIMS.format(column="article_id"), {"ids": list(article_ids)})


_FLAT_CLAIMS = """
    SELECT * EXCLUDE (body, keys, batch, recorded_at) FROM claims
    WHERE {column} IN (SELECT unnest($ids)) ORDER BY article_id, id
"""
