from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from code_book_files import SHARED, File, exported, read, take_in, written
from code_book_record import ARMY, KUNDUZ, POLICEMEN, TALIBAN, attack, file_of, keep
from invented import GENERATIONS, acled_rows, gtd_rows, ucdp_rows
from made import article, claim
from vedette.analyse import Unit
from vedette.analyse.sides import Key, Side, SideReader, Sort
from vedette.analyse.validating import faults
from vedette.datasets import Scope
from vedette.model.kinds import EventKind, Harm, Precision
from vedette.model.nouns import Incident
from vedette.model.values import Actor, Cited, Place, Point, Tally, Toll, When
from vedette.reference.countries import load_countries
from vedette.reference.exports import country_names, export_format
from vedette.store import Batch, Case, Work

IS, GUNMEN, FARMERS = Actor("Islamic State", "is-khorasan"), Actor("gunmen"), Actor("farmers")
FORMS = ("ged", "ged41", "candidate")


def rows_of(case: Case, others: Sequence[dict[str, object]]) -> tuple[list[dict[str, str] | None], File]:
    """The row that each of several incidents becomes, in their order, `None` for one that is left out."""
    keep(case, *(attack(f"{number:03}", **other) for number, other in enumerate(others)))
    file = exported(case, "ucdp")
    rows = {row["id"]: row for row in file.rows}
    return [rows.get(f"VDT{number:03}") for number in range(len(others))], file


# Rows that came from UCDP


def rows_of_form(form: str) -> tuple[list[str], list[list[str]]]:
    """The columns of one generation and rows of it: invented ones, and real ones where they are on this machine."""
    shape = GENERATIONS[f"ucdp {form}"]
    rows = [list(row.values()) for row in ucdp_rows(form, 15)]
    real = SHARED / shape.real if shape.real else None
    if real and real.exists():
        header, *lines = read(real)
        assert header == list(shape.columns)
        rows += lines
    return list(shape.columns), rows


@pytest.fixture(scope="module")
def forms() -> dict[str, tuple[list[str], list[list[str]]]]:
    return {form: rows_of_form(form) for form in FORMS}


@example("ged", 1)
@example("ged41", 1)
@example("candidate", 1)
@given(st.sampled_from(FORMS), st.integers(0, 2**32))
@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
def test_what_is_imported_exported_and_imported_again_is_the_same(
    one_case: Case, forms: dict[str, tuple[list[str], list[list[str]]]], form: str, seed: int
) -> None:
    columns, rows = forms[form]
    rng = Random(seed)
    picked = [*rng.sample(rows[:15], 5), *rng.sample(rows, min(60, len(rows)))]
    lines = rng.sample([*{tuple(row): row for row in picked}.values()], len({tuple(row) for row in picked}))
    headed = written(one_case.folder / "in.csv", columns, lines)
    if form == "candidate":  # which come without a line of names
        headed.write_bytes(headed.read_bytes().split(b"\r\n", 1)[1])
    take_in(one_case, "ucdp", headed, scope=Scope.WHOLE)
    file = exported(one_case, "ucdp", exact=True)
    assert len(file.columns) == 49
    assert sorted([row[column] for column in columns] for row in file.rows) == sorted(lines)
    padded = set(file.columns) - set(columns)
    assert {row[column] for row in file.rows for column in padded} <= {""}
    again = take_in(one_case, "ucdp", file.path, scope=Scope.WHOLE, dry_run=True)
    assert (again.added, again.changed, again.withdrawn, again.same) == (0, 0, 0, len(lines))


def test_the_columns_are_those_of_a_real_file_in_their_order() -> None:
    path = SHARED / GENERATIONS["ucdp ged"].real
    if not path.exists():
        pytest.skip(f"{path.name} of the shared data is not on this machine")
    columns, *rows = read(path)
    assert [*export_format("ucdp").columns()] == columns
    assert faults(export_format("ucdp"), columns, rows) == []


def test_countries_are_called_and_numbered_as_in_real_rows() -> None:
    path = SHARED / GENERATIONS["ucdp ged"].real
    if not path.exists():
        pytest.skip(f"{path.name} of the shared data is not on this machine")
    columns, *rows = read(path)
    at = [columns.index(name) for name in ("country", "country_id", "region")]
    for country, number, region in {tuple(row[place] for place in at) for row in rows}:
        known = load_countries().named(country)
        assert known
        names = country_names()[known.country]
        assert (names.ucdp_name, names.gwno, names.ucdp_region) == (country, number, region)


