from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from made import AT, article, capture
from vedette.model.errors import CaseError, UsageError
from vedette.model.nouns import Issue
from vedette.store import Batch, Case, Work


def test_reading_the_same_twice_adds_nothing(case: Case) -> None:
    batch = Batch("collect", {"captures": [capture("one"), capture("two")]}, [Issue("collect", "x", "broken", AT)])
    assert case.commit(batch) == {"captures": 2}
    heads = case.ledger.heads()
    assert case.commit(batch) == {}
    assert case.ledger.heads() == heads
    assert len(case.ledger.issues()) == 1


def test_a_capture_comes_back_byte_for_byte(case: Case) -> None:
    body = bytes(range(256))
    kept = capture("").of(body, source="s", url="u", fetched_at=AT, media_type="application/pdf")
    case.commit(Batch("collect", {"captures": [kept]}))
    with case.snapshot() as now:
        assert now.rows("SELECT id, body, fetched_at, published FROM captures") == [
            {"id": kept.id, "body": body, "fetched_at": AT, "published": None}
        ]


def test_twins_within_one_batch_are_kept_once(case: Case) -> None:
    assert case.commit(Batch("collect", {"captures": [capture("one"), capture("one")]})) == {"captures": 1}


def test_several_tables_change_together_or_not_at_all(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = Batch("open", {"articles": [article("one")], "done": [Work("open", "c", "plain/1")]})
    with monkeypatch.context() as broken:
        broken.setattr("vedette.store.ledger.Writing.add_issues", _fail)
        with pytest.raises(CaseError, match=r"no space|disk is full"):
            case.commit(batch)
    with case.snapshot() as now:
        assert now.column("SELECT count(*) FROM articles") == [0]
        assert now.column("SELECT count(*) FROM done") == [0]
    assert case.commit(batch) == {"articles": 1, "done": 1}
    with case.snapshot() as now:
        assert now.column("SELECT count(*) FROM articles") == [1]


def _fail(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_snapshot_does_not_see_what_comes_after_it(case: Case) -> None:
    case.commit(Batch("collect", {"captures": [capture("one")]}))
    with case.snapshot() as before:
        case.commit(Batch("collect", {"captures": [capture("two")]}))
        assert before.column("SELECT count(*) FROM captures") == [1]


def test_the_record_as_of_a_day_before_it_began_is_empty(case: Case) -> None:
    case.commit(Batch("collect", {"captures": [capture("one")]}))
    with case.snapshot() as now:
        (recorded,) = now.column("SELECT CAST(recorded_at AS DATE) FROM captures")
    assert isinstance(recorded, date)
    for day, expected in ((recorded, 1), (recorded - timedelta(days=1), 0)):
        with case.snapshot(as_of=day) as then:
            assert then.column("SELECT count(*) FROM captures") == [expected]


def test_small_commits_are_compacted_and_lose_nothing(case: Case) -> None:
    for number in range(60):
        case.commit(Batch("x", {"done": [Work("x", str(number), "")]}))
    with case.snapshot() as now:
        assert now.column("SELECT count(DISTINCT subject) FROM done") == [60]

    assert len(case.lake.files("done", case.ledger.heads()["done"])) < 41


def test_making_a_case_twice_changes_nothing(tmp_path: Path) -> None:
    Case.create(tmp_path / "case", "First").close()
    with Case.create(tmp_path / "case", "Second") as again:
        assert again.settings.title == "First"


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("mine")
    with pytest.raises(CaseError, match="holds other files"):
        Case.create(tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.doc"]


def test_a_folder_that_is_no_case_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="vedette init"):
        Case.open(tmp_path)


def test_a_damaged_ledger_is_said_in_one_sentence(tmp_path: Path) -> None:
    Case.create(tmp_path / "case").close()
    (tmp_path / "case" / "ledger.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(CaseError, match="damaged") as told:
        Case.open(tmp_path / "case")
    assert "\n" not in str(told.value)


def test_a_broken_settings_file_names_the_line(tmp_path: Path) -> None:
    Case.create(tmp_path / "case").close()
    (tmp_path / "case" / "vedette.toml").write_text('title = "x\n')
    with pytest.raises(CaseError, match="line 1"):
        Case.open(tmp_path / "case")


@pytest.mark.parametrize(
    "query",
    [
        "EXPLAIN ANALYZE COPY (SELECT 1) TO '/tmp/stolen.csv'",
        "WITH x AS (COPY (SELECT 1) TO '{lake}/articles/_delta_log/00000000000000000001.json') SELECT * FROM x",
        "SELECT * FROM read_text('{lake}/articles/_delta_log/00000000000000000000.json')",
        "SELECT getenv('HOME')",
        "SET threads = 1",
        "COPY articles TO '/tmp/stolen.csv'",
        "SELECT 1; SELECT 2",
        "DROP VIEW articles",
        "SELECT * FROM read_text('/etc/passwd')",
        "ATTACH '/tmp/other.db'",
        "SELECT * FROM nowhere",
        "SELEC",
        "",
    ],
)
def test_sql_reads_the_record_and_nothing_else(case: Case, query: str) -> None:
    case.commit(Batch("open", {"articles": [article("one")]}))
    with case.snapshot() as now, pytest.raises(UsageError):
        now.ask(query.replace("{lake}", case.lake.root))
    with case.snapshot() as now:
        assert now.column("SELECT count(*) FROM articles") == [1]


def test_sql_answers_twice_on_one_snapshot(case: Case) -> None:
    case.commit(Batch("open", {"articles": [article("one")]}))
    with case.snapshot() as now:
        assert (
            now.ask("SELECT count(*) AS n FROM articles") == now.ask("SELECT count(*) AS n FROM articles") == [{"n": 1}]
        )


def test_columns_of_one_name_are_told_apart(case: Case) -> None:
    with case.snapshot() as now:
        assert now.ask("SELECT 1 AS a, 2 AS a") == [{"a": 1, "a_2": 2}]


@pytest.mark.parametrize("name", ["a b", "ü", "a?b", "a#b", 'q"q', "{a}", "it's"])
def test_a_case_may_lie_under_any_common_name(tmp_path: Path, name: str) -> None:
    with Case.create(tmp_path / name) as case:
        case.commit(Batch("collect", {"captures": [capture("one")]}))
    with Case.open(tmp_path / name) as again, again.snapshot() as now:
        assert now.ask("SELECT count(*) AS n FROM captures") == [{"n": 1}]
        assert again.index().last_batch() == 0


@pytest.mark.parametrize("name", ["a[b]", "a%20b", "a\\b"])
def test_a_name_that_the_lake_cannot_bear_is_refused_at_once(tmp_path: Path, name: str) -> None:
    with pytest.raises(CaseError, match="choose another folder"):
        Case.create(tmp_path / name)
    assert not (tmp_path / name).exists()


def test_a_missing_file_of_the_lake_is_one_sentence(case: Case) -> None:
    case.commit(Batch("collect", {"captures": [capture("one")]}))
    for file in (case.folder / "lake" / "captures").glob("*.parquet"):
        file.unlink()
    with pytest.raises(CaseError, match="backup"):
        case.snapshot()


def test_what_a_medium_may_hold_is_made_safe(case: Case) -> None:
    odd = capture("x").of(b"x", source="wi\x1b[31mre", url="caf\udce9.txt", fetched_at=AT, media_type="text/plain")
    case.commit(Batch("collect", {"captures": [odd]}, [Issue("open", "a", "b", AT)]))
    with case.snapshot() as now:
        assert now.rows("SELECT source, url FROM captures") == [{"source": "wi\ufffd[31mre", "url": "caf\ufffd.txt"}]


def test_a_file_where_a_case_should_be_is_called_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    for folder in (tmp_path / "file", tmp_path / "file" / "inside"):
        with pytest.raises(CaseError, match="is a file"):
            Case.create(folder)
        with pytest.raises(CaseError, match="is no case"):
            Case.open(folder)
