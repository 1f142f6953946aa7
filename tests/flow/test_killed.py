"""A real process, killed: the case opens, holds no half of a stage, and the next run finishes."""

from __future__ import annotations

import random
import time
from pathlib import Path

from running import contents, reports, start
from vedette.store import Case

KILLS = 30


def test_a_run_killed_at_any_moment_leaves_a_whole_case_that_the_next_run_finishes(tmp_path: Path) -> None:
    inputs = [reports(tmp_path / f"{number}.jsonl", range(number * 40, number * 40 + 40)) for number in range(KILLS)]
    with Case.create(tmp_path / "whole") as whole:
        began = time.monotonic()
        assert start("read", *inputs[:1], "--case", whole.folder).wait() == 0
        lasts = time.monotonic() - began
        assert start("read", *inputs, "--case", whole.folder).wait() == 0
        expected = contents(whole)
    case = Case.create(tmp_path / "case")
    moments = random.Random(2025)
    for path in inputs:
        run = start("read", path, "--case", case.folder)
        time.sleep(moments.uniform(0.2, 1.1) * lasts)
        run.kill()
        run.communicate()
        _is_whole(case)
    assert start("read", *inputs, "--case", case.folder).wait() == 0
    assert contents(case) == expected
    case.close()


def _is_whole(case: Case) -> None:
    """Every commit in the ledger is in the lake, and nothing else is to be seen; marks never outrun what they mark."""
    from sqlalchemy import select

    from vedette.store.ledger_tables import COMMITS

    with Case.open(case.folder) as again, again.ledger._engine.connect() as connection:
        commits = connection.execute(select(COMMITS.c.batch, COMMITS.c.added)).all()
        with again.snapshot() as now:
            for table in ("captures", "articles", "claims", "incidents", "done"):
                kept = {row["batch"]: row["n"] for row in now.rows(_PER_BATCH.format(table=table))}
                told = {batch: added[table] for batch, added in commits if table in added}
                assert kept == told, table
            opened = now.column("SELECT count(*) FROM done WHERE stage = 'open'")
            assert now.column("SELECT count(DISTINCT capture_id) FROM articles") == opened


_PER_BATCH = "SELECT batch, count(*) AS n FROM all_{table} GROUP BY batch"


def test_two_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    left = reports(tmp_path / "left.jsonl", range(150))
    right = reports(tmp_path / "right.jsonl", range(100, 250))
    with Case.create(tmp_path / "whole") as whole, Case.create(tmp_path / "case") as case:
        assert start("read", left, right, "--case", whole.folder).wait() == 0
        runs = [start("read", path, "--case", case.folder) for path in (left, right)]
        said = [run.communicate() for run in runs]
        assert [run.returncode for run in runs] == [0, 0], said
        assert contents(case) == contents(whole)


def test_a_collect_and_a_read_at_once_lose_nothing(tmp_path: Path) -> None:
    collected = reports(tmp_path / "collected.jsonl", range(100))
    read = reports(tmp_path / "read.jsonl", range(100, 200))
    with Case.create(tmp_path / "case") as case:
        settings = case.folder / "vedette.toml"
        settings.write_text(settings.read_text() + f'\n[[source]]\nname = "wire"\nurl = "{collected}"\n')
        runs = [start("collect", "--case", case.folder), start("read", read, "--case", case.folder)]
        said = [run.communicate() for run in runs]
        assert [run.returncode for run in runs] == [0, 0], said
        assert len(contents(case)["articles"]) == 200
