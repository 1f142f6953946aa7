from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from made import KUNDUZ, article, claim
from vedette.analyse import Filters, Unit
from vedette.analyse.coarsening import HARMLESS, WITHHELD, coarse
from vedette.analyse.exporting import EXPORTERS, Exported, Wanted, export, exporter_named
from vedette.model.errors import UsageError
from vedette.model.kinds import EventKind, Harm, Precision
from vedette.model.nouns import Incident, Reading
from vedette.model.values import Actor, Cited, Place, Point, Tally, Toll, When
from vedette.reference.sheltered import load_sheltered
from vedette.store import Batch, Case, IncidentVersion, Work

LOUNGO = Place("Loungo-Peul", Precision.SETTLEMENT, "g:1", "BF", ("Burkina Faso", "Sahel", "Soum"), Point(14.1, -1.63))
SOLDIERS = Actor("soldiers")


def incident(ident: str, **other: object) -> Incident:
    """An attack on soldiers in Loungo-Peul, but for what is said to be otherwise."""
    told = {
        "kind": EventKind.ATTACK,
        "when": When(),
        "place": LOUNGO,
        "perpetrators": (Actor("gunmen"),),
        "targets": (SOLDIERS,),
        "tolls": (Toll(Harm.KILLED, Tally(2, 3, None)),),
        "claim_ids": (f"claim-{ident}",),
        "credibility": 3,
        "sources": ("wire",),
    }
    return Incident(ident, **{**told, **other})  # type: ignore[arg-type]


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Case.create(tmp_path / "case") as opened:
        yield opened


def keep(case: Case, *incidents: Incident) -> None:
    case.commit(Batch("resolve", {"incidents": [IncidentVersion(each) for each in incidents]}))


def rows_of(case: Case, **wanted: object) -> tuple[list[dict[str, object]], Exported]:
    """What Parquet holds, and what is said of it."""
    path = case.folder / "out.parquet"
    with case.snapshot() as now:
        exported = export(now, EXPORTERS["parquet"], Wanted(Filters(), **wanted), path)  # type: ignore[arg-type]
    found = duckdb.sql(f"SELECT * FROM '{path}'")
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()], exported


def features_of(case: Case, **wanted: object) -> list[dict[str, object]]:
    path = case.folder / "out.geojson"
    with case.snapshot() as now:
        export(now, EXPORTERS["geojson"], Wanted(Filters(), **wanted), path)  # type: ignore[arg-type]
    collection = json.loads(path.read_text())
    assert collection["type"] == "FeatureCollection"
    assert "machine" in collection["remark"]
    return collection["features"]


def test_an_unknown_format_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(UsageError, match="csv, parquet, geojson"):
        exporter_named("shapefile")


def test_geojson_gives_a_point_to_a_settlement_and_none_to_an_area(case: Case) -> None:
    centre = Point(14.0, -0.5)  # a data set may give the middle of a province
    sahel = Place("Sahel", Precision.PROVINCE, "g:2", "BF", ("Burkina Faso",), centre)
    lost = Place("Loungo", Precision.SETTLEMENT, "g:3", "BF", ("Burkina Faso",))
    wrong = replace(LOUNGO, point=Point(141.0, -1.63))
    keep(case, incident("a"), incident("b", place=sahel), incident("c", place=lost), incident("d", place=wrong))
    by_id = {feature["id"]: feature for feature in features_of(case)}
    assert by_id["a"]["geometry"] == {"type": "Point", "coordinates": [-1.63, 14.1]}
    for ident in ("b", "c", "d"):
        assert set(by_id[ident]) == {"type", "id", "geometry", "properties"}
        assert by_id[ident]["geometry"] is None
        assert not {"lat", "lon"} & set(by_id[ident]["properties"])
    assert by_id["b"]["properties"]["place"] == "Sahel"
    assert by_id["b"]["properties"]["precision"] == "province"
    assert rows_of(case)[1].pointless == 3


def test_numbers_come_back_as_they_were(case: Case) -> None:
    chance = random.Random(7)
    points = {f"i{number}": Point(chance.uniform(-90, 90), chance.uniform(-180, 180)) for number in range(200)}
    keep(case, *(incident(ident, place=replace(LOUNGO, point=point)) for ident, point in points.items()))
    features = {feature["id"]: feature["geometry"]["coordinates"] for feature in features_of(case)}
    assert features == {ident: [point.lon, point.lat] for ident, point in points.items()}
    with case.snapshot() as now:
        export(now, EXPORTERS["csv"], Wanted(Filters()), case.folder / "out.csv")
    read = duckdb.sql(f"SELECT id, lat, lon, killed_low, killed_high FROM '{case.folder}/out.csv'").fetchall()
    assert {row[0]: Point(row[1], row[2]) for row in read} == points
    assert {row[3:] for row in read} == {(2, None)}