def test_a_row_that_tells_of_the_sheltered_is_mapped_coarsely_unless_exact(new_case: Case, tmp_path: Path) -> None:
    row = {
        **ucdp_rows("ged", 3)[2],  # one-sided
        "where_prec": "1",
        "source_headline": "Rebels burn school",
        "where_coordinates": "Loungo-Peul village",
    }
    take_in(new_case, "ucdp", file_of(tmp_path / "a.csv", [row]))
    file = exported(new_case, "ucdp")
    assert "Loungo" not in file.path.read_text()
    assert all(each["id"].startswith("VDT") and each["latitude"] == "" for each in file.rows)
    assert "not given back as they came, since they tell of the sheltered: 1 row of UCDP GED" in file.said.remarks
    assert exported(new_case, "ucdp", exact=True).rows == (row,)


# Rows that did not


def test_an_incident_that_a_machine_coded_is_told_in_ucdps_codes(new_case: Case) -> None:
    ((row,), _) = rows_of(new_case, [{}])
    assert row
    assert {name: cell for name, cell in row.items() if cell} == {
        "id": "VDT000",
        "relid": "VDT000",
        "year": "2019",
        "code_status": "Machine coded by Vedette",
        "type_of_violence": "1",
        "dyad_name": "Government of Afghanistan - Taliban",
        "side_a": "Government of Afghanistan",
        "side_b": "Taliban",
        "number_of_sources": "2",
        "source_article": "ministry; wire",
        "source_original": "Coded by machine by Vedette; sources: ministry; wire",
        "where_prec": "1",
        "where_coordinates": "Kunduz",
        "adm_1": "Kunduz",
        "adm_2": "Kunduz District",
        "latitude": "36.73",
        "longitude": "68.86",
        "geom_wkt": "POINT (68.86 36.73)",
        "priogrid_gid": "182658",
        "country": "Afghanistan",
        "country_id": "700",
        "region": "Asia",
        "event_clarity": "1",
        "date_prec": "1",
        "date_start": "2019-02-28",
        "date_end": "2019-02-28",
        "deaths_a": "0",
        "deaths_b": "0",
        "deaths_civilians": "0",
        "deaths_unknown": "6",
        "best": "6",
        "high": "9",
        "low": "4",
        "gwnoa": "700",
    }


def test_the_type_of_violence_is_told_only_where_the_sides_tell_it(new_case: Case) -> None:
    expected = {
        ((ARMY,), (TALIBAN,)): ("1", "Government of Afghanistan - Taliban"),
        ((TALIBAN,), (POLICEMEN, FARMERS)): ("1", "policemen - Taliban"),
        ((IS,), (TALIBAN,)): ("2", "Islamic State Khorasan Province - Taliban"),
        ((TALIBAN,), (FARMERS,)): ("3", "Taliban - Civilians"),
        ((ARMY,), (FARMERS, Actor("girls"))): ("3", "Government of Afghanistan - Civilians"),
        ((TALIBAN,), (Actor("the governor"),)): ("3", "Taliban - Civilians"),
        ((GUNMEN,), (FARMERS,)): None,
        ((GUNMEN,), (POLICEMEN,)): None,
        ((TALIBAN,), ()): None,
        ((), (POLICEMEN,)): None,
        ((TALIBAN,), (GUNMEN,)): None,
        ((TALIBAN,), (TALIBAN,)): None,
        ((FARMERS,), (TALIBAN,)): None,
        ((FARMERS,), (Actor("villagers"),)): None,
        ((TALIBAN,), (Actor("ISAF", "isaf"),)): None,  # no state of its own
    }
    rows, file = rows_of(new_case, [{"perpetrators": one, "targets": two} for one, two in expected])
    assert [row and (row["type_of_violence"], row["dyad_name"]) for row in rows] == list(expected.values())
    assert file.said.remarks == ("left out, since their sides do not tell the type of violence: 9 incidents",)


def test_no_party_vanishes_from_a_side_that_mixes_a_state_with_a_group(new_case: Case) -> None:
    sides = [((POLICEMEN, TALIBAN), (POLICEMEN,)), ((IS,), (TALIBAN, POLICEMEN)), ((IS, ARMY), (FARMERS,))]
    rows, file = rows_of(new_case, [{"perpetrators": one, "targets": two} for one, two in sides])
    assert rows == [None, None, None]
    assert file.said.remarks == ("left out, since their sides do not tell the type of violence: 3 incidents",)


def test_an_id_of_another_country_makes_no_government(new_case: Case) -> None:
    panama = Place("Colón", Precision.SETTLEMENT, "", "PA", ("Panama", "Colón"), Point(9.36, -79.9))
    police = Actor("Police Forces of Panama")
    told = {"perpetrators": (police,), "targets": (ARMY,), "place": panama}
    rows, _ = rows_of(new_case, [told, {**told, "targets": (FARMERS,)}])
    assert [row and row["dyad_name"] for row in rows] == [None, "Government of Panama - Civilians"]


