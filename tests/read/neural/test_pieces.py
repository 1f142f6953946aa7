from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from vedette.read.neural.pieces import CLS, PER_WORD, SEP, Pieces


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return Pieces(Path(str(files("vedette.read.neural") / "weights" / "tokenizer.json")))


def test_every_word_stands_in_one_stretch_and_knows_its_first_piece(pieces: Pieces):
    words = ["Gunmen", "killed", "antidisestablishmentarianism", "."] * 50
    stretches = list(pieces.stretches(words, frozenset(), most=64))
    assert [part.first for part in stretches[1:]] == [part.after for part in stretches[:-1]]
    assert (stretches[0].first, stretches[-1].after) == (0, len(words))
    for part in stretches:
        told = [part.pieces[first] for first in part.firsts]
        assert told == [pieces.of_word(word)[0] for word in words[part.first : part.after]]
        assert (part.pieces[0], part.pieces[-1]) == (CLS, SEP)
        assert len(part.pieces) <= 64 + 2


def test_a_stretch_ends_with_a_sentence_where_it_can(pieces: Pieces):
    words = ["one", "two", "three", "four", "."] * 20
    ends = frozenset(range(4, 100, 5))
    assert all((part.after - 1) in ends for part in pieces.stretches(words, ends, most=32))


def test_a_word_without_end_costs_no_more_than_its_first_pieces(pieces: Pieces):
    assert len(pieces.of_word("x" * 5000)) <= PER_WORD


def test_no_words_make_no_stretch(pieces: Pieces):
    assert list(pieces.stretches([], frozenset())) == []
