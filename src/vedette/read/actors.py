"""Who did it and to whom, by word order alone: active, passive, "attack on X by Y", "Y attack"."""

from __future__ import annotations

from collections.abc import Sequence

from vedette.read.phrases import Phrase
from vedette.read.sentences import Sentence
from vedette.read.voice import joined, passive
from vedette.reference.lexicon import Hit

_NOMINAL = ("noun", "plural")
_SUBJECT_REACH, _OBJECT_REACH = 12, 5


def find_roles(
    sentence: Sentence, hit: Hit, phrases: Sequence[Phrase]
) -> tuple[tuple[Phrase, ...], tuple[Phrase, ...]]:
    """The perpetrators and the targets that one trigger word names in its sentence."""
    others = [p for p in phrases if p.end <= hit.start or p.start >= hit.end or p.armed]
    if hit.name == "suicide_bomb" or sentence.words[hit.start] in sentence.word_set("going_off"):
        agents, struck = _by(sentence, hit, others), _struck(sentence, hit, others)
    elif hit.form in _NOMINAL:
        agents, struck = _of_noun(sentence, hit, others)
    elif passive(sentence, hit, others):
        agents, struck = _by(sentence, hit, others), _subject(sentence, hit, others, agents=False)
    else:
        agents, struck = _subject(sentence, hit, others, agents=True), _object(sentence, hit.end, others)
    return _with_their_group(sentence, agents, others), struck


