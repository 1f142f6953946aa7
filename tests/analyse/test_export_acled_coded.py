from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from code_book_files import exported, take_in
from code_book_record import KUNDUZ, POLICEMEN, TALIBAN, bombing, by_id, file_of, keep
from invented import acled_rows, gtd_rows, ucdp_rows
from made import AT, DAY
from vedette.analyse import Unit
from vedette.analyse.validating import faults
from vedette.model.ids import stable_id
from vedette.model.kinds import Attribution, EventKind, Harm, Precision, Stance
from vedette.model.nouns import Article, Capture, Claim, Reading
from vedette.model.values import Actor, Cited, Place, Point, Tally, Toll, When
from vedette.reference.exports import export_format
from vedette.store import Batch, Case, Work


def row_of(case: Case, **other: object) -> dict[str, str]:
    """The one row that an incident becomes."""
    (row,) = rows_of(case, [other])
    return row


def rows_of(case: Case, others: Sequence[dict[str, object]]) -> list[dict[str, str]]:
    """The row that each of several incidents becomes, in their order."""
    keep(case, *(bombing(f"{number:03}", **other) for number, other in enumerate(others)))
    rows = exported(case, "acled").rows
    assert len(rows) == len(others)
    return sorted(rows, key=lambda row: row["event_id_cnty"])


def test_an_incident_that_a_machine_coded_is_told_in_acleds_codes(new_case: Case) -> None:
    row = row_of(new_case)
    assert {name: cell for name, cell in row.items() if cell} == {
        "event_id_cnty": "VDT000",
        "event_date": "2025-02-28",
        "year": "2025",
        "time_precision": "1",
        "disorder_type": "Political violence",
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Suicide bomb",
        "actor1": "Taliban",
        "inter1": "1",
        "actor2": "policemen",
        "inter2": "1",
        "interaction": "11",
        "iso": "4",
        "region": "Caucasus and Central Asia",
        "country": "Afghanistan",
        "admin1": "Kunduz",
        "admin2": "Kunduz District",
        "location": "Kunduz",
        "latitude": "36.73",
        "longitude": "68.86",
        "geo_precision": "1",
        "source": "ministry; wire",
        "notes": "Coded by machine by Vedette; sources: ministry; wire",
        "fatalities": "4",
        "tags": "machine coded by Vedette",
    }


def test_every_kind_has_the_codes_that_the_code_book_gives_it(new_case: Case) -> None:
    kinds = [kind for kind in EventKind if kind not in {EventKind.UNKNOWN, EventKind.NO_COUNTERPART}]
    keep(new_case, *(bombing(kind, kind=kind) for kind in kinds))
    rows = by_id(exported(new_case, "acled"))
    expected = {(row["event_type"], row["sub_event_type"]) for row in acled_rows("2022", 25)}
    assert {(row["event_type"], row["sub_event_type"]) for row in rows.values()} == expected
    force = rows["VDTexcessive_force_against_protesters"]
    assert (force["disorder_type"], force["civilian_targeting"]) == (
        "Political violence; Demonstrations",
        "Civilian targeting",
    )
    assert rows["VDTmob_violence"]["disorder_type"] == "Political violence"
    assert rows["VDTarrests"]["disorder_type"] == "Strategic developments"


@pytest.mark.parametrize(("schema", "inter"), [("2015", "11"), ("2024", "State forces-State forces")])
def test_other_generations_take_what_a_machine_coded(new_case: Case, schema: str, inter: str) -> None:
    kinds = [kind for kind in EventKind if kind not in {EventKind.UNKNOWN, EventKind.NO_COUNTERPART}]
    keep(new_case, *(bombing(kind, kind=kind) for kind in kinds))
    rows = [{name.lower(): cell for name, cell in row.items()} for row in exported(new_case, "acled", schema).rows]
    of_kind = {row["event_id_cnty"].removeprefix("VDT"): row for row in rows}
    assert len(of_kind) == 25
    assert {row["interaction"] for row in rows} == {inter}
    if schema == "2015":
        assert of_kind["armed_clash"]["event_type"] == "Battle-No change of territory"
        assert of_kind["looting_property_destruction"]["event_type"] == "Strategic development"
        assert of_kind["armed_clash"]["gwno"] == "700"


