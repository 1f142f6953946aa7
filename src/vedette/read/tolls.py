"""Killed, wounded, captured, abducted: which count goes with which harm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vedette.model.kinds import Harm
from vedette.model.values import Tally
from vedette.read import persons
from vedette.read.negation import background, hypothetical, intended, negated, summed
from vedette.read.numbers import Quantity
from vedette.read.phrases import Phrase, bare_quantities
from vedette.read.sentences import Sentence
from vedette.read.voice import joined, partner, passive
from vedette.reference.lexicon import Hit, Lexicon

_REACH = 7  # words between a subject and its harm: "two soldiers on patrol in Ghazni were killed"
_NEAR = 3  # words between a harm and its object: "killing on the spot eight"


@dataclass(frozen=True, slots=True)
class Counted:
    """So many of some people at words `start` up to `end`; `how` names the pattern class that scores it."""

    start: int
    end: int
    tally: Tally
    phrase: Phrase | None
    how: str
    cited: tuple[int, int]


@dataclass(frozen=True, slots=True)
class TollHit:
    """A harm with its count; `harm_hit` is the word that says the harm."""

    harm: Harm
    counted: Counted
    harm_hit: Hit


def find_tolls(sentence: Sentence, phrases: Sequence[Phrase], lexicon: Lexicon) -> list[TollHit]:
    """The tolls told in a sentence, in order; each count is used for one harm."""
    counted = _all_counted(sentence, phrases, lexicon)
    found: list[TollHit] = []
    used: set[int] = set()
    for hit in _harms(sentence):
        shared = partner(sentence, hit)
        free = [item for item in counted if item.start not in used]
        linked = _linked(sentence, shared or hit, free)
        person = _one_person(sentence, shared or hit, free)
        if person and (not linked or person[0].end <= linked[0].start):
            linked = person
        if not shared:
            used.update(item.start for item in linked)
        found += [TollHit(Harm(hit.name), item, hit) for item in _happened(sentence, hit, linked)]
    found += _casualties(sentence)
    return sorted(_later_dead(sentence, found), key=lambda toll: toll.counted.start)


def _later_dead(sentence: Sentence, found: Sequence[TollHit]) -> list[TollHit]:
    """The tolls with the wounded "who later died" among the killed."""
    died = [
        hit.start
        for hit in sentence.hits.get("harm", ())
        if sentence.words[hit.start] == "died" and sentence.words[hit.start - 1] in sentence.word_set("later")
    ]
    return [
        replace(toll, harm=Harm.KILLED)
        if toll.harm is Harm.WOUNDED and any(0 < at - toll.harm_hit.end <= 6 for at in died)
        else toll
        for toll in found
    ]


def _casualties(sentence: Sentence) -> list[TollHit]:
    """Of "casualties" without a number at least one is hurt; of "no casualties" none is hurt or dead."""
    for at, word in enumerate(sentence.words):
        before = sentence.words[max(0, at - 2) : at]
        if word != "casualties" or any(w[0].isdigit() or w in sentence.lexicon.numbers for w in before):
            continue
        hit = Hit(at, at + 1, "harm", "wounded", "plural", False)
        if {"no", "without"}.intersection(before):
            none = Counted(at - 1, at + 1, Tally(0, 0, 0), None, "toll_number", sentence.chars(at - 1, at + 1))
            return [TollHit(Harm.KILLED, none, hit), TollHit(Harm.WOUNDED, none, hit)]
        some = Counted(at, at + 1, Tally(1, None, None), None, "toll_bare", sentence.chars(at, at + 1))
        return [TollHit(Harm.WOUNDED, some, hit)]
    return []


def _happened(sentence: Sentence, hit: Hit, linked: list[Counted]) -> list[Counted]:
    """The counts of a harm that was done; of "had not harmed any civilians" nobody, of "would harm" no count."""
    if any(idle(sentence, hit) for idle in (hypothetical, intended, background, summed)):
        return []
    not_word = negated(sentence, hit)
    if not_word is None:
        return _no_one(linked)
    phrase = linked[0].phrase if linked else None
    if phrase and (phrase.definite or phrase.count or not phrase.plural):
        return []  # "the governor was not hurt" says nothing of the others
    cited = sentence.chars(not_word, hit.end)
    return [Counted(hit.start, hit.end, Tally(0, 0, 0), phrase, "toll_number", cited)]


def _no_one(items: list[Counted]) -> list[Counted]:
    """Only the zero of "no women or children were hurt"."""
    return [item for item in items if item.tally.best == 0][:1] or items


def _harms(sentence: Sentence) -> list[Hit]:
    """The harm words; a verb is tried before the noun and the adjective it is spelled like."""
    order = {"noun": 1, "plural": 1, "adjective": 2}
    hits = sorted(sentence.of("harm"), key=lambda hit: (hit.start, order.get(hit.form, 0), hit.name))
    kept: list[Hit] = []
    for hit in hits:
        if not any(hit.start < other.end and other.start < hit.end and hit.name != other.name for other in kept):
            kept.append(hit)
    return kept


def _all_counted(sentence: Sentence, phrases: Sequence[Phrase], lexicon: Lexicon) -> list[Counted]:
    items = [_of_phrase(sentence, phrase) for phrase in phrases if phrase.human or phrase.count]
    items = [item for item in items if not _is_subset(sentence, item.start)]
    for quantity in bare_quantities(sentence, phrases, lexicon):
        if not _is_subset(sentence, quantity.start):
            items.append(_of_quantity(sentence, quantity, None, quantity.end))
    return sorted(items, key=lambda item: item.start)


def _of_quantity(sentence: Sentence, quantity: Quantity, phrase: Phrase | None, end: int) -> Counted:
    how = "toll_word" if quantity.worded else "toll_number"
    cited = sentence.chars(quantity.start, quantity.end)
    return Counted(quantity.start, end, quantity.tally, phrase, how, cited)


def _of_phrase(sentence: Sentence, phrase: Phrase) -> Counted:
    if phrase.count:
        return _of_quantity(sentence, phrase.count, phrase, phrase.end)
    # A bare plural is two or more; a singular is one. Collective nouns ("police") have no count.
    tally = Tally(2, None, None) if phrase.plural else Tally(1, 1, 1)
    if phrase.head in ("people", "police", "personnel", "military", "army", "crowd", "group", "family", "public"):
        tally = Tally(1, None, None)
    # "The commander" is one and no other.
    how = "toll_number" if phrase.definite and tally.high == 1 else "toll_bare"
    return Counted(phrase.outer, phrase.end, tally, phrase, how, phrase.name)


def _is_subset(sentence: Sentence, start: int) -> bool:
    """True of "including 5 children", "among them two" and of the head in "12 people, three of them children"."""
    before = sentence.words[max(0, start - 2) : start]
    after = sentence.words[start + 1 : start + 3]
    return (
        "including" in before
        or "among" in before
        or before[-2:] == ["of", "them"]
        or (after in (["of", "them"], ["of", "whom"]) and not _object(sentence, start))
    )


def _object(sentence: Sentence, at: int) -> bool:
    """True right after a harm's verb ("killing several of them")."""
    return any(hit.end == at and hit.form not in ("noun", "plural") for hit in sentence.hits.get("harm", ()))


