"""Incidents and claims that answer the filters, single ones by id, and articles by their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vedette.analyse.filters import Filters, Unit
from vedette.model.errors import UsageError
from vedette.model.nouns import Claim, Figure, Incident
from vedette.reference.datasets import DATA_SETS, data_set
from vedette.store import Rows, Snapshot, TextIndex


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
    """One incident with its claims and their articles; a denial or threat that no incident holds stands alone.

    `sentences` holds, for each claim in turn, the sentence that tells its event.
    """

    incident: Incident | None
    claims: tuple[Claim, ...]
    articles: tuple[ArticleLine, ...]
    sentences: tuple[str, ...] = ()

    @property
    def coded_by(self) -> tuple[str, ...]:
        """The data sets whose coders made all of these claims; empty where a machine made any."""
        by_hand = {
            data_set(name).reader: data_set(name).title for name in DATA_SETS if not data_set(name).machine_coded
        }
        titles = [by_hand.get(claim.kind.reader, "") for claim in self.claims]
        return tuple(dict.fromkeys(titles)) if all(titles) else ()


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


def flat_incidents(now: Snapshot, filters: Filters, limit: int | None = None) -> Rows:
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


def figures_of(now: Snapshot, article_ids: Sequence[str]) -> list[Figure]:
    """The figures that these articles state."""
    query = "SELECT body FROM figures WHERE article_id IN (SELECT unnest($ids)) ORDER BY article_id, id"
    return now.nouns(Figure, query, {"ids": list(article_ids)})


def unread_of(now: Snapshot, article_ids: Sequence[str]) -> int:
    """How many of these articles are in a language that their last reader does not read, in whichever run it saw them.

    Those that it failed at are issues, and those that nobody has been through are pending.
    """
    query = """
        SELECT count(*) FROM readings WHERE article_id IN (SELECT unnest($ids))
        AND outcome <> '' AND NOT starts_with(outcome, 'failed: ')
    """
    return int(now.column(query, {"ids": list(article_ids)})[0])


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


def rows_of(now: Snapshot, ids: Sequence[str]) -> list[ArticleLine]:
    """The rows of data sets that claims of these `article_id`s were taken from, named by row and version."""
    query = """
        SELECT article_id, dataset, source, row_id, version FROM claims
        WHERE dataset IS NOT NULL AND article_id IN (SELECT unnest($ids)) ORDER BY article_id
    """
    return [
        ArticleLine(
            row["article_id"],
            row["source"],
            f"row {row['row_id']} of version {row['version']}",
            None,
            data_set(row["dataset"]).url,
            "",
        )
        for row in now.rows(query, {"ids": list(ids)})
    ]


_NOTES = """
    SELECT id, words FROM claims WHERE dataset IS NOT NULL AND article_id IN (SELECT unnest($ids))
"""


def article_ids_of(now: Snapshot, capture_ids: Iterable[str]) -> list[str]:
    """The ids of the articles that these captures opened into."""
    query = "SELECT id FROM articles WHERE capture_id IN (SELECT unnest($ids)) ORDER BY batch, id"
    return now.column(query, {"ids": list(capture_ids)})


def claims(now: Snapshot, filters: Filters, limit: int | None = None) -> list[Claim]:
    """The claims that answer the filters, newest first."""
    return now.nouns(Claim, *_query("body", filters, Unit.CLAIMS, limit))


def flat_claims_like(now: Snapshot, filters: Filters, limit: int | None = None) -> Rows:
    """The same, as rows of plain columns."""
    return now.rows(*_query("* EXCLUDE (body, keys, batch, recorded_at)", filters, Unit.CLAIMS, limit))


def dossier(now: Snapshot, ident: str) -> Dossier:
    """What `ident` names: an incident by its id, the beginning of it, an old id or one of its claims; else a claim."""
    incident = _incident(now, ident.lower())
    claim_ids = incident.claim_ids if incident else _lone_claim(now, ident.lower())
    told = now.nouns(Claim, "SELECT body FROM claims WHERE id IN (SELECT unnest($ids))", {"ids": list(claim_ids)})
    cited = sorted({claim.article_id for claim in told})
    articles = [*articles_of(now, cited), *rows_of(now, cited)]
    order = {article.id: position for position, article in enumerate(articles)}
    told.sort(key=lambda claim: (order.get(claim.article_id, len(order)), claim.id))
    texts = {row["id"]: row["text"] for row in now.rows(_TEXTS, {"ids": list(order)})}
    notes = {row["id"]: row["words"] for row in now.rows(_NOTES, {"ids": list(order)})}
    sentences = tuple(notes.get(claim.id) or _sentence(texts.get(claim.article_id, ""), claim) for claim in told)
    return Dossier(incident, tuple(told), tuple(articles), sentences)


def _sentence(text: str, claim: Claim) -> str:
    """What stands between the full stops or line ends around the words that tell the claim's kind."""
    if not claim.kind.spans:
        return ""
    start, end = claim.kind.spans[0].start, claim.kind.spans[0].end
    before = [match.end() for match in _STOP.finditer(text, 0, start)]
    after = _STOP.search(text, end)
    return " ".join(text[before[-1] if before else 0 : after.start() + 1 if after else len(text)].split())


