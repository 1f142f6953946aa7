"""The lexical reader's words: triggers, roles, weapons and cues, loaded from one data file per language."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

# A word: dotted abbreviations and ordinals whole, possessive 's apart; a hyphen inside a word parts it, so that
# "air-strike" is two words.
WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|\d+(?:st|nd|rd|th|ST|ND|RD|TH)\b|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’](?![sS]\b)[^\W\d_]+)?"
    r"|['’][sS]\b|(?<!\w)-|-(?!\w)|[^\w\s-]|_"
)
_MEN = re.compile(r"(?<!hu)(?<!ger)man$")


class Tag(NamedTuple):
    """What a phrase of the lexicon is: its group, its name there, its grammatical form, and whether it is weak."""

    group: str
    name: str
    form: str = ""
    weak: bool = False


class Hit(NamedTuple):
    """A phrase of the lexicon at words `start` up to `end`."""

    start: int
    end: int
    group: str
    name: str
    form: str
    weak: bool


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, with straight apostrophes."""
    return [word.replace("’", "'") for word in WORD.findall(text.lower())]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases by their first word, the word sets beside them, and the scores of the pattern classes."""

    language: str
    index: Mapping[str, tuple[tuple[tuple[str, ...], tuple[Tag, ...]], ...]]
    gate: frozenset[str]
    stop: frozenset[str]
    drop: frozenset[str]
    title: frozenset[str]
    allow: frozenset[str]
    explode: frozenset[str]
    units: frozenset[str]
    numbers: Mapping[str, int]
    rank: Mapping[str, int]
    objects: Mapping[str, str]
    scores: Mapping[str, float]
    words: Mapping[str, frozenset[str]]

    def find(self, words: Sequence[str]) -> Iterator[Hit]:
        """The lexicon's phrases in order, the longest of each group at each word and none inside a longer one."""
        covered: dict[str, int] = {}
        for start, word in enumerate(words):
            for tail, tags in self.index.get(word, ()):
                end = start + len(tail) + 1
                if tail and tuple(words[start + 1 : end]) != tail:
                    continue
                for tag in tags:
                    if covered.get(tag.group, 0) <= start:
                        yield Hit(start, end, *tag)
                for tag in tags:
                    covered[tag.group] = max(end, covered.get(tag.group, 0))


@cache
def load_lexicon(language: str = "en") -> Lexicon:
    """The lexicon of a language; raises `FileNotFoundError` where the package has none."""
    source = files("vedette.reference") / "data" / f"lexicon_{language}.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    entries = defaultdict(set)
    for phrase, tag in _tagged(data):
        entries[tuple(words_of(phrase))].add(tag)
    index: dict[str, list[tuple[tuple[str, ...], tuple[Tag, ...]]]] = defaultdict(list)
    for words, tags in sorted(entries.items(), key=lambda entry: (-len(entry[0]), entry[0])):
        index[words[0]].append((words[1:], tuple(sorted(tags))))
    gate = frozenset(words[0] for words, tags in entries.items() if any(t.group in ("trigger", "harm") for t in tags))
    modifier = {name: frozenset(words) for name, words in data["modifier"].items()}
    return Lexicon(
        language=data["language"],
        index={word: tuple(phrases) for word, phrases in index.items()},
        gate=gate,
        stop=modifier["stop"],
        drop=modifier["drop"],
        title=modifier["title"],
        allow=modifier["allow"],
        explode=frozenset(data["explode"]["words"]),
        units=frozenset(form for unit in data["number"]["units"] for form in (unit, _plural(unit, {}))),
        numbers=data["number"]["words"],
        rank={kind: place for place, kind in enumerate(data["rank"]["kinds"])},
        objects={kind: table["object"] for kind, table in data["trigger"].items() if "object" in table},
        scores=data["scores"],
        words={name: frozenset(words) for name, words in data["words"].items()},
    )


def _tagged(data: Mapping[str, Any]) -> Iterator[tuple[str, Tag]]:
    """Every phrase in every form with its tag."""
    for group in ("trigger", "harm", "role"):
        for name, table in data[group].items():
            yield from _table(group, name, table, data)
    yield from _table("weapon", "weapon", data["weapon"], data)
    for name, phrases in data["cue"].items():
        for phrase in phrases:
            yield phrase, Tag(f"cue.{name}", name)


def _table(group: str, name: str, table: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[tuple[str, Tag]]:
    plurals = data["spelling"]["plurals"]
    for key, phrases in table.items():
        if key == "object":
            continue
        weak = key.startswith("weak_")
        for phrase in phrases:
            for form, text in _forms(key.removeprefix("weak_"), phrase, data, plurals):
                yield text, Tag(group, name, form, weak)


def _forms(key: str, phrase: str, data: Mapping[str, Any], plurals: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    if key == "verbs":
        return _verb(phrase, data)
    if key == "adjectives":
        return [("adjective", phrase)]
    plural = _plural(phrase, plurals)
    return [("noun", phrase)] if plural == phrase else [("noun", phrase), ("plural", plural)]


def _verb(phrase: str, data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The forms of a verb: `ed` where past and participle are one word, else `past` and `part`."""
    verb, _, tail = phrase.partition(" ")
    stem = verb + verb[-1] if verb in data["spelling"]["double"] else verb
    soft = verb[:-1] if verb.endswith("e") else verb[:-1] + "i" if _consonant_y(verb) else stem
    past, _, part = data["irregular"].get(verb, soft + "ed").partition(" ")
    if verb.endswith("ie"):
        continuous = verb[:-2] + "ying"
    else:
        continuous = (verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else stem) + "ing"
    forms = [("base", verb), ("s", _plural(verb, {})), ("ing", continuous)]
    forms += [("ed", past)] if part in ("", past) else [("past", past), ("part", part)]
    return [(form, f"{word} {tail}".strip()) for form, word in forms]


def _plural(phrase: str, plurals: Mapping[str, str]) -> str:
    head, _, last = phrase.rpartition(" ")
    if last in plurals:
        word = plurals[last]
    elif _MEN.search(last):
        word = last[:-2] + "en"
    elif _consonant_y(last):
        word = last[:-1] + "ies"
    elif last.endswith(("s", "x", "ch", "sh")):
        word = last + "es"
    else:
        word = last + "s"
    return f"{head} {word}".strip()


def _consonant_y(word: str) -> bool:
    return len(word) > 2 and word.endswith("y") and word[-2] not in "aeiou"
