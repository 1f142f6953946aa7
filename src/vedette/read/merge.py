"""Mentions of one event within an article, brought together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from vedette.model.kinds import Harm, Stance
from vedette.model.values import Place, Tally
from vedette.read.kinds import EXPLOSIONS
from vedette.read.mentions import Mention
from vedette.reference.lexicon import Lexicon

_PARAGRAPHS = 3  # how far back a mention without "the" may join
# No text comes back to an event after so many others; of an event told oftener the last tellings speak for it.
_EVENTS, _TELLINGS = 100, 50


def merge_mentions(mentions: Sequence[Mention], lexicon: Lexicon) -> list[list[Mention]]:
    """Mentions grouped by event, in the order of their first; each joins the latest event that it can speak of."""
    events: list[list[Mention]] = []
    for mention in mentions:
        home = next((event for event in islice(reversed(events), _EVENTS) if _joins(event, mention)), None)
        if home is not None:
            home.append(mention)
        elif (
            mention.says_something()
            and not _idle(mention)
            and not (mention.definite and mention.vague and not _detailed(mention))
        ):
            events.append([mention])
    return events


def _idle(mention: Mention) -> bool:
    """True of "they have killed many people": a vague word with nobody who did it, nobody hit and nothing counted."""
    nobody = mention.tolls and all(t.counted.tally.best == 0 for t in mention.tolls)
    harms = {hit.start for hit in mention.sentence.hits.get("harm", ())}
    if nobody and all(hit.start in harms for hit in mention.triggers):
        return True  # "police arrested nobody"
    if nobody and not mention.perpetrators and not mention.targets:
        return True
    if not mention.vague or mention.perpetrators or mention.stance is not Stance.ASSERTS:
        return False
    counted = any(toll.counted.how != "toll_bare" and toll.counted.tally.best is not None for toll in mention.tolls)
    somewhere = mention.places or mention.dates or mention.weapons
    hurt = any(toll.counted.phrase or toll.counted.how != "toll_bare" for toll in mention.tolls)
    return not (counted or (somewhere and (mention.targets or hurt)))


def _detailed(mention: Mention) -> bool:
    return bool(mention.tolls or mention.targets or (mention.perpetrators and mention.places))


def _joins(event: Sequence[Mention], mention: Mention) -> bool:
    last, first, event = event[-1], event[0], event[-_TELLINGS:]
    if mention.fresh or mention.stance is not first.stance:
        return False
    if mention.family != first.family and not _raid(event, mention):
        return False
    near = mention.sentence.paragraph - last.sentence.paragraph <= _PARAGRAPHS
    if not near and not mention.definite:
        return False
    return (
        (mention.family != first.family or any(_same_kind(other, mention) for other in event))
        and _same_place(event, mention)
        and _same_day(event, mention)
        and not _other_toll(event, mention)
    )


def _raid(event: Sequence[Mention], mention: Mention) -> bool:
    """True of the arrests and the fire-fight of one operation, told in one paragraph."""
    families = {mention.family, *(other.family for other in event)}
    if families != {"violence", "security"} or mention.sentence.paragraph != event[-1].sentence.paragraph:
        return False
    fights = [m for m in (*event, mention) if m.family == "violence"]
    return all(m.trigger.name in ("armed_clash", "assault", "air_drone_strike") for m in fights)


def _same_kind(left: Mention, right: Mention) -> bool:
    one, two = left.trigger.name, right.trigger.name
    if one == two or left.vague or right.vague:
        return True
    if one in EXPLOSIONS and two in EXPLOSIONS:
        return _generic_blast(left) or _generic_blast(right)
    return {one, two} <= {"assault", "armed_clash"} or left.family in ("protest", "security", "territory")


def _generic_blast(mention: Mention) -> bool:
    return mention.sentence.words[mention.trigger.start] in mention.sentence.word_set("any_blast")


def _same_place(event: Sequence[Mention], mention: Mention) -> bool:
    """False where both name places and none of them could hold or lie in one of the other's."""
    ours = [place.place for place in mention.places if not place.dateline]
    theirs = [place.place for other in event for place in other.places if not place.dateline]
    if not ours or not theirs:
        return True
    return any(_compatible(a, b) for a in ours for b in theirs)


def _compatible(left: Place, right: Place) -> bool:
    return left.holds(right) or right.holds(left) or left.name == right.name


def _same_day(event: Sequence[Mention], mention: Mention) -> bool:
    theirs = [date.when for other in event for date in other.dates]
    if not theirs or not mention.dates:
        return True
    return any(date.when.overlaps(when) for date in mention.dates for when in theirs)


def _other_toll(event: Sequence[Mention], mention: Mention) -> bool:
    """True where both count the dead and the counts exclude each other, unless the second speaks of "the attack"."""
    if mention.definite:
        return False
    for harm in (Harm.KILLED, Harm.ABDUCTED):
        ours, theirs = _whole([mention], harm), _whole(event, harm)
        if ours and theirs and not any(a.overlaps(b) for a in ours for b in theirs):
            return True
    return False


def _whole(mentions: Sequence[Mention], harm: Harm) -> list[Tally]:
    return [t.counted.tally for m in mentions for t in m.tolls if t.harm is harm and t.counted.how == "toll_number"]
