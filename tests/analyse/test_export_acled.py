from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from code_book_files import SHARED, File, exported, read, take_in, written
from invented import GENERATIONS, acled_rows, gtd_rows, ucdp_rows
from made import AT
from vedette.analyse import Filters, Unit
from vedette.analyse.exporting import exporter_named
from vedette.analyse.validating import faults
from vedette.datasets import Scope
from vedette.model.errors import UsageError
from vedette.model.ids import stable_id
from vedette.model.kinds import Attribution, EventKind, Harm, Precision, Stance
from vedette.model.nouns import Article, Capture, Claim, Incident, Reading
from vedette.model.values import Actor, Cited, Place, Point, Tally, Toll, When
from vedette.reference.exports import export_format
from vedette.store import Batch, Case, IncidentVersion, Work

DAY = date(2025, 2, 28)
KUNDUZ = Place(
    "Kunduz", Precision.SETTLEMENT, "1135689", "AF", ("Afghanistan", "Kunduz", "Kunduz District"), Point(36.73, 68.86)
)
TALIBAN, POLICEMEN = Actor("Taliban", "taliban"), Actor("policemen")
GENERATION_NAMES = ("2015", "2016", "2020", "2022", "2023", "2024")
SCHEMA = {"2023": "2022"}  # the columns of 2023 are those of 2022


def incident(ident: str, **other: object) -> Incident:
    """Policemen killed by a suicide bomb in Kunduz, but for what is said to be otherwise."""
    told = {
        "kind": EventKind.SUICIDE_BOMB,
        "when": When(DAY, DAY),
        "place": KUNDUZ,
        "perpetrators": (TALIBAN,),
        "targets": (POLICEMEN,),
        "tolls": (Toll(Harm.KILLED, Tally(4, 6, None)),),
        "claim_ids": (f"claim-{ident}",),
        "credibility": 2,
        "sources": ("ministry", "wire"),
    }
    return Incident(ident, **{**told, **other})  # type: ignore[arg-type]


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Case.create(tmp_path / "case") as opened:
        yield opened


def keep(case: Case, *incidents: Incident) -> None:
    case.commit(Batch("resolve", {"incidents": [IncidentVersion(each) for each in incidents]}))


def file_of(path: Path, rows: list[dict[str, str]]) -> Path:
    return written(path, list(rows[0]), [list(row.values()) for row in rows])


def by_id(file: File, column: str = "event_id_cnty") -> dict[str, dict[str, str]]:
    return {row[column]: row for row in file.rows}


def row_of(case: Case, **other: object) -> dict[str, str]:
    """The one row that an incident becomes."""
    (row,) = rows_of(case, [other])
    return row


def rows_of(case: Case, others: Sequence[dict[str, object]]) -> list[dict[str, str]]:
    """The row that each of several incidents becomes, in their order."""
    keep(case, *(incident(f"{number:03}", **other) for number, other in enumerate(others)))
    rows = exported(case, "acled").rows
    assert len(rows) == len(others)
    return sorted(rows, key=lambda row: row["event_id_cnty"])


# Rows that came from ACLED


class Rows:
    """The rows of one generation: real ones where they are on this machine, invented ones everywhere."""

    def __init__(self, name: str) -> None:
        shape = GENERATIONS[f"acled {name}"]
        self.name, self.columns = name, [column for column in shape.columns if column]
        invented = [{column: row[column] for column in self.columns} for row in acled_rows(name, 25)]
        self.all = [list(row.values()) for row in invented]
        real = SHARED / shape.real
        if shape.real and real.exists():
            header, *rows = read(real)
            at = [header.index(column) for column in self.columns]
            whole = [[row[place] for place in at] for row in rows if len(row) == len(header)]
            self.all += [row for row in whole if row[self.columns.index(self._country)]]

    @property
    def _country(self) -> str:
        return "COUNTRY" if self.name == "2015" else "country"


@pytest.fixture(scope="module")
def generations() -> dict[str, Rows]:
    return {name: Rows(name) for name in GENERATION_NAMES}


