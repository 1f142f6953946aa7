"""The accuracy page in Markdown, made of results: by set and reader the figures, or why there are none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from evals.accuracy_costs import Cost
from evals.accuracy_sets import GoldSet, Published, gold_sets, published, shown, titled
from evals.calibration import BINS

Told = Mapping[str, Any]
Results = dict[str, dict[str, Any]]  # set → reader → figures

NONE = "–"
MARKS = {True: " ✓", False: " ✗", None: ""}
OF_TEXTS = (
    "texts",
    "labels",
    "claims F1",
    "kind, of pairs",
    "n",
    "killed exact",
    "n",
    "false claims",
    "texts",
)
OF_KINDS = ("labels", "found", "F1", "kind, of pairs", "n", "killed exact", "n")
OF_STANCES = ("stance", "labels", "found", "same", "F1", "kind, of pairs", "n", "killed exact", "n")
CONFUSIONS = ("labelled", "told as", "n")
SOURCES = ("published", "on", "source", "what to know")
COSTS = ("what", "asked for", "measured", "by")
HOW = ("set", "reader", "n", "seconds", "day", "command")
WORDS = frozenset(
    [
        "",
        "set",
        "score",
        "origin",
        "region",
        "type of event",
        "kind",
        "stance",
        *CONFUSIONS[:2],
        *SOURCES,
        "reader",
        "what",
        "by",
        "day",
        "command",
    ]
)
CONFUSED = 15  # pairs of kinds that are listed

INTRO = """\
# Accuracy

How often each reader is right on labelled texts, what each set asks for, and what others published.
`python -m evals.accuracy -o docs/accuracy.md` writes this page: no figure on it is copied by hand but those of \
others, which stand with their source in `evals/published.toml`. [Evaluation](evaluation.md) explains the sets and the \
scores, [the model card](model_card.md) what the trained readers are for.

A score is between 0 and 1, and the higher the better, unless it says otherwise. ✓ reaches what is asked for, ✗ \
misses it. A star marks a score on a file of which the network was trained on some texts: it says in part what the \
network has kept, not what it can do. All files but `modern (test)` were at hand while the readers were made; \
held-out files are scored by others."""

FAILS = """\
Claims and labels are paired as [evaluation](evaluation.md) says. A share of pairs is of the `n` to its right; of few \
labels shares say little. False claims are those made of texts without an event, which are counted last."""

UNREAD = """\
The texts of this file are looked at by nobody, and so no more than this is told of it."""

REGION = """\
By region: ACLED's, of the first marked place that the gazetteer knows, else of the first place in the text; \
Afghanistan by itself. The gazetteer takes some places for others of their name."""

FOUND = """\
`found` is the share of labels that have a claim; for `F1` a claim is right where it has a pair with the same {name}."""

SAME = "`same` is the share of those found with the same stance."

CALIBRATION = """\
The texts are not those that certainties are fitted on. `ece` is how far sureness and rightness lie apart on \
average (0 is best), `right_from_80` the share of right ones among the values with a score of 0.8 or more, \
`kept_from_80` how many of all values those are. By the score of its kind `--min-score 0.8` keeps a claim: \
`claims_from_80` of all `claims`, a share of `claims_kept_from_80`, of which `claims_right_from_80` have event and \
kind right. The scores of the lexical reader are ranks, not probabilities."""

COMMANDS = """\
Run from the checkout, the gold sets beside it in `../shared/data`. Seconds are of the wall clock, loading \
included, on a machine that may have been busy: [performance](performance.md) and [evaluation](evaluation.md) have \
measured speed."""


class Made(NamedTuple):
    """By what a page is made; of each reader its full name, its weights' digest and bytes; what all cost."""

    day: str
    version: str
    readers: Mapping[str, tuple[str, str, int]]
    costs: Sequence[Cost] = ()


