"""`--reader llm` from the command line: a case's own settings, its ledger, and what a person is told."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from model_server import Asked, ModelServer, Reply, claim, failing, said, serving, told, toll
from running import Answer, Vedette, free_port, reports, start

KEY = "sk-very-secret-4711"
Ask = Callable[..., Answer]


def bombing(asked: Asked) -> Reply:
    """What a good model says of one of the reports that `running.reports` makes."""
    number = asked.text.split()[2]
    place = asked.text.split("\n")[0].split()[-1]
    bomb = claim(
        "killed",
        "remote_explosive_landmine_ied",
        targets=["policemen"],
        weapons=["roadside bomb"],
        place=[place],
        time=["Monday"],
        tolls=[toll(f"{number} policemen", side="targets")],
        said_by=["police"],
    )
    taken = claim("abducted", "abduction_forced_disappearance", perpetrators=["Gunmen"], targets=["driver"])
    return said(told(bomb, taken))


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with serving() as running:
        running.reply = bombing
        yield running


@pytest.fixture
def folder(vedette: Vedette, tmp_path: Path, server: ModelServer) -> Path:
    """A case whose settings name the test's server."""
    made = tmp_path / "case"
    assert vedette("init", made).code == 0
    add(made, server.table())
    return made


@pytest.fixture
def read(vedette: Vedette, folder: Path, tmp_path: Path) -> Ask:
    """Reads reports of these numbers by the model."""

    def run(numbers: range, *more: object) -> Answer:
        path = reports(tmp_path / f"{numbers.start}.jsonl", numbers)
        return vedette("read", path, "--case", folder, "--reader", "llm", "--format", "json", *more)

    return run


def add(case: Path, lines: str) -> None:
    path = case / "vedette.toml"
    path.write_text(path.read_text() + "\n" + lines)


def sentences(answer: Answer) -> list[str]:
    assert "Traceback" not in answer.err
    return answer.err.splitlines()


def test_a_report_is_read_by_the_model_into_claims_with_their_words(read: Ask, server: ModelServer) -> None:
    answer = read(range(1, 2))
    assert answer.code == 0, answer.err
    found = json.loads(answer.out)
    bomb, taken = sorted(found["claims"], key=lambda each: each["kind"]["spans"][0]["start"])
    assert (bomb["kind"]["value"], bomb["kind"]["reader"]) == ("remote_explosive_landmine_ied", "llm.en/1")
    assert bomb["place"]["value"]["name"] == "Kandahar"
    assert bomb["tolls"][0]["value"]["tally"] == {"low": 3, "best": 3, "high": 3}
    assert bomb["when"]["value"] == {"earliest": "2025-01-27", "latest": "2025-01-27"}
    assert taken["perpetrators"][0]["value"]["name"] == "Gunmen"
    assert len(found["incidents"]) == 2
    (asked,) = server.asked
    assert asked.day == "2025-02-02"


def test_what_goes_out_and_what_it_cost_is_told_on_stderr(
    vedette: Vedette, folder: Path, tmp_path: Path, server: ModelServer
) -> None:
    add(folder, "price_in = 2.0\nprice_out = 10.0\n")
    path = reports(tmp_path / "a.jsonl", range(3))
    answer = vedette("read", path, "--case", folder, "--reader", "llm")
    sent, bill = (line for line in sentences(answer) if "small-model" in line)
    assert sent == f"the articles' text is sent to {server.base_url}, for small-model to read"
    assert bill.startswith("llm small-model: 3 requests; 3,000 tokens in and 600 out; ")
    assert "price 0.0120" in bill
    assert "s at worst" in bill


def test_a_case_goes_on_with_the_model_and_is_not_read_twice(
    vedette: Vedette, folder: Path, read: Ask, server: ModelServer, tmp_path: Path
) -> None:
    read(range(2))
    read(range(2))
    assert len(server.asked) == 2
    more = reports(tmp_path / "more.jsonl", range(5, 7))
    assert vedette("read", more, "--case", folder).code == 0
    assert len(server.asked) == 4
    assert vedette("read", more, "--case", folder, "--reader", "lexical").code == 0
    assert len(server.asked) == 4


def test_collecting_reads_by_the_model_where_it_is_told_to(
    vedette: Vedette, folder: Path, server: ModelServer, tmp_path: Path
) -> None:
    feed = reports(tmp_path / "feed.jsonl", range(2))
    add(folder, f'[[source]]\nname = "wire"\nurl = {json.dumps(str(feed))}\n')
    answer = vedette("collect", "--case", folder, "--reader", "llm", "--format", "json")
    assert answer.code == 0, answer.err
    assert len(json.loads(answer.out)["claims"]) == 4
    assert len(server.asked) == 2


def test_without_the_option_nothing_is_sent(
    vedette: Vedette, folder: Path, server: ModelServer, tmp_path: Path
) -> None:
    assert vedette("read", reports(tmp_path / "a.jsonl", range(2)), "--case", folder).code == 0
    assert server.asked == []


