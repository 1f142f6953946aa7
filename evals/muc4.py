"""MUC-4 template filling: what the shipped network finds in Latin American news of 1988 to 1990.

`gtt_micro_f1` and `ceaf_ree_f1` are GTT's and GRIT's measures (see `template_filling`); `kind_micro_f1` is the
incident-type slot of GTT's alignment. The scores are of the network's own MUC-4 labels (`muc4_slots`). The figures
`claims.…` are of the claims that a user gets, from the lexical reader where no other is asked for, by
`muc4_kinds.toml`: these keep no names, so that victims, whom the gold has by name, are missed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from evals import muc4_slots
from evals.gold import Scores, article, rows
from evals.template_filling import (
    ROLES,
    TYPE,
    Counts,
    Entity,
    Template,
    ceaf_ree_counts,
    entity,
    gtt_counts,
    merged,
    normalised,
    total,
)
from vedette.model.nouns import Article, Claim
from vedette.model.values import Actor, Cited
from vedette.read import NETWORKS, read_articles, reader_named
from vedette.read.neural.reader import trained
from vedette.reference import load_reference

READER = "accurate"


@dataclass(frozen=True, slots=True)
class Rules:
    """The MUC-4 reading of kinds, trigger words and head nouns, as `muc4_kinds.toml` tells it."""

    kinds: Mapping[str, str]
    triggers: tuple[tuple[str, tuple[str, ...]], ...]
    organisations: frozenset[str]
    people: frozenset[str]
    things: frozenset[str]
    military: frozenset[str]
    stances: frozenset[str]


@cache
def mapping() -> Rules:
    """The mapping beside this file."""
    told = tomllib.loads(Path(__file__).with_name("muc4_kinds.toml").read_text(encoding="utf-8"))
    return Rules(
        told["kinds"],
        tuple((trigger["type"], tuple(trigger["stems"])) for trigger in told["triggers"]),
        frozenset(told["organisations"]["heads"]),
        frozenset(told["organisations"]["people"]),
        frozenset(told["things"]["heads"]),
        frozenset(told["military"]["heads"]),
        frozenset(told["told"]["stances"]),
    )


def score(gold: Path, reader: str = READER) -> Scores:
    """GTT's, GRIT's and the incident type's micro F1 of the shipped reader on a MUC-4 file."""
    documents = list(rows(gold))
    truths = [gold_templates(row) for row in documents]
    readings = read_articles([muc4_article(row) for row in documents], load_reference(), reader)
    claims = scores([templates_of(reading.claims) for reading in readings], truths)
    if reader_named(reader) not in NETWORKS:
        return claims
    setting = trained(reader_named(reader))
    slots = scores([muc4_slots.templates_of(setting, row["text"]) for row in documents], truths)
    told = {f"claims.{name}": value for name, value in (claims.scores | claims.details).items()}
    return Scores(slots.n, slots.scores, slots.details | told)


def muc4_article(row: Mapping[str, Any]) -> Article:
    """The article as printed, upper case and all, published on the day of its dateline where that has one."""
    day = row["report_date"]
    return article(row["text"], published=date.fromisoformat(day) if day else None, name="muc4")


def gold_templates(row: Mapping[str, Any]) -> list[Template]:
    """The gold templates of a document; of two that say exactly the same only one counts, as in GTT."""
    told: list[Template] = []
    for raw in row["gtt"]["templates"]:
        fillers = {
            role: tuple(entity(mention for mention, _ in mentions) for mentions in raw[role] if mentions)
            for role in ROLES
        }
        template = Template(raw[TYPE], fillers)
        if template not in told:
            told.append(template)
    return told


