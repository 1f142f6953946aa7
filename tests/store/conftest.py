from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from running import free_port
from vedette.store import Case

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Case.create(tmp_path / "case", "A test") as opened:
        yield opened


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a real PostgreSQL server's database, made for these tests."""
    if not BINARIES:
        missing = "PostgreSQL is not installed: apt-get install postgresql"
        if os.environ.get("VEDETTE_NO_SKIPS"):
            pytest.fail(missing)
        pytest.skip(missing)
    binaries = BINARIES[-1].parent
    folder = Path(tempfile.mkdtemp(prefix="vedette-pg-"))
    prefix: list[str] = []
    if os.getuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "postgres")
        prefix = ["runuser", "-u", "postgres", "--"]
    port = free_port()

    def run(*command: str) -> None:
        # Not captured through a pipe: the server would keep it open.
        subprocess.run([*prefix, *command], check=True, cwd=folder, stdout=subprocess.DEVNULL)

    run(str(binaries / "initdb"), "-U", "app", "--auth=trust", "-E", "UTF8", "-D", str(folder / "data"))
    options = f"-c listen_addresses=127.0.0.1 -p {port} -k {folder}"
    control = (str(binaries / "pg_ctl"), "-D", str(folder / "data"), "-w")
    run(*control, "-l", str(folder / "log"), "-o", options, "start")
    try:
        run(str(binaries / "createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "app", "vedette")
        yield f"postgresql+psycopg://app@127.0.0.1:{port}/vedette"
    finally:
        run(*control, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
