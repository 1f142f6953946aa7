"""What `make demo` runs: the README's commands over the sample reports, each shown before its answer."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Read the samples into demo-case and ask it what a user would."""
    import os

    os.chdir(ROOT)
    vedette("init", "demo-case", "--title", "Fictional sample")
    vedette("read", "samples/reports", "--case", "demo-case")
    vedette("count", "--by", "kind", "--case", "demo-case")
    vedette("show", most_told(), "--case", "demo-case")
    print("\nNext, with your own reports (the samples are fictional):")
    print("  . .venv/bin/activate")
    print("  vedette init my-case")
    print("  vedette read FILE|FOLDER|URL … --case my-case")
    print("  vedette incidents --case my-case")


def vedette(*arguments: str) -> None:
    """Print the command, then run it as the command line would."""
    from vedette.cli.app import main as command_line

    print(f"\n$ vedette {' '.join(arguments)}", flush=True)
    sys.argv = ["vedette", *arguments]
    try:
        command_line()
    except SystemExit as left:
        if left.code not in {0, None, 1}:  # 1: done, with issues that were told
            raise


def most_told() -> str:
    """The beginning of the id of the incident that most sources tell of."""
    from vedette.store import Case

    with Case.open(ROOT / "demo-case") as case, case.snapshot() as now:
        query = "SELECT id FROM incidents ORDER BY len(sources) DESC, len(claim_ids) DESC, id LIMIT 1"
        return str(now.column(query)[0])[:10]


if __name__ == "__main__":
    main()