def test_several_processes_are_not_used_for_waiting_and_the_bound_on_questions_holds(
    vedette: Vedette, folder: Path, server: ModelServer, tmp_path: Path
) -> None:
    add(folder, "concurrent = 2\n")
    server.reply = lambda asked: Reply(bombing(asked).body, pause=0.02)
    path = reports(tmp_path / "a.jsonl", range(30))
    answer = vedette("read", path, "--case", folder, "--reader", "llm", "--workers", "4", "--format", "json")
    assert (answer.code, len(json.loads(answer.out)["claims"])) == (0, 60)
    assert server.most_at_once <= 2


def test_a_failed_article_becomes_an_issue_and_is_read_by_the_next_run(
    vedette: Vedette, folder: Path, read: Ask, server: ModelServer
) -> None:
    server.reply = lambda asked: said("no idea") if "number 1 " in asked.text else bombing(asked)
    answer = read(range(3))
    assert answer.code == 1
    found = json.loads(answer.out)
    assert len(found["claims"]) == 4
    assert found["unread"] == 0
    (issue,) = found["issues"]
    assert "no JSON object" in issue["message"]
    assert issue["message"].endswith("it is not read, the next run asks again")
    report = json.loads(vedette("doctor", "--case", folder, "--format", "json").out)
    assert report["pending"]["unread"] == 1
    server.reply = bombing
    again = read(range(3))
    assert again.code == 0
    assert len(json.loads(again.out)["claims"]) == 6
    assert len(server.asked) == 4


def test_quotes_that_nobody_wrote_are_an_issue_without_their_words(
    vedette: Vedette, folder: Path, read: Ask, server: ModelServer
) -> None:
    made_up = claim("killed", "attack", targets=["Zalmay Wardak", "schoolchildren"], tolls=[toll("nineteen")])
    server.reply = lambda _: said(told(made_up))
    answer = read(range(1))
    assert answer.code == 1
    (issue,) = json.loads(answer.out)["issues"]
    assert issue["message"] == "left out of the model's answer: 3 quotes that do not stand in the text"
    assert "3 quotes left out" in answer.err
    assert "Wardak" not in answer.out + answer.err + dump(folder)


def test_a_dead_server_is_one_sentence_and_what_else_is_to_do_is_done(
    vedette: Vedette, folder: Path, tmp_path: Path, server: ModelServer
) -> None:
    dead = f"http://127.0.0.1:{free_port()}/v1"
    text = (folder / "vedette.toml").read_text()
    (folder / "vedette.toml").write_text(text.replace(server.base_url, dead))
    path = reports(tmp_path / "a.jsonl", range(60))
    answer = vedette("read", path, "--case", folder, "--reader", "llm")
    assert answer.code == 1
    (requests,) = re.findall(r"^llm small-model: (\d+) requests", answer.err, re.MULTILINE)
    assert int(requests) <= 32  # four at a time, each tried a few times
    told_of = [line for line in sentences(answer) if line.startswith("read:")]
    assert told_of == [f"read: {dead}: no server answers there (Connection refused): start it, or mend base_url"]
    assert len(json.loads(vedette("search", "roadside", "--case", folder, "--format", "json").out)) > 0
    (folder / "vedette.toml").write_text(text)
    assert vedette("read", path, "--case", folder, "--reader", "llm").code == 0
    assert len(server.asked) == 60


def test_what_was_read_before_the_server_died_is_kept(folder: Path, read: Ask, server: ModelServer) -> None:
    server.reply = lambda asked: bombing(asked) if len(server.asked) <= 2 else failing(401)
    add(folder, "concurrent = 1\n")
    answer = read(range(8))
    found = json.loads(answer.out)
    assert len(found["claims"]) == 4
    assert len(found["incidents"]) >= 2
    assert "does not let us in" in found["issues"][0]["message"]


def test_a_wrong_model_name_is_told(folder: Path, read: Ask, server: ModelServer) -> None:
    server.model = "another"
    (issue,) = json.loads(read(range(5)).out)["issues"]
    assert issue["subject"] == server.base_url
    assert "knows no model 'small-model'" in issue["message"]


