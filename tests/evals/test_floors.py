"""Quality is held: every set that is here scores at least its floor."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATA = ROOT / "../shared/data"


@pytest.mark.parametrize("more", [[], pytest.param(["--all"], marks=pytest.mark.long)])
def test_every_score_is_at_or_above_its_floor(more: list[str]) -> None:
    if not DATA.is_dir():
        pytest.skip("the gold sets are not here: they lie in ../shared/data, beside the checkout")
    done = subprocess.run(
        [sys.executable, "-m", "evals", "--check", *more], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("floor") >= 10
    assert done.stdout.count("ceiling") >= 2
    assert ("left out" in done.stdout) == (not more)
