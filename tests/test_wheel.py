"""What is installed elsewhere is whole: the wheel, unpacked away from the checkout, works without a network."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the wheel's content."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_holds_the_data_and_the_migrations(unpacked: Path) -> None:
    for name in (
        "reference/data/lexicon_en.toml",
        "store/migrations/versions/v0001_first_ledger.py",
        "read/llm/prompt.txt",
        "py.typed",
    ):
        assert (unpacked / "vedette" / name).exists(), name
    assert not (unpacked / "tests").exists()


def test_all_weights_in_the_wheel_together_are_no_more_than_35_megabytes(unpacked: Path) -> None:
    weights = unpacked / "vedette/read/neural/weights"
    sizes = {path.relative_to(weights): path.stat().st_size for path in weights.rglob("*") if path.is_file()}
    assert {path.parts[0] for path in sizes} >= {"accurate", "fast"}
    assert sum(sizes.values()) <= 35_000_000, sizes


def test_it_reads_a_report_elsewhere_without_a_network(unpacked: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(
        "KABUL, March 3, 2025 - A suicide bomber killed four policemen in Ghazni on Sunday, police said.\n"
    )
    alone = ["unshare", "-n"] if shutil.which("unshare") and os.getuid() == 0 else []
    code = "import vedette.cli, sys; print(vedette.cli.__file__, file=sys.stderr); vedette.cli.main()"
    command = [*alone, sys.executable, "-c", code, "read", "report.txt", "--format", "json"]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(unpacked)},
    )
    assert done.returncode == 0, done.stderr
    assert str(unpacked) in done.stderr
    (claim,) = json.loads(done.stdout)["claims"]
    assert (claim["kind"]["value"], claim["place"]["value"]["name"]) == ("suicide_bomb", "Ghazni")