def test_a_range_is_told_by_its_middle_day_and_its_width(new_case: Case) -> None:
    expected = {
        ("2025-03-03", "2025-03-03"): ("2025-03-03", "1"),
        ("2025-03-03", "2025-03-04"): ("2025-03-03", "2"),
        ("2025-03-03", "2025-03-09"): ("2025-03-06", "2"),
        ("2025-02-26", "2025-03-04"): ("2025-03-01", "2"),
        ("2025-03-01", "2025-03-31"): ("2025-03-16", "3"),
        ("2025-03-10", "2025-03-20"): ("2025-03-15", "3"),
    }
    rows = rows_of(new_case, [{"when": When(*map(date.fromisoformat, ends))} for ends in expected])
    assert [(row["event_date"], row["time_precision"]) for row in rows] == list(expected.values())


def test_what_the_codes_cannot_tell_is_left_out_and_counted(new_case: Case) -> None:
    keep(
        new_case,
        bombing("kept"),
        bombing("wide", when=When(date(2025, 2, 20), date(2025, 3, 10))),  # a month cannot hold it
        bombing("open", when=When(None, DAY)),
        bombing("vague", kind=EventKind.UNKNOWN),
        bombing("foreign", kind=EventKind.NO_COUNTERPART),
        bombing("nowhere", place=Place("Kunduz", Precision.UNKNOWN)),
    )
    file = exported(new_case, "acled")
    assert [row["event_id_cnty"] for row in file.rows] == ["VDTkept"]
    assert file.said.rows == 1
    assert file.said.remarks == (
        "left out, since their day is not known within a calendar month: 2 incidents",
        "left out, since ACLED has no code for their kind: 1 incident",
        "left out, since their country is not known: 1 incident",
        "left out, since their kind is not known: 1 incident",
    )


def test_an_area_has_no_coordinates(new_case: Case) -> None:
    centre = Point(36.7, 68.9)
    district = Place("Imam Sahib", Precision.DISTRICT, "", "AF", ("Afghanistan", "Kunduz"), centre)
    province = Place("Kunduz", Precision.PROVINCE, "", "AF", ("Afghanistan",), centre)
    country = Place("Afghanistan", Precision.COUNTRY, "", "AF", (), centre)
    rows = rows_of(new_case, [{"place": place} for place in (district, province, country)])
    assert [tuple(row[name] for name in ("admin1", "admin2", "location", "geo_precision")) for row in rows] == [
        ("Kunduz", "Imam Sahib", "Imam Sahib", "2"),
        ("Kunduz", "", "Kunduz", "3"),
        ("", "", "Afghanistan", "3"),
    ]
    assert {row["latitude"] + row["longitude"] for row in rows} == {""}
    assert {row["country"] for row in rows} == {"Afghanistan"}


def test_the_lowest_count_that_is_told_is_the_one_of_acled(new_case: Case) -> None:
    tallies = (Tally(4, 6, 9), Tally(None, 6, None), Tally(7, 6, None), Tally(None, None, 5))
    rows = rows_of(new_case, [{"tolls": (Toll(Harm.KILLED, tally),)} for tally in tallies] + [{"tolls": ()}])
    assert [row["fatalities"] for row in rows] == ["4", "6", "6", "0", "0"]


def test_who_acted_has_the_code_of_that_day(new_case: Case) -> None:
    expected = {
        (TALIBAN, "2021-08-14"): "",  # rebels to some, no code tells it of them
        (TALIBAN, "2021-08-15"): "1",
        (TALIBAN, "2000-01-01"): "1",
        (Actor("Afghan National Army", "afghan-army"), "2015-01-01"): "1",
        (Actor("US forces", "us-forces"), "2015-01-01"): "8",
        (Actor("Government of Afghanistan"), "2015-01-01"): "1",
        (Actor("Military Forces of Pakistan (2013-)"), "2015-01-01"): "8",
        (Actor("gunmen"), "2015-01-01"): "",
        (Actor("a crowd of protesters"), "2015-01-01"): "6",
    }
    days = [(actor, date.fromisoformat(day)) for actor, day in expected]
    rows = rows_of(new_case, [{"perpetrators": (actor,), "targets": (), "when": When(day, day)} for actor, day in days])
    assert [row["inter1"] for row in rows] == list(expected.values())
    assert {row["inter2"] for row in rows} == {"0"}
    assert [row["interaction"] for row in rows] == [f"{inter}0" if inter else "" for inter in expected.values()]


