"""Stretches of words → counts, days, places and actors, without the network."""

from __future__ import annotations

import json
from collections.abc import Callable

import msgspec
import pytest

from vedette.model.kinds import Harm, Side, Stance
from vedette.model.values import Tally
from vedette.read import read_articles
from vedette.read.neural.counts import tally_of
from vedette.read.neural.cues import cue_of
from vedette.read.neural.decoding import Stretch
from vedette.read.neural.figures import Stated, written
from vedette.read.neural.grounds import place_of
from vedette.read.neural.page import Page
from vedette.read.neural.parties import actors_of, public_part
from vedette.read.neural.tolls import tolls_of

Marked = Callable[..., tuple[Page, list[Stretch]]]


@pytest.mark.parametrize(
    ("text", "tally"),
    [
        ("It killed [at least 46] people.", (46, 46, None)),
        ("It killed [a soldier].", (1, 1, 1)),
        ("It killed [a woman and two children].", (3, 3, 3)),
        ("It killed [a 16-year-old] boy.", (1, 1, 1)),
        ("It killed [a mother of two].", (1, 1, 1)),
        ("[Not one worker] was harmed.", (0, 0, 0)),
        ("The raid ended without [casualties].", (0, 0, 0)),
        ("It killed [dozens].", (24, 24, None)),
        ("It killed [several] men.", (3, 3, 9)),
        ("There were [civilian casualties].", (1, None, None)),
        ("It killed [an unknown number].", (1, None, None)),
        ("It killed [insurgents].", (2, None, None)),
        ("[Not less than 12 policemen] were killed.", (12, 12, None)),
        ("There were no [casualties].", (0, 0, 0)),
        ("It killed [a 45 year old man].", (1, 1, 1)),
        ("It killed [an 8-month-old baby].", (1, 1, 1)),
        ("It killed [two 12-year-old boys].", (2, 2, 2)),
        ("It killed [two soldiers and a policeman].", (3, 3, 3)),
        ("It killed [a couple and their two children].", (4, 4, 4)),
        ("It killed [a dozen soldiers and two civilians].", (14, 14, 14)),
        ("It killed [two of the five attackers].", (2, 2, 2)),
        ("It killed [nine members of one family].", (9, 9, 9)),
        ("It killed [three people, including two children].", (3, 3, 3)),
        ("It killed [police].", (1, None, None)),
    ],
)
def test_a_count_is_taken_by_the_code_books_table(marked: Marked, text: str, tally: tuple[int | None, ...]):
    page, (part,) = marked(text, "killed")
    assert tally_of(page, part) == Tally(*tally)


def test_counts_of_one_side_in_one_sentence_are_added_up(marked: Marked):
    page, parts = marked(
        "It killed [two] soldiers and [a policeman].", "killed", "killed", sides=("targets", "targets")
    )
    (toll,) = tolls_of(page, parts)
    assert (toll.value.harm, toll.value.tally, toll.value.side) == (Harm.KILLED, Tally(3, 3, 3), Side.TARGETS)
    assert len(toll.bounds) == 2


def test_the_name_of_one_who_was_counted_is_counted_once(marked: Marked):
    page, parts = marked("Gunmen killed [a trader], identified as [Atawar Oli].", "killed", "killed")
    (found,) = tolls_of(page, parts)
    assert found.value.tally == Tally(1, 1, 1)


def test_a_name_alone_counts_one(marked: Marked):
    page, parts = marked("Gunmen killed [Atawar Oli] in the market.", "killed")
    (found,) = tolls_of(page, parts)
    assert found.value.tally == Tally(1, 1, 1)


def test_a_count_that_opens_a_sentence_is_no_name(marked: Marked):
    page, parts = marked("[Two] soldiers and [four civilians] were killed.", "killed", "killed")
    (found,) = tolls_of(page, parts)
    assert (found.value.tally, len(found.bounds)) == (Tally(6, 6, 6), 2)
    assert public_part(page, parts[0]) is not None


def test_a_toll_told_again_is_one_toll(marked: Marked):
    text = "The blast hurt [20] others. The attack left five dead and [20] others wounded."
    page, parts = marked(text, "wounded", "wounded")
    (found,) = tolls_of(page, parts)
    assert found.value.tally == Tally(20, 20, 20)


