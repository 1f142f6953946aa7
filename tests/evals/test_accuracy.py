from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from evals import __main__ as runner
from evals import accuracy, accuracy_runs
from evals.accuracy_costs import costs
from evals.accuracy_page import Made, page
from evals.accuracy_runs import Places, figures, kept
from evals.accuracy_sets import GoldSet, Published, gold_sets, published, shown
from evals.calibration import Verdict
from evals.calibration import scores as calibration_scores
from evals.unseen import is_trained_on, unseen

ROOT = Path(__file__).parents[2]
MADE = Made("2026-01-01", "9.9", {r: (f"{r}.en/1", "abc" * (r != "lexical"), 5_000_000) for r in accuracy.READ_BY})


def told(n: int = 198, **scores: float) -> dict[str, Any]:
    return {"n": n, "seconds": 1.25, "day": "2026-01-01", "scores": scores, "details": {}}


def lines_of(text: str, beginning: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(beginning)]


def test_each_readers_score_stands_beside_the_others() -> None:
    by_reader = {"lexical": told(claim_f1=0.41), "fast": told(claim_f1=0.52), "accurate": told(claim_f1=0.63)}
    text = page({"modern": by_reader}, {}, MADE)
    assert "| `claim_f1` | .410 | .520 | .630 | .969 |" in text  # the last is two labellers'


def test_target_is_marked_as_reached_or_missed() -> None:
    by_reader = {"lexical": told(claim_f1=0.6999), "accurate": told(claim_f1=0.7)}
    text = page({"modern (test)": by_reader}, {}, MADE)
    assert lines_of(text, "| modern (test) | `claim_f1`") == [
        "| modern (test) | `claim_f1` | ≥ .700 | .700 ✗ | – | .700 ✓ |"
    ]


def test_what_may_be_at_most_is_reached_from_below_and_told_by_the_hundred_texts() -> None:
    by_reader = {"fast": told(false_claims_per_text=0.28), "accurate": told(false_claims_per_text=0.10)}
    (line,) = lines_of(page({"modern (test)": by_reader}, {}, MADE), "| false claims per 100 texts")
    assert "| ≤ 10 | 28 ✗ | 10 ✓ |" in line


def test_set_that_was_skipped_is_told_with_the_reason() -> None:
    text = page({"rams": {"accurate": {"skipped": "../shared/data/rams/dev.jsonl is not there"}}}, {}, MADE)
    assert "Skipped: rams (accurate: ../shared/data/rams/dev.jsonl is not there)." in text
    assert "Skipped for accurate: ../shared/data/rams/dev.jsonl is not there." in text


def test_sets_that_were_not_run_are_named() -> None:
    text = page({"rams": {"accurate": told(argument_f1=0.3)}}, {}, MADE)
    (line,) = lines_of(text, "Not run:")
    assert "muc4" in line
    assert "rams (unseen)" in line
    assert ", rams," not in line


def test_score_on_texts_that_were_trained_on_has_a_star() -> None:
    by_reader = {"lexical": told(date_exact=0.71), "accurate": told(date_exact=0.95) | {"trained_on": 382}}
    text = page({"isaf_press_releases": by_reader}, {}, MADE)
    assert ".710 ✗ | .950\\* ✓" in text
    assert "The network was trained on 382 of these texts." in text


def test_published_system_stands_beside_ours_with_its_source_and_what_to_know() -> None:
    text = page({"isaf_press_releases": {"lexical": told(date_exact=0.71)}}, {}, MADE)
    assert "GPT-4o, prompted" in lines_of(text, "|  | asked for")[0]
    (source,) = lines_of(text, "| GPT-4o, prompted")
    assert "all 724 releases" in source
    assert "not row for row" in source


def test_published_range_is_told_by_its_ends_beside_our_perpetrators() -> None:
    ours = told(200) | {"details": {"gtt.perpetrators.f1": 0.3}}
    text = page({"muc4": {"accurate": ours}}, {}, MADE)
    (row,) = lines_of(text, "| `gtt.perpetrators.f1`")
    assert ".300" in row
    assert ".130–.210" in row
    assert "stated in the project's issue" in lines_of(text, "| PETRARCH2, UniversalPetrarch")[0]


