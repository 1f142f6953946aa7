"""Rows of data sets among the claims: a coder's row is one event, a machine's row is one mention."""

from dataclasses import replace

import pytest

from vedette.reference.datasets import hand_coded
from vedette.resolve import Told, resolve_claims


def row(tell, ident: str, reader: str, source: str, **told) -> Told:
    made = tell(ident, **told)
    claim = replace(made.claim, kind=replace(made.claim.kind, reader=reader))
    return Told(claim, source)


@pytest.mark.parametrize("reader", sorted(hand_coded()))
def test_two_rows_that_people_coded_are_two_events_however_alike(tell, reader):
    rows = [row(tell, ident, reader, "Coders", killed=3) for ident in ("one", "two")]
    incidents = resolve_claims(rows, (), (), ()).incidents
    assert sorted(len(incident.claim_ids) for incident in incidents) == [1, 1]


def test_two_rows_that_a_machine_made_of_one_event_are_one_incident(tell):
    rows = [row(tell, ident, "gdelt/1", "GDELT", killed=3) for ident in ("one", "two")]
    (incident,) = resolve_claims(rows, (), (), ()).incidents
    assert len(incident.claim_ids) == 2


def test_rows_of_two_data_sets_and_an_article_about_one_event_are_one_incident(tell):
    told = [
        row(tell, "acled", "acled/1", "ACLED", killed=5, by="Taliban"),
        row(tell, "ucdp", "ucdp/1", "UCDP GED", killed=5, by="Taliban"),
        tell("article", killed=5, by="Taliban"),
    ]
    (incident,) = resolve_claims(told, (), (), ()).incidents
    assert len(incident.claim_ids) == 3
    assert {"ACLED", "UCDP GED"} <= set(incident.sources)


def test_an_article_does_not_bring_two_coded_rows_together(tell):
    told = [
        row(tell, "one", "acled/1", "ACLED", killed=5, by="Taliban"),
        row(tell, "two", "acled/1", "ACLED", killed=5, by="Taliban"),
        tell("article", killed=5, by="Taliban"),
    ]
    incidents = resolve_claims(told, (), (), ()).incidents
    assert sorted(len(incident.claim_ids) for incident in incidents) == [1, 2]