def test_what_a_count_includes_is_not_added_to_it(marked: Marked):
    page, parts = marked("They detained [several insurgents], including [a Taliban leader].", "captured", "captured")
    (found,) = tolls_of(page, parts)
    assert found.value.tally == Tally(3, 3, 9)


def test_men_are_counted_beside_the_leader_whose_men_they_are(marked: Marked):
    text = "Troops captured [a Taliban leader]. The leader was held along with [three] of his men."
    page, parts = marked(text, "captured", "captured")
    (found,) = tolls_of(page, parts)
    assert found.value.tally == Tally(4, 4, 4)


def test_an_age_between_commas_is_no_count(marked: Marked):
    page, parts = marked("[A driver], [26], died.", "killed", "killed")
    (found,) = tolls_of(page, parts)
    assert found.value.tally == Tally(1, 1, 1)


def test_of_several_sentences_the_larger_count_is_taken(marked: Marked):
    page, parts = marked("A blast killed [three]. Later the toll rose to [five].", "killed", "killed")
    assert [each.value.tally.best for each in tolls_of(page, parts)] == [5]


def test_a_whole_that_its_sides_exceed_is_left_out(marked: Marked):
    text = "It killed [one]. In all [two] soldiers and [three] rebels died."
    sides = ("unknown", "targets", "perpetrators")
    page, parts = marked(text, "killed", "killed", "killed", sides=sides)
    assert {each.value.side for each in tolls_of(page, parts)} == {Side.TARGETS, Side.PERPETRATORS}


def test_the_finest_place_counts_and_an_unlisted_name_stands_as_told(marked: Marked):
    page, parts = marked("It happened in [Kunduz], [Afghanistan].", "place", "place")
    assert place_of(page, parts, 0).value.name == "Kunduz"
    page, parts = marked("It happened in [Qarghuzbagh].", "place")
    found = place_of(page, parts, 0).value
    assert (found.name, found.id, found.point) == ("Qarghuzbagh", "", None)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A bomb killed five soldiers.\n\nThe minister spoke of roads in Lisbon.", ""),  # a place of something else
        ("Bomb kills five soldiers\n\nA bomb went off in Lisbon.", "Lisbon"),  # a heading
        ("In Lisbon police searched a flat. A bomb killed five soldiers.", "Lisbon"),
        ("Lisbon was calm. " + "The council spoke of roads and schools. " * 25 + "A bomb killed five.", ""),
        ("LISBON, March 1 (AP) - A bomb killed five soldiers.", ""),
        ("LISBON, March 1 (AP) - A bomb killed five soldiers here.", "Lisbon"),
        ("LISBON, March 1 (AP) - Portugal held a vote. A bomb killed five in the capital.", "Lisbon"),
        ("LISBON, March 1 (AP) - Police in Porto are on guard. A bomb killed five in the city.", "Porto"),
    ],
)
def test_a_place_that_no_stretch_names_is_taken_from_near_by_and_the_dateline_only_where_the_text_says_so(
    marked: Marked, text: str, place: str
):
    page, _ = marked(text)
    assert place_of(page, (), text.lower().index("bomb")).value.name == place


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[Mohammad Karimi Zadeh] shot at the guards.", []),
        ("[the gunmen] shot at the guards.", ["gunmen"]),
        ("[The Taliban] attacked.", ["Taliban"]),
        ("[Red Kite Front] claimed it.", ["Red Kite Front"]),
        ("[Governor] was hit.", ["Governor"]),
    ],
)
def test_private_persons_are_no_actors(marked: Marked, text: str, names: list[str]):
    page, parts = marked(text, "perpetrator")
    assert [found.value.name for found in actors_of(page, parts)] == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[Deputy Luis Ortiz] was hit.", "Deputy"),
        ("[police officer Mohammad Noor] was hit.", "police officer"),
        ("[Mohammad Karimi and two others] were hit.", "others"),
        ("[MAYOR JOSE PEREZ] WAS KILLED IN THE TOWN.", "MAYOR"),
    ],
)
def test_of_a_person_with_a_role_only_the_role_stays(marked: Marked, text: str, name: str):
    page, (part,) = marked(text, "target")
    bound = public_part(page, part)
    assert (page.article.text[slice(*bound)] if bound else "") == name