def test_size_and_speed_stand_beside_what_is_asked_of_them(tmp_path: Path) -> None:
    (tmp_path / "weights").mkdir()
    (tmp_path / "weights/encoder.onnx").write_bytes(b"0" * 2_000_000)
    measured = tmp_path / "performance.md"
    rows_ = "| fast | 99.0 | 5.01 | 200 |\n| accurate | 29.0 | 1.49 | 400 |\n| spacy | 20.0 | 1.00 | 900 |"
    head = "| reader | articles/s | beside spaCy | memory of both, MB |\n|---|---|---|---|"
    measured.write_text(f"Text.\n<!-- reading: begin -->\n{head}\n{rows_}\n<!-- reading: end -->\nText.\n", "utf-8")
    text = page({}, {}, MADE._replace(costs=tuple(costs(tmp_path / "weights", measured))))
    assert "| shipped weights together, MB | ≤ 35 | 2.0 ✓ |" in text
    assert "| articles a second of accurate, spaCy's being 1 | ≥ 1.5 | 1.49 ✗ |" in text
    assert "| articles a second of fast, spaCy's being 1 | ≥ 5 | 5.01 ✓ |" in text


def test_speed_that_is_not_measured_is_neither_reached_nor_missed(tmp_path: Path) -> None:
    measured = tmp_path / "performance.md"
    measured.write_text("nothing yet\n", encoding="utf-8")
    assert [(cost.measured, cost.reached) for cost in costs(tmp_path, measured)][1:] == [("–", None)] * 2


def test_speed_of_both_trained_readers_is_measured_on_the_page_of_performance() -> None:
    assert all(cost.reached is not None for cost in costs())


def test_every_figure_has_its_command_rows_seconds_and_day() -> None:
    text = page({"muc4": {"lexical": told(200, gtt_micro_f1=0.36)}}, {}, MADE)
    command = "`python -m evals muc4 --file ../shared/data/muc4/dev.jsonl --reader lexical`"
    assert f"| muc4 | lexical | 200 | 1.2 | 2026-01-01 | {command} |" in text


def test_calibration_has_a_row_for_each_bin_with_values() -> None:
    found = [Verdict("kind", 0.85, True)] * 3 + [Verdict("kind", 0.85, False), Verdict("when", 0.1, False)]
    scored = calibration_scores(found, 2)
    figures_ = told(2, **scored.scores) | {"details": scored.details}
    text = page({"calibration": {"accurate": figures_}}, {}, MADE)
    assert "| 0.8 to 0.9 | 4 | .850 | .750 |" in text
    assert "| 0.1 to 0.2 | 1 | .100 | 0 |" in text
    assert "0.2 to 0.3" not in text
    assert "| `right_from_80` | .750 |" in text


def test_failures_are_told_by_origin_kind_stance_and_confusion() -> None:
    pairs = {"pairs": 2, "kind_accuracy": 0.5, "killed_n": 0, "killed_exact": 0.0}
    value = {"labels": 4, "found": 0.5, "same": 0.5, "f1": 0.25} | pairs
    tables = {
        "by_origin": {"re3d": {"texts": 3, "labels": 4, "empty": 1, "false": 2, "claim_f1": 0.4} | pairs},
        "by_region": {"": {"texts": 2, "labels": 4, "empty": 1, "false": 2, "claim_f1": 0.4} | pairs},
        "by_kind": {"attack": value},
        "by_stance": {"denies": value},
        "confusions": [["attack", "armed_clash", 7]],
    }
    text = page({}, {"modern": tables}, MADE)
    assert "| re3d | 3 | 4 | .400 | .500 | 2 | – | 0 | 2 | 1 |" in text
    assert "| not told | 2 | 4 | .400 | .500 | 2 | – | 0 | 2 | 1 |" in text
    assert "| `attack` | 4 | .500 | .250 | .500 | 2 | – | 0 |" in text
    assert "| `denies` | 4 | .500 | .500 | .250 | .500 | 2 | – | 0 |" in text
    assert "| `attack` | `armed_clash` | 7 |" in text


@pytest.mark.parametrize(
    ("score", "value", "expected"),
    [("f1", 0.7284, ".728"), ("f1", 1.0, "1.000"), ("f1", 0.0, "0"), ("values", 1234.0, "1234")],
)
def test_values_are_printed_as_the_other_pages_print_them(score: str, value: float, expected: str) -> None:
    assert shown(score, value) == expected


# --- running and keeping ------------------------------------------------------------------------------------------


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A folder of gold sets that has one file, and one where figures are kept."""
    (tmp_path / "data/satp_conflibert").mkdir(parents=True)
    (tmp_path / "data/satp_conflibert/dev.jsonl").write_text('{"id": "a"}\n', encoding="utf-8")
    return Places(tmp_path / "data", tmp_path / "kept")


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sets that were really measured, in order; each scores 0.5."""
    asked: list[str] = []

    def measured(name: str, gold: Path, reader: str = "") -> dict[str, Any]:
        asked.append(f"{name} {reader}")
        return {"n": 1, "seconds": 0.1, "scores": {"macro_f1": 0.5}}

    monkeypatch.setattr(accuracy_runs, "measured", measured)
    return asked


