"""Drafts that quote a text → labels that count its characters, each draft checked.

    python -m evals.labelling DRAFTS.jsonl --texts TEXTS.jsonl -o evals/modern/others.jsonl

`docs/labelling.md` says how drafts are written. TEXTS.jsonl has `id` and `text` a line, and for texts of others `set`,
`file`, `key`, `end` and `digest`, by which the text is found again; own texts are kept whole.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from vedette.model.kinds import Attribution, EventKind, Harm, Precision, Side, Stance

MEASURES = frozenset(
    [
        "attacks",
        "killed",
        "wounded",
        "captured",
        "abducted",
        "arrested",
        "displaced",
        "fighters",
        "share",
        "change",
        "trend",
        "other",
    ]
)
FIELDS = frozenset(
    [
        "trigger",
        "also",
        "kind",
        "stance",
        "stance_words",
        "perpetrators",
        "targets",
        "attribution",
        "attribution_words",
        "undirected",
        "weapons",
        "tolls",
        "when",
        "place",
        "said_by",
    ]
)
Bound = list[int]


class DraftError(ValueError):
    """What is wrong with a draft, in words for who wrote it."""


@dataclass
class Checker:
    """Turns the drafts of one text into labels and keeps what is wrong with them."""

    text: str
    wrong: list[str] = field(default_factory=list)

    def labels(self, draft: Mapping[str, Any]) -> dict[str, Any]:
        """Claims and figures with bounds in place of words; a claim that is wrong is left out and told."""
        claims = [self._tried(self._claim, claim, f"claim {n}") for n, claim in enumerate(draft.get("claims", []), 1)]
        figures = [self._tried(self._figure, each, f"figure {n}") for n, each in enumerate(draft.get("figures", []), 1)]
        return {
            "claims": sorted((claim for claim in claims if claim), key=lambda claim: claim["trigger"]),
            "figures": [each for each in figures if each],
        }

    def _tried(self, make: Any, what: Any, name: str) -> Any:
        try:
            return make(what)
        except (DraftError, ValueError, TypeError, KeyError, IndexError) as error:
            self.wrong.append(f"{name}: {error}")
            return None

    def _claim(self, told: Mapping[str, Any]) -> dict[str, Any]:
        if unknown := set(told) - FIELDS:
            raise DraftError(f"fields {', '.join(sorted(unknown))} are not known")
        trigger = self.bound(told["trigger"])
        near = trigger[0]
        perpetrators = self._all(told.get("perpetrators"), near)
        return {
            "trigger": trigger,
            "also": sorted(self._all(told.get("also"), near)),
            "kind": EventKind(told["kind"]).value,
            "stance": Stance(told.get("stance", "asserts")).value,
            "stance_at": self._all(told.get("stance_words"), near),
            "perpetrators": perpetrators,
            "attribution": _attribution(told, bool(perpetrators)),
            "attribution_at": self._all(told.get("attribution_words"), near),
            "targets": self._all(told.get("targets"), near),
            "undirected": bool(told.get("undirected", False)),
            "weapons": self._all(told.get("weapons"), near),
            "tolls": [self._toll(toll, near) for toll in told.get("tolls") or []],
            "when": self._when(told.get("when") or [None, None], near),
            "place": self._place(told.get("place") or ["unknown"], near),
            "said_by": self._all(told.get("said_by"), near),
        }

    def _toll(self, told: Any, near: int) -> dict[str, Any]:
        harm, words, low, best, high, *side = told
        _check_order(low, best, high)
        named = Side(side[0] if side else "unknown").value
        return {"harm": Harm(harm).value, "at": self.bound(words, near), **_tally(low, best, high), "side": named}

    def _when(self, told: Any, near: int) -> dict[str, Any]:
        earliest, latest, *words = told
        days = [date.fromisoformat(day) for day in (earliest, latest) if day]
        if days != sorted(days):
            raise DraftError(f"the earliest day {earliest} is after the latest {latest}")
        return {"earliest": earliest, "latest": latest, "at": self._all(words, near)}

    def _place(self, told: Any, near: int) -> dict[str, Any]:
        precision, *words = told
        if (Precision(precision) is Precision.UNKNOWN) != (not words):
            raise DraftError("a place has words unless it is unknown")
        return {"precision": precision, "at": self._all(words, near)}

    def _figure(self, told: Any) -> dict[str, Any]:
        measure, words, *values = told
        if measure not in MEASURES:
            raise DraftError(f"measure {measure} is not one of {', '.join(sorted(MEASURES))}")
        low, best, high = (*values, None, None, None)[:3]
        _check_order(low, best, high)
        return {"measure": measure, "at": self.bound(words, 0), **_tally(low, best, high)}

    def _all(self, words: Any, near: int) -> list[Bound]:
        quotes = [words] if isinstance(words, str) else [each for each in words or [] if each]
        return [self.bound(quote, near) for quote in quotes]

    def bound(self, quote: str, near: int | None = None) -> Bound:
        """Start and end of the quoted words: the nearest to `near`, without it the only ones."""
        before, inner, _ = _parted(quote)
        found = [match.start() for match in re.finditer(re.escape(_plain(quote)), self.text)]
        whole = [at for at in found if _is_whole(self.text, at, at + len(_plain(quote)))] or found
        if not whole:
            raise DraftError(f"the text has no {_plain(quote)!r}")
        if near is None and len(whole) > 1:
            raise DraftError(
                f"{_plain(quote)!r} stands there {len(whole)} times: quote more, and bracket [[the words]]"
            )
        start = min(whole, key=lambda at: abs(at - (near or 0))) + len(before)
        return [start, start + len(inner)]


def _attribution(told: Mapping[str, Any], known: bool) -> str:
    value = Attribution(told.get("attribution") or ("fact" if known else "unknown"))
    if (value is Attribution.UNKNOWN) == known:
        raise DraftError(f"attribution is {value} where perpetrators are {'told' if known else 'not told'}")
    return value.value


def _tally(low: int | None, best: int | None, high: int | None) -> dict[str, int | None]:
    return {"low": low, "best": best, "high": high}


def _check_order(low: float | None, best: float | None, high: float | None) -> None:
    told = [value for value in (low, best, high) if value is not None]
    if told != sorted(told):
        raise DraftError(f"low {low}, best {best}, high {high} are out of order")


def _parted(quote: str) -> tuple[str, str, str]:
    match = re.fullmatch(r"(.*?)\[\[(.*?)\]\](.*)", quote, re.DOTALL)
    return (match[1], match[2], match[3]) if match else ("", quote, "")


def _plain(quote: str) -> str:
    return "".join(_parted(quote))


def _is_whole(text: str, start: int, end: int) -> bool:
    return not (text[start - 1 : start].isalnum() and text[start].isalnum()) and not (
        text[end : end + 1].isalnum() and text[end - 1].isalnum()
    )


def lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a JSONL file with their line numbers; a line that is no JSON is told and passed over."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except json.JSONDecodeError as error:
                print(f"{path.name}:{number}: no JSON: {error}", file=sys.stderr)


def labelled(drafts: Iterable[tuple[int, dict[str, Any]]], texts: Mapping[str, dict[str, Any]]) -> Iterator[Any]:
    """Each draft's text with its labels, and what is wrong with it."""
    for number, draft in drafts:
        text = texts.get(draft.get("id", "")) or ({"id": draft["id"], **draft} if "text" in draft else None)
        if text is None:
            yield None, [f"line {number}: no text has the id {draft.get('id')}"]
            continue
        checker = Checker(text["text"])
        labels = checker.labels(draft)
        about = {name: value for name, value in text.items() if name not in ("claims", "figures")}
        if "digest" in text:
            about.pop("text")
        yield {**about, **labels}, [f"line {number}, {draft['id']}, {each}" for each in checker.wrong]


def main() -> None:
    """Check drafts; write labels where asked and all is right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("drafts", type=Path, nargs="+")
    parser.add_argument("--texts", type=Path)
    parser.add_argument("-o", "--output", type=Path)
    asked = parser.parse_args()
    texts = {text["id"]: text for _, text in lines(asked.texts)} if asked.texts else {}
    kept, wrong = [], []
    for path in asked.drafts:
        for row, faults in labelled(lines(path), texts):
            kept += [row] if row else []
            wrong += [f"{path.name}, {fault}" for fault in faults]
    for fault in wrong:
        print(fault, file=sys.stderr)
    print(f"{len(kept)} texts, {sum(len(row['claims']) for row in kept)} claims, {len(wrong)} faults")
    if asked.output:
        asked.output.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in kept), encoding="utf-8")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
