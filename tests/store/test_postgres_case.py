"""A whole case whose ledger is on a real PostgreSQL, from the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from running import reports, start
from vedette.store.ledger import Ledger


def test_two_processes_share_a_case_whose_ledger_is_on_postgresql(postgres: str, tmp_path: Path) -> None:
    ledger = Ledger(postgres, tmp_path)
    with ledger._engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    ledger.close()
    case = tmp_path / "case"
    assert start("init", case).wait() == 0
    settings = case / "vedette.toml"
    settings.write_text(settings.read_text() + f'\nledger = "{postgres}"\n')
    (case / "ledger.db").unlink()
    inputs = [
        reports(tmp_path / f"{name}.jsonl", numbers) for name, numbers in (("a", range(60)), ("b", range(40, 100)))
    ]
    runs = [start("read", path, "--case", case) for path in inputs]
    said = [run.communicate() for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    assert not (case / "ledger.db").exists()
    command = [sys.executable, "-m", "vedette", "doctor", "--case", str(case), "--format", "json"]
    report = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    assert report["case"]["articles"] == 100
    assert not any(report["pending"].values())