def test_only_what_a_person_judged_is_not_marked_as_machine_coding(case: Case) -> None:
    keep(case, incident("a"), incident("b"))
    rows, exported = rows_of(case, judged=("b", "elsewhere"))
    assert {row["id"]: row["machine_coded"] for row in rows} == {"a": True, "b": False}
    assert exported.machine_coded == 1
    assert {feature["id"]: feature["properties"]["machine_coded"] for feature in features_of(case)} == {
        "a": True,
        "b": True,
    }


def test_thousands_of_rows_are_in_the_order_of_the_list(case: Case) -> None:
    keep(case, *(incident(f"i{number:05}") for number in random.Random(3).sample(range(30_000), 30_000)))
    for form in ("csv", "geojson"):
        path = case.folder / "out"
        with case.snapshot() as now:
            export(now, EXPORTERS[form], Wanted(Filters()), path)
        read = [line[:6] for line in path.read_text().splitlines()[1:]] if form == "csv" else features_of(case)
        ids = read if form == "csv" else [each["id"] for each in read]
        assert ids == sorted(ids)


@pytest.mark.parametrize(
    ("other", "sort"),
    [
        ({"targets": (Actor("Collège de Loungo"),)}, "a school"),
        ({"targets": (Actor("girls' schools"),)}, "a school"),
        ({"targets": (Actor("Loungo Health-Centre"),)}, "a place of care"),
        ({"targets": (Actor("an AID convoy"),)}, "aid workers"),
        ({"targets": (Actor("Refugees/IDPs (Burkina Faso)"),)}, "displaced people"),
        ({"targets": (Actor("Médecins Sans Frontières", "msf"),)}, "msf"),
        ({"place": replace(LOUNGO, name="Loungo Orphanage", precision=Precision.SITE)}, "soldiers"),
    ],
)
def test_what_hits_the_sheltered_is_kept_to_its_province(case: Case, other: dict[str, object], sort: str) -> None:
    keep(case, incident("a", **other))
    rows, exported = rows_of(case)
    (row,) = rows
    assert (row["place"], row["precision"], row["path"]) == ("Sahel", "province", ["Burkina Faso"])
    assert (row["place_id"], row["lat"], row["lon"]) == ("", None, None)
    assert row["targets"] == [sort]
    assert row["coarsened"]
    assert "loungo" not in str(rows).casefold()
    assert "Soum" not in str(rows)
    assert (exported.sheltered, exported.pointless) == (1, 1)
    assert "ungo" not in str(features_of(case))


@pytest.mark.parametrize("target", ["presidential aides", "impatient soldiers", "the scholar"])
def test_words_that_only_look_alike_are_not_coarsened(case: Case, target: str) -> None:
    keep(case, incident("a", targets=(Actor(target),)))
    ((row,), exported) = rows_of(case)
    assert not row["coarsened"]
    assert row["lat"] == 14.1
    assert exported.sheltered == 0


def test_other_names_that_tell_the_place_are_withheld(case: Case) -> None:
    told = ("a clinic", "Loungo residents", "ساکنان روستا", "villagers", "people of loungo peul", "Taliban")
    targets = tuple(Actor(name, "taliban" if name == "Taliban" else "") for name in told)
    perpetrators = (Actor("Free Orchard Front"), Actor("youths of Soum"))
    keep(case, incident("a", targets=targets, perpetrators=perpetrators))
    ((row,), _) = rows_of(case)
    assert row["targets"] == ["a place of care", "taliban", "villagers", WITHHELD]
    assert row["perpetrators"] == ["Free Orchard Front", WITHHELD]


@pytest.mark.parametrize(
    ("place", "kept"),
    [
        (Place("Sahel", Precision.PROVINCE, "g:2", "BF", ("Burkina Faso",)), ("Sahel", "province", "g:2")),
        (Place("Burkina Faso", Precision.COUNTRY, "BF", "BF"), ("Burkina Faso", "country", "BF")),
        (Place("Loungo", Precision.SETTLEMENT, "", "BF", ("Burkina Faso",)), ("Burkina Faso", "country", "")),
        (Place("Loungo", Precision.UNKNOWN), ("", "unknown", "")),
        (Place(), ("", "unknown", "")),
    ],
)
def test_a_place_without_a_province_is_kept_to_what_holds_it(
    case: Case, place: Place, kept: tuple[str, str, str]
) -> None:
    keep(case, incident("a", place=place, targets=(Actor("a school"),)))
    ((row,), _) = rows_of(case)
    assert (row["place"], row["precision"], row["place_id"]) == kept


