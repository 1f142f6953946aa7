"""Words that say an event: strong ones alone, weak ones only in fitting company."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from vedette.read.negation import background, negated, summed, to_nobody
from vedette.read.phrases import Phrase
from vedette.read.sentences import Sentence
from vedette.reference.lexicon import Hit, Lexicon

_NOMINAL = ("noun", "plural")


@dataclass(frozen=True, slots=True)
class Scene:
    """What a sentence holds besides its triggers; `charged` where its article speaks of armed actors."""

    sentence: Sentence
    phrases: Sequence[Phrase]
    places: Sequence[tuple[int, int]]  # in words
    charged: bool
    off_topic: bool
    long_ago: bool = False

    def armed(self) -> list[Phrase]:
        """The forces and armed groups."""
        return [phrase for phrase in self.phrases if phrase.armed]

    def rebels(self) -> list[Phrase]:
        """The armed groups that are no state's, and registry actors."""
        return [p for p in self.phrases if p.category in ("armed", "organisation")]


def find_triggers(scene: Scene, lexicon: Lexicon) -> list[Hit]:
    """The trigger words of a sentence that say an event, longest first where they overlap, by position."""
    sentence = scene.sentence
    found: list[Hit] = []
    nominal: dict[int, bool] = {}
    hits = sentence.hits.get("trigger", ())
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.start, _form_order(sentence, h))):
        if any(hit.start < other.end and other.start < hit.end for other in found):
            continue
        if nominal.setdefault(hit.start, hit.form in _NOMINAL) != (hit.form in _NOMINAL):
            continue  # "a bomb" is no verb, whatever becomes of the noun
        if _other_sense(sentence, hit) or summed(sentence, hit) or _unreal(sentence, hit) or _habit(sentence, hit):
            continue
        if _accepted(scene, hit, lexicon):
            found.append(hit)
    return sorted(_without_raids(sentence, _without_found_weapons(found)))


def _form_order(sentence: Sentence, hit: Hit) -> bool:
    """Verbs first, but nouns first after an article, a possessive or a modifier ("drone strike", "the attack")."""
    nominal = hit.form in _NOMINAL
    return not nominal if sentence.words[hit.start - 1 : hit.start] and _noun_place(sentence, hit) else nominal


def _noun_place(sentence: Sentence, hit: Hit) -> bool:
    return sentence.words[hit.start - 1] in sentence.word_set("before_nouns")


def _other_sense(sentence: Sentence, hit: Hit) -> bool:
    ignored = sentence.hits.get("cue.ignore", ())
    if hit.form in _NOMINAL and hit.name != "suicide_bomb" and _names_a_person(sentence, hit):
        return True
    if _is_month(sentence, hit) or _attribute(sentence, hit):
        return True
    return any(other.start < hit.end and hit.start < other.end for other in ignored)


def _attribute(sentence: Sentence, hit: Hit) -> bool:
    """True of "for kidnapped colleagues": what befell them is only named in passing."""
    if hit.form not in ("ed", "part") or sentence.words[max(0, hit.start - 1) : hit.start] != ["for"]:
        return False
    return any(role.start == hit.end for role in sentence.hits.get("role", ()))


def _is_month(sentence: Sentence, hit: Hit) -> bool:
    """True of "March 7", "7 March" and "since March"."""
    if sentence.words[hit.start] != "march" or hit.end - hit.start > 1:
        return False
    before, after = sentence.words[max(0, hit.start - 1) : hit.start], sentence.words[hit.end : hit.end + 1]
    return any(word[0].isdigit() for word in (*before, *after)) or before in (["in"], ["since"], ["of"])


def _names_a_person(sentence: Sentence, hit: Hit) -> bool:
    """True where the noun only tells what sort of person follows ("assassination cell leader", "murder suspect")."""
    if hit.end >= len(sentence.words) or sentence.text[sentence.ends[hit.end - 1] : sentence.starts[hit.end]] != " ":
        return False
    return any(role.start == hit.end and role.name != "physical" for role in sentence.hits.get("role", ()))


