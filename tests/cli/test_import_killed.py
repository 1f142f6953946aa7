"""An import that is killed leaves all of its file in the case or nothing, and the next one makes it whole."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from invented import acled_rows, as_csv
from running import Vedette, start

ROWS = 30_000


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that takes some tenths of a second to read."""
    few = acled_rows("2022", ROWS // 30)
    many = [{**row, "event_id_cnty": f"{row['event_id_cnty']}-{copy}"} for copy in range(30) for row in few]
    path = tmp_path_factory.mktemp("killed") / "acled.csv"
    path.write_text(as_csv(many))
    return path


def held(vedette: Vedette, case: Path) -> tuple[int, int]:
    query = "SELECT (SELECT count(*) FROM claims) AS claims, (SELECT count(*) FROM incidents) AS incidents"
    answer = vedette("sql", query, "--case", case, "--format", "json")
    assert answer.code == 0, answer.err
    (row,) = json.loads(answer.out)
    return row["claims"], row["incidents"]


MOMENTS: dict[str, Callable[[Path], bool]] = {
    "the staging folder is there": lambda case: (case / "staging").exists(),
    "rows are being staged": lambda case: any((case / "staging").glob("claims-*")),
    "the lake has a table": lambda case: (case / "lake" / "acled").exists(),
    "rows lie in the lake": lambda case: any((case / "lake" / "acled").glob("*.parquet")),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_an_import_killed_once(vedette: Vedette, tmp_path: Path, rows: Path, moment: str) -> None:
    case = tmp_path / "case"
    vedette("init", case)
    process = start("import", "acled", rows, "--case", case)
    until = time.monotonic() + 30
    while process.poll() is None and not MOMENTS[moment](case) and time.monotonic() < until:
        time.sleep(0.002)
    process.kill()
    process.communicate()
    assert held(vedette, case) in {(0, 0), (ROWS, ROWS)}
    assert vedette("import", "acled", rows, "--case", case).code == 0
    assert held(vedette, case) == (ROWS, ROWS)
    assert not (case / "staging").exists()