@pytest.fixture(scope="module")
def one_case() -> Iterator[Case]:
    folder = Path(tempfile.mkdtemp())
    with Case.create(folder / "case") as opened:
        yield opened
    shutil.rmtree(folder)


def some_of(rows: Rows, seed: int) -> tuple[list[str], list[list[str]]]:
    """A few of the rows, in any order and with their columns in any order; invented ones are always among them."""
    rng = Random(seed)
    picked = [*rng.sample(rows.all[:25], 5), *rng.sample(rows.all, min(60, len(rows.all)))]
    order = rng.sample(range(len(rows.columns)), len(rows.columns))
    lines = [[row[place] for place in order] for row in {tuple(row): row for row in picked}.values()]
    return [rows.columns[place] for place in order], rng.sample(lines, len(lines))


@example("2015", 1)
@example("2016", 1)
@example("2020", 1)
@example("2022", 1)
@example("2023", 1)
@example("2024", 1)
@given(st.sampled_from(GENERATION_NAMES), st.integers(0, 2**32))
@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
def test_what_is_imported_exported_and_imported_again_is_the_same(
    one_case: Case, generations: dict[str, Rows], name: str, seed: int
) -> None:
    columns, lines = some_of(generations[name], seed)
    take_in(one_case, "acled", written(one_case.folder / "in.csv", columns, lines), scope=Scope.WHOLE)
    file = exported(one_case, "acled", SCHEMA.get(name, name), exact=True)
    assert sorted(file.columns) == sorted(columns)
    given_back = sorted([row[column] for column in columns] for row in file.rows)
    assert given_back == sorted(lines)
    again = take_in(one_case, "acled", file.path, scope=Scope.WHOLE, dry_run=True)
    assert (again.added, again.changed, again.deleted, again.same) == (0, 0, 0, len(lines))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=60)))
