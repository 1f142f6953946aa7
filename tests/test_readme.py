"""The README's commands do what it says, run as it writes them."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from invented import acled_rows, as_csv

ROOT = Path(__file__).parents[1]
BLOCKS = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
LINES = [line.split("#")[0].strip() for block in BLOCKS for line in block.splitlines()]
COMMANDS = [line for line in LINES if line.startswith("vedette ")]
PAGES = [*sorted(ROOT.glob("docs/*.md")), ROOT / "README.md"]
OF_RECORDS = ("init", "read", "collect", "import", "export", "schema", "doctor")
NAMES = (*OF_RECORDS, "incidents", "show", "count", "trend", "search", "sql")
OF_THE_EVALS = {"--file", "--check", "--data", "--json", "--readers", "--sets"}
OF_TRAINING = {"--encoder", "--epochs", "--group", "--output", "--rate", "--seed", "--start", "--texts"}
OF_THE_BENCHMARKS = {"--group", "--rows", "--write"}


def test_every_command_of_the_readme_runs(tmp_path: Path) -> None:
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    (tmp_path / "FILE.csv").write_text(as_csv(acled_rows("2022", 60)), "utf-8")
    assert len(COMMANDS) >= 5
    shown = ""
    for line in COMMANDS:
        arguments = [shown if each == "ID" else each for each in shlex.split(line)[1:]]
        command = [sys.executable, "-m", "vedette", *arguments]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (line, done.stderr)
        found = re.search(r"^ ([0-9a-f]{10}) ", done.stdout, re.MULTILINE)
        shown = found[1] if found else shown


def test_what_the_readme_names_is_in_a_fresh_clone_or_in_capitals() -> None:
    named = [each for line in COMMANDS for each in shlex.split(line)[2:] if "/" in each or "." in each]
    assert "samples/reports" in named
    for each in named:
        assert (ROOT / each).exists() or each in {"FILE.csv", "events.csv"}, each  # the last is written
    assert not [each for line in COMMANDS for each in line.split() if re.fullmatch(r"[0-9a-f]{8}", each)]


@pytest.fixture(scope="module")
def helps() -> str:
    """The help texts of all commands."""
    command = [sys.executable, "-m", "vedette"]
    deeper = [["gazetteer", "find"], ["gazetteer", "add"], ["actors", "find"], ["actors", "show"]]
    named = [*([name] for name in NAMES), *deeper]
    done = [subprocess.run([*command, *name, "--help"], capture_output=True, text=True, check=True) for name in named]
    return "".join(each.stdout for each in done)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / link).exists(), link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_options_that_the_pages_name_exist(page: Path, helps: str) -> None:
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", page.read_text("utf-8")))
    assert not {option for option in named - OF_THE_EVALS - OF_THE_BENCHMARKS - OF_TRAINING if option not in helps}