def test_exact_keeps_everything_and_still_counts_the_sheltered(case: Case) -> None:
    keep(case, incident("a", targets=(Actor("a school"),)), incident("b"))
    rows, exported = rows_of(case, exact=True)
    assert {row["place"] for row in rows} == {"Loungo-Peul"}
    assert not any(row["coarsened"] for row in rows)
    assert exported.sheltered == 1


def read_in(case: Case, text: str, **other: object) -> str:
    """The id of a claim that a report tells; what is said of it is otherwise a bomb at a mosque in Kunduz."""
    told_in = article(text)
    made = replace(claim(told_in), **other)
    reading = Reading(told_in.id, "lexical.en/1", (made,))
    work = Work("read", told_in.id, reading.reader)
    case.commit(Batch("read", {"articles": [told_in], "claims": [made], "done": [work]}))
    return made.id


def test_a_claim_and_its_incident_are_coarsened_together(case: Case) -> None:
    one = read_in(case, "Bomb hits a mosque.")
    two = read_in(
        case, "Bomb hits a clinic.", targets=(Cited(Actor("a clinic")),), said_by=Cited("the Kunduz hospital")
    )
    alone = read_in(case, "Bomb kills soldiers.")
    keep(case, incident("a", place=KUNDUZ, claim_ids=(one, two)), incident("b", claim_ids=(alone,)))
    claims, _ = rows_of(case, unit=Unit.CLAIMS)
    assert {row["id"]: row["coarsened"] for row in claims} == {one: True, two: True, alone: False}
    assert {row["said_by"] for row in claims if row["coarsened"]} == {None, "a place of care"}
    incidents, _ = rows_of(case)
    assert {row["id"]: row["coarsened"] for row in incidents} == {"a": True, "b": False}


@pytest.mark.parametrize(
    ("text", "coarsened"),
    [
        ("Bomb wounds pupils outside a girls' school in Kunduz.", True),
        ("Bomb kills 3 in Kunduz. A school elsewhere was opened.", False),
        ("Bomb wounds 3 in Kunduz; they were taken to hospital, a doctor said.", False),
    ],
)
def test_the_words_of_the_sentence_count_where_the_coding_is_silent(case: Case, text: str, coarsened: bool) -> None:
    ident = read_in(case, text, targets=())
    rows, _ = rows_of(case, unit=Unit.CLAIMS)
    assert [(row["id"], row["coarsened"]) for row in rows] == [(ident, coarsened)]


def test_either_side_of_a_clash_that_nobody_began_may_be_sheltered(case: Case) -> None:
    sides = (Cited(Actor("soldiers")), Cited(Actor("Teachers (Burkina Faso)")))
    ident = read_in(case, "Clash.", perpetrators=sides, targets=(), undirected=True)
    read_in(case, "Protest.", perpetrators=sides[1:], targets=())
    rows, _ = rows_of(case, unit=Unit.CLAIMS)
    assert {row["id"] for row in rows if row["coarsened"]} == {ident}


def test_a_column_that_nobody_thought_of_is_left_empty_in_coarsened_rows(case: Case) -> None:
    handled = {"place", "precision", "path", "place_id", "lat", "lon", "perpetrators", "targets", "weapons", "said_by"}
    with case.snapshot() as now:
        held = {row["column_name"] for unit in Unit for row in now.rows(f"DESCRIBE {unit}")}
    text = {"body", "keys", "batch", "recorded_at", "article_id"}
    unknown = held - HARMLESS - handled - text
    for name in {*unknown, "notes"}:
        assert coarse([name], load_sheltered()) == f'CASE WHEN coarsened THEN NULL ELSE "{name}" END AS "{name}"'


def test_the_same_record_gives_the_same_bytes(case: Case) -> None:
    keep(case, *(incident(f"i{number}", targets=(Actor("a school"), Actor("b"))) for number in range(50)))
    for form, exporter in EXPORTERS.items():
        written = []
        for _ in range(2):
            with case.snapshot() as now:
                export(now, exporter, Wanted(Filters()), case.folder / form)
            written.append((case.folder / form).read_bytes())
        assert written[0] == written[1]
