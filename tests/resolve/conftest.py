from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from vedette.model.ids import stable_id
from vedette.model.kinds import Attribution, EventKind, Harm, Precision, Side, Stance, Verdict
from vedette.model.nouns import Claim, Judgement
from vedette.model.values import Actor, Cited, Place, Tally, Toll, When
from vedette.resolve import Told

COUNTRY = Place("Afghanistan", Precision.COUNTRY, "AF", "AF")
PROVINCE = Place("Kunduz", Precision.PROVINCE, "AF.24", "AF", ("Afghanistan",))
DISTRICT = Place("Khanabad", Precision.DISTRICT, "AF.24.1", "AF", ("Afghanistan", "Kunduz"))
OTHER_DISTRICT = Place("Imam Sahib", Precision.DISTRICT, "AF.24.2", "AF", ("Afghanistan", "Kunduz"))
CITY = Place("Kunduz", Precision.SETTLEMENT, "1135689", "AF", ("Afghanistan", "Kunduz"))
PLACES = {
    "country": COUNTRY,
    "province": PROVINCE,
    "district": DISTRICT,
    "other district": OTHER_DISTRICT,
    "city": CITY,
    "": Place(),
}


def _tally(told: object) -> Tally:
    if isinstance(told, str) and told.endswith("+"):
        return Tally(int(told[:-1]), int(told[:-1]), None)
    assert isinstance(told, int)
    return Tally(told, told, told)


def _when(told: object) -> When:
    if isinstance(told, When):
        return told
    return When(date(2021, 10, told), date(2021, 10, told)) if isinstance(told, int) else When()


def make(article: str, **told: object) -> Told:
    """A claim as told: `day` of October 2021 or a When, `place` by name, `killed` 12 or "12+", `by`, `at`, …"""
    actors = [tuple(Cited(Actor(name, _registry(name))) for name in _names(told.get(role))) for role in ("by", "at")]
    tolls = tuple(
        Cited(Toll(harm, _tally(told[str(harm)]), Side(str(told.get("side", "unknown")))))
        for harm in Harm
        if str(harm) in told
    )
    said_by = told.get("said_by")
    claim = Claim(
        id=stable_id(article, repr(sorted(told.items(), key=lambda item: item[0]))),
        article_id=article.partition("#")[0],
        kind=Cited(EventKind(str(told.get("kind", "suicide_bomb")))),
        when=Cited(_when(told.get("day", 8))),
        place=Cited(PLACES[str(told.get("place", "city"))]),
        stance=Cited(Stance(str(told.get("stance", "asserts")))),
        attribution=Cited(Attribution(str(told.get("attribution", "fact")))),
        perpetrators=actors[0],
        targets=actors[1],
        tolls=tolls,
        said_by=Cited(str(said_by)) if said_by else None,
        undirected=bool(told.get("undirected", False)),
    )
    published = told.get("published", 9)
    return Told(
        claim,
        str(told.get("source", article.partition("#")[0])),
        datetime(2021, 10, published, tzinfo=UTC) if isinstance(published, int) else None,
        str(told.get("reliability", "F")),
    )


def _names(told: object) -> tuple[str, ...]:
    return (told,) if isinstance(told, str) else tuple(told) if isinstance(told, tuple) else ()


def _registry(name: str) -> str:
    return {"Islamic State": "is", "ISKP": "is", "Taliban": "taliban"}.get(name, "")


@pytest.fixture(scope="session")
def tell() -> Callable[..., Told]:
    return make


@pytest.fixture(scope="session")
def judge() -> Callable[..., Judgement]:
    def judge(left: Told, right: Told, verdict: str, day: int = 20) -> Judgement:
        subject = f"{left.claim.id}|{right.claim.id}"
        at = datetime(2021, 10, day, tzinfo=UTC)
        return Judgement(stable_id(subject, verdict, str(day)), subject, Verdict(verdict), "Ada", at, "read both")

    return judge
