"""Each value has its cells, and a row is the same claim however its file is laid out."""

from __future__ import annotations

import re

import pytest

from invented import GENERATIONS, as_csv
from taking import Take


@pytest.mark.parametrize("name", GENERATIONS)
def test_every_value_of_a_hand_coded_row_has_the_cells_that_show_it(take: Take, name: str) -> None:
    shape = GENERATIONS[name]
    ident = "event_id_cnty" if name == "acled 2016" else shape.id
    # ACLED's older ids are counted under the newer form: "1128PAK" is PAK1128.
    rows = {re.sub(r"^(\d+)([A-Z]+)$", r"\2\1", row[ident]): row for row in shape.rows(30)}
    for row_id, claim in take(shape.dataset, shape.text(30)).claims.items():
        cells = {column.strip().lower().replace(" ", "_"): text for column, text in rows[row_id].items()}
        shown = [claim.kind, claim.when, *claim.tolls, *claim.weapons, *claim.remarks]
        shown += [claim.place] if claim.place.value.name else []
        shown += [*claim.perpetrators, *claim.targets] if shape.dataset in {"acled", "ucdp", "gtd"} else []
        for cited in shown:
            assert cited.cells, (row_id, cited)
            assert cited.reader == f"{shape.dataset}/1"
            for cell in cited.cells:
                assert cell.record == f"{shape.dataset}:{row_id}"
                assert cell.text == cells.get(cell.column.replace("assoc", "ally"), cells.get(cell.column)), cell


def test_the_same_row_in_another_generation_of_columns_is_the_same_claim(take: Take) -> None:
    (row,) = GENERATIONS["acled 2022"].rows(1)
    plain = take("acled", as_csv([row])).claims
    wider = take("acled", as_csv([{**row, "population_best": "", "my column": ""}])).claims
    turned = take("acled", as_csv([dict(reversed(row.items()))])).claims
    numbered = take("acled", as_csv([{"": "17", **row}])).claims
    assert plain == wider == turned == numbered
    told = take("acled", as_csv([{**row, "my column": "something"}])).claims
    assert told.keys() == plain.keys()
    assert [each.id for each in told.values()] != [each.id for each in plain.values()]