def _linked(sentence: Sentence, hit: Hit, counted: Sequence[Counted]) -> list[Counted]:
    if hit.form in ("noun", "plural"):
        return _of_noun(sentence, hit, counted)
    if hit.form == "adjective":
        return _before(sentence, hit, counted) or _after_adjective(sentence, hit, counted)
    if sentence.words[hit.start] in sentence.word_set("intransitive"):
        return _before(sentence, hit, counted)
    if passive(sentence, hit, counted):
        return [item for item in _before(sentence, hit, counted) if not _acts(sentence, hit, item)]
    return _after(sentence, hit, counted)


def _after(sentence: Sentence, hit: Hit, counted: Sequence[Counted]) -> list[Counted]:
    """The objects after an active verb, joined ones with them."""
    following = [item for item in counted if item.start >= hit.end]
    if not following or not _clear(sentence, hit.end, following[0].start, _NEAR):
        return []
    return _chain(sentence, following)


def _one_person(sentence: Sentence, hit: Hit, counted: Sequence[Counted]) -> list[Counted]:
    """A person told by a pronoun or a name alone, with those joined; only the harm is cited, never the name."""
    if hit.form in ("noun", "plural"):
        words = persons.of_noun(sentence, hit)
    elif hit.form == "adjective" or sentence.words[hit.start] in sentence.word_set("intransitive"):
        return []
    elif passive(sentence, hit, counted):
        words = persons.before_verb(sentence, hit)
    else:
        words = persons.after_verb(sentence, hit.end)
    if words is None:
        return []
    one = Counted(*words, Tally(1, 1, 1), None, "toll_bare", sentence.chars(hit.start, hit.end))
    others = [item for item in counted if item.start >= words[1]]
    if others and not {"and", "with"}.intersection(sentence.words[words[1] : others[0].start]):
        return [one]  # "Hassan, a commander, …" is one
    chain = _chain(sentence, [one, *others])
    return [replace(one, phrase=chain[1].phrase), *chain[1:]] if len(chain) > 1 else [one]


