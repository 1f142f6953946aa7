from __future__ import annotations

import sys
from pathlib import Path

import pytest

from running import PLAIN, Answer, Vedette, reports


@pytest.fixture
def vedette(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Vedette:
    """Runs a command line in this process, as the installed script does."""

    def run(*arguments: object) -> Answer:
        from vedette.cli import main

        capfdbinary.readouterr()
        monkeypatch.setattr(sys, "argv", ["vedette", *map(str, arguments)])
        try:
            main()
            code = 0
        except SystemExit as left:
            code = int(left.code or 0)
        out, err = capfdbinary.readouterr()
        return Answer(code, out.decode(), err.decode())

    monkeypatch.delenv("VEDETTE_CASE", raising=False)
    return run


@pytest.fixture
def case(vedette: Vedette, tmp_path: Path) -> Path:
    """The folder of a case that has read twelve short reports."""
    folder = tmp_path / "case"
    assert vedette("init", folder, "--title", "A test").code == 0
    assert vedette("read", reports(tmp_path / "reports.jsonl", range(12)), "--case", folder, *PLAIN).code == 0
    return folder
