"""One incident with its claims, how sure each value is, and the words behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import Console
from rich.table import Table

from vedette.analyse import ArticleLine, Dossier
from vedette.cli import words
from vedette.model.kinds import Harm
from vedette.model.nouns import Claim, Incident
from vedette.model.values import Cited

# NATO STANAG 2511 / AJP-2.1, the credibility of information.
CREDIBILITY = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth cannot be judged",
}


Line = tuple[str, str]  # what it tells, and the value


def show_dossier(dossier: Dossier, judged: bool, out: Console) -> None:
    """Print the incident, then each claim with its words."""
    incident = dossier.incident
    if incident:
        where, days = words.place(incident.place), words.when(incident.when)
        out.print(f"[bold]{words.kind(incident.kind)}[/bold], {where}, {days}")
        out.print(_aligned(_incident(incident)), "")
    else:
        out.print("a claim that is in no incident: it denies or threatens what nothing else tells of", "")
    articles = {article.id: article for article in dossier.articles}
    for claim, sentence in zip(dossier.claims, dossier.sentences, strict=True):
        article = articles.get(claim.article_id)
        out.print(_headline(article, claim))
        out.print(_aligned((*_article(article), ("says", f"“{words.plain(sentence)}”"), *_claim(claim))), "")
    reasons = incident.reasons if incident else ()
    out.print(_aligned(("why joined" if not at else "", words.plain(said)) for at, said in enumerate(reasons)))
    standing = "a person has judged it" if judged else "no person has judged it"
    coders = f"the coders of {' and '.join(dossier.coded_by)}" if dossier.coded_by else "machine"
    out.print(f"[dim]coded by {coders}; {standing} here[/dim]")


def _aligned(lines: Iterable[Line]) -> Table:
    grid = Table.grid(padding=(0, 2))
    for title, value in lines:
        grid.add_row(f"  [dim]{title}[/dim]", value)
    return grid


def _incident(incident: Incident) -> Iterator[Line]:
    yield "incident", incident.id
    if incident.perpetrators:
        yield "by", words.actors(incident.perpetrators)
    if incident.targets:
        yield "against", words.actors(incident.targets)
    tolls = [f"{text} {harm}" for harm in Harm if (text := words.toll(incident.tolls, harm))]
    if tolls:
        yield "toll", ", ".join(tolls)
    who = incident.responsibility
    said = [f"claimed by {words.actors(who.claimed_by)}"] if who.claimed_by else []
    said += [f"attributed to {words.actors(who.attributed_to)}"] if who.attributed_to else []
    said += ["disputed"] if who.disputed else []
    if said:
        yield "responsibility", "; ".join(said)
    sources = words.plural(len(incident.sources), "source")
    yield "credibility", f"{incident.credibility} ({CREDIBILITY[incident.credibility]}), {sources}"


def _headline(article: ArticleLine | None, claim: Claim) -> str:
    if article is None:
        return "[bold]?[/bold]"
    source = f"[bold]{words.plain(article.source)}[/bold]"
    return source if claim.kind.cells else f"{source}, {_published(article)}"


def _published(article: ArticleLine) -> str:
    return words.day(article.published) if article.published else "date not told"


def _article(article: ArticleLine | None) -> Iterator[Line]:
    if article and article.title:
        yield "title", words.plain(article.title)
    if article and article.url:
        yield "from", words.plain(article.url)


def _claim(claim: Claim) -> Iterator[Line]:
    yield "claim", claim.id
    yield "stance", f"{claim.stance.value.value}{_quoted(claim.stance)}"
    if claim.said_by:
        yield "said by", f"{words.plain(claim.said_by.value)}{_quoted(claim.said_by)}"
    yield "kind", f"{words.kind(claim.kind.value)}{_quoted(claim.kind)}"
    yield "when", f"{words.when(claim.when.value)}{_quoted(claim.when)}"
    yield "where", f"{words.place(claim.place.value)}{_quoted(claim.place)}"
    for title, cited_actors in (("by", claim.perpetrators), ("against", claim.targets)):
        for cited in cited_actors:
            yield title, f"{words.plain(cited.value.name)}{_quoted(cited)}"
    if claim.perpetrators:
        yield "named", f"as {claim.attribution.value}{_quoted(claim.attribution)}"
    for toll in claim.tolls:
        counted = f"{words.tally(toll.value.tally)} {toll.value.harm}"
        side = "" if toll.value.side == "unknown" else f" ({toll.value.side})"
        yield "toll", f"{counted}{side}{_quoted(toll)}"
    for weapon in claim.weapons:
        yield "with", f"{words.plain(weapon.value)}{_quoted(weapon)}"
    if claim.undirected:
        yield "direction", "not told: both sides stand under “by”"
    for remark in claim.remarks:
        yield "remark", words.plain(remark.value)


def _quoted(cited: Cited[Any]) -> str:
    told = [f"“{words.plain(_flat(span.text))}”" for span in cited.spans]
    told += [f"{cell.column} = {words.plain(_flat(cell.text))}" for cell in cited.cells]
    sure = "" if _is_coded(cited) else f"  [dim]{cited.score:.2f}[/dim]"
    return sure + "".join(f"  [green]{each}[/green]" for each in told)


def _is_coded(cited: Cited[Any]) -> bool:
    """True of what a data set tells, which has no score."""
    from vedette.reference.datasets import DATA_SETS, data_set

    return cited.reader in {data_set(name).reader for name in DATA_SETS}


def _flat(text: str) -> str:
    return " ".join(text.split())