def scores(predicted: Sequence[Sequence[Template]], gold: Sequence[Sequence[Template]]) -> Scores:
    """The three micro F1 over documents given in the same order, with precision, recall and F1 of each slot."""
    gtt, ree = dict.fromkeys((TYPE, *ROLES), Counts()), dict.fromkeys(ROLES, Counts())
    for guesses, truths in zip(predicted, gold, strict=True):
        for slot, counts in gtt_counts(guesses, truths).items():
            gtt[slot] += counts
        for slot, counts in ceaf_ree_counts(merged(guesses), merged(truths)).items():
            ree[slot] += counts
    figures = {"gtt.micro": total(gtt.values()), "ceaf_ree.micro": total(ree.values())}
    # What is left when the slot that the house rules forbid us to fill is set aside, on both sides.
    figures["gtt.without_victims"] = total(counts for slot, counts in gtt.items() if slot != "Victim")
    figures["ceaf_ree.without_victims"] = total(counts for slot, counts in ree.items() if slot != "Victim")
    figures["gtt.perpetrators"] = total(gtt[slot] for slot in ("PerpInd", "PerpOrg"))
    figures |= {f"gtt.{slot}": counts for slot, counts in gtt.items()}
    figures |= {f"ceaf_ree.{slot}": counts for slot, counts in ree.items()}
    return Scores(
        len(gold),
        {
            "gtt_micro_f1": figures["gtt.micro"].f1,
            "ceaf_ree_f1": figures["ceaf_ree.micro"].f1,
            "kind_micro_f1": gtt[TYPE].f1,
        },
        {
            f"{name}.{measure}": getattr(counts, measure)
            for name, counts in figures.items()
            for measure in ("precision", "recall", "f1")
        },
    )


def templates_of(claims: Iterable[Claim]) -> list[Template]:
    """The claims that MUC-4 would record, each as one template, in the order of the claims."""
    return [
        Template(incident_type, _fillers(claim))
        for claim in claims
        if (incident_type := incident_type_of(claim)) and recorded(claim)
    ]


def incident_type_of(claim: Claim) -> str:
    """The MUC-4 incident type of a claim; empty where MUC-4 has none for its kind."""
    rules = mapping()
    if claim.kind.value not in rules.kinds:
        return ""
    words = " ".join(normalised(span.text) for span in claim.kind.spans)
    for incident_type, stems in rules.triggers:
        if any(f" {stem}" in f" {words}" for stem in stems):
            return incident_type
    return rules.kinds[claim.kind.value]


def recorded(claim: Claim) -> bool:
    """True for what MUC-4 holds to be relevant: told as done or threatened, and not only between armed forces.

    Its third rule, nothing older than two months unless the article has news of it, is left out: a claim does not
    tell what is news, and on the training file more is lost than won by the age alone.
    """
    # In a clash that nobody began the other side stands among the perpetrators.
    hit = claim.targets or (claim.perpetrators if claim.undirected else ())
    return claim.stance.value in mapping().stances and not (
        hit and all(head(words(actor)) in mapping().military for actor in hit)
    )


def _fillers(claim: Claim) -> dict[str, tuple[Entity, ...]]:
    fillers: dict[str, list[Entity]] = {role: [] for role in ROLES}
    for perpetrator in claim.perpetrators:
        for role, name in perpetrator_slots(perpetrator):
            fillers[role].append(entity([name]))
    # Victim is MUC-4's slot for names alone (HUM TGT: NAME); those described by role have a slot that GTT leaves out.
    for target in filter(is_thing, map(words, claim.targets)):
        fillers["Target"].append(entity([target]))
    for weapon in claim.weapons:
        fillers["Weapon"].append(entity([weapon.spans[0].text if weapon.spans else weapon.value]))
    return {role: tuple(dict.fromkeys(entities)) for role, entities in fillers.items()}


def words(actor: Cited[Actor]) -> str:
    """The words of the article that name an actor."""
    return actor.spans[0].text if actor.spans else actor.value.name


def head(phrase: str) -> str:
    """The noun a phrase is about: the last word before "of", "in" and their like ("offices of the bank": offices)."""
    before: list[str] = []
    for word in normalised(phrase).split():
        if before and word in {"of", "in", "at", "on", "from", "near", "belonging", "with", "who", "that", "which"}:
            break
        before.append(word)
    return before[-1] if before else ""


def perpetrator_slots(told: Cited[Actor]) -> list[tuple[str, str]]:
    """The slots that a perpetrator fills: "Red Kite rebels" are individuals, and the Red Kites the organisation."""
    name, noun = words(told), head(words(told))
    if noun not in mapping().people:
        return [("PerpOrg" if told.value.id or noun in mapping().organisations else "PerpInd", name)]
    before, _, after = normalised(name).partition(f"{noun}")
    organisation = after.removeprefix(" of ") if after else before
    return [("PerpInd", name), *([("PerpOrg", organisation)] if told.value.id and organisation else [])]


def is_thing(phrase: str) -> bool:
    """True where a phrase is about a thing, not about people."""
    noun, things = head(phrase), mapping().things
    return noun in things or any(
        noun.endswith(plural) and noun.removesuffix(plural) + one in things
        for plural, one in (("s", ""), ("es", ""), ("ies", "y"))
    )
