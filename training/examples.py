"""Gold sets as examples in one form: words, and what is known of each word in each label space."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from evals.gold import rows
from vedette.read.neural.labels import (
    ATTRIBUTIONS,
    MUC_ROLES,
    MUC_TAGS,
    MUC_TYPES,
    NO_EVENT,
    ROLES,
    SIDES,
    STANCES,
    TAGS,
    TRIGGERS,
)
from vedette.read.neural.pieces import sentence_ends
from vedette.read.words import Word, words_of

Bound = tuple[int, int]  # first word, word after the last

ALL_ROLES = frozenset(ROLES)
OTHERS_ROLES = frozenset(["perpetrator", "target", "weapon", "place"])


@dataclass(frozen=True)
class Anchor:
    """What is known of one mention of an event: the other words' parts in it, and its attributes where told."""

    word: int
    parts: Mapping[int, int]  # word → tag
    stance: int = -1
    attribution: int = -1
    undirected: int = -1
    sides: Mapping[int, int] = field(default_factory=dict)  # first word of a count → the side of those it counts


@dataclass(frozen=True)
class Example:
    """A text's words; `triggers` holds for a word the labels that are right, all others are `NO_EVENT` if `whole`."""

    name: str
    words: Sequence[str]
    triggers: Mapping[int, frozenset[int]] = field(default_factory=dict)
    whole: bool = False
    anchors: Sequence[Anchor] = ()
    roles: frozenset[str] = ALL_ROLES
    muc_tags: Sequence[int] | None = None
    muc_types: Sequence[int] | None = None
    ends: frozenset[int] = frozenset()  # words after which a sentence or paragraph ends
    share: float = 1.0  # of the epochs that it is drawn in


def example_of(name: str, text: str, **known: Any) -> Example:
    """An example with the words of a text, its gold given in words."""
    found = words_of(text)
    return Example(name, [text[w.start : w.end] for w in found], ends=sentence_ends(text, found), **known)


def joined(several: Sequence[Example]) -> Example:
    """Texts one after the other as one: no word of one has a part in an event of another."""
    words: list[str] = []
    triggers: dict[int, frozenset[int]] = {}
    anchors: list[Anchor] = []
    ends: set[int] = set()
    for each in several:
        start = len(words)
        words += each.words
        triggers |= {place + start: labels for place, labels in each.triggers.items()}
        anchors += [_later(anchor, start) for anchor in each.anchors]
        ends |= {end + start for end in (*each.ends, len(each.words) - 1)}
    name = " ".join(each.name for each in several)
    return Example(name, words, triggers, whole=True, anchors=anchors, ends=frozenset(ends))


def _later(anchor: Anchor, start: int) -> Anchor:
    parts = {place + start: tag for place, tag in anchor.parts.items()}
    sides = {place + start: side for place, side in anchor.sides.items()}
    return replace(anchor, word=anchor.word + start, parts=parts, sides=sides)


def within(words: Sequence[Word], start: int, end: int) -> Bound:
    """The words that lie in these characters, at least in part."""
    inside = [place for place, word in enumerate(words) if word.start < end and start < word.end]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def tagged(parts: dict[int, int], bound: Bound, role: str) -> None:
    """Writes a role over the words that have none yet, so that the first one told counts."""
    first = True
    for place in range(*bound):
        if place in parts:
            continue
        parts[place] = TAGS.index(f"{'B' if first else 'I'}-{role}")
        first = False


# --- the code book's own gold -------------------------------------------------------------------------------------


def modern(labelled: Iterable[Mapping[str, Any]]) -> Iterator[Example]:
    """Texts labelled by the code book, each with its `text`."""
    for row in labelled:
        words = words_of(row["text"])
        triggers: dict[int, frozenset[int]] = {}
        anchors: list[Anchor] = []
        for claim in row["claims"]:
            label = frozenset([TRIGGERS.index(claim["kind"])])
            parts = _parts(words, claim)
            mentions = [head(words, bound) for bound in (claim["trigger"], *claim["also"])]
            for mention in mentions:
                triggers[mention] = triggers.get(mention, frozenset()) | label
                anchors.append(_anchor(words, claim, mention, mentions, parts))
        yield example_of(f"modern/{row['id']}", row["text"], triggers=triggers, whole=True, anchors=anchors)


def head(words: Sequence[Word], bound: Sequence[int]) -> int:
    """The first word of a trigger."""
    return within(words, *bound)[0]


def _parts(words: Sequence[Word], claim: Mapping[str, Any]) -> dict[int, int]:
    parts: dict[int, int] = {}
    for toll in claim["tolls"]:
        tagged(parts, within(words, *toll["at"]), toll["harm"])
    told = {"perpetrator": "perpetrators", "target": "targets", "weapon": "weapons", "said_by": "said_by"}
    told |= {"attribution": "attribution_at", "stance": "stance_at"}
    for role, name in told.items():
        for bound in claim[name]:
            tagged(parts, within(words, *bound), role)
    for role, name in (("time", "when"), ("place", "place")):
        for bound in claim[name]["at"]:
            tagged(parts, within(words, *bound), role)
    return parts


def _anchor(
    words: Sequence[Word], claim: Mapping[str, Any], mention: int, mentions: Sequence[int], parts: Mapping[int, int]
) -> Anchor:
    same = TAGS.index("B-same_event")
    others = {other: same for other in mentions if other != mention and other not in parts}
    sides = {within(words, *toll["at"])[0]: SIDES.index(toll["side"]) for toll in claim["tolls"]}
    return Anchor(
        mention,
        {**{place: tag for place, tag in parts.items() if place != mention}, **others},
        STANCES.index(claim["stance"]),
        ATTRIBUTIONS.index(claim["attribution"]),
        int(claim["undirected"]),
        sides,
    )


