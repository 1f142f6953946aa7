from __future__ import annotations

from pathlib import Path

import pytest

from running import Listener, Read
from vedette.collect import Told
from vedette.engine import Engine
from vedette.flow import Config, Flow, Summary
from vedette.store import Case


@pytest.fixture
def read() -> Read:
    """Reads inputs into a case, in this process."""

    def run(case: Case, *inputs: Path | str, source: str = "", workers: int = 1) -> Summary:
        flow = Flow(case, Config("lexical.en/1", Engine(workers), told=Told(source=source)), Listener())
        return flow.read([str(each) for each in inputs])

    return run
