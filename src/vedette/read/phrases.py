"""Noun phrases about people, forces, groups and things, found from their head noun leftwards, and never by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vedette.model.values import Tally
from vedette.read.numbers import Quantity, find_quantities
from vedette.read.sentences import Sentence
from vedette.reference.lexicon import Hit, Lexicon

# The first category that a head noun has names its phrase: "police officer" before "officer", forces before crowds.
_ORDER = ("armed", "state", "protester", "physical", "member", "civilian", "person", "organisation")
_MOST_MODIFIERS = 4


@dataclass(frozen=True, slots=True)
class Known:
    """A registry actor at characters `start` to `end`."""

    start: int
    end: int
    id: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase at words `start` up to `end`; `name` is the words kept, `count` how many the text says."""

    start: int
    end: int
    name: tuple[int, int]
    category: str
    head: str
    plural: bool
    id: str = ""
    count: Quantity | None = None
    outer: int = 0  # the first word with determiner and count
    definite: bool = False

    @property
    def armed(self) -> bool:
        """True of forces and armed groups."""
        return self.category in ("armed", "state", "organisation")

    @property
    def human(self) -> bool:
        """True of what can be killed, wounded or taken."""
        return self.category not in ("physical", "organisation")


def find_phrases(sentence: Sentence, lexicon: Lexicon, known: Sequence[Known] = ()) -> list[Phrase]:
    """The noun phrases of a sentence in order, none inside another, each with its count where one is told."""
    quantities = find_quantities(sentence, lexicon)
    heads = _heads(sentence, known)
    found: list[Phrase] = []
    for hit in heads:
        if found and hit.start < found[-1].end:
            continue
        floor = found[-1].end if found else 0
        phrase = _phrase(sentence, hit, floor, lexicon, known)
        if phrase is None:
            continue
        if found and _titles_follow(sentence, found[-1], phrase):
            continue
        found.append(_counted(sentence, phrase, floor, quantities))
    return [phrase for phrase in found if not _only_light(sentence, phrase)]


def bare_quantities(sentence: Sentence, phrases: Sequence[Phrase], lexicon: Lexicon) -> list[Quantity]:
    """The counts that no noun phrase took ("killing eight", "29 dead")."""
    taken = [(phrase.outer, phrase.end) for phrase in phrases]
    return [
        quantity
        for quantity in find_quantities(sentence, lexicon)
        if not any(start < quantity.end and quantity.start < end for start, end in taken)
    ]


def _heads(sentence: Sentence, known: Sequence[Known]) -> list[Hit]:
    """The head nouns, one per place: the longest chain of role nouns ends in its last noun ("police station")."""
    roles = sentence.of("role")
    for actor in known:
        first, last = sentence.word_at(actor.start), sentence.word_at(actor.end)
        if sentence.start <= actor.start and actor.end <= sentence.end and last > first:
            roles.append(Hit(first, last, "role", "organisation", "name", False))
    roles.sort(key=lambda hit: (hit.start, -hit.end, _ORDER.index(hit.name)))
    heads: list[Hit] = []
    for hit in roles:
        if heads and hit.start == heads[-1].end and _chains(heads[-1], hit, sentence):
            heads[-1] = Hit(heads[-1].start, hit.end, hit.group, hit.name, hit.form, False)
        elif not heads or hit.start >= heads[-1].end:
            heads.append(hit)
    return heads


def _chains(left: Hit, right: Hit, sentence: Sentence) -> bool:
    """True where a head noun only modifies the next one; a plural does not ("rebels police")."""
    plural_noun = left.form == "plural" and left.name != "organisation"
    return not plural_noun and not sentence.text[sentence.ends[left.end - 1] : sentence.starts[right.start]].strip(
        " \n\t-"
    )


