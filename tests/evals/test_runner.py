from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals import __main__ as runner
from evals.gold import Scores


@pytest.fixture
def gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A gold file, and a set `made_up` that scores 0.5 on any file."""
    path = tmp_path / "gold.jsonl"
    path.write_text("{}", encoding="utf-8")
    monkeypatch.setattr(runner, "scorer", lambda _: lambda _: Scores(7, {"f1": 0.5}, {"f1_ci": 0.1}))
    return path


def floors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, least: float, file: str = "gold.jsonl") -> None:
    path = tmp_path / "floors.toml"
    path.write_text(f'[made_up]\nfile = "{file}"\n[made_up.floors]\nf1 = {least}\n', encoding="utf-8")
    monkeypatch.setattr(runner, "_FLOORS", path)


def test_json_is_one_object_on_the_last_line(gold, capsys):
    assert runner.main(["made_up", "--file", str(gold), "--json"]) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told.pop("seconds") >= 0
    assert told == {"set": "made_up", "file": str(gold), "n": 7, "scores": {"f1": 0.5}}


def test_table_names_the_set_and_its_scores(gold, capsys):
    assert runner.main(["made_up", "--file", str(gold)]) == 0
    out = capsys.readouterr().out
    assert "f1" in out
    assert "0.5000" in out


def test_reader_that_is_asked_for_is_the_one_that_is_scored(gold, monkeypatch, capsys):
    asked = []

    def score(path: Path, reader: str = "accurate") -> Scores:
        asked.append(reader)
        return Scores(7, {"f1": 0.5})

    monkeypatch.setattr(runner, "scorer", lambda _: score)
    assert runner.main(["made_up", "--file", str(gold), "--json"]) == 0
    assert "reader" not in json.loads(capsys.readouterr().out.splitlines()[-1])
    assert runner.main(["made_up", "--file", str(gold), "--reader", "lexical", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["reader"] == "lexical.en/1"
    assert asked == ["accurate", "lexical.en/1"]


def test_unknown_reader_and_a_set_without_one_are_wrong_usage(gold, monkeypatch, capsys):
    assert runner.main(["made_up", "--file", str(gold), "--reader", "lexical"]) == 2
    assert "no reader is scored on this set" in capsys.readouterr().err
    monkeypatch.setattr(runner, "scorer", lambda _: lambda path, reader="": Scores(7, {"f1": 0.5}))
    assert runner.main(["made_up", "--file", str(gold), "--reader", "nonsense"]) == 2
    assert "not known" in capsys.readouterr().err


def test_missing_file_is_one_sentence(tmp_path, capsys):
    assert runner.main(["article_extraction", "--file", str(tmp_path / "no.jsonl")]) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "no.jsonl: there is no such file" in told


@pytest.mark.parametrize("name", ["nonsense", "gold", "../evil", "__main__"])
def test_unknown_set_is_wrong_usage_and_names_the_known_ones(name, tmp_path, capsys):
    path = tmp_path / "gold.jsonl"
    path.write_text("{}", encoding="utf-8")
    assert runner.main([name, "--file", str(path)]) == 2
    told = capsys.readouterr().err
    assert "no such gold set" in told
    assert "article_extraction" in told


def test_file_of_another_set_is_one_sentence(tmp_path, capsys):
    path = tmp_path / "gold.jsonl"
    path.write_text('{"something": "else"}', encoding="utf-8")
    assert runner.main(["article_extraction", "--file", str(path)]) == 1
    assert "is not a gold file of article_extraction" in capsys.readouterr().err


def test_neither_a_set_nor_check_is_wrong_usage(capsys):
    assert runner.main([]) == 2
    assert "--check" in capsys.readouterr().err


def test_score_at_its_floor_holds(gold, tmp_path, monkeypatch):
    floors(tmp_path, monkeypatch, 0.5)
    assert runner.main(["--check", "--data", str(tmp_path)]) == 0


def test_score_below_its_floor_fails_and_is_named(gold, tmp_path, monkeypatch, capsys):
    floors(tmp_path, monkeypatch, 0.51)
    assert runner.main(["--check", "--data", str(tmp_path)]) == 1
    assert "made_up: f1 is 0.5000, below its floor of 0.51" in capsys.readouterr().err


def test_set_whose_gold_is_not_here_is_skipped_aloud(gold, tmp_path, monkeypatch, capsys):
    floors(tmp_path, monkeypatch, 0.9, file="elsewhere.jsonl")
    assert runner.main(["--check", "--data", str(tmp_path)]) == 0
    assert "skipped" in capsys.readouterr().out


@pytest.mark.parametrize(("most", "code"), [(0.5, 0), (0.49, 1)])
def test_score_that_should_be_low_is_held_to_its_ceiling(gold, tmp_path, monkeypatch, capsys, most, code):
    floors(tmp_path, monkeypatch, 0.5)
    pins = runner._FLOORS.read_text(encoding="utf-8")
    runner._FLOORS.write_text(f"{pins}[made_up.ceilings]\nf1 = {most}\n", encoding="utf-8")
    assert runner.main(["--check", "--data", str(tmp_path)]) == code
    told = capsys.readouterr()
    assert f"made_up: f1 0.5000, ceiling {most}" in told.out
    assert ("made_up: f1 is 0.5000, above its ceiling of 0.49" in told.err) == bool(code)


def test_slow_set_is_left_out_aloud_and_scored_where_all_are_asked_for(gold, tmp_path, monkeypatch, capsys):
    path = tmp_path / "floors.toml"
    path.write_text('[made_up]\nfile = "gold.jsonl"\nslow = true\n[made_up.floors]\nf1 = 0.9\n', encoding="utf-8")
    monkeypatch.setattr(runner, "_FLOORS", path)
    assert runner.main(["--check", "--data", str(tmp_path)]) == 0
    assert "made_up: left out" in capsys.readouterr().out
    assert runner.main(["--check", "--all", "--data", str(tmp_path)]) == 1


def test_unseen_part_is_scored_without_the_texts_that_were_trained_on(tmp_path, monkeypatch):
    gold = tmp_path / "rams/dev.jsonl"
    gold.parent.mkdir()
    gold.write_text("".join(f'{{"doc_key": "{n}"}}\n' for n in range(50)), encoding="utf-8")
    monkeypatch.setattr(runner, "scorer", lambda _: lambda path: Scores(1, {"f1": len(path.read_text().splitlines())}))
    pins = {"rams_unseen": {"set": "rams", "file": "rams/dev.jsonl", "part": "unseen", "ceilings": {"f1": 25}}}
    assert [broken for _, broken in runner.breaches(pins, tmp_path)] == [""]


def test_every_floor_names_a_set_that_is_here():
    import tomllib

    told = tomllib.loads(runner._FLOORS.read_text(encoding="utf-8"))
    assert {floor.get("set", name) for name, floor in told.items()} <= set(runner.sets())
    for floor in told.values():
        assert floor["file"]
        assert all(0 < least <= 1 for least in (floor["floors"] | floor.get("ceilings", {})).values())
