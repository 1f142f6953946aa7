"""The lexical reader's words are whole: every kind has triggers, every form is found."""

from __future__ import annotations

import pytest

from vedette.model.kinds import EventKind
from vedette.reference.lexicon import load_lexicon, words_of

# What `assault` becomes is settled by who was hit; these two kinds have no trigger of their own.
SETTLED_BY_SIDES = {EventKind.ATTACK, EventKind.UNKNOWN, EventKind.NO_COUNTERPART}


def found(text, group):
    return {(hit.name, hit.form) for hit in load_lexicon().find(words_of(text)) if hit.group == group}


def test_every_sub_type_has_triggers_and_a_rank():
    lexicon = load_lexicon()
    triggers = {
        tag.name for phrases in lexicon.index.values() for _, tags in phrases for tag in tags if tag.group == "trigger"
    }
    assert {kind.value for kind in set(EventKind) - SETTLED_BY_SIDES} <= triggers
    assert triggers == set(lexicon.rank)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("they kidnap", "base"),
        ("he kidnaps", "s"),
        ("they kidnapped him", "ed"),
        ("kidnapping", "ing"),
    ],
)
def test_verbs_are_found_in_every_form(text, form):
    assert ("abduction_forced_disappearance", form) in found(text, "trigger")


@pytest.mark.parametrize(("text", "form"), [("it blew up", "past"), ("it was blown up", "part")])
def test_irregular_verbs_keep_past_and_participle_apart(text, form):
    assert ("remote_explosive_landmine_ied", form) in found(text, "trigger")


@pytest.mark.parametrize("text", ["two policemen", "the children", "armed men", "security forces"])
def test_irregular_plurals_are_found(text):
    assert any(form == "plural" for _, form in found(text, "role"))


def test_the_longest_phrase_is_found_and_none_inside_it():
    assert found("a suicide car bombing", "trigger") == {("suicide_bomb", "noun")}


def test_hyphens_and_capitals_make_no_difference():
    assert found("AIR-STRIKE", "trigger") == found("air strike", "trigger") != set()


def test_a_language_without_a_lexicon_is_not_made_up():
    with pytest.raises(FileNotFoundError):
        load_lexicon("xx")
