from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from made import KUNDUZ, article
from vedette.model.kinds import EventKind, Harm, Precision
from vedette.model.nouns import Incident
from vedette.model.values import Actor, Place, Tally, Toll, When
from vedette.store import Batch, Case, IncidentVersion

NANGARHAR = Place("Nangarhar", Precision.PROVINCE, "AF.18", "AF", ("Afghanistan",))
TALIBAN, GUNMEN = Actor("Taliban", "taliban"), Actor("gunmen")
FRIDAY = date(2025, 2, 28)


def incident(ident: str, **other: object) -> Incident:
    """A suicide bombing in Kunduz on a Friday, but for what is said to be otherwise."""
    told = {
        "kind": EventKind.SUICIDE_BOMB,
        "when": When(FRIDAY, FRIDAY),
        "place": KUNDUZ,
        "perpetrators": (GUNMEN,),
        "targets": (),
        "tolls": (Toll(Harm.KILLED, Tally(46, 46, None)),),
        "claim_ids": (f"claim-{ident}",),
        "credibility": 2,
        "sources": ("wire", "ministry"),
    }
    return Incident(ident, **{**told, **other})  # type: ignore[arg-type]


INCIDENTS = (
    incident("aaaa1"),
    incident("bbbb1", kind=EventKind.ARMED_CLASH, perpetrators=(TALIBAN, GUNMEN), tolls=(), credibility=6),
    incident("bbbb2", place=NANGARHAR, when=When(date(2025, 2, 1), date(2025, 3, 31)), sources=("wire",)),
    incident("cccc1", place=Place(), when=When(), tolls=(Toll(Harm.KILLED, Tally(None, 5, 5)),)),
)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Case.create(tmp_path / "case") as opened:
        opened.commit(Batch("open", {"articles": [article("A bomb.", title="Bomb in Kunduz")]}))
        opened.commit(Batch("resolve", {"incidents": [IncidentVersion(each) for each in INCIDENTS]}))
        yield opened


@pytest.fixture
def new_case(tmp_path: Path) -> Iterator[Case]:
    """A case of the test's own that holds nothing yet."""
    with Case.create(tmp_path / "case") as opened:
        yield opened


@pytest.fixture(scope="module")
def one_case() -> Iterator[Case]:
    """One case for all examples of a module, each of which takes the place of what the one before it took in."""
    with tempfile.TemporaryDirectory() as folder, Case.create(Path(folder) / "case") as opened:
        yield opened
