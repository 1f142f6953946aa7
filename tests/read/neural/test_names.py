"""Who is told of in a claim, and that nobody is by name."""

from __future__ import annotations

import json
from collections.abc import Callable

import msgspec
import pytest

from vedette.read import read_articles
from vedette.read.neural.decoding import Stretch
from vedette.read.neural.page import Page
from vedette.read.neural.parties import actors_of, public_part

Marked = Callable[..., tuple[Page, list[Stretch]]]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("On Friday [Luis Ortiz supporters] marched.", "supporters"),
        ("Luis Ortiz spoke. On Friday [Ortiz supporters] marched.", "supporters"),  # his last name
        ("Mayor Ortiz spoke. On Friday [Ortiz supporters] marched.", "supporters"),
        ("On Friday [Maoist rebels] marched.", "Maoist rebels"),
        ("On Friday [Red Kite Front fighters] marched.", "Red Kite Front fighters"),
        ("on friday [luis ortiz supporters] marched.", "supporters"),  # without capitals
        ("on friday [luis ortiz] was hit.", ""),
        ("on friday [masked gunmen] were hit.", "masked gunmen"),
        ("[Luis Ortiz's bodyguards] were hit.", "bodyguards"),
    ],
)
def test_a_role_loses_the_name_before_it(marked: Marked, text: str, name: str):
    page, (part,) = marked(text, "target")
    bound = public_part(page, part)
    assert (page.article.text[slice(*bound)] if bound else "") == name


@pytest.mark.parametrize(
    ("text", "ident"),
    [
        ("[Taliban fighters] attacked.", "taliban"),
        ("[Anti-Taliban militia] attacked.", ""),
        ("Anti-[Taliban militia] attacked.", ""),
        ("[anti Taliban militia] attacked.", ""),
        ("[former FARC rebels] attacked.", ""),
    ],
)
def test_who_is_against_a_group_or_no_longer_with_it_has_not_its_id(marked: Marked, text: str, ident: str):
    page, parts = marked(text, "perpetrator")
    assert [found.value.id for found in actors_of(page, parts)] == [ident]


def test_a_group_that_attacks_its_own_is_on_both_sides(reference, make_article):
    article = make_article("Taliban fighters attacked a Taliban checkpoint in Ghazni on Friday, killing three.")
    (claim,) = read_articles([article], reference, "accurate")[0].claims
    sides = ([actor.value for actor in side] for side in (claim.perpetrators, claim.targets))
    assert [[(actor.name, actor.id) for actor in side] for side in sides] == [
        [("Taliban fighters", "taliban")],
        [("Taliban checkpoint", "taliban")],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "gunmen killed mohammad karimi in kunduz on friday. police arrested ahmad noorzai, said abdul rahimi.",
        "Soldiers found the body of Mohammad Karimi, killed by gunmen. Others shot the wife of Ahmad Noorzai at noon.",
        "Abdul Rahimi supporters attacked the office of Mohammad Karimi on Friday. Three men of Ahmad Noorzai died.",
    ],
)
def test_no_value_of_a_claim_names_a_person(reference, make_article, text: str):
    claims = read_articles([make_article(text)], reference, "accurate")[0].claims
    assert claims
    kept = json.dumps(msgspec.to_builtins(claims), default=str).lower()
    assert not [name for name in ("karimi", "noorzai", "rahimi") if name in kept]
