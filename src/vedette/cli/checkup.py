"""What `vedette doctor` finds."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from vedette.cli import words
from vedette.cli.render import console
from vedette.flow import RESOLVER
from vedette.model.nouns import Issue
from vedette.store import Case, pending

PARTS = ("vedette", "deltalake", "duckdb", "sqlalchemy", "tantivy", "trafilatura", "pypdf", "msgspec")
SHOWN = 50  # issues in a report for a person


@dataclass(frozen=True, slots=True)
class Checkup:
    """A report, and whether anything in it wants a person's attention."""

    report: dict[str, Any]
    ill: bool


def versions() -> dict[str, str]:
    """The versions of Python and of the parts that matter most."""
    return {"python": platform.python_version(), **{part: version(part) for part in PARTS}}


def checkup(case: Case) -> Checkup:
    """The state of a case: how much it holds, what is pending, what went wrong."""
    with case.snapshot() as now:
        names = ("captures", "articles", "claims", "figures", "labels", "incidents")
        views = {"claims": "plain_claims", "incidents": "plain_incidents"}
        holds = {
            name: now.column(f"SELECT count(*) FROM {views.get(name, name)}")[0]  # noqa: S608 our own names
            for name in names
        }
        rows = now.rows(
            "SELECT source, count(*) AS n FROM plain_claims WHERE dataset IS NOT NULL GROUP BY 1 ORDER BY 1"
        )
        files = now.rows("SELECT dataset, version, batch FROM all_files")
        unread = now.rows("SELECT outcome, count(*) AS n FROM readings WHERE outcome <> '' GROUP BY 1 ORDER BY 2 DESC")
        waiting = {
            "unopened": sum(map(len, pending.unopened(now, 1 << 40, 1 << 30))),
            "unread": len(now.column("SELECT id FROM articles WHERE id NOT IN (SELECT article_id FROM readings)")),
            "unresolved": len(pending.unresolved(now, RESOLVER)),
            "unindexed": _unindexed(case, now),
        }
    issues = case.ledger.issues()
    report = {
        "case": {"folder": str(case.folder), "title": case.settings.title, **holds},
        "data_sets": {
            **{row["source"]: f"{row['n']:,} rows" for row in rows},
            **_last_versions(files),
        },
        "pending": waiting,
        "not_read": {row["outcome"]: row["n"] for row in unread},
        "issues": issues,
    }
    return Checkup(report, ill=any(waiting.values()) or bool(issues))


def _last_versions(files: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The version of each data set's last imported file; files of one command stand in their order."""
    last = {file["dataset"]: file["version"] for file in sorted(files, key=lambda file: int(file["batch"]))}
    return {f"{name}, last version": last[name] for name in sorted(last)}


def _unindexed(case: Case, now: Any) -> int:
    last = case.index().last_batch()
    return int(now.column("SELECT count(*) FROM articles WHERE batch > $last", {"last": last})[0])


def _issues(issues: Sequence[Issue]) -> list[str]:
    lines = [f"{issue.at:%Y-%m-%d %H:%M} UTC {issue.stage}: {issue.subject}: {issue.message}" for issue in issues]
    older = [f"… and {len(lines) - SHOWN} older ones; --format json lists them all"] if len(lines) > SHOWN else []
    return [*older, *lines[-SHOWN:]]


def show(report: Mapping[str, Any]) -> None:
    """Print a report for a person."""
    out = console()
    for title, found in report.items():
        out.print(f"[bold]{title}[/bold]" + ("" if found else "  none"))
        for line in _issues(found) if title == "issues" else [f"{name}: {value}" for name, value in found.items()]:
            out.print(f"  {words.plain(line)}", soft_wrap=True)
    if any(report.get("pending", {}).values()):
        out.print("work is pending: any `vedette read` or `vedette collect` on this case finishes it")