def test_the_key_comes_from_the_environment_and_is_kept_and_shown_nowhere(
    folder: Path, read: Ask, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(folder, 'key_env = "OUR_KEY"\n')
    server.key = KEY
    monkeypatch.setenv("OUR_KEY", KEY)
    good = read(range(1))
    assert good.code == 0
    assert server.asked[0].headers["authorization"] == f"Bearer {KEY}"
    server.reply = lambda _: failing(400, f"the key {KEY} is bad")
    bad = read(range(1, 3), "--debug")
    assert bad.code == 1
    server.key = "another"
    refused = read(range(3, 5))
    assert refused.code == 1
    for answer in (good, bad, refused):
        assert KEY not in answer.out + answer.err
    assert KEY not in dump(folder)


def test_a_missing_key_is_wrong_usage_and_names_its_variable(
    folder: Path, read: Ask, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(folder, 'key_env = "OUR_KEY"\n')
    monkeypatch.delenv("OUR_KEY", raising=False)
    answer = read(range(1))
    assert answer.code == 2
    assert sentences(answer) == [
        f"vedette: {folder}/vedette.toml, [llm]: key_env names OUR_KEY, which is not set: put the server's key into "
        "that environment variable"
    ]
    assert server.asked == []


def test_a_proxy_of_the_environment_gets_nothing(read: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    assert read(range(1)).code == 0


def test_without_a_case_it_says_what_to_write_where(vedette: Vedette, tmp_path: Path) -> None:
    answer = vedette("read", reports(tmp_path / "a.jsonl", [1]), "--reader", "llm")
    assert answer.code == 2
    (line,) = sentences(answer)
    assert line.startswith("vedette: --reader llm: needs a case")
    assert "a table [llm] with base_url and model into my-case/vedette.toml, and add --case my-case" in line


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("", "has no table [llm]"),
        ("llm = 3", "has no table [llm]"),
        ("[llm]", "has no base_url"),
        ('[llm]\nbase_url = "http://127.0.0.1:8000/v1"', "has no model"),
        ('[llm]\nbase_url = "127.0.0.1:8000"\nmodel = "m"', "write an address"),
        ('[llm]\nbase_url = "ftp://host/v1"\nmodel = "m"', "write an address"),
        ('[llm]\nbase_url = "http://host:99999/v1"\nmodel = "m"', "write an address"),
        ('[llm]\nbase_url = "http://me:sk-1@host/v1"\nmodel = "m"', "take the name and password out of it"),
        ('[llm]\nbase_url = "http://host/v1?key=sk-1"\nmodel = "m"', "without ?"),
        ('[llm]\nkey_env = "sk-1"', "write the name of an environment variable in capitals"),
        ('[llm]\nkey = "sk-1"', "take the key out of this file"),
        ('[llm]\nbase_url = "http://h/v1"\nmodel = ""', "'model' cannot be used: write it as text"),
        ('[llm]\nbase_ulr = "http://h/v1"', "did you mean 'base_url'?"),
        ("[llm]\ntimeout = 0", "write seconds"),
        ("[llm]\ntimeout = nan", "write seconds"),
        ("[llm]\nconcurrent = 0", "write a whole number"),
        ("[llm]\nconcurrent = true", "write a whole number"),
        ("[llm]\nmax_tokens = 1.5", "write a whole number"),
        ("[llm]\nprice_in = -1", "write what a million tokens cost"),
    ],
)
def test_wrong_settings_are_wrong_usage_and_named(vedette: Vedette, tmp_path: Path, table: str, words: str) -> None:
    folder = tmp_path / "case"
    vedette("init", folder)
    add(folder, table)
    answer = vedette("read", reports(tmp_path / "a.jsonl", [1]), "--case", folder, "--reader", "llm")
    assert answer.code == 2
    (line,) = sentences(answer)
    assert words in line
    assert "sk-1" not in line


def test_an_address_may_be_the_whole_one(vedette: Vedette, folder: Path, read: Ask, server: ModelServer) -> None:
    path = folder / "vedette.toml"
    path.write_text(path.read_text().replace(server.base_url, server.base_url + "/chat/completions/"))
    assert read(range(1)).code == 0


def test_the_settings_that_a_new_case_shows_are_read(vedette: Vedette, tmp_path: Path, server: ModelServer) -> None:
    folder = tmp_path / "new"
    vedette("init", folder)
    path = folder / "vedette.toml"
    lines = path.read_text().splitlines()
    at = lines.index("# [llm]")
    lines[at:] = [line.removeprefix("# ") for line in lines[at:] if "key_env" not in line]
    text = "\n".join(lines).replace("http://127.0.0.1:8000/v1", server.base_url).replace("NAME", server.model)
    path.write_text(text)
    answer = vedette("read", reports(tmp_path / "a.jsonl", [1]), "--case", folder, "--reader", "llm")
    assert answer.code == 0, answer.err


def test_help_says_where_the_text_goes(vedette: Vedette) -> None:
    for command in ("read", "collect"):
        shown = " ".join(vedette(command, "--help").out.replace("│", " ").split())
        assert "llm: a model on the server that [llm] in vedette.toml names, which is sent the articles' text" in shown
        assert "--case my-case --reader llm" in shown


def test_a_stopped_run_ends_at_once_however_long_the_server_takes(
    folder: Path, tmp_path: Path, server: ModelServer
) -> None:
    add(folder, "concurrent = 1\n")
    server.reply = lambda asked: bombing(asked) if len(server.asked) < 3 else Reply(b"", pause=120)
    process = start("read", reports(tmp_path / "a.jsonl", range(6)), "--case", folder, "--reader", "llm")
    while len(server.asked) < 3 and process.poll() is None:
        time.sleep(0.02)
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.wait(100)
    assert time.monotonic() - began < 60
    assert process.returncode == 128 + signal.SIGTERM


def dump(folder: Path) -> str:
    """Everything that lies in a case's folder, as text."""
    with sqlite3.connect(folder / "ledger.db") as ledger:
        lines = "\n".join(ledger.iterdump())
    files = [Path(root) / name for root, _, names in os.walk(folder) for name in names]
    return lines + "\n".join(path.read_bytes().decode("latin-1") for path in files)