def page(results: Results, fails: Mapping[str, Told], made: Made) -> str:
    """The whole page."""
    sets = [each for each in gold_sets() if each.name in results]
    parts = [INTRO, *_made(made), *_left_out(results)]
    parts += asked(goals(sets, results, made), made)
    others = published()
    for each in sets:
        if each.set != "calibration":
            parts += section(each, results[each.name], others.get(each.set, []))
    for name, told in fails.items():
        parts += [f"## Where it fails: {name}, accurate", *failing(told)]
    for each in sets:
        if each.set == "calibration":
            parts += calibration(each, results[each.name])
    parts += ["## How each figure was made", COMMANDS, table(HOW, how(sets, results))]
    return "\n\n".join(parts) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, its figures to the right."""
    lines = [head, ["---" if name in WORDS else "---:" for name in head], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def asked(rows: Sequence[Sequence[str]], made: Made) -> list[str]:
    """What is asked for: of scores, then of size and speed."""
    scores = [table(("set", "score", "asked for", *made.readers), rows)] if rows else []
    costs = ["Of size and speed:", table(COSTS, map(_cost, made.costs))] if made.costs else []
    return ["## What is asked for", *scores, *costs] if scores or costs else []


def goals(sets: Iterable[GoldSet], results: Results, made: Made) -> list[list[str]]:
    """A row for each score of which something is asked."""
    return [
        [each.name, titled(score), each.goal(score), *(cell(each, results[each.name], r, score) for r in made.readers)]
        for each in sets
        for score in (*each.targets, *each.at_most)
    ]


def _cost(cost: Cost) -> list[str]:
    return [cost.what, cost.asked, f"{cost.measured}{MARKS[cost.reached]}", cost.how]


def cell(gold_set: GoldSet, told: Mapping[str, Told], reader: str, score: str) -> str:
    """A reader's score, marked where one is asked for and where it is on texts that were trained on."""
    value = value_of(told.get(reader, {}), score)
    if value is None:
        return NONE
    star = "\\*" if told[reader].get("trained_on") else ""
    return f"{shown(score, value)}{star}{MARKS[gold_set.reached(score, value)]}"


def value_of(told: Told, score: str) -> float | None:
    """A score or a detail; none where it was not measured."""
    value = (told.get("scores", {}) | told.get("details", {})).get(score)
    return None if value is None else float(value)


def section(gold_set: GoldSet, told: Mapping[str, Told], others: Sequence[Published]) -> list[str]:
    """A set: what it is, its scores by reader and by others, and what has to be known of them."""
    parts = [f"## {gold_set.name}", _about(gold_set, told)]
    measured = [reader for reader in told if "skipped" not in told[reader]]
    beside = [each for each in others if set(each.scores) & set(gold_set.scores)]
    if measured:
        head = ("", *(["asked for"] if gold_set.targets else []), *measured, *(each.system for each in beside))
        parts.append(table(head, _scores(gold_set, {reader: told[reader] for reader in measured}, beside)))
    return [*parts, *_notes(told, beside)]


def _about(gold_set: GoldSet, told: Mapping[str, Told]) -> str:
    n = next((f" {each['n']} rows of `{gold_set.file}`." for each in told.values() if each.get("n")), "")
    seen = max((each.get("trained_on", 0) for each in told.values()), default=0)
    trained = f" **The network was trained on {seen} of these texts.**" if seen else ""
    caution = f" {gold_set.caution.strip()}" if gold_set.caution else ""
    return f"{gold_set.about}{n}{trained}{caution}"


def _scores(gold_set: GoldSet, told: Mapping[str, Told], beside: Sequence[Published]) -> Iterable[list[str]]:
    for score in gold_set.scores:
        asked = [gold_set.goal(score)] if gold_set.targets else []
        ours = [cell(gold_set, told, reader, score) for reader in told]
        theirs = [shown(score, each.scores[score]) if score in each.scores else NONE for each in beside]
        if any(value != NONE for value in (*ours, *theirs)):
            yield [titled(score), *asked, *ours, *theirs]


def _notes(told: Mapping[str, Told], beside: Sequence[Published]) -> list[str]:
    skipped = [f"Skipped for {reader}: {each['skipped']}." for reader, each in told.items() if "skipped" in each]
    sources = [[each.system, each.on, each.source, each.note] for each in beside]
    return [*skipped, *([table(SOURCES, sources)] if sources else [])]


def _made(made: Made) -> list[str]:
    readers = [
        f"`{name}`" + (f" (weights {digest}, {size / 1e6:.1f} MB)" if digest else "")
        for name, digest, size in made.readers.values()
    ]
    return [f"Made on {made.day} with Vedette {made.version}: {', '.join(readers)}."]