# A full stop before a space and a capital letter, unless it ends an initial or a short title; or an empty line.
_STOP = re.compile(r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})[.!?][\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9])|\n\s*\n")


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


def _incident(now: Snapshot, ident: str) -> Incident | None:
    for names in (_BY_ID, _BY_OLD_ID, _BY_CLAIM):
        ids = now.column(names, {"id": ident}) if ident else []
        if ids:
            return now.nouns(Incident, "SELECT body FROM incidents WHERE id = $id", {"id": _only(ids, ident)})[0]
    return None


def _lone_claim(now: Snapshot, ident: str) -> list[str]:
    """The claim that no incident holds, a denial or a threat, of this id or beginning of an id."""
    ids = now.column("SELECT id FROM claims WHERE starts_with(id, $id) LIMIT 6", {"id": ident}) if ident else []
    if not ids:
        raise UsageError(f"id {ident!r}", "names no incident or claim here; `vedette incidents` lists them")
    return [_only(ids, ident)]


def _only(ids: Sequence[str], ident: str) -> str:
    if len(ids) > 1:
        several = ", ".join(sorted(each[:12] for each in ids[:5]))
        raise UsageError(f"id {ident!r}", f"is the beginning of several: {several}; give more of it")
    return ids[0]


_BY_ID = "SELECT id FROM incidents WHERE starts_with(id, $id) LIMIT 6"
# From what an id was merged into to what lives now; a chain is followed to its end, a circle is left where it closes.
_BY_OLD_ID = """
    WITH RECURSIVE latest AS (
        SELECT id, arg_max(merged_into, batch) AS heir FROM all_incidents GROUP BY id
    ), path AS (
        SELECT id, heir FROM latest WHERE starts_with(id, $id) AND heir <> ''
        UNION SELECT latest.id, latest.heir FROM path JOIN latest ON latest.id = path.heir
    )
    SELECT DISTINCT id FROM incidents WHERE id IN (SELECT id FROM path UNION SELECT heir FROM path) LIMIT 6
"""
_BY_CLAIM = """
    SELECT DISTINCT id FROM (SELECT id, unnest(claim_ids) AS claim_id FROM incidents)
    WHERE starts_with(claim_id, $id) LIMIT 6
"""


def flat_claims(now: Snapshot, ids: Sequence[str]) -> Rows:
    """The claims of these ids as rows of plain columns."""
    return now.rows(_FLAT_CLAIMS.format(column="id"), {"ids": list(ids)})


def flat_claims_of(now: Snapshot, article_ids: Sequence[str]) -> Rows:
    """The claims of these articles as rows of plain columns."""
    return now.rows(_FLAT_CLAIMS.format(column="article_id"), {"ids": list(article_ids)})


_FLAT_CLAIMS = """
    SELECT * EXCLUDE (body, keys, batch, recorded_at) FROM claims
    WHERE {column} IN (SELECT unnest($ids)) ORDER BY article_id, id
"""
