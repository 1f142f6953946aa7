"""The days of which a record tells: by data set, file and country, so that no data is never taken for none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from vedette.analyse.facts import facts_of
from vedette.analyse.fields import ARTICLES, country_names
from vedette.analyse.filters import Filters, Unit, code_of
from vedette.analyse.grouping import Question
from vedette.model.blocking import WEEK
from vedette.model.values import When
from vedette.reference.datasets import DATA_SETS, data_set
from vedette.store import Snapshot

DAY = timedelta(days=1)
# GTD's records of 1993 were lost before they were coded (GTD Codebook, START): its files are read as two, and that
# year is covered by none.
LOST = {"gtd": 1993}


@dataclass(frozen=True, slots=True)
class Span:
    """Days that follow one another, both ends in them."""

    earliest: date
    latest: date

    @property
    def days(self) -> int:
        """How many days these are."""
        return (self.latest - self.earliest).days + 1


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What one source covers of one country, its ISO 3166-1 alpha-2 code; articles have no country."""

    source: str
    country: str
    days: Spans


@dataclass(frozen=True, slots=True)
class Coverage:
    """The days that each of the parts covers which an answer rests on; no part, no day.

    A data set covers a country from the first to the last exactly told day of the country's rows in one file.
    """

    days: Spans = ()
    parts: tuple[Part, ...] = ()

    @property
    def whole(self) -> When:
        """From the first to the last day of any part."""
        spans = [span for part in self.parts for span in part.days]
        earliest = min((span.earliest for span in spans), default=None)
        return When(earliest, max((span.latest for span in spans), default=None))

    def within(self, periods: Iterable[When]) -> Coverage:
        """The same, of the parts only those that do not cover these periods whole: the reasons of what is missing."""
        asked = [Span(each.earliest, each.latest) for each in periods if each.earliest and each.latest]
        short = (part for part in self.parts if any(length(clipped(part.days, each)) < each.days for each in asked))
        return Coverage(self.days, tuple(sorted(short, key=lambda part: length(part.days))))


def length(spans: Spans) -> int:
    """How many days there are in all."""
    return sum(span.days for span in spans)


def clipped(spans: Spans, period: Span) -> Spans:
    """What lies in a period."""
    return shared(spans, (period,))


def shared(one: Spans, other: Spans) -> Spans:
    """The days that lie in both, each of which is in order."""
    return tuple(
        Span(max(a.earliest, b.earliest), min(a.latest, b.latest))
        for a in one
        for b in other
        if a.earliest <= b.latest and b.earliest <= a.latest
    )


def surely_in(spans: Spans) -> str:
    """A SQL condition that is true of what lies whole in one of the spans, on any reading of its dates."""
    each = (f"(earliest >= DATE '{span.earliest}' AND latest <= DATE '{span.latest}')" for span in spans)
    return f"coalesce({' OR '.join(each) or 'false'}, false)"


def joined(spans: Iterable[Span]) -> Spans:
    """The same days in order, spans that touch as one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda each: each.earliest):
        if found and span.earliest <= found[-1].latest + DAY:
            found[-1] = Span(found[-1].earliest, max(found[-1].latest, span.latest))
        else:
            found.append(span)
    return tuple(found)


def covered(now: Snapshot, filters: Filters, unit: Unit, questions: Sequence[Question]) -> Coverage:
    """The days that every source covers, in every country, of which the answers to the questions hold something.

    Where they hold nothing, every source that the filters ask for. Where neither data sets nor articles are at hand
    the days are those of the rows themselves.
    """
    known = _known(now, filters)
    if not known:
        return _of_rows(now, unit)
    held = {pair for question in questions for pair in _held(now, question)}
    wanted = {pair for pair in held if not filters.source or pair[0].lower() in {*filters.sources, ARTICLES}}
    if filters.source and not any(source == ARTICLES for source, _ in known):
        wanted = {pair for pair in wanted if pair[0] != ARTICLES}
    code = code_of(filters.country) if filters.country else ""
    wanted = wanted or {pair for pair in known if not code or pair[1] in {code, ""}}
    parts = tuple(Part(*pair, known.get(pair, ())) for pair in sorted(wanted))
    days = parts[0].days if parts else ()
    for part in parts[1:]:
        days = shared(days, part.days)
    return Coverage(days, parts)


Pair = tuple[str, str]


def _known(now: Snapshot, filters: Filters) -> dict[Pair, Spans]:
    """The days of each source and country; articles tell of the week before the first one, of older days by chance."""
    known: dict[Pair, Spans] = {}
    titles = {data_set(name).title: name for name in DATA_SETS}
    for title in facts_of(now, Unit.CLAIMS).datasets:
        if filters.source and title.lower() not in filters.sources:
            continue
        of_country: dict[str, list[Span]] = {}
        for row in now.rows(_days_of(titles[title])):
            spans = of_country.setdefault(row["country"], [])
            if row["earliest"] is not None:
                spans.append(Span(row["earliest"], row["latest"]))
        known |= {(title, country): joined(spans) for country, spans in of_country.items()}
    of_source = "list_contains($source, lower(source))" if filters.source else "true"
    published = f"""SELECT CAST(min(published) AS DATE) - {WEEK} AS earliest, CAST(max(published) AS DATE) AS latest
        FROM articles WHERE {of_source}"""
    (row,) = now.rows(published, {"source": list(filters.sources)} if filters.source else {})
    if row["earliest"] is not None:
        known[ARTICLES, ""] = (Span(row["earliest"], row["latest"]),)
    return known


def _days_of(name: str) -> str:
    sides, kept = "file_id", "earliest = latest"
    if year := LOST.get(name):
        sides, kept = f"file_id, sign(year(earliest) - {year})", f"earliest = latest AND year(earliest) <> {year}"
    ends = f"min(earliest) FILTER ({kept}) AS earliest, max(latest) FILTER ({kept}) AS latest"
    return f"SELECT coalesce(country, '') AS country, {ends} FROM rows_{name} GROUP BY coalesce(country, ''), {sides}"


def _held(now: Snapshot, question: Question) -> set[Pair]:
    datasets = set(facts_of(now, Unit.CLAIMS).datasets)
    source = "source" if question.unit is Unit.CLAIMS else "unnest(sources)"
    told = f"SELECT DISTINCT {source} AS source, coalesce(country, '') AS country FROM {question.unit.plain}"
    rows = now.rows(f"{told} WHERE {question.condition}", question.parameters)
    return {(row["source"], row["country"]) if row["source"] in datasets else (ARTICLES, "") for row in rows}


def _of_rows(now: Snapshot, unit: Unit) -> Coverage:
    exact = "earliest = latest"
    ends = f"min(earliest) FILTER ({exact}) AS earliest, max(latest) FILTER ({exact}) AS latest"
    (row,) = now.rows(f"SELECT {ends} FROM {unit.plain}")
    days = (Span(row["earliest"], row["latest"]),) if row["earliest"] is not None else ()
    return Coverage(days, (Part("", "", days),) if days else ())


def country_of(part: Part) -> str:
    """The name of a part's country."""
    return country_names().get(part.country, part.country)
