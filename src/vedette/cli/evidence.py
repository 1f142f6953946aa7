"""One incident with its claims, and the words behind each value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.markup import escape

from vedette.analyse import ArticleLine, Dossier
from vedette.cli import words
from vedette.model.kinds import Harm
from vedette.model.nouns import Claim, Incident
from vedette.model.values import Cited, Span

# NATO STANAG 2511 / AJP-2.1, the credibility of information.
CREDIBILITY = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth cannot be judged",
}


def show_dossier(dossier: Dossier, out: Console) -> None:
    """Print the incident, then each claim with its words."""
    for line in (*_incident(dossier.incident), ""):
        out.print(line)
    articles = {article.id: article for article in dossier.articles}
    for claim in dossier.claims:
        for line in (*_claim(claim, articles.get(claim.article_id)), ""):
            out.print(line)
    for reason in dossier.incident.reasons:
        out.print(f"  [dim]{escape(reason)}[/dim]")
    out.print("[dim]coded by machine; no person has judged it[/dim]")


def _incident(incident: Incident) -> Iterator[str]:
    yield f"[bold]{words.kind(incident.kind)}[/bold], {words.place(incident.place)}, {words.when(incident.when)}"
    yield f"  [dim]incident[/dim]  {incident.id}"
    if incident.perpetrators:
        yield f"  [dim]by[/dim]        {words.actors(incident.perpetrators)}"
    if incident.targets:
        yield f"  [dim]against[/dim]   {words.actors(incident.targets)}"
    tolls = [f"{text} {harm}" for harm in Harm if (text := words.toll(incident.tolls, harm))]
    if tolls:
        yield f"  [dim]toll[/dim]      {', '.join(tolls)}"
    who = incident.responsibility
    said = [f"claimed by {words.actors(who.claimed_by)}"] if who.claimed_by else []
    said += [f"attributed to {words.actors(who.attributed_to)}"] if who.attributed_to else []
    said += ["disputed"] if who.disputed else []
    if said:
        yield f"  [dim]responsibility[/dim]  {'; '.join(said)}"
    sources = words.plural(len(incident.sources), "source")
    yield f"  [dim]credibility[/dim]  {incident.credibility} ({CREDIBILITY[incident.credibility]}), {sources}"


def _claim(claim: Claim, article: ArticleLine | None) -> Iterator[str]:
    if article:
        published = words.day(article.published.date() if article.published else None)
        yield f"[bold]{escape(article.source)}[/bold], {published}: {escape(article.title)}"
    stance = claim.stance.value.value
    speaker = f", said by {escape(claim.said_by.value)}{_quoted(claim.said_by)}" if claim.said_by else ""
    yield f"  {stance}{_quoted(claim.stance)}{speaker}"
    yield f"  [dim]kind[/dim]   {words.kind(claim.kind.value)}{_quoted(claim.kind)}"
    yield f"  [dim]when[/dim]   {words.when(claim.when.value)}{_quoted(claim.when)}"
    yield f"  [dim]where[/dim]  {words.place(claim.place.value)}{_quoted(claim.place)}"
    for title, cited_actors in (("by", claim.perpetrators), ("to", claim.targets)):
        for cited in cited_actors:
            yield f"  [dim]{title}[/dim]     {escape(cited.value.name)}{_quoted(cited)}"
    if claim.perpetrators:
        yield f"  [dim]named[/dim]  as {claim.attribution.value}{_quoted(claim.attribution)}"
    for toll in claim.tolls:
        counted = f"{words.tally(toll.value.tally)} {toll.value.harm}"
        side = "" if toll.value.side == "unknown" else f" ({toll.value.side})"
        yield f"  [dim]toll[/dim]   {counted}{side}{_quoted(toll)}"
    for weapon in claim.weapons:
        yield f"  [dim]with[/dim]   {escape(weapon.value)}{_quoted(weapon)}"


def _quoted(cited: Cited[Any]) -> str:
    return "".join(f"  [green]“{escape(_flat(span))}”[/green]" for span in cited.spans)


def _flat(span: Span) -> str:
    return " ".join(span.text.split())
