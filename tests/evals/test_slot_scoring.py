from __future__ import annotations

from itertools import permutations
from random import Random

import pytest

from evals.assignment import heaviest
from evals.slot_grades import Fill, Key, days_of, grade
from evals.slot_scoring import KeyTemplate, Marks, aligned, document_marks, slot_marks, total


def key(*alternatives: str, optional: bool = False, tags: tuple[str, ...] = ()) -> Key:
    return Key(tuple(Fill(each, tags) for each in alternatives), optional)


def worth(slot: str, told: str, *alternatives: str) -> float:
    return grade(slot, Fill(told), key(*alternatives))


def test_heaviest_matching_is_the_best_of_all() -> None:
    random = Random(1)
    for _ in range(300):
        rows, columns = random.randint(1, 4), random.randint(1, 5)
        table = [[random.choice([0, 0, 1, 2, 5]) for _ in range(columns)] for _ in range(rows)]
        pairs = heaviest(table)
        wide = table if rows <= columns else list(zip(*table, strict=True))
        best = max(
            sum(wide[n][way[n]] for n in range(len(wide))) for way in permutations(range(len(wide[0])), len(wide))
        )
        assert sum(table[row][column] for row, column in pairs) == best
        assert len({row for row, _ in pairs}) == len(pairs) == len({column for _, column in pairs})
    assert heaviest([]) == []


@pytest.mark.parametrize(
    ("slot", "told", "alternatives", "expected"),
    [
        ("incident_type", "BOMBING", ["BOMBING"], 1),
        ("incident_type", "ATTACK", ["BOMBING"], 0.5),
        ("incident_type", "BOMBING", ["ATTACK"], 0),
        ("incident_type", "BOMBING", ["ATTACK", "BOMBING"], 1),
        ("instrument_type", "BOMB", ["VEHICLE BOMB"], 0.5),
        ("instrument_type", "VEHICLE BOMB", ["BOMB"], 0),
        ("hum_tgt_effect", "NO DEATH", ["NO INJURY OR DEATH"], 0.5),
        ("hum_tgt_description", "THE THREE OLD FARMERS", ["FARMERS"], 1),
        ("perp_organization_id", "BRIGADE", ["SEVENTH BRIGADE"], 0.5),
        ("perp_organization_id", "RED KITES", ["BLUE CRANES"], 0),
        ("phys_tgt_id", "OFFICES OF THE BANK", ["OFFICES", "BANK"], 1),
        ("date", "02 FEB 90", ["02 FEB 90"], 1),
        ("date", "02 FEB 90", ["01 FEB 90 - 03 FEB 90"], 0.5),
        ("date", "02 FEB 90", ["- 03 FEB 90"], 0.5),
        ("date", "- 03 FEB 90", ["03 FEB 90"], 0.5),
        ("date", "- 03 FEB 90", ["01 FEB 90"], 0),
        ("date", "04 FEB 90", ["- 03 FEB 90"], 0),
        ("location", "PERU: LIMA", ["PERU: LIMA (CITY)"], 1),
        ("location", "PERU: LIMA: LIMA", ["PERU: LIMA (CITY)"], 1),
        ("location", "PERU", ["PERU: LIMA (CITY)"], 0.5),
        ("location", "BOLIVIA: LIMA", ["PERU: LIMA (CITY)"], 0.5),
        ("location", "PERU: PUNO", ["PERU: LIMA (CITY)"], 0),
        ("location", "PERU: PUNO", ["PERU: PUNO (TOWN) - JULI (TOWN)"], 0.5),
        ("hum_tgt_number", "7", ["7"], 1),
        ("hum_tgt_number", "7", ["5 - 7"], 0.5),
        ("hum_tgt_number", "7", ["~7"], 0.5),
        ("hum_tgt_number", "7", ["70"], 0),
        ("hum_tgt_number", "PLURAL", ["PLURAL"], 1),
    ],
)
def test_filler_is_worth_what_the_guidelines_say(
    slot: str, told: str, alternatives: list[str], expected: float
) -> None:
    assert worth(slot, told, *alternatives) == expected


def test_right_filler_with_a_wrong_reference_is_a_half() -> None:
    right = key("CIVILIAN", tags=("FARMERS",))
    assert grade("hum_tgt_type", Fill("CIVILIAN", ("TWO FARMERS",)), right) == 1
    assert grade("hum_tgt_type", Fill("CIVILIAN", ("JUDGE",)), right) == 0.5
    assert grade("hum_tgt_type", Fill("CIVILIAN"), right) == 0.5
    assert grade("hum_tgt_type", Fill("DIPLOMAT", ("FARMERS",)), right) == 0


def test_dates_of_1992_are_read() -> None:
    assert days_of("(- 18 NOV 89)")[0] is None
    assert str(days_of("02 FEB 90 - 04 FEB 90")[1]) == "1990-02-04"


def test_marks_of_a_slot_pair_up_what_is_left() -> None:
    keys = [key("BOMB"), key("RIFLE"), key("KNIFE", optional=True)]
    told = [Fill("BOMB"), Fill("STONE")]
    assert slot_marks("instrument_id", told, keys) == Marks(correct=1, incorrect=1)
    assert slot_marks("instrument_id", [], keys) == Marks(missing=2)  # the optional one is forgiven
    assert slot_marks("instrument_id", [*told, Fill("ROPE")], keys[:2]) == Marks(correct=1, incorrect=1, spurious=1)


def test_recall_and_precision_count_partials_half() -> None:
    marks = Marks(correct=3, partial=2, incorrect=1, missing=2, spurious=4)
    assert marks.recall == 4 / 8
    assert marks.precision == 4 / 10
    assert marks.f1 == pytest.approx(2 * 0.5 * 0.4 / 0.9)
    assert Marks().f1 == Marks().recall == 0


BOMBING = {"incident_type": [Fill("BOMBING")], "phys_tgt_id": [Fill("BRIDGE")], "location": [Fill("PERU: LIMA")]}
KEY = KeyTemplate({"incident_type": [key("BOMBING")], "phys_tgt_id": [key("BRIDGE")], "location": [key("PERU")]})


def test_templates_are_aligned_so_that_most_is_correct() -> None:
    other = KeyTemplate(dict(KEY.slots) | {"location": [key("PERU: LIMA (CITY)")]})
    assert aligned([BOMBING], [KEY, other]) == {0: 1}


def test_templates_that_share_no_target_or_perpetrator_are_not_aligned() -> None:
    told = dict(BOMBING) | {"phys_tgt_id": [Fill("HOTEL")]}
    assert aligned([told], [KEY]) == {}
    marks = total(document_marks([told], [KEY]).values())
    assert marks == Marks(missing=3, spurious=3)


def test_optional_template_that_is_not_found_costs_nothing() -> None:
    assert total(document_marks([], [KeyTemplate(KEY.slots, optional=True)]).values()) == Marks()
    assert total(document_marks([BOMBING], [KeyTemplate(KEY.slots, optional=True)]).values()) == Marks(2, 1)
