"""The map over articles on a real Dask scheduler with two workers, on loopback."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from running import Listener, Read, contents, reports
from vedette.engine import Engine
from vedette.flow import Config, Flow
from vedette.model.errors import UsageError
from vedette.store import Case


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler whose two workers are processes of their own."""
    folder = tmp_path_factory.mktemp("dask")
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": (folder / "log").open("wb"), "cwd": folder}
    where = folder / "scheduler.json"
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(where)]
    processes = [subprocess.Popen([*dask, *options], **quiet)]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(where)]
    options = ["--nworkers", "2", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1"]
    processes.append(subprocess.Popen([*worker, *options], **quiet))
    try:
        yield _address(where)
    finally:
        for process in reversed(processes):
            process.terminate()
            process.wait(20)


def _address(where: Path) -> str:
    import json
    import time

    from distributed import Client

    for _ in range(300):
        if where.exists() and where.stat().st_size:
            address = str(json.loads(where.read_text())["address"])
            with Client(address, set_as_default=False) as client:
                client.wait_for_workers(2, timeout=60)
            return address
        time.sleep(0.1)
    raise TimeoutError("no scheduler came up")


def test_a_cluster_reads_what_one_process_reads(scheduler: str, read: Read, tmp_path: Path) -> None:
    path = reports(tmp_path / "a.jsonl", range(120))
    with Case.create(tmp_path / "one") as one, Case.create(tmp_path / "many") as many:
        read(one, path)
        Flow(many, Config("lexical.en/1", Engine(scheduler=scheduler)), Listener()).read([str(path)])
        assert contents(many) == contents(one)


def test_a_scheduler_that_does_not_answer_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vedette.engine.ANSWER_SECONDS", 1)
    path = reports(tmp_path / "a.jsonl", [1])
    with Case.create(tmp_path / "case") as case, pytest.raises(UsageError, match="dask scheduler"):
        Flow(case, Config(engine=Engine(scheduler="tcp://127.0.0.1:9")), Listener()).read([str(path)])
