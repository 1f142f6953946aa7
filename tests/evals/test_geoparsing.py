"""The scores of toponyms found and put on the map."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.geoparsing import FARTHEST, Geoparser, Text, Toponym, auc, kilometres, scores, texts
from vedette.model.kinds import Precision
from vedette.model.values import Place, Point

ROME, OSTIA, OSLO = Point(41.9, 12.5), Point(41.73, 12.28), Point(59.91, 10.75)
TOLD = Text("Rome and Oslo", (Toponym(0, 4, ROME, "geonames:1"), Toponym(9, 13, OSLO)))


def settlement(ident: str, point: Point) -> Place:
    return Place("X", Precision.SETTLEMENT, ident, "IT", ("Italy",), point)


def test_the_area_is_nought_without_error_and_one_at_the_largest() -> None:
    assert auc([0.0, 0.0]) == 0.0
    assert auc([FARTHEST, FARTHEST]) == pytest.approx(1.0, abs=1e-4)


def test_rome_is_two_thousand_kilometres_from_oslo() -> None:
    assert kilometres(ROME, OSLO) == pytest.approx(2007, abs=10)


def test_words_that_meet_count_for_overlap_and_not_for_strict() -> None:
    parser = Geoparser(lambda text: [(0, 8, None), (9, 13, None)])
    found = scores([TOLD], parser).scores
    assert (found["toponym_f1_strict"], found["toponym_f1_overlap"]) == (0.5, 1.0)


def test_a_town_nearby_is_right_and_no_answer_is_wrong() -> None:
    parser = Geoparser(None, lambda text, spans: [settlement("geonames:2", OSTIA), None])
    found = scores([TOLD], parser)
    assert found.scores["acc161_gold_spans"] == 0.5
    assert found.details["answered"] == 0.5
    assert found.scores["mean_km"] < 30


def test_an_area_with_the_gold_id_is_no_distance_away() -> None:
    area = Place("Rome", Precision.PROVINCE, "geonames:1", "IT", ("Italy",))
    found = scores([TOLD], Geoparser(None, lambda text, spans: [area, None])).scores
    assert found["mean_km"] == 0.0


def test_what_is_found_and_put_elsewhere_is_not_right_from_end_to_end() -> None:
    parser = Geoparser(lambda text: [(0, 4, settlement("", OSLO)), (9, 13, settlement("", OSLO))])
    assert scores([TOLD], parser).scores["acc161_end_to_end"] == 0.5


def test_nouns_for_places_are_no_toponyms(tmp_path: Path) -> None:
    noun = {"start": 0, "end": 6, "type": "Literal_Expression", "lat": None, "lon": None, "offset_ok": True}
    gold = tmp_path / "dev.jsonl"
    gold.write_text(json.dumps({"text": "region", "toponyms": [noun]}) + "\n", encoding="utf-8")
    assert texts(gold)[0].toponyms == ()
