"""What each stage has still to do, and the nouns it needs for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import msgspec

from vedette.model.blocking import blocking_keys
from vedette.model.nouns import Article, Capture, Claim, Incident
from vedette.reference.datasets import DATA_SETS, data_set, hand_coded
from vedette.store.snapshot import Snapshot

_DONE = "SELECT subject FROM all_done WHERE stage = $stage"


@dataclass(frozen=True, slots=True)
class KeptClaim:
    """A claim of the record, with who published it and when."""

    claim: Claim
    source: str
    published: datetime | None


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """New claims with all that may tell of the same events."""

    new: frozenset[str]
    claims: tuple[KeptClaim, ...]
    incidents: tuple[Incident, ...]

    @property
    def rows(self) -> tuple[str, ...]:
        """The ids of the claims that are rows of hand-coded data sets."""
        return tuple(kept.claim.id for kept in self.claims if kept.claim.kind.reader in hand_coded())


@dataclass(frozen=True, slots=True)
class Emptied:
    """An incident that no current claim holds up, and the one that the same articles now tell of, "" for none."""

    incident: Incident
    heir: str


def unopened(now: Snapshot, most_bytes: int, most: int) -> list[list[str]]:
    """The ids of the captures that no opener has been through, oldest first, in runs of bounded number and size."""
    query = f"SELECT id, size FROM all_captures WHERE id NOT IN ({_DONE}) ORDER BY batch, id"
    runs: list[list[str]] = []
    room = 0
    for row in now.rows(query, {"stage": "open"}):
        room -= row["size"]
        if not runs or room < 0 or len(runs[-1]) == most:
            runs.append([])
            room = most_bytes - row["size"]
        runs[-1].append(row["id"])
    return runs


def last_reader(now: Snapshot) -> str:
    """The reader that last read an article, not only found it to be in another language; empty where none has."""
    found = now.column("SELECT arg_max(\"by\", batch) FROM all_done WHERE stage = 'read' AND outcome = ''")
    return found[0] or ""


def unread(now: Snapshot, reader: str) -> list[str]:
    """The ids of the articles that a reader has not been through, oldest first."""
    query = f'SELECT id FROM all_articles WHERE id NOT IN ({_DONE} AND "by" = $by) ORDER BY batch, id'
    return now.column(query, {"stage": "read", "by": reader})


def unindexed(now: Snapshot, last: int, most: int) -> list[tuple[int, int]]:
    """First and last commit of each run of commits after `last` that adds about `most` articles, oldest first."""
    query = "SELECT batch, count(*) AS n FROM all_articles WHERE batch > $last GROUP BY batch ORDER BY batch"
    runs: list[tuple[int, int]] = []
    held = most
    for row in now.rows(query, {"last": last}):
        if held >= most:
            runs.append((row["batch"], row["batch"]))
            held = 0
        runs[-1] = (runs[-1][0], row["batch"])
        held += row["n"]
    return runs


def unresolved(now: Snapshot, resolver: str) -> list[str]:
    """The ids of the claims that a resolver has not been through, oldest first.

    Of hand-coded data sets, where a row is an event, only rows of new imports that another source may tell of too.
    """
    read = f"""
        SELECT id FROM plain_claims WHERE id NOT IN ({_DONE} AND "by" = $by)
        AND (dataset IS NULL OR (list_contains($machine, dataset) AND kind <> 'no_counterpart')) ORDER BY batch, id
    """
    ids = now.column(read, {"stage": "resolve", "by": resolver, "machine": list(MACHINE_CODED)})
    return ids + _crossing(now, resolver)


MACHINE_CODED = tuple(name for name in DATA_SETS if data_set(name).machine_coded)


def uncrossed(now: Snapshot, resolver: str) -> list[str]:
    """The imports of hand-coded data sets that have not been held against the other sources, as subjects of `cross`."""
    query = f"""
        SELECT DISTINCT concat(dataset, ' ', batch) AS subject FROM plain_claims
        WHERE dataset IS NOT NULL AND NOT list_contains($machine, dataset)
        AND concat(dataset, ' ', batch) NOT IN ({_DONE} AND "by" = $by) ORDER BY subject
    """
    return now.column(query, {"stage": "cross", "by": resolver, "machine": list(MACHINE_CODED)})


def _crossing(now: Snapshot, resolver: str) -> list[str]:
    """Rows of these imports that share a day, a province and a group of kinds with a claim of another source."""
    imports = uncrossed(now, resolver)
    if not imports or now.column("SELECT count(DISTINCT coalesce(dataset, '')) FROM plain_claims")[0] < 2:
        return []
    query = """
        WITH days AS (
            SELECT earliest, latest FROM plain_claims WHERE list_contains($imports, concat(dataset, ' ', batch))
        ), fresh AS (
            SELECT id, dataset, unnest(keys) AS key FROM claims
            WHERE list_contains($imports, concat(dataset, ' ', batch))
        ), told AS (
            SELECT DISTINCT dataset, unnest(keys) AS key FROM claims
            WHERE latest >= (SELECT min(earliest) FROM days) AND earliest <= (SELECT max(latest) FROM days)
        )
        SELECT DISTINCT fresh.id FROM fresh JOIN told USING (key)
        WHERE told.dataset IS DISTINCT FROM fresh.dataset ORDER BY fresh.id
    """
    return now.column(query, {"imports": imports})


def captures(now: Snapshot, ids: Sequence[str]) -> list[Capture]:
    """The captures of these ids."""
    query = """
        SELECT id, source, url, fetched_at, media_type, body, published, title FROM all_captures
        WHERE id IN (SELECT unnest($ids)) ORDER BY batch, id
    """
    return [Capture(**row) for row in now.rows(query, {"ids": list(ids)})]


def articles(now: Snapshot, ids: Sequence[str]) -> list[Article]:
    """The articles of these ids."""
    query = """
        SELECT id, capture_id, source, url, title, text, lang, published, site FROM all_articles
        WHERE id IN (SELECT unnest($ids)) ORDER BY batch, id
    """
    return [Article(**row) for row in now.rows(query, {"ids": list(ids)})]


def kept_claims(now: Snapshot, ids: Sequence[str]) -> list[KeptClaim]:
    """The current claims of these ids."""
    return _kept(now, "id IN (SELECT unnest($ids))", ids)


def claims_near(now: Snapshot, keys: Sequence[str]) -> list[KeptClaim]:
    """Current claims that share one of these blocking keys: those that may tell of the same event."""
    days = sorted(match[0] for key in keys if (match := _DAY.search(key)))
    # The keys of a data set's rows are worked out when asked for: only those of these days.
    near = f"earliest <= DATE '{days[-1]}' AND latest >= DATE '{days[0]}'" if days else "false"
    keyed = f"SELECT id, unnest(keys) AS key FROM claims WHERE dataset IS NULL OR ({near})"
    return _kept(now, f"id IN (SELECT id FROM ({keyed}) WHERE key IN (SELECT unnest($ids)))", keys)


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")


def neighbourhood(now: Snapshot, new_ids: Sequence[str]) -> Neighbourhood:
    """The new claims, those that share a blocking key with them, and every incident and claim that hangs on these.

    Incidents that hold a claim of a replaced reading come along, so that they are made anew without it.
    """
    new = kept_claims(now, new_ids)
    stale = stale_incidents(now)
    near = claims_near(now, sorted({key for kept in new for key in blocking_keys(kept.claim)}))
    near_ids = {kept.claim.id for kept in (*new, *near)}
    incidents = {incident.id: incident for incident in (*incidents_with(now, sorted(near_ids)), *stale)}
    hanging = {claim_id for incident in incidents.values() for claim_id in incident.claim_ids}
    claims = {kept.claim.id: kept for kept in (*new, *near, *kept_claims(now, sorted(hanging - near_ids)))}
    held = [incident for incident in incidents.values() if not claims.keys().isdisjoint(incident.claim_ids)]
    return Neighbourhood(frozenset(new_ids), tuple(claims.values()), tuple(held))


def incidents_with(now: Snapshot, claim_ids: Sequence[str]) -> list[Incident]:
    """The incidents that hold any of these claims."""
    # Of the rows that are incidents by themselves only those asked for: there may be millions.
    query = """
        SELECT body FROM (
            SELECT id, body FROM resolved WHERE id IN (
                SELECT id FROM (SELECT id, unnest(claim_ids) AS claim_id FROM resolved)
                WHERE claim_id IN (SELECT unnest($ids))
            ) UNION ALL SELECT id, body FROM alone($ids)
        ) ORDER BY id
    """
    return now.nouns(Incident, query, {"ids": list(claim_ids)}) if claim_ids else []


def stale_incidents(now: Snapshot) -> list[Incident]:
    """Incidents that hold a claim of a reading which a later reading of its article has replaced."""
    query = (
        f"SELECT body FROM incidents WHERE id IN (SELECT i.id FROM {_HELD} i ANTI JOIN claims c ON c.id = i.claim_id)"
    )
    return now.nouns(Incident, f"{query} ORDER BY id") if _read_again(now) else []


def emptied_incidents(now: Snapshot) -> list[Emptied]:
    """Incidents all of whose claims have been replaced, each with the incident of its kind that took its place."""
    query = f"""
        WITH kept AS (SELECT i.*, c.article_id FROM {_HELD} i JOIN claims c ON c.id = i.claim_id),
            gone AS (
                SELECT i.*, c.article_id FROM {_HELD} i JOIN all_claims c ON c.id = i.claim_id
                WHERE i.id NOT IN (SELECT id FROM kept)
            ),
            heirs AS (
                SELECT gone.id, kept.id AS heir, count(DISTINCT kept.article_id) AS shared
                FROM gone JOIN kept ON kept.article_id = gone.article_id AND kept.type = gone.type GROUP BY ALL
            )
        SELECT i.body, coalesce((SELECT arg_max(heir, shared) FROM heirs WHERE heirs.id = i.id), '') AS heir
        FROM incidents i WHERE i.id IN (SELECT id FROM gone) ORDER BY i.id
    """
    decode = msgspec.json.Decoder(Incident).decode
    return [Emptied(decode(row["body"]), row["heir"]) for row in now.rows(query)] if _read_again(now) else []


_HELD = "(SELECT id, type, unnest(claim_ids) AS claim_id FROM incidents)"


def _read_again(now: Snapshot) -> bool:
    """True where claims may have been replaced: articles by another reader's, rows by a later import's."""
    twice = now.column("SELECT count(DISTINCT \"by\") > 1 FROM all_done WHERE stage = 'read'")[0]
    return bool(twice) or now.has_withdrawn


@dataclass(frozen=True, slots=True)
class Given:
    """What a source gave since `since`, its first capture in the window."""

    articles: int
    with_place: int
    since: datetime | None


def given_by(now: Snapshot, source: str, window: timedelta) -> Given:
    """What a source gave within the window up to now, and how many of its articles name a place in a claim."""
    query = """
        SELECT count(*) AS articles, min(fetched_at) AS since,
            count(*) FILTER (a.id IN (SELECT article_id FROM claims WHERE place <> '')) AS with_place
        FROM all_articles a JOIN all_captures c ON c.id = a.capture_id
        WHERE c.source = $source AND c.fetched_at >= $start
    """
    (row,) = now.rows(query, {"source": source, "start": datetime.now(UTC) - window})
    return Given(**row)


def _kept(now: Snapshot, condition: str, values: Sequence[str]) -> list[KeptClaim]:
    query = f"""
        SELECT c.body, coalesce(a.source, c.source, '') AS source, a.published
        FROM (SELECT * FROM claims WHERE {condition}) c LEFT JOIN all_articles a ON a.id = c.article_id
        ORDER BY c.id
    """
    decode = msgspec.json.Decoder(Claim).decode
    rows = now.rows(query, {"ids": list(values)}) if values else []
    return [KeptClaim(decode(row["body"]), row["source"], row["published"]) for row in rows]
