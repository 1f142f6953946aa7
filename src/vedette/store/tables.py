"""The lake's tables: flat columns to count and filter by, and `body`, the noun as JSON, to give it back whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from vedette.model.blocking import blocking_keys
from vedette.model.kinds import Harm
from vedette.model.nouns import Claim, Incident
from vedette.model.values import Place, Tally, When, toll_of
from vedette.store.columns import Column, Type


@dataclass(frozen=True, slots=True)
class Work:
    """A mark that a stage is through with a subject; `outcome` says how it ended, empty where all went well."""

    stage: str
    subject: str
    by: str
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class IncidentVersion:
    """An incident as it stood from one commit on; one not `live` was retired, `merged_into` another or for good."""

    incident: Incident
    live: bool = True
    merged_into: str = ""


@dataclass(frozen=True, slots=True)
class LakeTable:
    """A table of the lake; rows with a known `key` are not added again (`None`: every row is a version of its own)."""

    name: str
    columns: tuple[Column, ...]
    key: str | None = "id"


def _text(name: str) -> Column:
    return Column(name, Type.TEXT, lambda noun: getattr(noun, name))


def _time(name: str) -> Column:
    return Column(name, Type.TIME, lambda noun: getattr(noun, name))


def _body(of: Callable[[Any], Any] = lambda noun: noun) -> Column:
    return Column("body", Type.TEXT, lambda noun: msgspec.json.encode(of(noun)).decode())


def _when(of: Callable[[Any], When]) -> tuple[Column, ...]:
    return (
        Column("earliest", Type.DAY, lambda noun: of(noun).earliest),
        Column("latest", Type.DAY, lambda noun: of(noun).latest),
    )


def _place(of: Callable[[Any], Place]) -> tuple[Column, ...]:
    return (
        Column("place", Type.TEXT, lambda noun: of(noun).name),
        Column("place_id", Type.TEXT, lambda noun: of(noun).id),
        Column("precision", Type.TEXT, lambda noun: of(noun).precision),
        Column("country", Type.TEXT, lambda noun: of(noun).country),
        Column("path", Type.TEXTS, lambda noun: of(noun).path),
        Column("lat", Type.REAL, lambda noun: point.lat if (point := of(noun).point) else None),
        Column("lon", Type.REAL, lambda noun: point.lon if (point := of(noun).point) else None),
    )


def _tolls(of: Callable[[Any, Harm], Tally | None]) -> tuple[Column, ...]:
    def column(harm: Harm, end: str) -> Column:
        def value(noun: Any) -> int | None:
            tally = of(noun, harm)
            return None if tally is None else getattr(tally, end)

        return Column(f"{harm}_{end}", Type.INT, value)

    return tuple(column(harm, end) for harm in Harm for end in ("low", "best", "high"))


def _actors(name: str, of: Callable[[Any], list[str]]) -> Column:
    return Column(name, Type.TEXTS, of)


def actor_names(actors: Any) -> list[str]:
    """What each actor is counted under, once: its id in the registry, else its name as told."""
    return list(dict.fromkeys(actor.id or actor.name for actor in actors))


def _claim_toll(claim: Claim, harm: Harm) -> Tally | None:
    return toll_of(tuple(cited.value for cited in claim.tolls), harm)


CAPTURES = LakeTable(
    "captures",
    (
        _text("id"),
        _text("source"),
        _text("url"),
        _time("fetched_at"),
        _text("media_type"),
        Column("size", Type.INT, lambda capture: len(capture.body)),
        _time("published"),
        _text("title"),
        Column("body", Type.BYTES, lambda capture: capture.body),
    ),
)

ARTICLES = LakeTable(
    "articles",
    (
        _text("id"),
        _text("capture_id"),
        _text("source"),
        _text("url"),
        _text("site"),
        _text("title"),
        _text("text"),
        _text("lang"),
        _time("published"),
    ),
)

CLAIMS = LakeTable(
    "claims",
    (
        _text("id"),
        _text("article_id"),
        Column("reader", Type.TEXT, lambda claim: claim.kind.reader),
        Column("kind", Type.TEXT, lambda claim: claim.kind.value),
        Column("type", Type.TEXT, lambda claim: claim.kind.value.type),
        *_when(lambda claim: claim.when.value),
        *_place(lambda claim: claim.place.value),
        _actors("perpetrators", lambda claim: actor_names(cited.value for cited in claim.perpetrators)),
        _actors("targets", lambda claim: actor_names(cited.value for cited in claim.targets)),
        Column("weapons", Type.TEXTS, lambda claim: [cited.value for cited in claim.weapons]),
        *_tolls(_claim_toll),
        Column("stance", Type.TEXT, lambda claim: claim.stance.value),
        Column("attribution", Type.TEXT, lambda claim: claim.attribution.value),
        Column("said_by", Type.TEXT, lambda claim: claim.said_by.value if claim.said_by else None),
        Column("undirected", Type.FLAG, lambda claim: claim.undirected),
        Column("score", Type.REAL, lambda claim: claim.kind.score),
        Column("keys", Type.TEXTS, blocking_keys),
        _body(),
    ),
)

FIGURES = LakeTable(
    "figures",
    (
        _text("id"),
        _text("article_id"),
        _text("measure"),
        Column("low", Type.INT, lambda figure: figure.value.low),
        Column("best", Type.INT, lambda figure: figure.value.best),
        Column("high", Type.INT, lambda figure: figure.value.high),
        *_when(lambda figure: figure.period),
        _text("said_by"),
        _body(),
    ),
)

LABELS = LakeTable(
    "labels",
    (
        _text("id"),
        _text("article_id"),
        _text("said_by"),
        Column("target", Type.TEXT, lambda label: label.target.id or label.target.name),
        _text("label"),
        _text("frame"),
        Column("polarity", Type.REAL, lambda label: label.polarity),
        _body(),
    ),
)


def _incident(name: str, type_: Type, of: Callable[[Incident], Any]) -> Column:
    return Column(name, type_, lambda version: of(version.incident))


INCIDENTS = LakeTable(
    "incidents",
    (
        _incident("id", Type.TEXT, lambda incident: incident.id),
        Column("live", Type.FLAG, lambda version: version.live),
        Column("merged_into", Type.TEXT, lambda version: version.merged_into),
        _incident("kind", Type.TEXT, lambda incident: incident.kind),
        _incident("type", Type.TEXT, lambda incident: incident.kind.type),
        *_when(lambda version: version.incident.when),
        *_place(lambda version: version.incident.place),
        _actors("perpetrators", lambda version: actor_names(version.incident.perpetrators)),
        _actors("targets", lambda version: actor_names(version.incident.targets)),
        *_tolls(lambda version, harm: toll_of(version.incident.tolls, harm)),
        _incident("credibility", Type.INT, lambda incident: incident.credibility),
        _incident("sources", Type.TEXTS, lambda incident: incident.sources),
        _incident("claim_ids", Type.TEXTS, lambda incident: incident.claim_ids),
        _body(lambda version: version.incident),
    ),
    key=None,
)

DONE = LakeTable(
    "done",
    (
        Column("id", Type.TEXT, lambda work: f"{work.stage}|{work.subject}|{work.by}"),
        _text("stage"),
        _text("subject"),
        _text("by"),
        _text("outcome"),
    ),
)

FILES = LakeTable(
    "files",
    (
        _text("id"),
        _text("dataset"),
        _text("version"),
        _text("name"),
        Column("header", Type.TEXTS, lambda file: file.header),
        Column("columns", Type.TEXTS, lambda file: file.columns),
        Column("headed", Type.FLAG, lambda file: file.headed),
        Column("rows", Type.INT, lambda file: file.rows),
    ),
)

# Claims of hand-coded data sets that the resolver holds in an incident of its own making.
TAKEN_UP = LakeTable("taken_up", (Column("id", Type.TEXT, lambda claim_id: claim_id),))

TABLES = {
    table.name: table for table in (CAPTURES, ARTICLES, CLAIMS, FIGURES, LABELS, INCIDENTS, DONE, FILES, TAKEN_UP)
}
