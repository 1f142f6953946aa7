from __future__ import annotations

import contextlib
import dataclasses
import json
import time
from pathlib import Path

import pytest

from running import Listener, Read, contents, reports
from vedette.analyse.listing import article_ids_of, unread_of
from vedette.collect import Limits, Told
from vedette.engine import Engine
from vedette.flow import Config, Flow, last_reader
from vedette.model.errors import UsageError
from vedette.model.nouns import Claim, Figure
from vedette.read import DEFAULT
from vedette.store import Case, pending


@pytest.fixture
def case(tmp_path: Path):
    with Case.create(tmp_path / "case") as opened:
        yield opened


def test_a_report_becomes_claims_and_an_incident_with_its_words(case: Case, read: Read, tmp_path: Path) -> None:
    summary = read(case, reports(tmp_path / "a.jsonl", [1]))
    assert summary.added["articles"] == 1
    with case.snapshot() as now:
        claims = now.nouns(Claim, "SELECT body FROM claims")
        (article,) = pending.articles(now, [claims[0].article_id])
    bomb = next(claim for claim in claims if claim.kind.value == "remote_explosive_landmine_ied")
    assert bomb.tolls[0].value.tally.best == 3
    for claim in claims:
        for span in (*claim.kind.spans, *claim.place.spans, *(s for toll in claim.tolls for s in toll.spans)):
            assert article.text[span.start : span.end] == span.text


def test_reading_twice_adds_nothing_and_answers_the_same(case: Case, read: Read, tmp_path: Path) -> None:
    path = reports(tmp_path / "a.jsonl", range(20))
    first = read(case, path)
    before, heads = contents(case), case.ledger.heads()
    second = read(case, path)
    assert second.added == {}
    assert second.capture_ids == first.capture_ids
    assert contents(case) == before
    assert case.ledger.heads() == heads


def test_two_sources_of_one_event_make_one_incident(case: Case, read: Read, tmp_path: Path) -> None:
    one = reports(tmp_path / "a.jsonl", [1], "wire")
    two = reports(tmp_path / "b.jsonl", [1], "ministry")
    read(case, one)
    read(case, two)
    with case.snapshot() as now:
        rows = now.rows(
            "SELECT sources, len(claim_ids) AS n FROM incidents WHERE kind = 'remote_explosive_landmine_ied'"
        )
    assert rows == [{"sources": ["ministry", "wire"], "n": 2}]


