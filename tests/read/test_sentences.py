"""Sentences end where they end, and offsets are true."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.read.sentences import datelines, read_sentence, split_sentences
from vedette.reference.lexicon import load_lexicon


def split(text):
    return [text[start:end] for start, end, _ in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Col. Torres spoke. He left.", ["Col. Torres spoke.", "He left."]),
        ("U.S. forces left on Oct. 9. Nobody was hurt.", ["U.S. forces left on Oct. 9.", "Nobody was hurt."]),
        ("A bomb went off; two died.", ["A bomb went off;", "two died."]),
        ('He said "stop." They fired.', ['He said "stop."', "They fired."]),
        ("the rebels fled. the army came.", ["the rebels fled.", "the army came."]),
        ("Title without stop\n\nBody here.", ["Title without stop", "Body here."]),
        ("Heading\nKABUL (Nov. 20) - Forces came.", ["Heading", "KABUL (Nov. 20) - Forces came."]),
    ],
)
def test_sentences_end_at_their_stops_and_not_at_abbreviations(text, expected):
    assert split(text) == expected


def test_a_wrapped_telex_line_does_not_end_its_sentence():
    telex = (
        "THE GUERRILLAS ATTACKED THE POWER STATION NEAR THE CAPITAL LAST NIGHT AND\n"
        "FLED TO THE MOUNTAINS.  POLICE CAME."
    )
    assert len(split(telex)) == 2


def test_datelines_are_known_as_such():
    text = "KABUL, Oct. 9, 2021 – A bomb exploded.\nSANTIAGO, 5 JAN 90 -- TWO POLICEMEN DIED."
    assert [text[a:b].split(",", maxsplit=1)[0] for a, b in datelines(text)] == ["KABUL", "SANTIAGO"]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_sentences_are_in_order_do_not_overlap_and_keep_every_word(text):
    lexicon = load_lexicon()
    bounds = list(split_sentences(text))
    assert all(a[1] <= b[0] for a, b in pairwise(bounds))
    assert "".join("".join(text[a:b].split()) for a, b, _ in bounds) == "".join(text.split())
    for bound in bounds:
        line = read_sentence(text, bound, lexicon)
        assert all(bound[0] <= start < end <= bound[1] for start, end in zip(line.starts, line.ends, strict=True))
