"""One sentence's tellings of events: triggers grouped by what they can speak of, with roles, counts and stance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from vedette.model.kinds import Stance
from vedette.read.actors import find_roles, sides
from vedette.read.attribution import Told, find_attribution, find_speaker
from vedette.read.dates import DateMention
from vedette.read.kinds import family, top, vague
from vedette.read.phrases import Phrase
from vedette.read.places import PlaceMention
from vedette.read.sentences import Sentence
from vedette.read.stance import find_stance
from vedette.read.tolls import TollHit, find_tolls
from vedette.read.triggers import Scene, find_triggers
from vedette.reference.lexicon import Hit, Lexicon


@dataclass(frozen=True, slots=True)
class Mention:
    """One event as one sentence, or a part of it, tells it."""

    number: int  # of the sentence
    sentence: Sentence
    trigger: Hit
    triggers: tuple[Hit, ...]
    family: str
    vague: bool
    definite: bool
    fresh: bool
    stance: Stance
    stance_cue: Hit | None = None
    told: Told | None = None
    speaker: tuple[int, int] | None = None
    perpetrators: tuple[Phrase, ...] = ()
    targets: tuple[Phrase, ...] = ()
    undirected: bool = False
    weapons: tuple[Hit, ...] = ()
    tolls: tuple[TollHit, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    dates: tuple[DateMention, ...] = field(default=())

    @property
    def trigger_start(self) -> int:
        """The character at which the trigger begins."""
        return self.sentence.starts[self.trigger.start]

    def says_something(self) -> bool:
        """True where the sentence tells more than that there was an event."""
        told = bool(self.perpetrators or self.targets or self.tolls or self.places or self.dates)
        defused = self.family == "security" and bool(self.weapons)
        return told or defused or self.stance is not Stance.ASSERTS


def find_mentions(
    number: int,
    scene: Scene,
    lexicon: Lexicon,
    places: Sequence[PlaceMention],
    dates: Sequence[DateMention],
) -> list[Mention]:
    """The tellings in one sentence, in order; a sentence without a trigger has none."""
    triggers = find_triggers(scene, lexicon)
    if not triggers:
        return []
    speaker = find_speaker(scene.sentence)
    told = find_attribution(scene.sentence, scene.phrases)
    scene = replace(scene, phrases=[p for p in scene.phrases if not _speaks(scene.sentence, p, speaker)])
    tolls = find_tolls(scene.sentence, scene.phrases, lexicon)
    found = []
    groups = list(_groups(scene.sentence, triggers))
    for first, last, group in groups:
        rivals = [other for start, _, other in groups if start == first]
        inside = [t for t in tolls if first <= t.counted.start < last and _home(t, rivals) is group]
        found.append(
            _mention(number, scene, lexicon, group, inside, _within(scene.sentence, places, first, last), dates)
        )
    return [replace(mention, told=told) for mention in _shared(found)]


def find_echo(number: int, scene: Scene, lexicon: Lexicon, last: Mention) -> Mention | None:
    """What a sentence without a trigger of its own adds to the event before it: a claim, blame or a toll."""
    sentence = scene.sentence
    if sentence.paragraph - last.sentence.paragraph > 1 or last.family not in ("violence", "abduction"):
        return None
    told = find_attribution(sentence, scene.phrases)
    tolls = tuple(t for t in find_tolls(sentence, scene.phrases, lexicon) if t.counted.how != "toll_bare")
    if not tolls and not (told and told.by):
        return None
    cue = told.cue if told and told.cue else tolls[0].harm_hit
    trigger = Hit(cue.start, cue.end, "trigger", last.trigger.name, "noun", True)
    return Mention(
        number=number,
        sentence=sentence,
        trigger=trigger,
        triggers=(trigger,),
        family=last.family,
        vague=True,
        definite=True,
        fresh=False,
        stance=last.stance,
        told=told,
        tolls=tolls,
    )


def _home(toll: TollHit, groups: Sequence[list[Hit]]) -> list[Hit]:
    """The group a toll belongs to: the one that its harm word is a trigger of, else the first that can kill."""
    for group in groups:
        if any(hit.start <= toll.harm_hit.start < hit.end for hit in group):
            return group
    return min(groups, key=lambda group: _DEADLY.index(family(group[0].name)))


_DEADLY = ("violence", "protest", "territory", "abduction", "security", "property", "other", "politics")


def _speaks(sentence: Sentence, phrase: Phrase, speaker: tuple[int, int] | None) -> bool:
    """True of a phrase that is part of the speaker: he tells the event and is not in it."""
    if speaker and speaker[0] <= phrase.name[0] and phrase.name[1] <= speaker[1]:
        return True
    claims = {cue.start for cue in sentence.hits.get("cue.claim", ())}
    return any(say.start == phrase.end and say.start not in claims for say in sentence.hits.get("cue.say", ()))


def _groups(sentence: Sentence, triggers: Sequence[Hit]) -> Iterator[tuple[int, int, list[Hit]]]:
    """Triggers by the part of the sentence they stand in and by family, violence taking arrests with it."""
    cuts = [0, *_cuts(sentence, triggers), len(sentence.words)]
    for first, last in pairwise(cuts):
        inside = [hit for hit in triggers if first <= hit.start < last]
        families: dict[str, list[Hit]] = {}
        for hit in inside:
            families.setdefault(family(hit.name), []).append(hit)
        yield from ((first, last, hits) for hits in _merged(families).values())


def _merged(families: dict[str, list[Hit]]) -> dict[str, list[Hit]]:
    """Arrests beside violence are its captured; violence beside a protest or a fallen town is part of that."""
    for main, parts in (
        ("violence", ("security",)),
        ("protest", ("security",)),
        ("territory", ("violence", "security")),
    ):
        if main in families:
            for part in parts:
                families[main] += families.pop(part, [])
    return families


def _cuts(sentence: Sentence, triggers: Sequence[Hit]) -> list[int]:
    """Where a sentence turns to another event: "while" and "and another" between two triggers."""
    words, cuts = sentence.words, []
    for at in range(1, len(words) - 1):
        turn = words[at] in ("while", "whereas") or (
            words[at] in ("and", ",") and words[at + 1] in ("another", "separately")
        )
        if turn and any(h.start < at for h in triggers) and any(h.start > at for h in triggers):
            cuts.append(at)
    return cuts


def _within(sentence: Sentence, places: Sequence[PlaceMention], first: int, last: int) -> tuple[PlaceMention, ...]:
    start, end = sentence.chars(first, last)
    return tuple(place for place in places if start <= place.start < end)


def _mention(
    number: int,
    scene: Scene,
    lexicon: Lexicon,
    group: Sequence[Hit],
    tolls: Sequence[TollHit],
    places: tuple[PlaceMention, ...],
    dates: Sequence[DateMention],
) -> Mention:
    sentence = scene.sentence
    trigger = top(group, lexicon)
    stance, cue = find_stance(sentence, trigger)
    perpetrators, targets, undirected = _roles(scene, trigger, group)
    before = sentence.words[max(0, trigger.start - 3) : trigger.start]
    return Mention(
        number=number,
        sentence=sentence,
        trigger=trigger,
        triggers=tuple(group),
        family=family(trigger.name),
        vague=all(vague(sentence.words, hit, lexicon) for hit in group),
        definite=trigger.form in ("noun", "plural")
        and bool({"the", "this", "these", "its", "their"}.intersection(before)),
        fresh=any(
            -10 <= trigger.start - fresh.end <= 4
            for fresh in sentence.hits.get("cue.fresh", ())
            if _about(sentence, fresh, trigger)
        ),
        stance=stance,
        stance_cue=cue,
        speaker=find_speaker(sentence),
        perpetrators=perpetrators,
        targets=targets,
        undirected=undirected,
        weapons=_weapons(sentence, group),
        tolls=tuple(tolls),
        places=places,
        dates=tuple(dates),
    )


def _about(sentence: Sentence, fresh: Hit, trigger: Hit) -> bool:
    """True where "another", "second" or "separate" stands by the event's noun or opens the sentence."""
    return fresh.start <= 3 or 0 <= trigger.start - fresh.end <= 2