def _left_out(results: Results) -> list[str]:
    missing = [each.name for each in gold_sets() if each.name not in results]
    skipped = [
        f"{name} ({reader}: {told['skipped']})"
        for name, by_reader in results.items()
        for reader, told in by_reader.items()
        if "skipped" in told
    ]
    lines = [f"Not run: {', '.join(missing)}."] if missing else []
    return [*lines, *([f"Skipped: {'; '.join(skipped)}."] if skipped else [])]


def failing(told: Told) -> list[str]:
    """The tables of failures of one set, or why there are none."""
    if "skipped" in told:
        return [f"Skipped: {told['skipped']}."]
    parts = [FAILS, texts_table("origin", told["by_origin"])]
    if "confusions" not in told:
        return [*parts, UNREAD]
    parts += [REGION, texts_table("region", told["by_region"])]
    parts += [f"By kind. {FOUND.format(name='kind')}", kinds_table("kind", told["by_kind"])]
    stances = [[f"`{value}`", *_of_labels(row, ("found", "same", "f1"))] for value, row in told["by_stance"].items()]
    parts += [f"By stance. {FOUND.format(name='stance')} {SAME}", table(OF_STANCES, stances)]
    confused = [[f"`{true}`", f"`{ours}`", str(n)] for true, ours, n in told["confusions"][:CONFUSED]]
    return [*parts, "Kinds that are most often taken for another:", table(CONFUSIONS, confused)]


def texts_table(name: str, rows: Mapping[str, Told]) -> str:
    """A row for each group of texts."""
    return table((name, *OF_TEXTS), [[value or "not told", *_of_texts(row)] for value, row in rows.items()])


def kinds_table(name: str, rows: Mapping[str, Told]) -> str:
    """A row for each kind or type of kinds."""
    return table((name, *OF_KINDS), [[f"`{value}`", *_of_labels(row, ("found", "f1"))] for value, row in rows.items()])


def _of_texts(row: Told) -> list[str]:
    whole = [str(row["texts"]), str(row["labels"]), _share(row["claim_f1"], row["labels"])]
    return [*whole, *_of_pairs(row), str(row["false"]), str(row["empty"])]


def _of_labels(row: Told, names: Sequence[str]) -> list[str]:
    shares = [_share(row[name], row["pairs" if name == "same" else "labels"]) for name in names]
    return [str(row["labels"]), *shares, *_of_pairs(row)]


def _of_pairs(row: Told) -> list[str]:
    kind, killed = _share(row["kind_accuracy"], row["pairs"]), _share(row["killed_exact"], row["killed_n"])
    return [kind, str(row["pairs"]), killed, str(row["killed_n"])]


def _share(value: float, n: int) -> str:
    return shown("", value) if n else NONE


def calibration(gold_set: GoldSet, told: Mapping[str, Told]) -> list[str]:
    """How sure and how right the readers are, and a table of bins for each."""
    measured = {reader: each for reader, each in told.items() if "skipped" not in each}
    parts = [*section(gold_set, told, []), CALIBRATION]
    for reader, each in measured.items():
        parts += [f"Reliability of {reader}:", table(("score", "n", "mean score", "share right"), bins(each))]
    return parts


def bins(told: Told) -> Iterable[list[str]]:
    """A row for each bin of scores that is not empty."""
    details = told["details"]
    for place in range(BINS):
        if n := details.get(f"bin_{place}.n"):
            shares = [shown("", details[f"bin_{place}.{name}"]) for name in ("sure", "right")]
            yield [f"{place / BINS:.1f} to {(place + 1) / BINS:.1f}", f"{n:.0f}", *shares]


def how(sets: Iterable[GoldSet], results: Results) -> Iterable[list[str]]:
    """A row for each figure: what it is of, and the command that makes it again."""
    for each in sets:
        for reader, told in results[each.name].items():
            if "skipped" not in told:
                yield [each.name, reader, str(told["n"]), f"{told['seconds']:.1f}", told["day"], command(each, reader)]


def command(gold_set: GoldSet, reader: str) -> str:
    """The command that makes a figure."""
    if gold_set.part:
        return f"`python -m evals.accuracy --sets '{gold_set.name}' --readers {reader}`"
    file = f"evals/{gold_set.file}" if gold_set.file.startswith("modern/") else f"../shared/data/{gold_set.file}"
    asked = "" if reader == "no reader" else f" --reader {reader}"
    return f"`python -m evals {gold_set.set} --file {file}{asked}`"
