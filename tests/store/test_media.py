"""Disks that are full and folders that cannot be written."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from made import capture
from running import reports
from vedette.store import Batch, Case


def vedette(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "vedette", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def medium(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    folder = tmp_path / "medium"
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=5m", "tmpfs", str(folder)]
    if subprocess.run(mounting, capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a small disk")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_is_one_sentence_and_the_next_run_finishes(medium: Path, tmp_path: Path) -> None:
    path = reports(tmp_path / "a.jsonl", range(100))
    assert vedette("init", medium / "case").returncode == 0
    (medium / "filler").write_bytes(b"x" * 3 * 1024 * 1024)
    full = vedette("read", path, "--case", medium / "case")
    assert full.returncode == 1
    assert full.stderr.count("\n") == 1
    assert "disk is full" in full.stderr
    (medium / "filler").unlink()
    subprocess.run(["mount", "-o", "remount,size=60m", medium], check=True)
    assert vedette("read", path, "--case", medium / "case").returncode == 0
    counted = vedette("sql", "SELECT count(*) AS n FROM articles", "--case", medium / "case", "-f", "jsonl")
    assert counted.stdout.strip() == '{"n":100}'


def test_a_read_only_case_can_be_asked_and_says_that_it_cannot_be_written(medium: Path, tmp_path: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=60m", medium], check=True)
    case = medium / "case"
    path = reports(tmp_path / "a.jsonl", range(5))
    assert vedette("init", case).returncode == 0
    assert vedette("read", path, "--case", case).returncode == 0
    subprocess.run(["mount", "-o", "remount,ro", medium], check=True)
    for question in (["incidents"], ["count", "--by", "kind"], ["search", "bomb"], ["doctor"]):
        answer = vedette(*question, "--case", case)
        assert (answer.returncode, answer.stderr.count("Traceback")) == (0, 0), answer.stderr
    refused = vedette("read", reports(tmp_path / "b.jsonl", [9]), "--case", case)
    assert refused.returncode == 1
    assert "cannot be written" in refused.stderr


def test_a_killed_runs_log_is_read_from_a_read_only_medium(medium: Path, tmp_path: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=60m", medium], check=True)
    with Case.create(tmp_path / "case") as case:
        case.commit(Batch("collect", {"captures": [capture("one")]}))
        # As a kill would: the log is not taken in.
        shutil.copytree(case.folder, medium / "case")
    assert (medium / "case" / "ledger.db-wal").stat().st_size
    subprocess.run(["mount", "-o", "remount,ro", medium], check=True)
    with Case.open(medium / "case") as again, again.snapshot() as now:
        assert now.column("SELECT count(*) FROM captures") == [1]
