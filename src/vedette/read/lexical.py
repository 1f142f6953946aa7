"""The first reader: English, by lists of words and word order alone; `docs/reading.md` says how well it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vedette.model.kinds import Precision
from vedette.model.nouns import Article, Claim, Reading
from vedette.read.assemble import READER, Fallback, Writer
from vedette.read.dates import DateMention, dateline_date, find_dates
from vedette.read.language import english_part, unread_because
from vedette.read.mentions import Mention, find_echo, find_mentions
from vedette.read.merge import merge_mentions
from vedette.read.negation import tells_a_sum
from vedette.read.phrases import Known, Phrase, find_phrases
from vedette.read.places import PlaceMention, find_places
from vedette.read.row import Cover, Row
from vedette.read.sentences import Sentence, datelines, look_up, read_sentence, split_sentences
from vedette.read.triggers import Scene
from vedette.reference import Reference
from vedette.reference.lexicon import Lexicon

_OFF_TOPIC = ("cue.sport", "cue.accident", "cue.court", "cue.history")
_PAST = "cue.long_ago"
_BRIEF = 600  # characters


def read_lexical(articles: Sequence[Article], reference: Reference) -> list[Reading]:
    """One reading per article, in order; persons are told by role, so the names of victims are missing on purpose."""
    return [_read(article, reference) for article in articles]


def _read(article: Article, reference: Reference) -> Reading:
    lexicon = reference.lexicon
    if why := unread_because(article, lexicon, READER):
        return Reading(article.id, READER, unread=why)
    english = english_part(article, lexicon)
    plain = [read_sentence(english.text, bound, lexicon) for bound in split_sentences(english.text)]
    if all(lexicon.gate.isdisjoint(sentence.words) for sentence in plain):
        return Reading(article.id, READER)
    return Reading(article.id, READER, claims=_claims(english, plain, reference))


def _claims(article: Article, plain: Sequence[Sentence], reference: Reference) -> tuple[Claim, ...]:
    lexicon = reference.lexicon
    sentences = [look_up(sentence) for sentence in plain]
    published = article.published.date() if article.published else None
    latest = published or dateline_date(article.text)
    known = Row([Known(m.start, m.end, m.id) for m in reference.actors.mentions(article.text, latest)])
    phrases = [find_phrases(s, lexicon, known.begun(s.start, s.end)) for s in sentences]
    if not _worth(sentences, phrases):
        return ()
    heads = Cover(datelines(article.text))
    places = [
        replace(place, dateline=True) if place.start in heads else place
        for place in find_places(article.text, reference.gazetteer)
    ]
    dates = [date for date in find_dates(article.text, published) if date.start not in heads]
    mentions = _mentions(sentences, phrases, Row(places), Row(dates), lexicon)
    here = any(sentence.has("cue.here") for sentence in sentences)
    writer = Writer(article, lexicon, Fallback(_of_the_day(places, sentences), dates, here, latest))
    return tuple(writer.claim(event) for event in merge_mentions(mentions, lexicon))


def _only_harm(sentence: Sentence) -> bool:
    """True of "38 people were killed", which after "14 attacks" goes on with the sum."""
    harms = sentence.word_set("only_harm")
    return all(sentence.words[hit.start] in harms for hit in sentence.hits.get("trigger", ()))


def _of_the_day(places: Sequence[PlaceMention], sentences: Sequence[Sentence]) -> Sequence[PlaceMention]:
    """The places without those of a person's past, if the text tells any others."""
    past = Cover([(s.start, s.end) for s in sentences if s.has("cue.habit")])
    told = [p for p in places if p.start not in past]
    return told if any(not p.dateline for p in told) else places


def _worth(sentences: Sequence[Sentence], phrases: Sequence[Sequence[Phrase]]) -> bool:
    """False where no trigger word stands, so that places and dates need no looking for."""
    return any(sentence.has("trigger") for sentence in sentences)


def _finer(mention: PlaceMention) -> bool:
    """True of a place below a country: a whole country that falls is a summary, not an event."""
    return not mention.dateline and mention.place.precision not in (Precision.COUNTRY, Precision.UNKNOWN)


def _mentions(
    sentences: Sequence[Sentence],
    phrases: Sequence[Sequence[Phrase]],
    places: Row[PlaceMention],
    dates: Row[DateMention],
    lexicon: Lexicon,
) -> list[Mention]:
    charged = any(phrase.category in ("armed", "organisation") for line in phrases for phrase in line)
    strong = any(not hit.weak for s in sentences for hit in s.hits.get("trigger", ()))
    # In an item of a title and a line, history in one is history in the other.
    past = len(sentences[0].text) < _BRIEF and any(sentence.has(_PAST) for sentence in sentences)
    found: list[Mention] = []
    summed = -1  # the paragraph that last told a sum over many events
    for number, (sentence, line) in enumerate(zip(sentences, phrases, strict=True)):
        if not sentence.has("trigger", "harm", "cue.claim", "cue.blame"):
            continue
        summed = sentence.paragraph if tells_a_sum(sentence) else summed
        if summed == sentence.paragraph and _only_harm(sentence):
            continue
        here, then = places.begun(sentence.start, sentence.end), dates.begun(sentence.start, sentence.end)
        words = [(sentence.word_at(p.start), sentence.word_at(p.end)) for p in here if _finer(p)]
        scene = Scene(sentence, line, words, charged or strong, sentence.has(*_OFF_TOPIC), past or sentence.has(_PAST))
        told = find_mentions(number, scene, lexicon, here, then) if sentence.has("trigger") else []
        echo = find_echo(number, scene, lexicon, found[-1]) if found and not told else None
        found += [echo] if echo else told
    return found
