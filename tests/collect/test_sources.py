"""The `[[source]]` tables of `vedette.toml`."""

from __future__ import annotations

import pytest

from vedette.collect import sources_in
from vedette.model.errors import FormatError
from vedette.model.kinds import SourceKind
from vedette.model.nouns import Expects, Source


def test_a_table_is_a_source():
    text = """
        title = "A case"
        [[source]]
        name = "Herald"
        kind = "outlet"
        url = "https://herald.example/feed"
        lang = "en"
        licence = "CC BY 4.0"
        perspective = "independent"
        reliability = "B"
        marking = "TLP:GREEN"
        follow = true
        expects = { articles_per_week = 20, share_with_place = 0.8 }
        [[source]]
        name = "Desk"
    """
    herald, desk = sources_in(text)
    assert herald == Source(
        "Herald",
        SourceKind.OUTLET,
        "https://herald.example/feed",
        "en",
        "CC BY 4.0",
        "independent",
        "B",
        "TLP:GREEN",
        True,
        Expects(20, 0.8),
    )
    assert desk == Source("Desk")


def test_a_case_without_sources_has_none():
    assert sources_in('title = "A case"') == ()


def test_a_file_is_read_by_its_path(put):
    assert sources_in(put("vedette.toml", '[[source]]\nname = "Герольд"')) == (Source("Герольд"),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[source", "vedette.toml: is not valid TOML"),
        ('[source]\nname = "A"', "head each one with [[source]]"),
        ('[[sources]]\nname = "A"', "head each one with [[source]]"),
        ("source = [1]", "head each one with [[source]]"),
        ('[[source]]\nname = "A"\n[[source]]\nurl = "x"', "vedette.toml, [[source]] 2: has no 'name'"),
        ('[[source]]\nname = " "', "has no 'name'"),
        ('[[source]]\nname = "A"\n[[source]]\nname = "A"', "two [[source]] tables have the name 'A'"),
        ('[[source]]\nname = "A"\nlnag = "en"', "[[source]] 1 (A): the key 'lnag' is not known: did you mean 'lang'?"),
        ('[[source]]\nname = "A"\nqqq = 1', "it may have name, kind, url"),
        ('[[source]]\nname = "A"\nkind = "paper"', "the value of 'kind' is 'paper': write one of outlet, wire"),
        ('[[source]]\nname = "A"\nreliability = "G"', "write one of A, B, C, D, E, F"),
        ('[[source]]\nname = "A"\nreliability = 1', "write one of A"),
        ('[[source]]\nname = "A"\nurl = 3', "the value of 'url' is 3: write it as text in quotes"),
        ('[[source]]\nname = "A"\nfollow = "yes"', "write true or false"),
        ('[[source]]\nname = "A"\nexpects = 3', "write a table"),
        ('[[source]]\nname = "A"\nexpects = { articles = 3 }', "(A), expects: the key 'articles' is not known"),
        ('[[source]]\nname = "A"\nexpects = { articles_per_week = -1 }', "write a number of 0 or more"),
        ('[[source]]\nname = "A"\nexpects = { share_with_place = 80 }', "write a number from 0 to 1"),
        ('[[source]]\nname = "A"\nexpects = { share_with_place = true }', "write a number from 0 to 1"),
    ],
)
def test_a_mistake_names_its_table_and_its_key(text, said):
    with pytest.raises(FormatError) as raised:
        sources_in(text)
    assert said in str(raised.value)


def test_a_file_that_cannot_be_read_names_its_path(tmp_path, put):
    with pytest.raises(FormatError, match="cannot be read"):
        sources_in(tmp_path / "vedette.toml")
    with pytest.raises(FormatError, match="is not valid TOML"):
        sources_in(put("vedette.toml", b'title = "\xff"'))
