from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from running import PLAIN, Vedette, reports

ROOT = Path(__file__).parents[2]


def test_help_answers_in_under_a_third_of_a_second() -> None:
    # Processor time: the clock on the wall would measure what else this machine does.
    used = []
    for _ in range(3):
        process = subprocess.Popen([sys.executable, "-m", "vedette", "--help"], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        assert status == 0
        used.append(usage.ru_utime + usage.ru_stime)
    assert min(used) < 0.3


def test_help_loads_nothing_heavy() -> None:
    heavy = {"duckdb", "sqlalchemy", "trafilatura", "httpx", "lxml", "numpy"}
    code = f"import sys, vedette.cli.app; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "command", ["init", "read", "collect", "incidents", "show", "count", "search", "sql", "schema", "doctor"]
)
def test_every_command_has_a_help_text(vedette: Vedette, command: str) -> None:
    answer = vedette(command, "--help")
    assert answer.code == 0
    assert "Usage: vedette" in answer.out


def test_reading_without_a_case_prints_and_keeps_nothing(vedette: Vedette, tmp_path: Path) -> None:
    answer = vedette("read", reports(tmp_path / "a.jsonl", [1]), "--format", "json", *PLAIN)
    assert answer.code == 0
    found = json.loads(answer.out)
    assert found["articles"] == 1
    assert {claim["kind"]["value"] for claim in found["claims"]} >= {"remote_explosive_landmine_ied"}
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.jsonl"]


def test_every_span_in_json_holds_its_words(vedette: Vedette, case: Path) -> None:
    (listed,) = [json.loads(vedette("incidents", "--case", case, "--limit", 1, "--format", "json").out)]
    shown = json.loads(vedette("show", listed[0]["id"], "--case", case, "--format", "json").out)
    (span,) = shown["claims"][0]["kind"]["spans"][:1]
    assert set(span) == {"article_id", "start", "end", "text"}
    assert span["text"]
    assert span["end"] - span["start"] == len(span["text"])


def test_machine_formats_hold_nothing_but_the_answer(vedette: Vedette, case: Path) -> None:
    everything = json.loads(vedette("incidents", "--case", case, "--format", "json").out)
    lines = [json.loads(line) for line in vedette("incidents", "--case", case, "--format", "jsonl").out.splitlines()]
    rows = list(csv.DictReader(io.StringIO(vedette("incidents", "--case", case, "--format", "csv").out)))
    assert everything == lines
    assert [row["id"] for row in rows] == [each["id"] for each in everything]
    assert {row["kind"] for row in rows} == {each["kind"] for each in everything}


def test_a_table_shows_every_incident(vedette: Vedette, case: Path) -> None:
    table = vedette("incidents", "--case", case).out
    for each in json.loads(vedette("incidents", "--case", case, "--format", "json").out):
        assert each["id"][:10] in table


def test_counts_agree_with_the_list(vedette: Vedette, case: Path) -> None:
    listed = json.loads(vedette("incidents", "--case", case, "--format", "json").out)
    counted = json.loads(vedette("count", "--by", "kind", "--case", case, "--format", "json").out)
    assert counted["whole"]["count"] == len(listed)
    assert sum(group["count"] for group in counted["groups"]) == len(listed)
    rows = list(csv.DictReader(io.StringIO(vedette("count", "--by", "kind", "--case", case, "--format", "csv").out)))
    assert {row["kind"]: int(row["incidents"]) for row in rows} == {
        group["group"]["kind"]: group["count"] for group in counted["groups"]
    }


def test_showing_an_incident_quotes_the_words_and_says_that_a_machine_coded_it(vedette: Vedette, case: Path) -> None:
    (listed,) = json.loads(
        vedette(
            "incidents", "--kind", "remote_explosive_landmine_ied", "--limit", 1, "--case", case, "--format", "json"
        ).out
    )
    shown = vedette("show", listed["id"][:12], "--case", case).out
    assert re.search(r"toll +\d+ killed +[01]\.\d\d +“", shown)
    assert re.search(r"says +“.*[Bb]omb.*”", shown)
    assert "coded by machine" in shown