# --- other gold ---------------------------------------------------------------------------------------------------


@cache
def _ontology(name: str) -> tuple[Mapping[str, frozenset[int]], Mapping[str, str]]:
    told = tomllib.loads(Path(__file__).with_name("ontologies.toml").read_text(encoding="utf-8"))
    groups: dict[str, list[str]] = told["groups"]
    types = {
        type_: frozenset(
            TRIGGERS.index(kind)
            for word in words
            for kind in ([NO_EVENT] if word == "any" else groups.get(word, [word]))
        )
        for type_, words in told[name].items()
        if isinstance(words, list)
    }
    return types, told[name]["roles"]


def _labels_of(name: str, type_: str) -> frozenset[int] | None:
    """The labels that a type may be, by its longest listed prefix; none where it is no event of ours."""
    types, _ = _ontology(name)
    levels = type_.replace(".n/a", "").split(".")
    for end in range(len(levels), 0, -1):
        if found := types.get(".".join(levels[:end])):
            return found
    return None


def wikievents(path: Path) -> Iterator[Example]:
    """WikiEvents documents; arguments where the file has their offsets."""
    _, roles = _ontology("wikievents")
    for row in rows(path):
        text, starts = _joined(row["tokens"])
        words = words_of(text)
        at = {start: place for place, (start, _) in enumerate((w.start, w.end) for w in words)}
        entities = {e["id"]: e for e in row.get("entity_mentions", ())}
        triggers: dict[int, frozenset[int]] = {}
        anchors = []
        for event in row["event_mentions"]:
            labels = _labels_of("wikievents", event["event_type"])
            place = at.get(starts[event["trigger"].get("start", event["trigger"].get("start_idx"))])
            if labels is None or place is None:
                continue
            triggers[place] = labels
            if entities:
                parts: dict[int, int] = {}
                for argument in event["arguments"]:
                    entity = entities.get(argument["entity_id"])
                    if entity and argument["role"] in roles:
                        start = starts[entity["start"]]
                        end = starts[entity["end"] - 1] + len(row["tokens"][entity["end"] - 1])
                        tagged(parts, within(words, start, end), roles[argument["role"]])
                anchors.append(Anchor(place, parts))
        # What it does not mark may still be an event of ours: taken for none, long texts fell silent.
        known = {"triggers": triggers, "anchors": anchors, "roles": OTHERS_ROLES}
        yield example_of(f"wikievents/{row['doc_id']}", text, share=1.0 if entities else 0.25, **known)


def rams(path: Path) -> Iterator[Example]:
    """RAMS passages: one trigger each is known, other words are not."""
    _, roles = _ontology("rams")
    for row in rows(path):
        tokens = [token for sentence in row["sentences"] for token in sentence]
        text, starts = _joined(tokens)
        words = words_of(text)
        (first, _, ((type_, _), *_)), *_ = row["evt_triggers"]
        place = within(words, starts[first], starts[first] + len(tokens[first]))[0]
        labels = _labels_of("rams", type_)
        if labels is None:
            no_event = {place: frozenset([0])}
            yield example_of(f"rams/{row['doc_key']}", text, triggers=no_event, roles=OTHERS_ROLES, share=0.1)
            continue
        parts: dict[int, int] = {}
        for _, (begin, last), role in row["gold_evt_links"]:
            name = re.sub(r"^evt\d+arg\d+", "", role)
            if name in roles:
                tagged(parts, within(words, starts[begin], starts[last] + len(tokens[last])), roles[name])
        anchors = [] if labels == {0} else [Anchor(place, parts)]
        yield example_of(f"rams/{row['doc_key']}", text, triggers={place: labels}, anchors=anchors, roles=OTHERS_ROLES)


def _joined(tokens: Sequence[str]) -> tuple[str, list[int]]:
    starts, at = [], 0
    for token in tokens:
        starts.append(at)
        at += len(token) + 1
    return " ".join(tokens), starts


def muc(path: Path) -> Iterator[Example]:
    """MUC-4 documents with the fillers of all their templates, wherever their words stand, and the incident types."""
    for row in rows(path):
        text = row["gtt"]["doctext"]
        words = words_of(text)
        tags = [0] * len(words)
        bounds: list[tuple[int, int, str]] = []
        for template in row["gtt"]["templates"]:
            for role in MUC_ROLES:
                for entity in template[role]:
                    for mention, at in entity:
                        bounds += [(*each, role) for each in _occurrences(text, words, mention, at)]
        for first, after, role in sorted(bounds, key=lambda b: b[0] - b[1]):  # the longest first
            if not any(tags[first:after]):
                tags[first:after] = [MUC_TAGS.index(f"B-{role}")] + [MUC_TAGS.index(f"I-{role}")] * (after - first - 1)
        told = {t for template in row["gtt"]["templates"] for t in template["incident_type"].split(" / ")}
        types = [int(name in told) for name in MUC_TYPES]
        share = 0.8 if told else 0.4
        yield example_of(f"muc4/{row['doc_id']}", text, muc_tags=tags, muc_types=types, share=share)


def _occurrences(text: str, words: Sequence[Word], mention: str, at: int) -> Iterator[Bound]:
    for match in re.finditer(rf"(?<!\w){re.escape(mention)}(?!\w)", text):
        if match.start() == at or len(mention) > 2:
            yield within(words, match.start(), match.end())
