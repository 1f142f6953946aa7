"""All toponyms of a text, and places of words that are given."""

from __future__ import annotations

import numpy as np

from vedette.model.kinds import Precision
from vedette.read.place_ranker import ALONE, TOGETHER, load_weights
from vedette.read.toponyms import find_toponyms, locate
from vedette.reference.gazetteer import load_gazetteer


def placed(text: str, *words: str) -> list[tuple[str, ...]]:
    spans = [(text.index(word), text.index(word) + len(word)) for word in words]
    return [mention.place.levels if mention else () for mention in locate(text, spans, load_gazetteer())]


def test_adjectives_of_countries_are_toponyms() -> None:
    found = find_toponyms("Ukrainian drones struck Belgorod.", load_gazetteer())
    assert [mention.place.name for mention in found] == ["Ukraine", "Belgorod"]


def test_the_state_after_a_town_tells_which_town_is_meant_throughout() -> None:
    text = "Fire in Paris, Texas, spread. The mayor of Paris said so."
    start = text.rindex("Paris")
    found = locate(text, [(start, start + 5)], load_gazetteer())[0]
    assert found
    assert found.place.levels == ("United States", "Texas", "Lamar County", "Paris")


def test_towns_of_one_region_vote_for_each_other() -> None:
    text = "Farms near Tripoli, Benghazi, Misrata and Zawiya lost water."
    assert placed(text, "Tripoli")[0][0] == "Libya"


def test_an_unknown_name_lies_in_the_place_named_beside_it() -> None:
    text = "Shells fell on Zarbuk Street in Kharkiv."
    mention = locate(text, [(15, 28)], load_gazetteer())[0]
    assert mention
    assert (mention.place.precision, mention.place.levels[-2:]) == (Precision.UNKNOWN, ("Kharkiv", "Zarbuk Street"))


def test_words_in_a_text_without_places_cannot_be_located() -> None:
    assert locate("It fell on Zarbuk Street.", [(11, 24)], load_gazetteer()) == [None]


def test_every_feature_has_its_weight() -> None:
    weights = load_weights()
    assert (len(weights.alone), len(weights.together)) == (len(ALONE), len(TOGETHER))
    assert np.isfinite(weights.together).all()