def test_civilians_hit_in_a_clash_make_no_one_sided_violence(new_case: Case) -> None:
    told_in = article("Soldiers and the Taliban clash; three farmers die.")
    sides = {"perpetrators": (Cited(ARMY), Cited(TALIBAN)), "targets": (Cited(FARMERS),)}
    killed = (Cited(Toll(Harm.KILLED, Tally(3, 3, 3))),)
    clash = replace(claim(told_in, EventKind.ARMED_CLASH), **sides, tolls=killed, undirected=True)
    work = Work("read", told_in.id, "lexical.en/1")
    new_case.commit(Batch("read", {"articles": [told_in], "claims": [clash], "done": [work]}))
    file = exported(new_case, "ucdp", unit=Unit.CLAIMS)
    assert file.rows == ()
    assert file.said.remarks == ("left out, since their sides do not tell the type of violence: 1 claim",)


def test_who_is_the_state_depends_on_the_day(new_case: Case) -> None:
    days = (date(2021, 8, 14), date(2021, 8, 15), date(2000, 1, 1))
    sides = {"perpetrators": (IS,), "targets": (TALIBAN,)}
    rows, _ = rows_of(new_case, [{**sides, "when": When(day, day)} for day in days])
    assert [row and row["type_of_violence"] for row in rows] == ["2", "1", "1"]
    assert [row and row["gwnoa"] for row in rows] == ["", "700", "700"]
    assert [row and row["side_a"] for row in rows][1] == "Government of Afghanistan"
    over = When(date(2021, 8, 14), date(2021, 8, 16))
    assert exported_of(new_case, attack("b", **sides, when=over)) is None


def exported_of(case: Case, one: Incident) -> dict[str, str] | None:
    keep(case, one)
    return {row["id"]: row for row in exported(case, "ucdp").rows}.get(f"VDT{one.id}")


def test_what_killed_nobody_or_is_no_violence_of_that_type_is_left_out(new_case: Case) -> None:
    def dead(*ends: int | None) -> dict[str, object]:
        return {"tolls": (Toll(Harm.KILLED, Tally(*ends)),)}

    told = [dead(0, 0, 0), dead(None, None, 5), {"tolls": ()}, {"kind": EventKind.ARRESTS}]
    told += [{"kind": EventKind.UNKNOWN}, dead(0, 1, None), dead(3, None, None), dead(5, 4, 3)]
    rows, file = rows_of(new_case, told)
    counts = [row and (row["low"], row["best"], row["high"]) for row in rows]
    # A best that lies outside of its range widens it; an open high end is the best.
    assert counts == [None, None, None, None, ("4", "6", "9"), ("0", "1", "1"), ("3", "3", "3"), ("4", "4", "4")]
    assert file.said.remarks == (
        "left out, since no dead are counted: 3 incidents",
        "left out, since their kind is none of that type of violence: 1 incident",
    )


def test_precisions_are_those_of_the_code_book(new_case: Case) -> None:
    spans = {
        ("2019-03-01", "2019-03-01"): "1",
        ("2019-03-01", "2019-03-02"): "2",
        ("2019-03-01", "2019-03-06"): "2",
        ("2019-03-01", "2019-03-07"): "3",
        ("2019-03-01", "2019-03-08"): "4",
        ("2019-03-01", "2019-03-31"): "4",
        ("2019-03-01", "2019-04-01"): "5",
        ("2019-01-01", "2019-12-31"): "5",
        ("2018-12-31", "2019-01-01"): None,
        ("2018-01-01", "2019-06-01"): None,
    }
    places = {
        Place("Imam Sahib", Precision.DISTRICT, "", "AF", ("Afghanistan", "Kunduz"), Point(37.1, 68.9)): "3",
        Place("Kunduz", Precision.PROVINCE, "", "AF", ("Afghanistan",), Point(36.7, 68.9)): "4",
        Place("Afghanistan", Precision.COUNTRY, "", "AF", (), Point(33.0, 65.0)): "6",
        replace(KUNDUZ, precision=Precision.SITE, name="Kunduz airport"): "1",
        Place("Kunduz", Precision.UNKNOWN): None,
    }
    times = [{"when": When(*map(date.fromisoformat, ends))} for ends in spans]
    rows, _ = rows_of(new_case, [*times, *({"place": place} for place in places)])
    assert [row and row["date_prec"] for row in rows[: len(spans)]] == list(spans.values())
    at = rows[len(spans) :]
    assert [row and row["where_prec"] for row in at] == list(places.values())
    for row in at[:3]:
        assert row
        assert row["latitude"] == row["longitude"] == row["geom_wkt"] == row["priogrid_gid"] == ""


