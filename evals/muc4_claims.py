"""Claims → MUC-4's templates with all the slots that a claim can fill; lists in `muc4_all_slots.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from evals.muc4 import head, incident_type_of, is_thing, perpetrator_slots, recorded, words
from evals.slot_grades import Fill, rules
from evals.slot_scoring import Response
from evals.template_filling import normalised
from vedette.model.kinds import Harm, Side
from vedette.model.nouns import Article, Claim
from vedette.model.values import Actor, Cited, Tally, Toll, When
from vedette.reference import load_reference

EFFECTS = {Harm.KILLED: "DEATH", Harm.WOUNDED: "INJURY"}
# What tells two incidents of one type apart in MUC-4 (task documentation, part 1, section 5).
APART = ("incident_type", "date", "location", "perp_category", "perp_individual_id", "perp_organization_id")


class Person(NamedTuple):
    """People that an incident struck, as told: their description, what became of them, how many."""

    description: str
    effect: str = ""
    number: str = ""


def responses_of(claims: Iterable[Claim], article: Article) -> list[Response]:
    """The templates that the claims of an article come down to."""
    told: dict[tuple[tuple[Fill, ...], ...], dict[str, tuple[Fill, ...]]] = {}
    for claim in claims:
        if incident_type_of(claim) and recorded(claim):
            slots = response_of(claim, article.published.date() if article.published else None)
            known = told.setdefault(tuple(tuple(slots.get(slot, ())) for slot in APART), {})
            for slot, fills in slots.items():
                known[slot] = tuple(dict.fromkeys((*known.get(slot, ()), *fills)))
    return list(told.values())


def response_of(claim: Claim, published: date | None) -> dict[str, tuple[Fill, ...]]:
    """The slots that one claim fills."""
    told = rules()
    kind = incident_type_of(claim).upper()
    levels = claim.place.value.levels
    slots = {
        "incident_type": [Fill(kind)],
        "date": _filled(_days(claim.when.value, published)),
        "location": _filled(": ".join(level.upper() for level in levels)),
        "stage_of_execution": _filled(told["stage"].get(claim.stance.value, "")),
        **_perpetrators(claim),
        **_people(claim),
    }
    # MUC-4 has no instruments in arson and kidnapping, and no physical targets in kidnapping.
    if kind not in ("ARSON", "KIDNAPPING"):
        slots |= _instruments(claim)
    if kind != "KIDNAPPING":
        slots |= _things(claim, kind)
    return {slot: tuple(dict.fromkeys(fills)) for slot, fills in slots.items()}


def _filled(value: str, *tags: str) -> list[Fill]:
    return [Fill(value, tags)] if value else []


def _days(when: When, published: date | None) -> str:
    """A date as MUC-4 writes it; where none is told, up to the day of the article."""
    latest = when.latest or when.earliest or published
    if latest is None:
        return ""
    if when.earliest is None:
        return f"- {_day(latest)}"
    return _day(latest) if when.earliest == latest else f"{_day(when.earliest)} - {_day(latest)}"


def _day(day: date) -> str:
    return day.strftime("%d %b %y").upper()


def _instruments(claim: Claim) -> dict[str, list[Fill]]:
    told = [weapon.spans[0].text if weapon.spans else weapon.value for weapon in claim.weapons]
    types = [(typed("instruments", set(normalised(phrase).split())), phrase) for phrase in told]
    return {
        "instrument_id": [Fill(phrase) for phrase in told],
        "instrument_type": [Fill(kind, (phrase,)) for kind, phrase in types if kind],
    }


def _perpetrators(claim: Claim) -> dict[str, list[Fill]]:
    slots = [filler for each in claim.perpetrators for filler in perpetrator_slots(each)]
    organisations = [name for slot, name in slots if slot == "PerpOrg"]
    confidence = rules()["confidence"].get(claim.attribution.value, "")
    category = "STATE-SPONSORED VIOLENCE" if any(map(_of_state, claim.perpetrators)) else "TERRORIST ACT"
    return {
        "perp_individual_id": [Fill(name) for slot, name in slots if slot == "PerpInd"],
        "perp_organization_id": [Fill(name) for name in organisations],
        "perp_organization_confidence": [fill for name in organisations for fill in _filled(confidence, name)],
        "perp_category": _filled(category) if claim.perpetrators else [],
    }


def _of_state(perpetrator: Cited[Actor]) -> bool:
    known = load_reference().actors.get(perpetrator.value.id) if perpetrator.value.id else None
    if known:
        return known.kind in rules()["state"]["kinds"]
    return not set(normalised(words(perpetrator)).split()).isdisjoint(rules()["state"]["words"])


def _things(claim: Claim, kind: str) -> dict[str, list[Fill]]:
    told = list(filter(is_thing, map(words, claim.targets)))
    return {
        "phys_tgt_id": [Fill(phrase) for phrase in told],
        "phys_tgt_type": [Fill(typed("things", _heads(phrase)) or "OTHER", (phrase,)) for phrase in told],
        "phys_tgt_number": [Fill(_number_of(phrase), (phrase,)) for phrase in told],
        # By MUC-4's note arson alone implies damage.
        "phys_tgt_effect": [Fill("SOME DAMAGE", (phrase,)) for phrase in told] if kind == "ARSON" else [],
    }


def _people(claim: Claim) -> dict[str, list[Fill]]:
    told = list(people_of(claim))
    named = [person for person in told if person.description]
    return {
        "hum_tgt_description": [Fill(person.description) for person in named],
        "hum_tgt_type": [
            Fill(typed("people", _heads(person.description)) or "CIVILIAN", (person.description,)) for person in named
        ],
        "hum_tgt_number": [Fill(person.number, (person.description,)) for person in named if person.number],
        "hum_tgt_effect": [fill for person in told for fill in _filled(person.effect, person.description or "-")],
    }


def people_of(claim: Claim) -> Iterator[Person]:
    """The people struck: those of the tolls, then the targets that no toll has told of."""
    targets = [phrase for phrase in map(words, claim.targets) if not is_thing(phrase)]
    heads = set()
    for toll in claim.tolls:
        if toll.value.side is Side.PERPETRATORS:
            continue
        own = _described(toll, claim)
        # A count without words is of the target, where there is one only.
        description = own or (targets[0] if len(targets) == 1 else "")
        heads.add(head(description))
        yield Person(description, _effect(toll.value), _number(toll.value.tally))
    for phrase in targets:
        if head(phrase) not in heads:
            yield Person(phrase, "", _number_of(phrase))


def _described(toll: Cited[Toll], claim: Claim) -> str:
    """The words of a toll that tell who was struck: not those that tell the event, and not a number alone."""
    event = {span.start for span in claim.kind.spans}
    for span in toll.spans:
        content = [word for word in normalised(span.text).split() if word not in rules()["nonessential"]]
        if content and span.start not in event and not all(word.isdecimal() for word in content):
            return span.text
    return ""


def _effect(toll: Toll) -> str:
    if toll.harm not in EFFECTS:
        return ""
    return EFFECTS[toll.harm] if toll.tally.high != 0 else f"NO {EFFECTS[toll.harm]}"


def _number(tally: Tally) -> str:
    """A count as MUC-4 writes it: "7", "7 -", "- 7", "5 - 7", or "~7" for about 7."""
    low, best, high = tally.low, tally.best, tally.high
    if low is None or high is None:
        return f"{low} -" if low is not None else f"- {high}" if high is not None else ""
    if low == high:
        return str(low)
    return f"~{best}" if best is not None and best - low == high - best else f"{low} - {high}"


def _number_of(phrase: str) -> str:
    """How many a phrase tells of: its figure, else more than one where its head is a plural."""
    figure = re.match(r"\W*(\d+)\b", phrase)
    if figure:
        return figure[1]
    return "PLURAL" if head(phrase).endswith("s") else "1"


def typed(table: str, phrase: set[str]) -> str:
    """The first type of a table of `muc4_all_slots.toml` that has one of the words; empty where none has."""
    tables: list[Mapping[str, list[str]]] = rules()[table]
    return next((str(each["type"]) for each in tables if not phrase.isdisjoint(each["words"])), "")


def _heads(phrase: str) -> set[str]:
    """The head of a phrase, as it stands and in the singular."""
    noun = head(phrase)
    return {noun, noun.removesuffix("s"), noun.removesuffix("es"), f"{noun.removesuffix('ies')}y"}
