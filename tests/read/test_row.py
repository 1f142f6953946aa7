from __future__ import annotations

from dataclasses import dataclass

from vedette.read.row import Row


@dataclass(frozen=True)
class Thing:
    start: int
    end: int


THINGS = [Thing(20, 25), Thing(0, 5), Thing(5, 18)]


def test_things_stand_in_the_order_of_the_text():
    assert [thing.start for thing in Row(THINGS).things] == [0, 5, 20]


def test_what_begins_before_a_stretch_and_reaches_into_it_is_within_it():
    assert Row(THINGS).within(17, 21) == [Thing(5, 18), Thing(20, 25)]


def test_what_only_touches_a_stretch_is_not_within_it():
    assert Row(THINGS).within(18, 20) == []


def test_the_last_before_a_character_is_found_and_nothing_before_the_first():
    row = Row(THINGS)
    assert (row.before(20), row.before(0), row.at(0)) == (Thing(5, 18), None, Thing(0, 5))


def test_a_row_of_nothing_holds_nothing():
    row: Row[Thing] = Row([])
    assert (row.within(0, 100), row.at(5)) == ([], None)