def test_a_range_over_a_change_of_government_has_no_code(new_case: Case) -> None:
    row = row_of(new_case, when=When(date(2021, 8, 13), date(2021, 8, 16)))
    assert (row["actor1"], row["inter1"], row["interaction"]) == ("Taliban", "", "")


def test_several_on_one_side_are_associates(new_case: Case) -> None:
    row = row_of(
        new_case, perpetrators=(TALIBAN, Actor("gunmen")), targets=(POLICEMEN, Actor("a driver"), Actor("girls"))
    )
    assert (row["actor1"], row["assoc_actor_1"]) == ("Taliban", "gunmen")
    assert (row["actor2"], row["assoc_actor_2"]) == ("policemen", "a driver; girls")


def read_in(case: Case, text: str, stance: Stance = Stance.ASSERTS, *parties: str) -> Claim:
    """A claim that a report tells: a clash in Kunduz that nobody began."""
    capture = Capture.of(text.encode(), source="wire", url="w", fetched_at=AT, media_type="text/plain")
    article = Article.of(capture, title="", body=text, lang="en", published=AT)
    made = Claim(
        stable_id("claim", text),
        article.id,
        Cited(EventKind.ARMED_CLASH, (article.span(0, 5),), "lexical.en/1"),
        Cited(When(DAY, DAY)),
        Cited(KUNDUZ),
        Cited(stance),
        Cited(Attribution.UNKNOWN),
        perpetrators=tuple(Cited(Actor(party)) for party in parties),
        undirected=len(parties) > 1,
    )
    reading = Reading(article.id, "lexical.en/1", (made,))
    work = Work("read", article.id, reading.reader)
    case.commit(Batch("read", {"articles": [article], "claims": [made], "done": [work]}))
    return made


def test_a_clash_that_nobody_began_has_one_party_on_either_side(new_case: Case) -> None:
    claim = read_in(new_case, "Clash of two.", Stance.ASSERTS, "soldiers", "rebels")
    keep(
        new_case, bombing("a", perpetrators=(Actor("soldiers"), Actor("rebels")), targets=(), claim_ids=("b", claim.id))
    )
    for unit in Unit:
        (row,) = exported(new_case, "acled", unit=unit).rows
        assert (row["actor1"], row["actor2"], row["interaction"]) == ("soldiers", "rebels", "12")
        assert row["assoc_actor_1"] == row["assoc_actor_2"] == ""


def test_three_parties_of_a_clash_are_not_put_on_sides_in_silence(new_case: Case) -> None:
    read_in(new_case, "Clash of three.", Stance.ASSERTS, "soldiers", "rebels", "smugglers")
    file = exported(new_case, "acled", unit=Unit.CLAIMS)
    (row,) = file.rows
    assert (row["actor1"], row["assoc_actor_1"], row["actor2"]) == ("soldiers", "rebels; smugglers", "")
    assert "who stood on which side is not told" in row["notes"]
    assert "who stood on which side is not told, so that all parties are on the first: 1 row" in file.said.remarks


def test_what_is_denied_is_no_event(new_case: Case) -> None:
    read_in(new_case, "Spokesman denies clash.", Stance.DENIES, "soldiers", "rebels")
    file = exported(new_case, "acled", unit=Unit.CLAIMS)
    assert file.rows == ()
    assert file.said.remarks == ("left out, since they are denied, doubted or only threatened: 1 claim",)


def test_a_judged_incident_is_not_marked_as_machine_coding(new_case: Case) -> None:
    keep(new_case, bombing("a"), bombing("b"))
    tags = {row["event_id_cnty"]: row["tags"] for row in exported(new_case, "acled", judged=("b",)).rows}
    assert tags == {"VDTa": "machine coded by Vedette", "VDTb": "mapped by Vedette"}