def test_one_bad_item_never_stops_a_run_and_never_vanishes(case: Case, read: Read, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    reports(folder / "a.jsonl", [1, 2])
    (folder / "b.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "c.txt").write_bytes(b"")
    summary = read(case, folder)
    assert summary.added["articles"] == 2
    assert len(summary.issues) == 2
    assert {issue.subject.rsplit("/", 1)[-1] for issue in case.ledger.issues()} == {"b.pdf", "c.txt"}


def test_another_language_is_kept_and_counted_as_unread(case: Case, read: Read, tmp_path: Path) -> None:
    path = tmp_path / "fr.jsonl"
    text = (
        "Une bombe a tué trois policiers à Kunduz lundi, a annoncé la police. Aucun groupe n'a revendiqué l'attentat."
    )
    path.write_text(json.dumps({"title": "Attentat à Kunduz", "text": text, "source": "agence"}))
    summary = read(case, path)
    again = read(case, path)
    assert (summary.added["articles"], again.added) == (1, {})
    with case.snapshot() as now:
        for each in (summary, again):
            assert unread_of(now, article_ids_of(now, each.capture_ids)) == 1
        assert now.column("SELECT lang FROM articles") == ["fr"]
        assert now.column("SELECT count(*) FROM claims") == [0]


def test_several_processes_read_what_one_reads(tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vedette.engine.PATIENCE", 0.0)
    path = reports(tmp_path / "a.jsonl", range(450))
    with Case.create(tmp_path / "one") as one, Case.create(tmp_path / "two") as two:
        read(one, path, workers=1)
        read(two, path, workers=2)
        assert contents(one) == contents(two)


def test_a_reader_that_breaks_on_one_article_costs_only_that_one(
    case: Case, read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import vedette.read

    real = vedette.read.read_articles

    def breaking(articles, *rest):
        if any("number 2 " in article.text for article in articles):
            raise RuntimeError("cannot")
        return real(articles, *rest)

    monkeypatch.setattr(vedette.read, "read_articles", breaking)
    summary = read(case, reports(tmp_path / "a.jsonl", [1, 2, 3]))
    assert [issue.stage for issue in summary.issues] == ["read"]
    assert "RuntimeError" in summary.issues[0].message
    with case.snapshot() as now:
        assert now.column("SELECT count(DISTINCT article_id) FROM claims") == [2]


def test_collecting_keeps_only_what_is_new(case: Case, tmp_path: Path) -> None:
    path = reports(tmp_path / "feed.jsonl", [1, 2])
    _add_source(case, f'name = "wire"\nurl = "{path}"')
    listener = Listener()
    assert Flow(case, Config(), listener).collect([]).added["articles"] == 2
    assert Flow(case, Config(), Listener()).collect([]).added == {}
    reports(path, [1, 2, 3])
    assert Flow(case, Config(), Listener()).collect(["wire"]).added["articles"] == 1
    assert ("collecting wire", None) in listener.stages


def test_a_source_that_breaks_its_word_becomes_an_issue(case: Case, tmp_path: Path) -> None:
    path = reports(tmp_path / "feed.jsonl", [1, 2])
    _add_source(case, f'name = "wire"\nurl = "{path}"\n[source.expects]\nshare_with_place = 1.0')
    path.write_text(path.read_text().replace("Kandahar", "town").replace("Herat", "town"))
    (issue,) = Flow(case, Config(), Listener()).collect([]).issues
    assert issue.subject == "wire"
    assert "name a place" in issue.message


def test_an_unknown_source_is_refused_by_name(case: Case) -> None:
    _add_source(case, 'name = "wire"\nurl = "x"')
    with pytest.raises(UsageError, match=r"'nowhere'.*wire"):
        Flow(case, Config(), Listener()).collect(["nowhere"])


def test_a_case_without_sources_says_how_to_name_one(case: Case) -> None:
    with pytest.raises(UsageError, match=r"add one"):
        Flow(case, Config(), Listener()).collect([])


def test_a_private_address_is_refused_and_kept_as_a_refusal(case: Case) -> None:
    summary = Flow(case, Config(limits=Limits(), told=Told()), Listener()).read(["http://127.0.0.1:9/x"])
    assert [issue.stage for issue in summary.issues] == ["policy"]


def _add_source(case: Case, lines: str) -> None:
    path = case.folder / "vedette.toml"
    path.write_text(path.read_text() + "\n[[source]]\n" + lines + "\n")


def test_a_better_reader_takes_the_place_of_the_old_and_old_ids_still_lead_somewhere(
    case: Case, read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import vedette.read
    from vedette.analyse import dossier

    paths = [reports(tmp_path / f"{name}.jsonl", [1], name) for name in ("wire", "ministry")]
    for path in paths:
        read(case, path)
    with case.snapshot() as now:
        old = set(now.column("SELECT id FROM incidents"))
    monkeypatch.setattr(vedette.read, "read_articles", _as_another_reader(vedette.read.read_articles))
    Flow(case, Config(reader="better.en/1", engine=Engine(1)), Listener()).catch_up()
    with case.snapshot() as now:
        assert set(now.column("SELECT DISTINCT reader FROM claims")) == {"better.en/1"}
        assert now.column("SELECT count(DISTINCT kind) = count(*) FROM incidents") == [True]
        assert old.isdisjoint(now.column("SELECT id FROM incidents"))
        for ident in old:
            assert dossier(now, ident).incident.sources == ("ministry", "wire")
    heads = case.ledger.heads()
    Flow(case, Config(reader="better.en/1", engine=Engine(1)), Listener()).catch_up()
    assert case.ledger.heads() == heads


def test_a_case_goes_on_with_the_reader_that_read_it_last(case: Case, tmp_path: Path) -> None:
    for name, reader in (("wire", "accurate.en/3"), ("ministry", "")):
        path = reports(tmp_path / f"{name}.jsonl", [1], name)
        Flow(case, Config(reader=reader, engine=Engine(1)), Listener()).read([str(path)])
    with case.snapshot() as now:
        assert now.column("SELECT DISTINCT reader FROM claims") == ["accurate.en/3"]
        assert now.column("SELECT count(DISTINCT article_id) FROM claims") == [2]


def test_a_case_does_not_go_on_with_a_reader_that_could_read_nothing(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "ru.txt"
    path.write_text("В Кабуле прогремел взрыв, погибли трое полицейских, сообщили в министерстве внутренних дел. " * 3)
    Flow(case, Config(reader="lexical.en/1", engine=Engine(1)), Listener()).read([str(path)])
    with case.snapshot() as now:
        assert now.column("SELECT count(*) FROM readings WHERE outcome <> ''") == [1]
        assert last_reader(now) == DEFAULT


def test_figures_are_those_of_the_last_reading_as_claims_are(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "toll.txt"
    path.write_text("More than 900 people have been killed in Kunduz since January, the health ministry said.\n")
    for reader, own in (("accurate.en/3", 1), ("fast.en/1", 0), ("lexical.en/1", 0)):
        Flow(case, Config(reader=reader, engine=Engine(1)), Listener()).read([str(path)])
        with case.snapshot() as now:
            told = now.nouns(Figure, "SELECT body FROM figures")
            assert {figure.reader for figure in told} | set(now.column("SELECT reader FROM figures")) <= {reader}
            assert len(told) >= own
    with case.snapshot() as now:
        assert now.column("SELECT count(*) FROM figures") == [0]
        assert now.column("SELECT count(*) >= 1 FROM all_figures") == [True]


def _as_another_reader(real):
    """The same reader under another name: its claims have ids of their own."""

    def read(articles, reference, reader):
        renamed = []
        for reading in real(articles, reference, "lexical.en/1"):
            claims = [
                dataclasses.replace(claim, id=f"new-{claim.id}", kind=dataclasses.replace(claim.kind, reader=reader))
                for claim in reading.claims
            ]
            renamed.append(dataclasses.replace(reading, reader=reader, claims=tuple(claims)))
        return renamed

    return read


def test_an_item_that_hangs_a_parser_is_left_out_and_told(
    case: Case, read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import vedette.text

    real = vedette.text.open_capture

    def hanging(capture):
        while b"number 2 " in capture.body:
            with contextlib.suppress(Exception):  # as parsers do that go on whatever happens
                time.sleep(0.01)
        return real(capture)

    monkeypatch.setattr("vedette.flow.OPENING_SECONDS", 0.5)
    monkeypatch.setattr(vedette.text, "open_capture", hanging)
    summary = read(case, reports(tmp_path / "a.jsonl", [1, 2, 3]))
    assert summary.added["articles"] == 2
    assert ["longer than any sound item" in issue.message for issue in summary.issues] == [True]


def test_an_article_that_hangs_a_reader_is_left_out_and_told(
    case: Case, read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import vedette.read

    real = vedette.read.read_articles

    def hanging(articles, *rest):
        while any("number 2 " in article.text for article in articles):
            with contextlib.suppress(Exception):
                time.sleep(0.01)
        return real(articles, *rest)

    monkeypatch.setattr("vedette.readings.READING_SECONDS", 0.5)
    monkeypatch.setattr(vedette.read, "read_articles", hanging)
    summary = read(case, reports(tmp_path / "a.jsonl", [1, 2, 3]))
    assert summary.added["articles"] == 3
    assert ["longer than any sound item" in issue.message for issue in summary.issues] == [True]
    with case.snapshot() as now:
        assert now.column("SELECT count(DISTINCT article_id) FROM claims") == [2]


def test_a_source_is_as_reliable_as_the_settings_say_also_for_what_is_read(
    case: Case, read: Read, tmp_path: Path
) -> None:
    _add_source(case, 'name = "wire"\nreliability = "B"')
    path = reports(tmp_path / "a.jsonl", [1], "wire")
    read(case, path)
    with case.snapshot() as now:
        assert now.column("SELECT DISTINCT credibility FROM incidents") == [3]
    before = case.ledger.heads(), case.ledger.count_of("collect")
    read(case, path)
    assert (case.ledger.heads(), case.ledger.count_of("collect")) == before