def sides(sentence: Sentence, hit: Hit, phrases: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """Both sides of a clash that nobody is said to have begun: the armed phrases around it, at most two."""
    armed = [p for p in phrases if p.armed and abs(p.start - hit.start) <= _SUBJECT_REACH + 4]
    return tuple(armed[:2]) if len(armed) >= 2 else ()


def _with_their_group(sentence: Sentence, agents: tuple[Phrase, ...], phrases: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """The agents with the organisation they are told to be of ("guerrillas of the FMLN")."""
    groups = [
        phrase
        for agent in agents
        for phrase in phrases
        if phrase.category == "organisation"
        and phrase not in agents
        and sentence.words[agent.end : phrase.start] in (["of", "the"], ["of"], ["from", "the"], ["from"])
    ]
    return (*agents, *groups)


def _by(sentence: Sentence, hit: Hit, phrases: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """The agents after "by"."""
    for at in range(hit.end, min(len(sentence.words), hit.end + 14)):
        if sentence.words[at] == "by":
            return tuple(p for p in _chain(sentence, at + 1, phrases, 4) if _agent(p))
    return ()


def _agent(phrase: Phrase) -> bool:
    return phrase.category in ("armed", "state", "organisation", "protester") or phrase.id != ""


def _object(sentence: Sentence, at: int, phrases: Sequence[Phrase]) -> tuple[Phrase, ...]:
    if sentence.words[at : at + 1] == [","]:
        return ()
    return _chain(sentence, at, phrases, _OBJECT_REACH)


def _chain(sentence: Sentence, at: int, phrases: Sequence[Phrase], reach: int) -> tuple[Phrase, ...]:
    """The phrases that begin within reach of a word, with those joined to the first by commas and "and"."""
    following = [p for p in phrases if p.outer >= at]
    if not following or following[0].outer - at > reach or _broken(sentence, at, following[0].outer):
        return ()
    chain = [following[0]]
    for phrase in following[1:]:
        if not joined(sentence, chain[-1].end, phrase.outer, {"the", "a", "an", "two", "three", "his", "their", "of"}):
            break
        chain.append(phrase)
    return tuple(chain)


def _broken(sentence: Sentence, start: int, end: int) -> bool:
    between = sentence.words[start:end]
    prepositions = sentence.word_set("prepositions") - {"of", "to"}
    if sentence.word_set("object_breaks").intersection(between) or prepositions.intersection(between[1:]):
        return True
    verbs = (*sentence.hits.get("trigger", ()), *sentence.hits.get("cue.say", ()))
    return any(start <= v.start < end and v.form not in _NOMINAL for v in verbs)


def _subject(sentence: Sentence, hit: Hit, phrases: Sequence[Phrase], *, agents: bool) -> tuple[Phrase, ...]:
    """The nearest fitting phrase before the verb that no preposition takes, with those joined to it."""
    if agents and sentence.words[hit.start - 1 : hit.start] in (["that"], ["which"]):
        return ()
    earlier = [p for p in phrases if p.end <= hit.start and hit.start - p.end <= _SUBJECT_REACH]
    for at in range(len(earlier) - 1, -1, -1):
        phrase = earlier[at]
        before = sentence.words[max(0, phrase.outer - 1) : phrase.outer]
        if before and before[0] == "the":
            before = sentence.words[max(0, phrase.outer - 2) : phrase.outer - 1]
        if agents and not _agent(phrase):
            continue
        if before and before[0] in sentence.word_set("prepositions") and at > 0:
            continue
        if _acted_on(sentence, phrase):
            continue
        if before and before[0] == "by" and not agents:
            continue
        return tuple(p for p in _back(sentence, earlier[: at + 1]) if not agents or _agent(p))
    return ()


def _acted_on(sentence: Sentence, phrase: Phrase) -> bool:
    """True of another verb's object ("to capture a leader", "targeting a leader"): no subject of the next one."""
    verb = sentence.words[max(0, phrase.outer - 1) : phrase.outer]
    if verb and verb[0] in sentence.word_set("aiming"):
        return True
    hits = (*sentence.hits.get("harm", ()), *sentence.hits.get("trigger", ()))
    return any(hit.end == phrase.outer and hit.form not in _NOMINAL for hit in hits)


def _back(sentence: Sentence, phrases: Sequence[Phrase]) -> list[Phrase]:
    """The last phrase with those joined to it from the left."""
    chain = [phrases[-1]]
    for phrase in reversed(phrases[:-1]):
        if not joined(sentence, phrase.end, chain[0].outer, {"the", "a", "an", "their", "his"}):
            break
        chain.insert(0, phrase)
    return chain


def _of_noun(sentence: Sentence, hit: Hit, phrases: Sequence[Phrase]) -> tuple[tuple[Phrase, ...], tuple[Phrase, ...]]:
    words = sentence.words
    perpetrators = _by(sentence, hit, phrases)
    targets: tuple[Phrase, ...] = ()
    for at in range(hit.end, min(len(words), hit.end + 8)):
        if words[at] in sentence.word_set("object_prepositions"):
            targets = _chain(sentence, at + 1, phrases, 4)
            break
        if words[at] in (",", ";", "by", "and"):
            break
    if not perpetrators:
        perpetrators = tuple(
            p for p in phrases if _agent(p) and p.armed and p.end <= hit.start and _modifies(sentence, p, hit)
        )[-1:]
    if not perpetrators and any(
        word in sentence.word_set("doing") for word in words[max(0, hit.start - 4) : hit.start]
    ):
        perpetrators = _subject(sentence, hit, phrases, agents=True)
    return perpetrators, targets


def _modifies(sentence: Sentence, phrase: Phrase, hit: Hit) -> bool:
    """True of "rebel attack" and "the Taliban's attack"."""
    return all(word in ("'s", "'", "-") for word in sentence.words[phrase.end : hit.start])


def _struck(sentence: Sentence, hit: Hit, phrases: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """What an explosion hit: the object of "struck" or "targeted", or what it went off in, at or near."""
    words = sentence.words
    for at in range(hit.end, min(len(words), hit.end + 10)):
        if words[at] in sentence.word_set("striking") or words[at] in (
            "outside",
            "inside",
            "near",
            "at",
            "in",
            "against",
            "on",
        ):
            things = [p for p in _chain(sentence, at + 1, phrases, 3) if p.category != "person"]
            if things:
                return tuple(things)
    return ()
