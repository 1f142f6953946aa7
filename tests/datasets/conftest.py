from __future__ import annotations

from functools import wraps
from typing import Any

import pytest

from taking import Take, Taken, take_in


@pytest.fixture(scope="session")
def take(tmp_path_factory: pytest.TempPathFactory) -> Take:
    """Imports files, or texts as files, each time into a folder of its own."""

    @wraps(take_in)
    def run(dataset: str, *given: Any, **wanted: Any) -> Taken:
        return take_in(tmp_path_factory.mktemp("import"), dataset, *given, **wanted)

    return run