def _acts(sentence: Sentence, hit: Hit, item: Counted) -> bool:
    """True of an uncounted force before a participle without "were": it killed, it was not killed."""
    told = sentence.word_set("be").intersection(sentence.words[max(0, hit.start - 3) : hit.start])
    return not told and item.phrase is not None and not item.phrase.count and item.phrase.category == "state"


def _chain(sentence: Sentence, items: Sequence[Counted]) -> list[Counted]:
    chain = [items[0]]
    for item in items[1:]:
        if not _coordinated(sentence, chain[-1], item) or _harm_follows(sentence, item.end):
            break
        chain.append(item)
    return chain


def _coordinated(sentence: Sentence, left: Counted, right: Counted) -> bool:
    """True of "two soldiers and a policeman", not of a bare noun after a comma ("46 people, officials said")."""
    words = sentence.words[left.end : right.start]
    if left.tally.best == 0 and words == ["or"]:
        return True
    return joined(sentence, left.end, right.start) and (
        right.tally.best is not None and ("and" in words or right.how != "toll_bare")
    )


def _harm_follows(sentence: Sentence, at: int) -> bool:
    """True where the count belongs to the next harm ("killed two and five were wounded", "three others injured")."""
    ahead = range(at, at + 3)
    for hit in sentence.hits.get("harm", ()):
        if (
            hit.start in ahead
            and hit.form != "ing"
            and joined(sentence, at, hit.start, {"were", "was", "others", "more", "other", "have", "been", "had"})
        ):
            return True
    return False


def _before(sentence: Sentence, hit: Hit, counted: Sequence[Counted]) -> list[Counted]:
    """The subjects before a passive, an adjective or "died", joined ones with them."""
    earlier = [item for item in counted if item.end <= hit.start]
    if not earlier or not _clear(sentence, earlier[-1].end, hit.start, _REACH):
        return []
    chain = [earlier[-1]]
    for item in reversed(earlier[:-1]):
        if not _coordinated(sentence, item, chain[0]):
            break
        chain.insert(0, item)
    return chain


def _after_adjective(sentence: Sentence, hit: Hit, counted: Sequence[Counted]) -> list[Counted]:
    return [item for item in counted if item.start == hit.end and item.how != "toll_bare"][:1]


def _of_noun(sentence: Sentence, hit: Hit, counted: Sequence[Counted]) -> list[Counted]:
    """The counts of "12 deaths", "death toll rose to 15", "the death of two soldiers"."""
    words = sentence.words
    for item in counted:
        if item.end == hit.start and item.how != "toll_bare":
            return [item]
    following = [item for item in counted if item.start >= hit.end]
    if following and words[hit.end : hit.end + 1] == ["of"] and following[0].start - hit.end <= 2:
        return _chain(sentence, following)
    if following and words[hit.end : hit.end + 1] == ["toll"] and following[0].start - hit.end <= 5:
        return following[:1] if following[0].how != "toll_bare" else []
    return []


def _clear(sentence: Sentence, start: int, end: int, reach: int) -> bool:
    """True where few words and no other verb of harm or speech stand between."""
    if end - start > reach:
        return False
    between = sentence.words[start:end]
    if any(word in (";", ":", "but", "who", "which") for word in between):
        return False
    verbs = (*sentence.hits.get("harm", ()), *sentence.hits.get("cue.say", ()))
    return not any(
        start <= hit.start < end
        and hit.form not in ("noun", "plural")
        and sentence.words[hit.start - 1] not in ("was", "were", "been")  # "was confirmed killed"
        for hit in verbs
    )
