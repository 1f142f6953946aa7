"""What the small network keeps from the large one, and how what is left is read."""

from __future__ import annotations

import numpy as np

from vedette.read import read_articles
from vedette.read.neural.decoding import Stretch
from vedette.read.neural.network import Window
from vedette.read.neural.pieces import sentences_of
from vedette.read.neural.reader import trained
from vedette.read.words import words_of

BOMB = "A suicide bomber killed at least 46 people at a mosque in Kunduz on Friday, officials said."
IDLE = "The council met to speak of roads, schools and the price of wheat in the coming year."


def kept(text: str) -> list[int]:
    """The numbers of the sentences of a text that the large network is shown."""
    words = words_of(text)
    sentences = sentences_of(text, words)
    sieve = trained("accurate.en/3").sieve
    assert sieve is not None
    return sorted(set(sentences[sieve.kept(text, words, sentences)].tolist()))


def test_a_text_that_tells_of_nothing_is_not_shown_to_the_large_network():
    assert kept(" ".join([IDLE] * 9)) == []


def test_a_sentence_that_tells_something_is_kept_with_those_beside_it_and_with_the_head():
    shown = kept(" ".join([*[IDLE] * 9, BOMB, *[IDLE] * 9]))
    assert {0, 1, 8, 9, 10} <= set(shown)
    assert not {3, 4, 5, 15, 16, 17} & set(shown)


def test_a_text_without_a_word_is_no_stumbling_block():
    assert kept("") == []
    assert list(trained("accurate.en/3").windows("", [])) == []


def test_an_event_behind_much_idle_talk_is_found_where_it_stands(reference, make_article):
    article = make_article(" ".join([*[IDLE] * 40, BOMB, *[IDLE] * 40]))
    claims = read_articles([article], reference, "accurate")[0].claims
    start = article.text.index(BOMB)
    assert all(start < span.start < start + len(BOMB) for claim in claims for span in claim.kind.spans)
    assert [toll.value.tally.best for claim in claims for toll in claim.tolls] == [46]


def test_words_of_one_stretch_end_where_a_sentence_is_left_out():
    nothing = np.zeros((4, 1), np.float32)
    window = Window(np.array([3, 4, 9, 10]), nothing, nothing, np.array([0, 0, 2, 2]))
    assert window.in_text(Stretch("target", 1, 4, 0.9)) == Stretch("target", 4, 5, 0.9)
    assert window.in_text(Stretch("target", 2, 4, 0.9)) == Stretch("target", 9, 11, 0.9)