def _unreal(sentence: Sentence, hit: Hit) -> bool:
    """True of a verb that only could, should or is to happen; a threat is told by its own cue."""
    before = sentence.words[max(0, hit.start - 3) : hit.start]
    if "if" in sentence.words[max(0, hit.start - 8) : hit.start] or "unless" in before:
        return True
    if hit.form in _NOMINAL:
        return _averted(sentence, hit, before)
    if any(cue.end <= hit.start <= cue.end + 3 for cue in sentence.hits.get("cue.threaten", ())):
        return False
    if negated(sentence, hit) is not None or to_nobody(sentence, hit):
        return True
    if hit.form == "base":
        return _infinitive(sentence, hit, before)
    return _general(sentence, hit, before) or bool(_DOUBTFUL.intersection(before))


_DOUBTFUL = frozenset(["would", "could", "should", "must", "might", "may", "never", "not"])


def _general(sentence: Sentence, hit: Hit, before: Sequence[str]) -> bool:
    """True of "civilians are killed by these devices", not of "12 civilians are killed"."""
    if hit.form not in ("ed", "part") or before[-1:] != ["are"]:
        return False
    return not any(word[0].isdigit() for word in sentence.words[max(0, hit.start - 8) : hit.start])


def _averted(sentence: Sentence, hit: Hit, before: Sequence[str]) -> bool:
    """True of "prevent an attack", "future attacks", "attacks will"."""
    if sentence.words[hit.end : hit.end + 1] == ["will"] or (hit.form == "noun" and before[-1:] == ["to"]):
        return True
    return bool(sentence.word_set("averted").intersection(before))


def _infinitive(sentence: Sentence, hit: Hit, before: Sequence[str]) -> bool:
    """True of "to kill" and "could kill", not of "tried to kill"."""
    modal = sentence.word_set("modal").intersection(sentence.words[max(0, hit.start - 5) : hit.start])
    tried = bool(sentence.word_set("tried").intersection(before)) and not modal
    return bool(sentence.word_set("unreal").intersection(before[-2:])) and not tried


def _habit(sentence: Sentence, hit: Hit) -> bool:
    """True of an event noun or participle after words of habit ("is responsible for attacks")."""
    if background(sentence, hit):
        return True
    if hit.form in ("past", "part") or (hit.form == "ed" and not _plural_context(sentence, hit)):
        return False
    return any(0 <= hit.start - cue.end <= 14 for cue in sentence.hits.get("cue.habit", ()))


def _plural_context(sentence: Sentence, hit: Hit) -> bool:
    return hit.weak and any(0 <= hit.start - cue.end <= 1 for cue in sentence.hits.get("cue.habit", ()))


def _accepted(scene: Scene, hit: Hit, lexicon: Lexicon) -> bool:
    if scene.long_ago or (scene.off_topic and not scene.rebels()):
        return False
    needed = lexicon.objects.get(hit.name)
    if needed and not _has_object(scene, hit, needed):
        return False
    if hit.form == "plural" and hit.name in _COUNTED_PLURALS and not _told_once(scene, hit):
        return False
    if not hit.weak:
        return True
    company = _COMPANY.get(hit.name, _with_armed)
    return company(scene, hit, lexicon)


_COUNTED_PLURALS = frozenset(
    ["assault", "suicide_bomb", "remote_explosive_landmine_ied", "abduction_forced_disappearance", "arrests", "grenade"]
)


def _told_once(scene: Scene, hit: Hit) -> bool:
    """True of a plural that is told of one time or place: it has a definite article or a place beside it."""
    before = scene.sentence.words[max(0, hit.start - 3) : hit.start]
    if {"these", "such", "those", "other", "future", "more", "many", "all", "against"}.intersection(before):
        return False
    return scene.charged and bool(scene.places or {"the", "two", "simultaneous"}.intersection(before))