def test_no_name_stands_in_any_words_of_a_claim(reference, make_article):
    text = (
        "Gunmen killed Mohammad Karimi Zadeh and his driver in Kunduz on Friday, said Abdul Wahid Rahimi, a witness. "
        "Police arrested Ahmad Wali Noorzai on Saturday."
    )
    (reading,) = read_articles([make_article(text)], reference, "accurate")
    assert reading.claims
    kept = json.dumps(msgspec.to_builtins(reading.claims), default=str)
    assert not [name for name in ("Karimi", "Zadeh", "Rahimi", "Noorzai", "Wahid") if name in kept]


def test_the_group_is_the_armed_group_that_was_named_last(marked: Marked):
    page, parts = marked("Al-Shabaab took the town. On Monday the [group] shelled a camp.", "perpetrator")
    (found,) = actors_of(page, parts)
    assert found.value.name == "Al-Shabaab"
    assert found.value.id
    assert [page.article.text[start:end] for start, end in found.bounds] == ["group", "Al-Shabaab"]


@pytest.mark.parametrize(
    "text",
    ["On Monday the [group] shelled a camp.", "Al-Shabaab took the town. A [group] of gunmen shelled a camp."],
)
def test_a_group_stays_as_told_where_none_was_named_or_none_is_meant(marked: Marked, text: str):
    page, parts = marked(text, "perpetrator")
    assert [found.value.name for found in actors_of(page, parts)] == ["group"]


@pytest.mark.parametrize(
    "text",
    [
        "They met at [Ahmad Noorzai's house].",
        "They met near the house of [Ahmad Noorzai].",
        "They found the body of [Ahmad Noorzai].",
        "They fired shots at the wife of [Ahmad Noorzai].",
    ],
)
def test_what_belongs_to_a_person_is_no_place(marked: Marked, text: str):
    page, parts = marked(text, "place")
    assert place_of(page, parts, 0).value.name == ""


@pytest.mark.parametrize("words", ["2.5 million", "10,000,000"])
def test_a_figure_that_is_not_read_as_a_count_is_left_open(marked: Marked, words: str):
    page, (part,) = marked(f"About [{words}] people have fled.", "figure")
    (figure,) = written(page, [Stated(part, "displaced")], [])
    assert figure.value == Tally(None, None, None)


@pytest.mark.parametrize(
    ("text", "tolls"),
    [
        ("It hit a school without [casualties].", {("killed", "unknown", 0), ("wounded", "unknown", 0)}),
        ("There were no [losses].", {("killed", "unknown", 0), ("wounded", "unknown", 0)}),
        ("[No one] was hurt.", {("wounded", "unknown", 0)}),
        ("It killed [two]. There were no other [casualties].", {("killed", "unknown", 2), ("wounded", "unknown", 0)}),
    ],
)
def test_no_casualties_are_none_killed_and_none_wounded(marked: Marked, text: str, tolls: set[tuple[str, str, int]]):
    page, parts = marked(text, *["killed", "wounded"][-text.count("[") :])
    found = [each.value for each in tolls_of(page, parts)]
    assert {(toll.harm.value, toll.side.value, toll.tally.best) for toll in found} == tolls


@pytest.mark.parametrize(
    ("text", "stance", "shown"),
    [
        ("They [dismissed] that they shelled it.", Stance.DENIES, ["dismissed"]),
        ("They denied that they shelled it.", Stance.DENIES, ["denied"]),  # nothing is marked: the lexicon's cue
        ("They threatened to shell it.", Stance.THREATENS, ["threatened to"]),
        ("[Luis Ortiz] denied that they shelled it.", Stance.DENIES, ["denied"]),  # never a name
        ("They shelled it.", Stance.DENIES, []),
    ],
)
def test_a_stance_shows_the_words_that_tell_it(marked: Marked, text: str, stance: Stance, shown: list[str]):
    page, parts = marked(text, *["stance"] * text.count("["))
    bounds = cue_of(page, stance, parts, page.article.text.index("shell"))
    assert [page.article.text[start:end] for start, end in bounds] == shown