def _phrase(sentence: Sentence, hit: Hit, floor: int, lexicon: Lexicon, known: Sequence[Known]) -> Phrase | None:
    start = hit.start
    while start > floor and hit.start - start < _MOST_MODIFIERS and _modifies(sentence, start - 1, lexicon):
        start -= 1
    if hit.name == "organisation" and hit.form != "name" and start == hit.start and hit.end - hit.start == 1:
        return None
    while start < hit.start and sentence.words[start] in lexicon.drop:
        start += 1
    end = _without_title(sentence, hit, start, lexicon)
    name = sentence.chars(start, end)
    ident = next((actor.id for actor in known if name[0] <= actor.start and actor.end <= name[1]), "")
    category = _category(sentence, hit, start, ident)
    return Phrase(start, end, name, category, sentence.words[end - 1], hit.form == "plural", ident, None, start)


def _without_title(sentence: Sentence, hit: Hit, start: int, lexicon: Lexicon) -> int:
    """The end of a phrase without ranks before a name: "police commander Colonel" ends at "commander"."""
    end = hit.end
    while end - 1 > start and sentence.words[end - 1] in lexicon.title and end - 1 > hit.start:
        end -= 1
    return end


def _category(sentence: Sentence, hit: Hit, start: int, ident: str) -> str:
    if hit.name != "member":
        return hit.name
    before = {other.name for other in sentence.of("role") if start <= other.start and other.end < hit.end}
    if ident or before & {"armed", "organisation"} or sentence.words[start] in ("suspected", "armed", "unidentified"):
        return "armed"
    return "state" if "state" in before else "civilian"


def _modifies(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """True of a word that can stand before a role noun in one phrase with it."""
    word = sentence.words[at]
    gap = sentence.text[sentence.ends[at] : sentence.starts[at + 1]]
    if word in lexicon.stop or not word[-1].isalpha() or word[0] in "'’" or gap.strip(" \n\t-"):
        return False
    if word in lexicon.allow or word[0].isdigit():
        return True
    if word in lexicon.numbers or word.endswith(("ed", "ing", "ly")):
        return False
    return not _is_verb(sentence, at)


def _is_verb(sentence: Sentence, at: int) -> bool:
    return any(
        hit.start <= at < hit.end and hit.form not in ("noun", "plural", "adjective")
        for hit in (*sentence.hits.get("trigger", ()), *sentence.hits.get("harm", ()))
    )


def _titles_follow(sentence: Sentence, left: Phrase, right: Phrase) -> bool:
    """True of a rank right after a role ("police commander Colonel"): one person, one phrase."""
    gap = sentence.text[sentence.ends[left.end - 1] : sentence.starts[right.start]]
    return gap.isspace() and right.end - right.start == 1 and not left.plural and left.human and right.human


def _counted(sentence: Sentence, phrase: Phrase, floor: int, quantities: Sequence[Quantity]) -> Phrase:
    """The phrase with the count that stands before it."""
    at, words = phrase.start, sentence.words
    while at > floor and words[at - 1] in sentence.word_set("after_count") and not any(q.end == at for q in quantities):
        at -= 1
    definite = "the" in words[at : phrase.start] or words[phrase.start - 1 : phrase.start] == ["the"]
    for quantity in quantities:
        if quantity.end == at and quantity.start >= floor:
            return replace(phrase, count=quantity, outer=quantity.start, definite=definite)
    if phrase.start > floor and words[phrase.start - 1] in ("a", "an") and not phrase.plural:
        one = Quantity(phrase.start - 1, phrase.start, Tally(1, 1, 1))
        return replace(phrase, count=one, outer=phrase.start - 1)
    return replace(phrase, definite=definite)


def _only_light(sentence: Sentence, phrase: Phrase) -> bool:
    """True of "group" in "group of armed men": the phrase after "of" is meant."""
    after = sentence.words[phrase.end : phrase.end + 1]
    return phrase.end - phrase.start == 1 and phrase.head in sentence.word_set("light_heads") and after == ["of"]