def test_days_are_written_as_in_the_rows_beside_them(new_case: Case, tmp_path: Path) -> None:
    take_in(new_case, "acled", file_of(tmp_path / "a.csv", acled_rows("2023", 3)))
    keep(new_case, bombing("a"))
    assert by_id(exported(new_case, "acled"))["VDTa"]["event_date"] == "28 February 2025"


def test_no_mapped_cell_is_run_as_a_formula(new_case: Case) -> None:
    south = replace(KUNDUZ, point=Point(-36.73, -68.86))
    row = row_of(new_case, perpetrators=(Actor("=HYPERLINK(1)"),), sources=("@wire",), place=south)
    assert (row["actor1"], row["source"]) == ("'=HYPERLINK(1)", "'@wire")
    assert (row["latitude"], row["longitude"]) == ("-36.73", "-68.86")


def test_rows_of_other_data_sets_are_told_in_acleds_codes(new_case: Case, tmp_path: Path) -> None:
    take_in(new_case, "gtd", file_of(tmp_path / "gtd.csv", gtd_rows("135", 60)))
    take_in(new_case, "ucdp", file_of(tmp_path / "ucdp.csv", ucdp_rows("ged", 40)))
    for unit in Unit:
        file = exported(new_case, "acled", unit=unit)
        assert file.rows
        assert {row["source"] for row in file.rows} == {"GTD"}  # UCDP does not tell what was done
        assert {row["tags"] for row in file.rows} == {"mapped by Vedette"}
        assert any("their kind is not known" in remark for remark in file.said.remarks)


def test_a_file_is_sorted_by_day_and_the_same_each_time(new_case: Case, tmp_path: Path) -> None:
    take_in(new_case, "acled", file_of(tmp_path / "a.csv", acled_rows("2022", 20)))
    keep(
        new_case,
        *(bombing(f"i{number}", when=When(DAY - timedelta(number), DAY - timedelta(number))) for number in range(5)),
    )
    one, two = (exported(new_case, "acled", exact=True).path.read_bytes() for _ in range(2))
    assert one == two
    ids = [row["event_id_cnty"] for row in exported(new_case, "acled", exact=True).rows]
    assert ids[:5] == [f"VDTi{number}" for number in range(5)]


# What holds a file against the code book


@pytest.mark.parametrize(
    ("column", "cell", "fault"),
    [
        ("event_type", "War", "row 1: event_type War is no code"),
        ("sub_event_type", "attack", "row 1: sub_event_type attack is no code"),
        ("inter1", "9", "row 1: inter1 9 is no code"),
        ("time_precision", "0", "row 1: time_precision 0 is no code"),
        ("geo_precision", "4", "row 1: geo_precision 4 is no code"),
        ("latitude", "91", "row 1: latitude 91 is not between -90 and 90"),
        ("fatalities", "-1", "row 1: fatalities -1 is not between 0 and 100000"),
        ("fatalities", "few", "row 1: fatalities few is not between 0 and 100000"),
        ("event_date", "28/02/25", "row 1: event_date 28/02/25 is not written as a day"),
        ("country", "", "row 1: country is empty"),
        ("event_id_cnty", "VDT2", "row 2: the id VDT2 stands there twice"),
    ],
)
def test_each_break_with_the_code_book_is_found(column: str, cell: str, fault: str) -> None:
    one, two = ({**row, "event_id_cnty": f"VDT{number}"} for number, row in enumerate(acled_rows("2022", 2), start=1))
    columns = list(one)
    assert faults(export_format("acled"), columns, [list(one.values()), list(two.values())]) == []
    broken = [list({**one, column: cell}.values()), list(two.values())]
    assert faults(export_format("acled"), columns, broken) == [fault]


def test_columns_out_of_order_are_found() -> None:
    columns = list(export_format("acled").columns())
    swapped = [columns[1], columns[0], *columns[2:]]
    assert "column 1 is event_date and not event_id_cnty" in faults(export_format("acled"), swapped, [])[0]
    assert "iso3 is one too many" in faults(export_format("acled"), [*columns, "iso3"], [])[0]