def _has_object(scene: Scene, hit: Hit, needed: str) -> bool:
    if hit.form in _NOMINAL or (not hit.weak and needed == "property"):
        return True
    if needed == "place":
        if hit.name == "non_state_actor_overtakes_territory" and not scene.rebels():
            return False  # police are a state's
        if scene.armed() and _takes_area(scene, hit):
            return True
        return bool(scene.armed()) and any(
            -4 <= start - hit.end <= 5 and not _person_between(scene, hit, start) for start, _ in scene.places
        )
    if needed == "weapon":
        weapons = scene.sentence.hits.get("weapon", ())
        return not hit.weak or any(-8 <= weapon.start - hit.end <= 8 for weapon in weapons)
    return any(p.category == "physical" and -8 <= p.start - hit.end <= 4 for p in scene.phrases)


def _takes_area(scene: Scene, hit: Hit) -> bool:
    """True of "captured two key cities": an area follows the verb and no people come before it."""
    areas = scene.sentence.word_set("areas")
    ahead = scene.sentence.words[hit.end : hit.end + 6]
    first = next((at for at, word in enumerate(ahead) if word in areas), None)
    return first is not None and not _person_between(scene, hit, hit.end + first)


def _person_between(scene: Scene, hit: Hit, start: int) -> bool:
    return any(hit.end <= p.start < start and p.human for p in scene.phrases)


def _with_armed(scene: Scene, hit: Hit, lexicon: Lexicon) -> bool:
    return bool(scene.armed())


def _with_rebels(scene: Scene, hit: Hit, lexicon: Lexicon) -> bool:
    return bool(scene.rebels())


def _with_two_sides(scene: Scene, hit: Hit, lexicon: Lexicon) -> bool:
    return len(scene.armed()) >= 2 or (scene.charged and bool(scene.rebels()) and scene.sentence.has("harm"))


def _assault(scene: Scene, hit: Hit, lexicon: Lexicon) -> bool:
    if scene.rebels() or (scene.armed() and (scene.charged or scene.sentence.has("weapon"))):
        return True
    if any(p.category == "civilian" and p.head in scene.sentence.word_set("public") for p in scene.phrases):
        return True
    if any(p.category == "state" and p.head not in scene.sentence.word_set("police") for p in scene.phrases):
        return any(p.category in ("civilian", "physical") for p in scene.phrases)
    return scene.charged and bool(scene.phrases or _definite(scene.sentence, hit))


def _definite(sentence: Sentence, hit: Hit) -> bool:
    """True of "the attack", "this latest blast": an event that was told before."""
    return hit.form in _NOMINAL and bool(
        {"the", "this"}.intersection(sentence.words[max(0, hit.start - 2) : hit.start])
    )


def _abduction(scene: Scene, hit: Hit, lexicon: Lexicon) -> bool:
    return bool(scene.rebels()) or (scene.charged and bool(scene.phrases))


def _explosion(scene: Scene, hit: Hit, lexicon: Lexicon) -> bool:
    sentence = scene.sentence
    if hit.form in _NOMINAL:
        if scene.charged and _definite(sentence, hit) and not sentence.has("weapon"):
            return True
        went_off = lexicon.explode.intersection(sentence.words)
        if went_off and any(weapon.start <= hit.start < weapon.end for weapon in sentence.hits.get("weapon", ())):
            return True
        return bool(went_off or sentence.has("harm")) and (
            scene.charged or bool(scene.armed()) or sentence.has("weapon")
        )
    return sentence.has("weapon") or bool(scene.rebels()) or (scene.charged and bool(scene.phrases))


def _weapon_used(scene: Scene, hit: Hit, lexicon: Lexicon) -> bool:
    sentence = scene.sentence
    used = lexicon.explode.intersection(sentence.words) or sentence.has("harm")
    return bool(used) and not sentence.has("cue.habit") and (scene.charged or bool(scene.armed()))


def _arrest(scene: Scene, hit: Hit, lexicon: Lexicon) -> bool:
    if scene.sentence.words[hit.start].startswith("captur") and (_takes_area(scene, hit) or _thing_taken(scene, hit)):
        return False
    if scene.rebels() or "suspected" in scene.sentence.words:
        return True
    political = scene.sentence.word_set("political").intersection(scene.sentence.words)
    return (bool(political) and bool(scene.armed())) or (scene.charged and bool(scene.armed()) and bool(scene.phrases))