def test_search_finds_the_words_and_the_incidents(vedette: Vedette, case: Path) -> None:
    (found,) = json.loads(vedette("search", '"attack number 7"', "--case", case, "--format", "json").out)
    assert "attack number 7" in found["excerpt"]
    assert found["incident_ids"]


def test_figures_are_counted_and_given_with_the_reader_that_found_them(vedette: Vedette, tmp_path: Path) -> None:
    import jsonschema

    path = tmp_path / "toll.txt"
    path.write_text("More than 900 people have been killed in Kunduz since January, the health ministry said.\n")
    (figure,) = json.loads(vedette("read", path, "--format", "json").out)["figures"]
    jsonschema.validate(figure, json.loads(vedette("schema", "Figure").out))
    assert (figure["reader"], figure["value"]["low"]) == ("accurate.en/3", 901)
    assert "1 article, 0 claims, 1 figure, 0 incidents; nothing kept" in vedette("read", path).err


def test_sql_answers_and_refuses_to_change_anything(vedette: Vedette, case: Path) -> None:
    answer = vedette("sql", "SELECT count(*) AS n FROM articles", "--case", case, "--format", "jsonl")
    assert json.loads(answer.out) == {"n": 12}
    refused = vedette("sql", "DELETE FROM articles", "--case", case)
    assert refused.code == 2
    assert refused.out == ""


def test_the_schema_is_the_pinned_one(vedette: Vedette) -> None:
    pinned = json.loads((ROOT / "docs" / "schema.json").read_text())
    assert json.loads(vedette("schema").out) == pinned


@pytest.mark.parametrize(
    ("noun", "command"),
    [("Incident", ["incidents"]), ("Claim", ["incidents", "--unit", "claims"]), ("Found", ["search", "bomb"])],
)
def test_answers_fit_the_published_schema(vedette: Vedette, case: Path, noun: str, command: list[str]) -> None:
    import jsonschema

    answer = json.loads(vedette(*command, "--case", case, "--format", "json").out)
    assert answer
    schema = json.loads(vedette("schema", noun).out)
    for each in answer:
        jsonschema.validate(each, schema)


def test_doctor_finds_a_healthy_case_healthy(vedette: Vedette, case: Path) -> None:
    answer = vedette("doctor", "--case", case, "--format", "json")
    assert answer.code == 0
    report = json.loads(answer.out)
    assert report["case"]["articles"] == 12
    assert not any(report["pending"].values())


def test_doctor_lists_what_went_wrong(vedette: Vedette, case: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    assert vedette("read", tmp_path / "empty.txt", "--case", case).code == 1
    answer = vedette("doctor", "--case", case)
    assert answer.code == 1
    assert "empty.txt" in answer.out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["show", "zzzz"], 2),
        (["count", "--by", "region"], 2),
        (["count", "--kind", "explosion"], 2),
        (["incidents", "--from", "yesterday"], 2),
        (["incidents", "--format", "xml"], 2),
        (["search", 'nofield:x "'], 2),
        (["collect"], 2),
        (["nosuchcommand"], 2),
        (["read", "nosuchfile.txt"], 1),
        (["read", "http://127.0.0.1:9/report.html"], 3),
    ],
)
def test_a_mistake_is_one_sentence_and_the_right_exit_code(
    vedette: Vedette, case: Path, arguments: list[str], code: int
) -> None:
    answer = vedette(*arguments, *(["--case", case] if arguments[0] != "nosuchcommand" else []))
    assert answer.code == code
    assert "Traceback" not in answer.err
    assert answer.err.strip()


