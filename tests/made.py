"""Nouns made for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime

from vedette.model.ids import stable_id
from vedette.model.kinds import Attribution, EventKind, Harm, Precision, Stance
from vedette.model.nouns import Article, Capture, Claim
from vedette.model.values import Actor, Cited, Place, Tally, Toll, When

AT = datetime(2025, 3, 1, 12, tzinfo=UTC)
DAY = date(2025, 2, 28)
AT_LEAST_46 = Tally(46, 46, None)
KUNDUZ = Place("Kunduz", Precision.SETTLEMENT, "1135689", "AF", ("Afghanistan", "Kunduz"))


def capture(text: str, source: str = "wire") -> Capture:
    return Capture.of(text.encode(), source=source, url=f"{source}.txt", fetched_at=AT, media_type="text/plain")


def article(text: str, source: str = "wire", title: str = "") -> Article:
    return Article.of(capture(text, source), title=title, body=text, lang="en", published=AT)


def claim(
    told_in: Article,
    kind: EventKind = EventKind.SUICIDE_BOMB,
    place: Place = KUNDUZ,
    killed: Tally | None = AT_LEAST_46,
    reader: str = "lexical.en/1",
) -> Claim:
    """A claim that an article tells with its first word."""
    spans = (told_in.span(0, len(told_in.text.split()[0])),)

    def cited(value: object) -> Cited:  # type: ignore[type-arg]
        return Cited(value, spans, reader, 0.9)

    return Claim(
        id=stable_id("claim", told_in.id, kind, reader),
        article_id=told_in.id,
        kind=cited(kind),
        when=cited(When(DAY, DAY)),
        place=cited(place),
        stance=cited(Stance.ASSERTS),
        attribution=cited(Attribution.FACT),
        perpetrators=(cited(Actor("gunmen")),),
        targets=(cited(Actor("a mosque")),),
        tolls=(cited(Toll(Harm.KILLED, killed)),) if killed else (),
    )
