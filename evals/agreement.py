"""How far two people who labelled the same texts agree, by the measures of `evals.modern`.

    python -m evals.agreement evals/modern/labels.jsonl evals/modern/second.jsonl

Two labels are a pair where any words that name the event are the same in both. F1 is that of either against the other;
of the stances it is that of the second against the first, a label without a pair being missed.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.gold import rows
from evals.modern import gold_killed, macro_f1
from evals.template_filling import matched

Label = Mapping[str, Any]


def agreement(one: Iterable[Mapping[str, Any]], other: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """The scores over the texts that both labelled."""
    first = {row["id"]: row["claims"] for row in one}
    pairs: list[tuple[Label, Label]] = []
    true: list[str] = []
    total = texts = 0
    for row in other:
        if row["id"] in first:
            pairs += paired(first[row["id"]], row["claims"])
            total += len(first[row["id"]]) + len(row["claims"])
            true += [label["stance"] for label in first[row["id"]]]
            texts += 1
    counted = [(gold_killed(a), gold_killed(b)) for a, b in pairs]
    counted = [(a, b) for a, b in counted if a or b]
    return {
        "texts": texts,
        "claim_f1": 2 * len(pairs) / max(1, total),
        "kind": _share(pairs, lambda label: label["kind"]),
        "stance": _share(pairs, lambda label: label["stance"]),
        "stance_macro_f1": macro_f1([(b["stance"], a["stance"]) for a, b in pairs], true),
        "attribution": _share(pairs, lambda label: label["attribution"]),
        "killed_exact": sum(a == b for a, b in counted) / max(1, len(counted)),
        "when": _share(pairs, lambda label: (label["when"]["earliest"], label["when"]["latest"])),
        "place": _share(pairs, lambda label: label["place"]["precision"]),
    }


def paired(one: Sequence[Label], other: Sequence[Label]) -> list[tuple[Label, Label]]:
    """The labels of one text that name the same event, as many as can be."""
    options = [[n for n, b in enumerate(other) if _same(a, b)] for a in one]
    return [(one[place], other[option]) for place, option in matched(options).items()]


def _same(one: Label, other: Label) -> bool:
    words = [(each["trigger"], *each["also"]) for each in (one, other)]
    return any(a[0] < b[1] and b[0] < a[1] for a in words[0] for b in words[1])


def _share(pairs: Sequence[tuple[Label, Label]], value: Callable[[Label], Any]) -> float:
    return sum(value(a) == value(b) for a, b in pairs) / max(1, len(pairs))


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path, nargs=2)
    asked = parser.parse_args()
    for name, value in agreement(*(rows(path) for path in asked.labels)).items():
        print(f"{name:14} {value:.3f}")


if __name__ == "__main__":
    main()