@settings(max_examples=1, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@example(['=1+1, "quoted"', "two\nlines", " spaces ", "'", "a;b\tc|d", "NA", '"', "−5", "\\", '""', "a\r\nb"])
def test_any_text_comes_back_as_it_was(one_case: Case, texts: list[str]) -> None:
    rows = [{**row, "notes": text} for row, text in zip(acled_rows("2022", len(texts) + 1), [*texts, "x"], strict=True)]
    take_in(one_case, "acled", file_of(one_case.folder / "in.csv", rows), scope=Scope.WHOLE)
    notes = {row["event_id_cnty"]: row["notes"] for row in exported(one_case, "acled", exact=True).rows}
    assert notes == {row["event_id_cnty"]: row["notes"] for row in rows}


@pytest.mark.parametrize("name", ["2015", "2016", "2020", "2022"])
def test_the_columns_are_those_of_a_real_export_in_their_order(name: str) -> None:
    path = SHARED / GENERATIONS[f"acled {name}"].real
    if not path.exists():
        pytest.skip(f"{path.name} of the shared data is not on this machine")
    assert [*export_format("acled").columns(name)] == [column for column in read(path)[0] if column]


def test_rows_of_an_older_generation_keep_their_words_and_leave_empty_what_they_lacked(
    case: Case, tmp_path: Path
) -> None:
    rows = acled_rows("2015", 9)
    take_in(case, "acled", file_of(tmp_path / "old.csv", rows))
    file = exported(case, "acled", exact=True)
    assert len(file.columns) == 31
    for row in rows:
        given = by_id(file)[row["EVENT_ID_CNTY"]]
        assert (given["event_type"], given["event_date"]) == (row["EVENT_TYPE"], row["EVENT_DATE"])
        assert (given["assoc_actor_1"], given["sub_event_type"], given["timestamp"]) == (row["ALLY_ACTOR_1"], "", "")
    assert "given back as they came: 9 rows of ACLED" in file.said.remarks
    assert "without columns that ACLED 2022 lacks (gwno, event_id_no_cnty): 9 rows" in file.said.remarks


def test_a_row_known_by_its_data_id_alone_keeps_it_where_the_generation_has_no_such_column(
    case: Case, tmp_path: Path
) -> None:
    rows = [{**row, "event_id_cnty": ""} for row in acled_rows("2020", 2)] + acled_rows("2020", 3)[2:]
    take_in(case, "acled", file_of(tmp_path / "a.csv", rows))
    given = exported(case, "acled", exact=True)
    ids = {row["event_id_cnty"] or row["data_id"] for row in rows}
    assert set(by_id(given)) == ids
    assert "known by data_id alone, which stands in event_id_cnty: 2 rows" in given.said.remarks
    with Case.create(tmp_path / "other") as other:
        take_in(other, "acled", given.path)
        assert set(ids_of(other)) == ids
    own = exported(case, "acled", "2020", sound=False, exact=True)  # which are empty there, as they came
    assert sorted(row["event_id_cnty"] for row in own.rows) == sorted(row["event_id_cnty"] for row in rows)
    assert not [remark for remark in own.said.remarks if "alone" in remark]


def test_a_schema_that_is_not_known_is_refused() -> None:
    with pytest.raises(UsageError, match="2015, 2016, 2020, 2022, 2024"):
        exporter_named("acled", "1999")
    with pytest.raises(UsageError, match="is for acled and ucdp"):
        exporter_named("csv", "2022")


def ids_of(case: Case, name: str = "acled") -> dict[str, str]:
    """The claim of each row."""
    with case.snapshot() as now:
        return {row["row_id"]: row["id"] for row in now.rows(f"SELECT row_id, id FROM rows_{name}")}


def take_up(case: Case, *claims: str) -> None:
    case.commit(Batch("resolve", {"taken_up": list(claims)}))


def test_an_incident_of_several_claims_gives_its_row_back_once(case: Case, tmp_path: Path) -> None:
    rows = acled_rows("2022", 3)
    take_in(case, "acled", file_of(tmp_path / "a.csv", rows))
    claim = ids_of(case)[rows[0]["event_id_cnty"]]
    keep(case, incident("a", claim_ids=("other", claim)))
    take_up(case, claim)
    file = exported(case, "acled", exact=True)
    assert sorted(by_id(file)) == sorted(row["event_id_cnty"] for row in rows)
    assert by_id(file)[rows[0]["event_id_cnty"]] == rows[0]


def test_an_incident_that_holds_two_rows_gives_both_back_and_says_so(case: Case, tmp_path: Path) -> None:
    rows = acled_rows("2022", 2)
    take_in(case, "acled", file_of(tmp_path / "a.csv", rows))
    claims = tuple(ids_of(case).values())
    keep(case, incident("a", claim_ids=claims))
    take_up(case, *claims)
    file = exported(case, "acled", exact=True)
    assert sorted(file.rows, key=lambda row: row["event_id_cnty"]) == rows
    assert "holding several rows of ACLED, each given back: 1 incident" in file.said.remarks


def test_filters_and_an_earlier_day_hold_for_rows_that_are_given_back(case: Case, tmp_path: Path) -> None:
    rows = acled_rows("2022", 25)
    take_in(case, "acled", file_of(tmp_path / "a.csv", rows))
    for unit in Unit:
        some = exported(case, "acled", filters=Filters(kinds=("riots",)), unit=unit, exact=True)
        assert sorted(by_id(some)) == sorted(row["event_id_cnty"] for row in rows if row["event_type"] == "Riots")
    path = case.folder / "past.csv"
    from vedette.analyse.exporting import Wanted, export

    with case.snapshot(date(2020, 1, 1)) as past:
        assert export(past, exporter_named("acled"), Wanted(Filters()), path).rows == 0
    assert len(read(path)) == 1


def sheltered(row: dict[str, str], **cells: str) -> dict[str, str]:
    return {
        **row,
        "event_type": "Violence against civilians",
        "sub_event_type": "Attack",
        "inter2": "7",
        "actor2": "Civilians",
        **cells,
    }


@pytest.mark.parametrize(
    "cells",
    [{"assoc_actor_2": "Teachers (Somalia)"}, {"notes": "Gunmen burnt a girls' school."}],
    ids=["by who was hit", "by what the notes tell"],
)
def test_a_row_that_tells_of_the_sheltered_is_not_given_back_unless_exact(
    case: Case, tmp_path: Path, cells: dict[str, str]
) -> None:
    told = {"location": "Loungo-Peul", "geo_precision": "1", "notes": "An attack.", "assoc_actor_2": "", **cells}
    row = sheltered(acled_rows("2022", 1)[0], **told)
    take_in(case, "acled", file_of(tmp_path / "a.csv", [row]))
    for unit in Unit:
        file = exported(case, "acled", unit=unit)
        (coarse,) = file.rows
        assert coarse["event_id_cnty"].startswith("VDT")
        assert (coarse["admin1"], coarse["geo_precision"]) == (row["admin1"], "3")
        assert coarse["latitude"] == coarse["longitude"] == coarse["admin2"] == ""
        assert not {"Loungo-Peul", row["event_id_cnty"], row["notes"]} & set(" ".join(coarse.values()).split("; "))
        assert "Loungo" not in file.path.read_text()
        assert "not given back as they came, since they tell of the sheltered: 1 row of ACLED" in file.said.remarks
        assert (file.said.sheltered, file.said.machine_coded) == (1, 0)
        assert exported(case, "acled", unit=unit, exact=True).rows == (row,)


def test_pupils_who_demonstrate_are_given_back_as_they_came(case: Case, tmp_path: Path) -> None:
    row = {
        **acled_rows("2022", 1)[0],
        "event_type": "Protests",
        "sub_event_type": "Peaceful protest",
        "actor2": "",
        "inter2": "0",
        "assoc_actor_2": "",
        "assoc_actor_1": "",
        "notes": "Students marched to the ministry.",
    }
    take_in(case, "acled", file_of(tmp_path / "a.csv", [row]))
    assert exported(case, "acled").rows == (row,)


# Rows that did not


def test_an_incident_that_a_machine_coded_is_told_in_acleds_codes(case: Case) -> None:
    row = row_of(case)
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


def test_every_kind_has_the_codes_that_the_code_book_gives_it(case: Case) -> None:
    kinds = [kind for kind in EventKind if kind not in {EventKind.UNKNOWN, EventKind.NO_COUNTERPART}]
    keep(case, *(incident(kind, kind=kind) for kind in kinds))
    rows = by_id(exported(case, "acled"))
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
def test_other_generations_take_what_a_machine_coded(case: Case, schema: str, inter: str) -> None:
    kinds = [kind for kind in EventKind if kind not in {EventKind.UNKNOWN, EventKind.NO_COUNTERPART}]
    keep(case, *(incident(kind, kind=kind) for kind in kinds))
    rows = [{name.lower(): cell for name, cell in row.items()} for row in exported(case, "acled", schema).rows]
    of_kind = {row["event_id_cnty"].removeprefix("VDT"): row for row in rows}
    assert len(of_kind) == 25
    assert {row["interaction"] for row in rows} == {inter}
    if schema == "2015":
        assert of_kind["armed_clash"]["event_type"] == "Battle-No change of territory"
        assert of_kind["looting_property_destruction"]["event_type"] == "Strategic development"
        assert of_kind["armed_clash"]["gwno"] == "700"


def test_a_range_is_told_by_its_middle_day_and_its_width(case: Case) -> None:
    expected = {
        ("2025-03-03", "2025-03-03"): ("2025-03-03", "1"),
        ("2025-03-03", "2025-03-04"): ("2025-03-03", "2"),
        ("2025-03-03", "2025-03-09"): ("2025-03-06", "2"),
        ("2025-02-26", "2025-03-04"): ("2025-03-01", "2"),
        ("2025-03-01", "2025-03-31"): ("2025-03-16", "3"),
        ("2025-03-10", "2025-03-20"): ("2025-03-15", "3"),
    }
    rows = rows_of(case, [{"when": When(*map(date.fromisoformat, ends))} for ends in expected])
    assert [(row["event_date"], row["time_precision"]) for row in rows] == list(expected.values())


def test_what_the_codes_cannot_tell_is_left_out_and_counted(case: Case) -> None:
    keep(
        case,
        incident("kept"),
        incident("wide", when=When(date(2025, 2, 20), date(2025, 3, 10))),  # a month cannot hold it
        incident("open", when=When(None, DAY)),
        incident("vague", kind=EventKind.UNKNOWN),
        incident("foreign", kind=EventKind.NO_COUNTERPART),
        incident("nowhere", place=Place("Kunduz", Precision.UNKNOWN)),
    )
    file = exported(case, "acled")
    assert [row["event_id_cnty"] for row in file.rows] == ["VDTkept"]
    assert file.said.rows == 1
    assert file.said.remarks == (
        "left out, since their day is not known within a calendar month: 2 incidents",
        "left out, since ACLED has no code for their kind: 1 incident",
        "left out, since their country is not known: 1 incident",
        "left out, since their kind is not known: 1 incident",
    )


def test_an_area_has_no_coordinates(case: Case) -> None:
    centre = Point(36.7, 68.9)
    district = Place("Imam Sahib", Precision.DISTRICT, "", "AF", ("Afghanistan", "Kunduz"), centre)
    province = Place("Kunduz", Precision.PROVINCE, "", "AF", ("Afghanistan",), centre)
    country = Place("Afghanistan", Precision.COUNTRY, "", "AF", (), centre)
    rows = rows_of(case, [{"place": place} for place in (district, province, country)])
    assert [tuple(row[name] for name in ("admin1", "admin2", "location", "geo_precision")) for row in rows] == [
        ("Kunduz", "Imam Sahib", "Imam Sahib", "2"),
        ("Kunduz", "", "Kunduz", "3"),
        ("", "", "Afghanistan", "3"),
    ]
    assert {row["latitude"] + row["longitude"] for row in rows} == {""}
    assert {row["country"] for row in rows} == {"Afghanistan"}


def test_the_lowest_count_that_is_told_is_the_one_of_acled(case: Case) -> None:
    tallies = (Tally(4, 6, 9), Tally(None, 6, None), Tally(7, 6, None), Tally(None, None, 5))
    rows = rows_of(case, [{"tolls": (Toll(Harm.KILLED, tally),)} for tally in tallies] + [{"tolls": ()}])
    assert [row["fatalities"] for row in rows] == ["4", "6", "6", "0", "0"]


def test_who_acted_has_the_code_of_that_day(case: Case) -> None:
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
    rows = rows_of(case, [{"perpetrators": (actor,), "targets": (), "when": When(day, day)} for actor, day in days])
    assert [row["inter1"] for row in rows] == list(expected.values())
    assert {row["inter2"] for row in rows} == {"0"}
    assert [row["interaction"] for row in rows] == [f"{inter}0" if inter else "" for inter in expected.values()]


def test_a_range_over_a_change_of_government_has_no_code(case: Case) -> None:
    row = row_of(case, when=When(date(2021, 8, 13), date(2021, 8, 16)))
    assert (row["actor1"], row["inter1"], row["interaction"]) == ("Taliban", "", "")


def test_several_on_one_side_are_associates(case: Case) -> None:
    row = row_of(case, perpetrators=(TALIBAN, Actor("gunmen")), targets=(POLICEMEN, Actor("a driver"), Actor("girls")))
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


def test_a_clash_that_nobody_began_has_one_party_on_either_side(case: Case) -> None:
    claim = read_in(case, "Clash of two.", Stance.ASSERTS, "soldiers", "rebels")
    keep(case, incident("a", perpetrators=(Actor("soldiers"), Actor("rebels")), targets=(), claim_ids=("b", claim.id)))
    for unit in Unit:
        (row,) = exported(case, "acled", unit=unit).rows
        assert (row["actor1"], row["actor2"], row["interaction"]) == ("soldiers", "rebels", "12")
        assert row["assoc_actor_1"] == row["assoc_actor_2"] == ""


def test_three_parties_of_a_clash_are_not_put_on_sides_in_silence(case: Case) -> None:
    read_in(case, "Clash of three.", Stance.ASSERTS, "soldiers", "rebels", "smugglers")
    file = exported(case, "acled", unit=Unit.CLAIMS)
    (row,) = file.rows
    assert (row["actor1"], row["assoc_actor_1"], row["actor2"]) == ("soldiers", "rebels; smugglers", "")
    assert "who stood on which side is not told" in row["notes"]
    assert "who stood on which side is not told, so that all parties are on the first: 1 row" in file.said.remarks


def test_what_is_denied_is_no_event(case: Case) -> None:
    read_in(case, "Spokesman denies clash.", Stance.DENIES, "soldiers", "rebels")
    file = exported(case, "acled", unit=Unit.CLAIMS)
    assert file.rows == ()
    assert file.said.remarks == ("left out, since they are denied, doubted or only threatened: 1 claim",)


def test_a_judged_incident_is_not_marked_as_machine_coding(case: Case) -> None:
    keep(case, incident("a"), incident("b"))
    tags = {row["event_id_cnty"]: row["tags"] for row in exported(case, "acled", judged=("b",)).rows}
    assert tags == {"VDTa": "machine coded by Vedette", "VDTb": "mapped by Vedette"}


def test_days_are_written_as_in_the_rows_beside_them(case: Case, tmp_path: Path) -> None:
    take_in(case, "acled", file_of(tmp_path / "a.csv", acled_rows("2023", 3)))
    keep(case, incident("a"))
    assert by_id(exported(case, "acled"))["VDTa"]["event_date"] == "28 February 2025"


def test_days_that_are_written_in_two_ways_are_told(case: Case, tmp_path: Path) -> None:
    take_in(case, "acled", file_of(tmp_path / "new.csv", acled_rows("2023", 3)))
    take_in(case, "acled", file_of(tmp_path / "old.csv", acled_rows("2022", 20, seed=1)[10:]))
    (said,) = [remark for remark in exported(case, "acled", exact=True).said.remarks if "written" in remark]
    assert said.startswith("days are written as they came, in 2 ways (2022-")


def test_no_mapped_cell_is_run_as_a_formula(case: Case) -> None:
    south = replace(KUNDUZ, point=Point(-36.73, -68.86))
    row = row_of(case, perpetrators=(Actor("=HYPERLINK(1)"),), sources=("@wire",), place=south)
    assert (row["actor1"], row["source"]) == ("'=HYPERLINK(1)", "'@wire")
    assert (row["latitude"], row["longitude"]) == ("-36.73", "-68.86")


def test_rows_of_other_data_sets_are_told_in_acleds_codes(case: Case, tmp_path: Path) -> None:
    take_in(case, "gtd", file_of(tmp_path / "gtd.csv", gtd_rows("135", 60)))
    take_in(case, "ucdp", file_of(tmp_path / "ucdp.csv", ucdp_rows("ged", 40)))
    for unit in Unit:
        file = exported(case, "acled", unit=unit)
        assert file.rows
        assert {row["source"] for row in file.rows} == {"GTD"}  # UCDP does not tell what was done
        assert {row["tags"] for row in file.rows} == {"mapped by Vedette"}
        assert any("their kind is not known" in remark for remark in file.said.remarks)


def test_a_file_is_sorted_by_day_and_the_same_each_time(case: Case, tmp_path: Path) -> None:
    take_in(case, "acled", file_of(tmp_path / "a.csv", acled_rows("2022", 20)))
    keep(
        case,
        *(incident(f"i{number}", when=When(DAY - timedelta(number), DAY - timedelta(number))) for number in range(5)),
    )
    one, two = (exported(case, "acled", exact=True).path.read_bytes() for _ in range(2))
    assert one == two
    ids = [row["event_id_cnty"] for row in exported(case, "acled", exact=True).rows]
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
