from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from made import AT
from vedette.model.errors import CaseError
from vedette.model.kinds import Verdict
from vedette.model.nouns import Issue, Judgement, Source
from vedette.store.ledger import Ledger
from vedette.store.ledger_tables import METADATA


@pytest.fixture(params=["sqlite", "postgres"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """A fresh ledger on each engine."""
    if request.param == "sqlite":
        opened = Ledger.in_folder(tmp_path)
    else:
        opened = Ledger(request.getfixturevalue("postgres"), tmp_path)
        with opened._engine.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    opened.migrate()
    yield opened
    opened.close()


def test_migrations_make_exactly_the_declared_tables(ledger: Ledger) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with ledger._engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_migrating_twice_changes_nothing(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        writing.record("x", {})
        writing.set_head("claims", 3)
    ledger.migrate()
    assert ledger.heads() == {"claims": 3}


def test_a_migration_can_be_undone(ledger: Ledger) -> None:
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import inspect

    config = Config()
    config.set_main_option("script_location", "vedette.store:migrations")
    with ledger._exclusive() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    with ledger._engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]


def test_a_write_that_fails_leaves_nothing(ledger: Ledger) -> None:
    def break_off() -> None:
        with ledger.writing() as writing:
            writing.record("x", {})
            writing.set_head("claims", 9)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert ledger.heads() == {}
    assert ledger.count_of("x") == 0


def test_everything_written_comes_back_as_it_was(ledger: Ledger) -> None:
    issue = Issue("open", "a.pdf", "has no text layer", AT)
    source = Source("wire", url="https://example.org/feed", reliability="B")
    judgement = Judgement("j1", "i1", Verdict.ACCEPT, "me", AT, "seen the video")
    with ledger.writing() as writing:
        writing.record("x", {"claims": 2})
        writing.add_issues(writing.unknown_issues([issue, issue]))
        writing.put_sources([source])
        writing.put_visits({"https://example.org/feed": b'{"etag":"1"}'})
        writing.add_judgement(judgement)
    assert ledger.issues() == [issue]
    assert ledger.sources() == {"wire": source}
    assert ledger.visits() == {"https://example.org/feed": b'{"etag":"1"}'}
    assert ledger.judgements() == [judgement]


def test_a_known_issue_is_known(ledger: Ledger) -> None:
    issue = Issue("open", "a.pdf", "has no text layer", AT)
    with ledger.writing() as writing:
        writing.record("x", {})
        writing.add_issues([issue])
    with ledger.writing() as writing:
        assert writing.unknown_issues([issue]) == []


def test_writers_take_turns_and_none_is_lost(ledger: Ledger) -> None:
    def write() -> None:
        for _ in range(10):
            with ledger.writing() as writing:
                writing.record("turn", {})
                writing.set_head("n", writing.heads().get("n", 0) + 1)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ledger.heads() == {"n": 40}
    assert ledger.count_of("turn") == 40


def test_one_worker_at_a_time_and_the_other_is_told_to_wait(ledger: Ledger) -> None:
    order: list[str] = []
    entered, waits = threading.Event(), threading.Event()

    def second() -> None:
        entered.wait(10)
        with ledger.working(waits.set):
            order.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with ledger.working():
        entered.set()
        assert waits.wait(10)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_an_unknown_ledger_url_is_one_sentence_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(CaseError) as told:
        Ledger("nosuchdb://me:secret@host/db", tmp_path)
    assert "secret" not in str(told.value)


def test_a_ledger_of_a_newer_vedette_is_not_touched(tmp_path: Path) -> None:
    ledger = Ledger.in_folder(tmp_path)
    ledger.migrate()
    with ledger._exclusive() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(CaseError, match="newer"):
        ledger.migrate()