def _thing_taken(scene: Scene, hit: Hit) -> bool:
    """True of "equipment captured by the Taliban" and "a captured base"."""
    return any(p.category == "physical" and (p.end == hit.start or p.start == hit.end) for p in scene.phrases)


def _coup(scene: Scene, hit: Hit, lexicon: Lexicon) -> bool:
    before = scene.sentence.words[max(0, hit.start - 2) : hit.start]
    return bool(scene.armed()) and not {"since", "after", "over", "post", "of", "by"}.intersection(before)


def _riot(scene: Scene, hit: Hit, lexicon: Lexicon) -> bool:
    return scene.sentence.has("harm") or (bool(scene.places) and _happened(scene))


def _happened(scene: Scene) -> bool:
    return bool(scene.sentence.word_set("breaking_out").intersection(scene.sentence.words))


def _protest(scene: Scene, hit: Hit, lexicon: Lexicon) -> bool:
    if hit.form in _NOMINAL and hit.name == "peaceful_protest" and _happened(scene):
        return True
    if (
        hit.form in ("base", "ing")
        and hit.name == "peaceful_protest"
        and not scene.sentence.word_set("crowds").intersection(scene.sentence.words)
    ):
        return False
    if any(p.category == "civilian" and p.plural and p.count and 0 <= hit.start - p.end <= 1 for p in scene.phrases):
        return True  # "several hundred teachers marched"
    crowds = scene.sentence.word_set("crowds").intersection(scene.sentence.words)
    return bool(crowds) or any(p.category == "protester" for p in scene.phrases)


def _property(scene: Scene, hit: Hit, lexicon: Lexicon) -> bool:
    return bool(scene.rebels()) or (scene.charged and scene.sentence.has("weapon"))


def _weapons_found(scene: Scene, hit: Hit, lexicon: Lexicon) -> bool:
    return bool(scene.armed()) or scene.charged


_COMPANY: Mapping[str, Callable[[Scene, Hit, Lexicon], bool]] = {
    "assault": _assault,
    "armed_clash": _with_two_sides,
    "air_drone_strike": _with_armed,
    "shelling_artillery_missile": _weapon_used,
    "remote_explosive_landmine_ied": _explosion,
    "grenade": _weapon_used,
    "sexual_violence": _with_rebels,
    "abduction_forced_disappearance": _abduction,
    "peaceful_protest": _protest,
    "protest_with_intervention": _with_armed,
    "violent_demonstration": _riot,
    "other": _coup,
    "mob_violence": lambda scene, hit, lexicon: scene.sentence.has("harm"),
    "arrests": _arrest,
    "disrupted_weapons_use": _weapons_found,
    "looting_property_destruction": _property,
    "change_to_group": lambda scene, hit, lexicon: any(p.category == "armed" for p in scene.phrases),
    "agreement": _with_rebels,
}


def _without_found_weapons(found: list[Hit]) -> list[Hit]:
    """Without the bare bombs and grenades of a weapons find: they did not go off."""
    if not any(hit.name == "disrupted_weapons_use" for hit in found):
        return found
    return [hit for hit in found if not (hit.weak and hit.form in _NOMINAL and hit.name in _WEAPON_KINDS)]


def _without_raids(sentence: Sentence, found: list[Hit]) -> list[Hit]:
    """Without the raid that only detains, or that is only said to be for that ("a raid to arrest a leader")."""
    violent = [hit for hit in found if hit.name != "arrests" and not _raid(sentence, hit)]
    detains = any(hit.name == "arrests" for hit in found) and not violent
    return [hit for hit in found if not (_raid(sentence, hit) and (detains or _to_detain(sentence, hit)))]


def _raid(sentence: Sentence, hit: Hit) -> bool:
    return hit.form in _NOMINAL and sentence.words[hit.start] in ("raid", "raids")


def _to_detain(sentence: Sentence, raid: Hit) -> bool:
    captures = [harm.start for harm in sentence.hits.get("harm", ()) if harm.name == "captured" and harm.form == "base"]
    return sentence.words[raid.end : raid.end + 1] == ["to"] and raid.end + 1 in captures


_WEAPON_KINDS = frozenset(["grenade", "remote_explosive_landmine_ied", "shelling_artillery_missile"])