def _roles(scene: Scene, trigger: Hit, group: Sequence[Hit]) -> tuple[tuple[Phrase, ...], tuple[Phrase, ...], bool]:
    """The roles that the main trigger names, filled up from the other triggers of the telling."""
    perpetrators: tuple[Phrase, ...] = ()
    targets: tuple[Phrase, ...] = ()
    if trigger.name == "armed_clash" and scene.sentence.words[trigger.end : trigger.end + 1] == ["between"]:
        both = tuple(p for p in scene.phrases if p.armed and p.start >= trigger.end)[:2]
        return both, (), len(both) == 2
    own = [hit for hit in group if family(hit.name) == family(trigger.name)]
    for hit in sorted(own, key=lambda h: h is not trigger):
        who, whom = find_roles(scene.sentence, hit, scene.phrases)
        perpetrators = perpetrators or tuple(p for p in who if p not in targets)
        targets = targets or tuple(p for p in whom if p not in perpetrators)
    if trigger.name == "armed_clash" and not targets:
        both = sides(scene.sentence, trigger, scene.phrases)
        if len(both) == 2:
            return both, (), True
    return perpetrators, targets, False


def _weapons(sentence: Sentence, group: Sequence[Hit]) -> tuple[Hit, ...]:
    """The weapons a telling of violence names."""
    if family(group[0].name) not in ("violence", "property", "protest", "security"):
        return ()
    return tuple(sentence.hits.get("weapon", ()))


def _shared(found: list[Mention]) -> list[Mention]:
    return [mention for mention in found if mention.says_something() or mention.vague or mention.definite]