def test_without_a_case_the_remedy_is_named(vedette: Vedette, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    answer = vedette("incidents")
    assert answer.code == 2
    assert "--case DIR" in answer.err


def test_the_case_folder_itself_and_the_environment_name_the_case(
    vedette: Vedette, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(case)
    assert json.loads(vedette("count", "--format", "json").out)["whole"]["count"] > 0
    monkeypatch.chdir(case.parent)
    monkeypatch.setenv("VEDETTE_CASE", str(case))
    assert json.loads(vedette("count", "--format", "json").out)["whole"]["count"] > 0


def test_debug_shows_the_traceback(vedette: Vedette, case: Path) -> None:
    from vedette.model.errors import UsageError

    with pytest.raises(UsageError):
        vedette("--debug", "show", "zzzz", "--case", case)


def test_a_reader_that_closes_the_pipe_early_is_no_error(case: Path) -> None:
    asked = f"{sys.executable} -m vedette sql 'SELECT range AS n FROM range(300000)' --format jsonl --case {case}"
    command = f"{{ {asked}; echo left with $? >&2; }} | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stdout == '{"n":0}\n'
    assert done.stderr == "left with 0\n"


def test_stdin_is_read(case: Path) -> None:
    text = "KABUL, March 3, 2025 - A suicide bomber killed four policemen in Ghazni on Sunday, police said.\n"
    command = [sys.executable, "-m", "vedette", "read", "-", "--source", "desk", "--case", str(case), "-f", "json"]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["claims"][0]["kind"]["value"] == "suicide_bomb"


def test_a_denial_that_no_incident_holds_can_still_be_listed_and_shown(vedette: Vedette, tmp_path: Path) -> None:
    report = tmp_path / "denial.txt"
    report.write_text(
        "KABUL, March 3, 2025 - A police spokesman denied that gunmen had attacked a bank in Ghazni on Sunday."
    )
    folder = tmp_path / "case"
    vedette("init", folder)
    assert vedette("read", report, "--case", folder, *PLAIN).code == 0
    (claim,) = json.loads(vedette("incidents", "--unit", "claims", "--case", folder, "--format", "json").out)
    assert claim["stance"]["value"] == "denies"
    assert json.loads(vedette("incidents", "--case", folder, "--format", "json").out) == []
    shown = vedette("show", claim["id"][:10], "--case", folder)
    assert shown.code == 0
    assert "denies" in shown.out


def test_what_strangers_write_moves_no_terminal_and_no_spreadsheet(vedette: Vedette, tmp_path: Path) -> None:
    told = {
        "title": "Bomb [bold]kills[/bold] 3 in \x1b[31mKunduz",
        "text": "A roadside bomb killed three policemen in Kunduz on Monday, police said.",
        "source": '=HYPERLINK("http://example.org")\x1b[2J',
        "published": "2025-03-04",
    }
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(told))
    folder = tmp_path / "case"
    vedette("init", folder)
    vedette("read", path, "--case", folder, *PLAIN)
    (listed,) = json.loads(vedette("incidents", "--case", folder, "--format", "json").out)
    for command in (["incidents"], ["show", listed["id"]], ["search", "bomb"], ["count", "--by", "source"]):
        assert "\x1b" not in vedette(*command, "--case", folder).out
    (row,) = csv.DictReader(io.StringIO(vedette("incidents", "--case", folder, "--format", "csv").out))
    assert row["sources"].startswith("'=")


def test_an_unforeseen_error_is_one_sentence_and_debug_shows_where(
    vedette: Vedette, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("what nobody thought of")

    monkeypatch.setattr("vedette.analyse.count", broken)
    answer = vedette("count", "--case", case)
    assert answer.code == 1
    assert answer.err.count("\n") == 1
    with pytest.raises(ZeroDivisionError):
        vedette("--debug", "count", "--case", case)


def test_a_run_that_is_told_to_end_leaves_nothing_behind(tmp_path: Path) -> None:
    path = reports(tmp_path / "a.jsonl", range(2_000))
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    command = [sys.executable, "-m", "vedette", "read", str(path)]
    process = subprocess.Popen(command, env={**os.environ, "TMPDIR": str(temporary)}, stderr=subprocess.PIPE)
    while not list(temporary.glob("*/case/lake/captures")):
        assert process.poll() is None
    process.terminate()
    process.communicate()
    assert process.returncode == 143
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    "command", [["incidents", "--place", "Nowhere"], ["sql", "SELECT id, kind FROM incidents WHERE false"]]
)
def test_an_empty_csv_has_its_header(vedette: Vedette, case: Path, command: list[str]) -> None:
    lines = vedette(*command, "--case", case, "--format", "csv").out.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("id,kind")