def test_a_grid_cell_is_the_one_that_ged_gives_for_the_point(new_case: Case) -> None:
    path = SHARED / GENERATIONS["ucdp ged"].real
    if not path.exists():
        pytest.skip(f"{path.name} of the shared data is not on this machine")
    columns, *lines = read(path)
    at = [columns.index(name) for name in ("latitude", "longitude", "priogrid_gid")]
    points = [tuple(line[place] for place in at) for line in lines[:300]]
    places = [replace(KUNDUZ, point=Point(float(lat), float(lon))) for lat, lon, _ in points]
    rows, _ = rows_of(new_case, [{"place": place} for place in places])
    assert [row and row["priogrid_gid"] for row in rows] == [cell for _, _, cell in points]


def test_the_corners_of_the_globe_lie_in_the_grid(new_case: Case) -> None:
    corners = {(-90.0, -180.0): "1", (90.0, 180.0): "259200", (-90.0, 180.0): "720", (90.0, -180.0): "258481"}
    rows, _ = rows_of(new_case, [{"place": replace(KUNDUZ, point=Point(*corner))} for corner in corners])
    assert [row and row["priogrid_gid"] for row in rows] == list(corners.values())


def test_rows_of_other_data_sets_are_told_in_ucdps_codes(new_case: Case, tmp_path: Path) -> None:
    for name, rows in (("gtd", gtd_rows("135", 60)), ("acled", acled_rows("2022", 150))):
        take_in(new_case, name, file_of(tmp_path / f"{name}.csv", rows))
    for unit in Unit:
        file = exported(new_case, "ucdp", unit=unit)
        assert file.rows
        assert {row["code_status"] for row in file.rows} == {"Mapped by Vedette"}
        # ACLED's inter codes tell who is organised, its fatalities who is counted at all.
        mapped = [row for row in file.rows if row["source_article"] == "ACLED"]
        assert {row["type_of_violence"] for row in mapped} >= {"1", "3"}
        assert all(int(row["best"]) > 0 for row in mapped)
        assert not [row for row in mapped if "Unidentified" in row["dyad_name"]]


# Sides


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (Key(("us-forces",), country="AF"), ("United States Armed Forces", "8", Sort.UNTOLD, "")),
        (Key(("us-forces",), country="US"), ("United States Armed Forces", "1", Sort.STATE, "2")),
        (Key(("Military Forces of the United States (2021-)",), country="AF"),
         ("Military Forces of the United States (2021-)", "8", Sort.STATE, "2")),
        (Key(("policemen", "Free Orchard Front")), ("policemen", "1", Sort.UNTOLD, "")),
        (Key(("Free Orchard Front", "policemen"), acts=False), ("Free Orchard Front", "2", Sort.UNTOLD, "")),
        (Key(("policemen", "Northern Ridge")), ("policemen", "1", Sort.UNTOLD, "")),
        (Key(("Free Orchard Front", "Northern Ridge")), ("Free Orchard Front", "2", Sort.UNTOLD, "")),
        (Key(("Free Orchard Front", "gunmen")), ("Free Orchard Front", "2", Sort.ORGANISED, "")),
        (Key(("Government of Myanmar (Burma)",), country="MM"),
         ("Government of Myanmar (Burma)", "1", Sort.STATE, "775")),
        (Key(("Police Forces of Mali (2020-)",), country="ML"),
         ("Police Forces of Mali (2020-)", "1", Sort.STATE, "432")),
        (Key(("Unidentified Armed Group (Mali)",), ("political_militias",)),
         ("Unidentified Armed Group (Mali)", "3", Sort.UNTOLD, "")),
        (Key(("palestinian-authority",), country="PS"), ("Palestinian Authority", "1", Sort.UNTOLD, "")),
        (Key(("Free Orchard Front",)), ("Free Orchard Front", "2", Sort.ORGANISED, "")),
        (Key(("Civilians (Mali)",), acts=False), ("Civilians (Mali)", "7", Sort.CIVILIANS, "")),
        (Key(("mayor",), acts=False), ("mayor", "7", Sort.CIVILIANS, "")),
        (Key(("afghan-government",), acts=False, country="AF"),
         ("Government of the Islamic Republic of Afghanistan", "7", Sort.UNTOLD, "")),
        (Key(()), ("", "", Sort.UNTOLD, "")),
    ],
)  # fmt: skip
def test_a_side_is_understood_by_the_registry_by_naming_rules_and_by_what_data_sets_tell(
    key: Key, expected: tuple[str, str, Sort, str]
) -> None:
    side: Side = SideReader({"Free Orchard Front": "rebel_groups"}).understand(key)
    assert (side.actor, side.inter, side.sort, side.gwno) == expected