def command(places: Places, *arguments: str) -> list[str]:
    return [*arguments, "--data", str(places.data), "--kept", str(places.kept)]


def test_second_run_takes_what_the_first_has_kept(places: Places, runs: list[str], capsys: Any) -> None:
    asked = command(places, "--sets", "satp_conflibert", "--readers", "lexical")
    assert accuracy.main(asked) == 0
    first = capsys.readouterr()
    assert accuracy.main(asked) == 0
    second = capsys.readouterr()
    assert runs == ["satp_conflibert lexical"]
    assert first.out == second.out
    assert "kept from before" in second.err


def test_changed_gold_is_measured_anew(places: Places, runs: list[str]) -> None:
    (satp,) = gold_sets(["satp_conflibert"])
    figures(satp, "lexical", places)
    (places.data / satp.file).write_text('{"id": "b"}\n', encoding="utf-8")
    figures(satp, "lexical", places)
    assert len(runs) == 2


def test_run_that_was_cut_off_leaves_nothing_half_behind(places: Places) -> None:
    def cut_off() -> dict[str, Any]:
        raise KeyboardInterrupt

    gold = places.data / "satp_conflibert/dev.jsonl"
    with pytest.raises(KeyboardInterrupt):
        kept("satp", "lexical", gold, places.kept, cut_off)
    assert not places.kept.exists()
    assert kept("satp", "lexical", gold, places.kept, lambda: {"n": 1})["n"] == 1


def test_set_whose_file_is_absent_is_skipped_aloud(places: Places, runs: list[str], capsys: Any) -> None:
    assert accuracy.main(command(places, "--sets", "rams", "--readers", "lexical")) == 0
    told_ = capsys.readouterr()
    assert "rams, lexical: skipped" in told_.err
    assert "Skipped: rams (lexical:" in told_.out
    assert not runs


def test_reader_without_weights_is_skipped_and_not_kept(places: Places, runs: list[str], monkeypatch: Any) -> None:
    monkeypatch.setattr(accuracy_runs, "WEIGHTS", places.data)
    (satp,) = gold_sets(["satp_conflibert"])
    assert figures(satp, "accurate", places) == {"skipped": "the weights of accurate are not there"}
    assert not places.kept.exists()


@pytest.mark.parametrize("wrong", [("--sets", "nonsense"), ("--readers", "nonsense")])
def test_unknown_set_or_reader_is_wrong_usage(wrong: tuple[str, str], places: Places, capsys: Any) -> None:
    assert accuracy.main(command(places, *wrong)) == 2
    assert "nonsense: not known" in capsys.readouterr().err


def test_texts_that_were_trained_on_are_left_out_of_the_unseen_part(tmp_path: Path) -> None:
    gold = tmp_path / "dev.jsonl"
    gold.write_text("".join(f'{{"doc_key": "{n}"}}\n' for n in range(50)), encoding="utf-8")
    with unseen(gold, "rams/dev.jsonl") as rest:
        left = rest.read_text("utf-8").splitlines()
    assert 0 < len(left) < 25
    assert not rest.exists()


def test_texts_of_the_fifth_that_is_kept_are_not_taken_for_trained_on() -> None:
    trained = is_trained_on("modern/nothing.jsonl")
    assert not trained({"id": "t000"})


# --- the data files -----------------------------------------------------------------------------------------------


def test_published_figures_are_of_sets_and_scores_that_the_page_shows() -> None:
    known: dict[str, set[str]] = {}
    for each in gold_sets():
        known.setdefault(each.set, set()).update(each.scores)
    assert published()
    for name, systems in published().items():
        assert name in runner.sets()
        for system in systems:
            assert isinstance(system, Published)
            assert system.scores
            assert set(system.scores) <= known[name], system.system
            ends = [value if isinstance(value, list) else [value] for value in system.scores.values()]
            assert all(0 < value < 1 for each in ends for value in each)
            assert all(each == sorted(each) and len(each) <= 2 for each in ends)
            assert system.on
            assert system.source


def test_every_set_of_the_page_can_be_run_and_asks_only_for_what_it_shows() -> None:
    assert {each.set for each in gold_sets()} == set(runner.sets())
    for each in gold_sets():
        assert isinstance(each, GoldSet)
        assert {*each.targets, *each.at_most} <= set(each.scores)
        assert each.part in ("", "unseen")


def test_every_score_with_a_floor_is_on_the_page() -> None:
    floors = tomllib.loads((ROOT / "evals/floors.toml").read_text("utf-8"))
    shown_ = {(each.file, score) for each in gold_sets() for score in each.scores}
    for floor in floors.values():
        assert {(floor["file"], score) for score in floor["floors"] | floor.get("ceilings", {})} <= shown_
