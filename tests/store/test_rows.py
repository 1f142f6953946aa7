"""Rows of data sets as the claims and incidents that questions see."""

from __future__ import annotations

import duckdb
import msgspec
import pytest

from invented import GENERATIONS
from taking import Taken, take_in
from vedette.model.blocking import blocking_keys
from vedette.model.kinds import EventKind, Harm, Side
from vedette.model.nouns import Claim, Incident
from vedette.reference.datasets import data_set
from vedette.store.rows import claims_of_rows, incidents_of_rows, standing_rows

KILLED = (Harm.KILLED, Side.UNKNOWN)


Rows = tuple[Taken, dict[str, Claim]]


@pytest.fixture(scope="module", params=GENERATIONS)
def rows(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """Rows of one generation, and their claims as nouns by row."""
    shape = GENERATIONS[request.param]
    taken = take_in(tmp_path_factory.mktemp("rows"), shape.dataset, shape.text(50))
    return taken, taken.claims


def standing(kept: list[tuple[str, str, int]], withdrawn: list[tuple[str, int]] | None) -> list[tuple[str, int]]:
    """Id and batch of the rows that stand: kept are id, row id and batch, withdrawn ones claim id and batch."""
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE r (id VARCHAR, row_id VARCHAR, batch BIGINT)")
        connection.executemany("INSERT INTO r VALUES (?, ?, ?)", kept)
        tables = {"acled": "SELECT * FROM r"}
        if withdrawn is not None:
            connection.execute("CREATE TABLE w (claim_id VARCHAR, batch BIGINT)")
            connection.executemany("INSERT INTO w VALUES (?, ?)", withdrawn) if withdrawn else None
            tables["acled_withdrawn"] = "SELECT * FROM w"
        return sorted(connection.execute(f"SELECT id, batch FROM ({standing_rows('acled', tables)})").fetchall())


def test_rows_that_nothing_withdraws_stand() -> None:
    assert standing([("a", "1", 1), ("b", "2", 1)], None) == [("a", 1), ("b", 1)]
    assert standing([("a", "1", 1), ("b", "2", 1)], []) == [("a", 1), ("b", 1)]


def test_a_row_stands_until_a_later_commit_withdraws_it() -> None:
    assert standing([("a", "1", 1), ("b", "2", 1)], [("a", 2)]) == [("b", 1)]


def test_a_row_that_returns_stands_once() -> None:
    assert standing([("a", "1", 1), ("a", "1", 3)], [("a", 2)]) == [("a", 3)]
    assert standing([("a", "1", 1), ("b", "1", 2), ("a", "1", 3)], [("a", 2), ("b", 3)]) == [("a", 3)]


def test_columns_and_noun_of_a_claim_say_the_same(rows: Rows) -> None:
    taken, claims = rows
    columns = "row_id, kind, earliest, latest, precision, country, perpetrators, killed_low, killed_best, killed_high"
    for row_id, kind, first, last, precision, country, perpetrators, *ends in taken.ask(f"SELECT {columns} FROM taken"):
        claim = claims[row_id]
        assert (claim.kind.value, claim.when.value.earliest, claim.when.value.latest) == (kind, first, last)
        assert (claim.place.value.precision, claim.place.value.country) == (precision, country)
        assert [each.value.id or each.value.name for each in claim.perpetrators] == perpetrators
        whole = [each.value.tally for each in claim.tolls if (each.value.harm, each.value.side) == KILLED]
        assert [[tally.low, tally.best, tally.high] for tally in whole] == ([ends] if ends != [None] * 3 else [])


def test_a_rows_blocking_keys_are_those_of_its_claim(rows: Rows) -> None:
    taken, claims = rows
    # Of a claim whose kind is not known the noun does not tell the type; the row does.
    kinds = "kind <> 'unknown' OR type = 'unknown'"
    for row_id, keys in taken.ask(f"SELECT row_id, keys FROM taken WHERE {kinds}"):
        days = {key for key in blocking_keys(claims[row_id]) if key.count("|") == 3}
        assert {key.casefold() for key in keys} == days


def test_a_hand_coded_row_is_an_incident_of_its_own(rows: Rows) -> None:
    taken, claims = rows
    dataset = taken.dataset
    if data_set(dataset).machine_coded:
        return  # what machines coded is no incident of its own
    with duckdb.connect() as connection:
        (part,) = taken.imported.parts
        connection.execute(f"CREATE VIEW rows_{dataset} AS SELECT * FROM read_parquet('{part}')")
        connection.execute(f"CREATE VIEW claims_{dataset} AS {claims_of_rows(dataset)}")
        found = connection.execute(f"SELECT id, body FROM ({incidents_of_rows([dataset], False)})").fetchall()
    incidents = [msgspec.json.decode(body, type=Incident) for _, body in found]
    by_claim = {claim.id: claim for claim in claims.values()}
    assert [each.id for each in incidents] == [ident for ident, _ in found]
    assert len(incidents) == sum(claim.kind.value is not EventKind.NO_COUNTERPART for claim in by_claim.values())
    for incident in incidents:
        (claim_id,) = incident.claim_ids
        claim = by_claim[claim_id]
        assert incident.when == claim.when.value
        assert incident.place == claim.place.value
        assert incident.tolls == tuple(each.value for each in claim.tolls)
        assert incident.perpetrators == tuple(each.value for each in claim.perpetrators)
        assert (incident.credibility, incident.sources) == (6, (data_set(dataset).title,))
