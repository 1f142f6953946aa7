"""A lake on object storage, behind a server that speaks its protocol."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from made import article, capture
from running import free_port
from vedette.store import Batch, Case, Work


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """The URL of an empty bucket."""
    port = free_port()
    server = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(server, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    endpoint = f"http://127.0.0.1:{port}"
    surroundings = {
        "AWS_ACCESS_KEY_ID": "any",
        "AWS_SECRET_ACCESS_KEY": "any",
        "AWS_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ALLOW_HTTP": "true",
    }
    try:
        with pytest.MonkeyPatch.context() as patched:
            for name, value in surroundings.items():
                patched.setenv(name, value)
            _wait(endpoint)
            urllib.request.urlopen(urllib.request.Request(f"{endpoint}/record", method="PUT"), timeout=5)
            yield "s3://record/case"
    finally:
        process.terminate()
        process.wait(20)


def _wait(endpoint: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(endpoint, timeout=1)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("no server came up")


def _case(folder: Path, bucket: str) -> Case:
    Case.create(folder).close()
    settings = folder / "vedette.toml"
    settings.write_text(f'title = "far"\nlake = "{bucket}"\n')
    return Case.open(folder)


def test_a_far_lake_answers_as_a_near_one(bucket: str, tmp_path: Path) -> None:
    with _case(tmp_path / "case", bucket) as case:
        kept = capture("one")
        assert case.commit(Batch("collect", {"captures": [kept]})) == {"captures": 1}
        assert case.commit(Batch("collect", {"captures": [kept]})) == {}
        case.commit(Batch("open", {"articles": [article("one")], "done": [Work("open", kept.id, "plain/1")]}))
        with case.snapshot() as now:
            assert now.column("SELECT body FROM captures") == [b"one"]
            assert now.ask("SELECT count(*) AS n FROM articles") == [{"n": 1}]
    assert not (tmp_path / "case" / "lake").exists()


def test_what_a_copy_held_is_fetched_again_where_it_is_gone(bucket: str, tmp_path: Path) -> None:
    import shutil

    with _case(tmp_path / "case", f"{bucket}-again") as case:
        case.commit(Batch("collect", {"captures": [capture("two")]}))
        with case.snapshot() as now:
            assert now.column("SELECT count(*) FROM captures") == [1]
        shutil.rmtree(tmp_path / "case" / "cache")
        with case.snapshot() as now:
            assert now.column("SELECT count(*) FROM captures") == [1]


def test_rows_of_a_data_set_go_to_a_far_lake_and_a_newer_version_takes_their_place(bucket: str, tmp_path: Path) -> None:
    from invented import acled_rows, as_csv
    from vedette.datasets import Wanted
    from vedette.flow import Config, Flow
    from vedette.reference.datasets import data_set

    class Silent:
        def stage(self, name: str, total: int | None) -> None: ...
        def step(self, count: int) -> None: ...
        def note(self, message: str) -> None: ...

    rows = acled_rows("2022", 30)
    table = tmp_path / "acled.csv"
    with _case(tmp_path / "case", f"{bucket}-rows") as case:
        for some in (rows, rows[:-1]):
            table.write_text(as_csv(some), encoding="utf-8")
            Flow(case, Config(), Silent()).import_rows(Wanted(data_set("acled"), (str(table),)))
        with case.snapshot() as now:
            assert now.column("SELECT count(*) FROM all_acled") == [30]
            assert now.column("SELECT count(*) FROM claims") == now.column("SELECT count(*) FROM acled")
    assert not (tmp_path / "case" / "lake").exists()
    assert not (tmp_path / "case" / "staging").exists()
