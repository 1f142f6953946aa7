"""Counts and series over several data sets and articles in one case, each held against the rows themselves."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from invented import acled_rows, as_csv, gdelt_rows, ucdp_rows
from running import PLAIN, Vedette, reports
from vedette.analyse import Unit, fields_of
from vedette.store import Case

ACLED, UCDP, GDELT = acled_rows("2024", 60, seed=3), ucdp_rows("ged", 40, seed=4), gdelt_rows("1.0", 30, seed=5)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of three data sets and twelve reports."""
    from typer.testing import CliRunner

    from vedette.cli.app import app

    folder = tmp_path_factory.mktemp("mixed")
    case = str(folder / "case")
    (folder / "acled.csv").write_text(as_csv(ACLED))
    (folder / "ucdp.csv").write_text(as_csv(UCDP))
    (folder / "gdelt.csv").write_text(as_csv(GDELT, delimiter="\t", quoted=False))
    commands = [
        ["init", case],
        *(["import", name, str(folder / f"{name}.csv"), "--case", case] for name in ("acled", "ucdp", "gdelt")),
        ["read", str(reports(folder / "reports.jsonl", range(12))), "--case", case, *PLAIN],
    ]
    for command in commands:
        answer = CliRunner().invoke(app, command)
        assert answer.exit_code in {0, 1}, answer.output
    return folder / "case"


@pytest.fixture
def ask(vedette: Vedette, mixed: Path) -> Any:
    """Asks the mixed case and gives the JSON of the answer."""

    def asked(*arguments: str) -> Any:
        answer = vedette(*arguments, "--case", mixed, "--format", "json")
        assert answer.code == 0, answer.err
        return json.loads(answer.out)

    return asked


def groups(answer: Any, name: str) -> dict[str, int]:
    return {each["group"][name]: each["count"] for each in answer["groups"]}


def test_claims_say_what_they_mix(ask: Any, vedette: Vedette, mixed: Path) -> None:
    answer = ask("count", "--unit", "claims", "--by", "dataset")
    parts = answer["mixes"]["parts"]
    assert (parts["acled"], parts["ucdp"]) == (len(ACLED), len(UCDP))
    assert groups(answer, "dataset") == parts
    assert answer["mixes"]["sources"] == 4
    said = vedette("count", "--unit", "claims", "--case", mixed).err
    assert "claims of 4 sources" in said
    assert "counted several times" in said


def test_incidents_count_once_and_leave_out_what_has_no_counterpart(ask: Any, vedette: Vedette, mixed: Path) -> None:
    answer = ask("count")
    assert sum(answer["mixes"]["parts"].values()) == answer["whole"]["count"]
    assert "acled" in answer["mixes"]["parts"]
    assert "no_counterpart" not in groups(ask("count", "--by", "kind"), "kind")
    assert "each incident counts once" in vedette("count", "--case", mixed).err


def test_each_way_to_count_a_data_set_agrees_with_its_rows(ask: Any) -> None:
    def counted(field: str) -> dict[str, int]:
        return groups(ask("count", "--unit", "claims", "--source", "ACLED", "--by", field), field.replace("-", "_"))

    days = Counter(row["event_date"] for row in ACLED if row["time_precision"] == "1")
    assert sum(counted("day").values()) == len(ACLED)
    assert set(counted("day").values()) >= set(days.values())
    assert counted("country") == Counter(row["country"] for row in ACLED)
    assert counted("year") == Counter(row["year"] for row in ACLED)
    assert counted("sub-kind") == Counter(f"ACLED: {row['sub_event_type']}" for row in ACLED)
    assert counted("source") == {"ACLED": len(ACLED)}
    assert sum(counted("province").values()) == len(ACLED)


@pytest.mark.parametrize("unit", list(Unit))
def test_every_field_counts_the_whole_or_says_that_it_overlaps(mixed: Path, unit: Unit) -> None:
    from vedette.analyse import Filters, count

    with Case.open(mixed) as case, case.snapshot() as now:
        for field in fields_of(unit):
            answer = count(now, Filters(), [field, "quarter"], unit)
            total = sum(each.count for each in answer.groups)
            assert total == answer.whole.count or (answer.overlapping and total > answer.whole.count), field


def test_a_party_of_several_targets_counts_under_each_group_once(ask: Any) -> None:
    answer = ask("count", "--unit", "claims", "--by", "target-group")
    known = groups(answer, "target_group")
    assert {"civilians", "not told"} <= set(known)
    assert max(known.values()) <= answer["whole"]["count"]
    # Twelve reports tell of policemen and of a driver.
    read = groups(ask("count", "--unit", "claims", "--source", "wire", "--by", "target-group"), "target_group")
    assert read["state_forces"] == 12


def test_two_sides_of_a_clash_are_told_where_perpetrators_are_counted(ask: Any, vedette: Vedette, mixed: Path) -> None:
    answer = ask("count", "--unit", "claims", "--by", "perpetrator")
    assert answer["undirected"] > 0
    assert ask("count", "--unit", "claims", "--by", "target")["undirected"] is None
    said = vedette("count", "--unit", "claims", "--by", "perpetrator", "--case", mixed).err
    assert "two sides and not which attacked" in said


@pytest.fixture
def clash(vedette: Vedette, tmp_path: Path) -> Path:
    """A group in a clash with an army, in one with itself, and in an attack on civilians."""
    case = tmp_path / "clash"
    group, army = {"actor1": "Lantern Guard", "inter1": "Political militia"}, "Military Forces of Northland (2018-)"
    alike = {**rows_of(range(1, 2), "Mali", 2022, 0)[0], **group, "assoc_actor_1": "", "assoc_actor_2": ""}
    battle = {**alike, "event_type": "Battles", "sub_event_type": "Armed clash", "civilian_targeting": ""}
    rows = [
        {**battle, "event_id_cnty": "XX1", "actor2": army, "inter2": "State forces"},
        {**battle, "event_id_cnty": "XX2", "actor2": "Lantern Guard", "inter2": "Political militia"},
        {**battle, "event_id_cnty": "XX3", "actor2": "Civilians (Mali)", "inter2": "Civilians"}
        | {"event_type": "Violence against civilians", "sub_event_type": "Attack"},
    ]
    vedette("init", case)
    (tmp_path / "clash.csv").write_text(as_csv(rows))
    assert vedette("import", "acled", tmp_path / "clash.csv", "--case", case).code == 0
    return case


@pytest.mark.parametrize("by", [("--by", "perpetrator"), ("--actor", "Lantern Guard", "--by", "target-group")])
@pytest.mark.parametrize("unit", ["incidents", "claims"])
def test_only_what_has_two_parties_tells_two_sides(
    vedette: Vedette, clash: Path, by: tuple[str, ...], unit: str
) -> None:
    command = ("count", *by, "--unit", unit, "--case", clash)
    answer = json.loads(vedette(*command, "--format", "json").out)
    assert (answer["whole"]["count"], answer["undirected"]) == (3, 1)
    assert "1 tells two sides and not which attacked: both count as perpetrators" in vedette(*command).err


def test_an_actors_targets_are_told_with_how_many_have_two_sides(vedette: Vedette, clash: Path) -> None:
    asked = ("count", "--actor", "Lantern Guard", "--case", clash)
    said = "1 tells two sides and not which attacked: both count as perpetrators, neither as target"
    assert said in vedette(*asked, "--by", "target").err
    assert json.loads(vedette(*asked, "--by", "month", "--format", "json").out)["undirected"] is None


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (("--source", "nowire"), "no source of incidents is called nowire; there are ACLED, GDELT, UCDP GED, "),
        (("--country", "Utopia"), "no country is called Utopia"),
        (("--country", "TUV"), "the record tells of none in TUV"),
        (("--place", "Nowhereville"), "no place of the record is called Nowhereville"),
        (("--actor", "nobodyxyz"), "no actor of the record is called nobodyxyz"),
        (("--as-of", "2001-01-01"), "the record holds no incidents yet\nthat is the record as it stood on 2001-01-01"),
    ],
)
@pytest.mark.parametrize("form", ["table", "json"])
@pytest.mark.parametrize("command", ["count", "trend"])
def test_what_the_record_does_not_know_is_said_and_not_counted_as_none(
    vedette: Vedette, mixed: Path, command: str, form: str, option: tuple[str, str], said: str
) -> None:
    answer = vedette(command, *option, "--case", mixed, "--format", form)
    assert answer.code == 0
    assert said in answer.err


def test_no_answer_is_an_empty_table(vedette: Vedette, mixed: Path) -> None:
    answer = vedette("count", "--actor", "nobodyxyz", "--by", "country", "--case", mixed)
    assert (answer.code, answer.out) == (0, "no incidents\n")
    assert "0 incidents in all" in answer.err


def test_a_data_set_is_found_by_its_short_name_and_its_codes_have_names(
    ask: Any, vedette: Vedette, mixed: Path
) -> None:
    for name in ("ucdp", "UCDP GED"):
        assert ask("count", "--unit", "claims", "--source", name)["whole"]["count"] == len(UCDP)
    said = vedette("count", "--unit", "claims", "--source", "ucdp", "--by", "sub-kind", "--case", mixed)
    assert "UCDP GED: 1 (State-based conflict)" in said.out
    assert "sub-kind" in vedette("count", "--by", "nothing", "--case", mixed).err


def test_a_country_is_found_by_either_code(ask: Any) -> None:
    country = ACLED[0]["country"]
    from vedette.reference.countries import load_countries

    countries = load_countries()
    code = next(three for three, two in countries._codes.items() if two == countries.named(country).country)  # type: ignore[union-attr]
    assert ask("count", "--country", code) == ask("count", "--country", country)


def rows_of(months: range, country: str, year: int, first: int) -> list[dict[str, str]]:
    """Two of ACLED's rows a month of one country and year."""
    days = [f"{year}-{month:02}-{day:02}" for month in months for day in (1, 28)]
    return [
        {**acled_rows("2024", 1, seed=7)[0], "event_id_cnty": f"XX{first + number}", "event_date": day,
         "year": str(year), "time_precision": "1", "country": country}
        for number, day in enumerate(days)
    ]  # fmt: skip


@pytest.fixture
def gapped(vedette: Vedette, tmp_path: Path) -> Path:
    """Mali in two files of 2020 and 2022, Niger in the second alone."""
    case = tmp_path / "gapped"
    vedette("init", case)
    mali = rows_of(range(1, 13), "Mali", 2020, 100)
    later = rows_of(range(1, 13), "Mali", 2022, 200) + rows_of(range(1, 13), "Niger", 2022, 300)
    for name, rows in (("old", mali), ("new", later)):
        (tmp_path / f"{name}.csv").write_text(as_csv(rows))
        done = vedette("import", "acled", tmp_path / f"{name}.csv", "--case", case)
        assert done.code in {0, 1}, done.err
    return case


def ratio_of(vedette: Vedette, case: Path, then: str, *country: str) -> Any:
    asked = ("--from", "2022-01-01", "--to", "2022-12-28", "--compare", then, *country)
    answer = json.loads(vedette("count", *asked, "--case", case, "--format", "json").out)
    return answer["whole"]["then"]["ratio"]["value"], answer["compared"]


def test_a_year_between_two_files_is_no_data(vedette: Vedette, gapped: Path) -> None:
    assert ratio_of(vedette, gapped, "year-before", "--country", "MLI")[0] is None
    assert ratio_of(vedette, gapped, "2020-01-02..2020-12-28", "--country", "MLI")[0] == pytest.approx(1, rel=0.1)
    trend = json.loads(
        vedette("trend", "--every", "month", "--country", "Mali", "--case", gapped, "--format", "json").out
    )
    (series,) = trend["series"]
    assert {each["count"] for each in series["periods"] if each["name"].startswith("2021")} == {None}
    assert series["changes"] == []


def test_a_country_that_is_not_covered_then_is_named(vedette: Vedette, gapped: Path) -> None:
    ratio, compared = ratio_of(vedette, gapped, "2020-01-02..2020-12-28")
    assert ratio is None
    assert compared["covered"]["parts"][0]["country"] == "NE"
    asked = ("--from", "2022-01-01", "--to", "2022-12-28", "--compare", "2020-01-02..2020-12-28")
    said = vedette("count", *asked, "--case", gapped).err
    assert "Niger in ACLED: only 2022-01-01 – 2022-12-28 covered" in said


def test_what_may_lie_outside_the_other_period_is_told_without_a_ratio_too(vedette: Vedette, tmp_path: Path) -> None:
    case = tmp_path / "vague"
    rows = rows_of(range(1, 3), "Mali", 2022, 0)
    rows.append({**rows[0], "event_id_cnty": "XX900", "event_date": "2020-12-30", "time_precision": "2"})
    (tmp_path / "vague.csv").write_text(as_csv(rows))
    vedette("init", case)
    vedette("import", "acled", tmp_path / "vague.csv", "--case", case)
    asked = ("--from", "2022-01-01", "--to", "2022-02-28", "--compare", "2021-01-01..2021-02-28")
    said = vedette("count", *asked, "--case", case).err
    assert "no ratio: " in said
    assert "Mali in ACLED: only 2022-01-01 – 2022-02-28 covered" in said
    assert "1 of those then may lie outside their period" in said


def test_a_country_without_an_exact_day_has_no_day_covered(vedette: Vedette, tmp_path: Path) -> None:
    case = tmp_path / "vague"
    rows = [{**row, "time_precision": "2"} for row in rows_of(range(1, 3), "Mali", 2022, 0)]
    (tmp_path / "vague.csv").write_text(as_csv(rows))
    vedette("init", case)
    vedette("import", "acled", tmp_path / "vague.csv", "--case", case)
    said = vedette("trend", "--from", "2022-01-01", "--to", "2022-02-28", "--case", case).err
    said += vedette(
        "count", "--from", "2022-01-01", "--to", "2022-02-28", "--compare", "year-before", "--case", case
    ).err
    assert "Mali in ACLED: no day covered\n" in said
    assert "only no day" not in said


def test_where_sources_share_no_covered_day_one_of_them_is_to_be_asked_for(vedette: Vedette, gapped: Path) -> None:
    rows = [{**row, "date_start": "2016-03-04", "date_end": "2016-03-04", "country": "Mali"} for row in UCDP[:3]]
    (gapped.parent / "ucdp.csv").write_text(as_csv(rows))
    assert vedette("import", "ucdp", gapped.parent / "ucdp.csv", "--case", gapped).code in {0, 1}
    asked = ("trend", "--every", "year", "--country", "Mali", "--case", gapped)
    suggested = "no day shown is covered by all the sources that tell of it: --source asks for one of them ("
    assert suggested in vedette(*asked).err
    assert suggested not in vedette(*asked, "--source", "acled").err


def test_a_limit_is_told(vedette: Vedette, mixed: Path) -> None:
    answer = vedette("count", "--by", "place", "--limit", "2", "--case", mixed)
    assert "more groups hold" in answer.err


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (("count", "--by", "region"), "takes kind"),
        (("count", "--by", "stance"), "takes kind"),
        (("count", "--level", "95"), "0.95"),
        (("count", "--compare", "before"), "give both"),
        (("trend", "--by", "week"), "--every"),
        (("trend", "--every", "hour"), "hour"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_one_sentence(
    vedette: Vedette, mixed: Path, arguments: tuple[str, ...], remedy: str
) -> None:
    answer = vedette(*arguments, "--case", mixed)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert remedy in answer.err


def test_a_comparison_is_the_same_in_every_format(vedette: Vedette, mixed: Path) -> None:
    years = sorted({row["year"] for row in ACLED})
    asked = ("count", "--from", f"{years[-1]}-01-01", "--to", f"{years[-1]}-12-31", "--compare", "year-before")
    command = (*asked, "--by", "type", "--case", mixed)
    told = json.loads(vedette(*command, "--format", "json").out)
    rows = list(csv.DictReader(io.StringIO(vedette(*command, "--format", "csv").out)))
    lines = [json.loads(line) for line in vedette(*command, "--format", "jsonl").out.splitlines()]
    assert lines == told["groups"]
    assert [float(row["share_low"]) for row in rows] == [each["share"]["low"] for each in told["groups"]]
    ratios = [each["then"]["ratio"]["value"] for each in told["groups"]]
    assert [row["ratio"] for row in rows] == ["" if ratio is None else str(ratio) for ratio in ratios]
    table = vedette(*command)
    assert "rate ratio" in table.out
    assert "then is" in table.err


def test_a_trend_is_the_same_in_every_format(vedette: Vedette, mixed: Path) -> None:
    command = ("trend", "--every", "month", "--source", "ACLED", "--case", mixed)
    told = json.loads(vedette(*command, "--format", "json").out)
    rows = list(csv.DictReader(io.StringIO(vedette(*command, "--format", "csv").out)))
    (series,) = told["series"]
    assert [row["period"] for row in rows] == [period["name"] for period in series["periods"]]
    assert sum(int(row["incidents"] or 0) for row in rows) == series["count"]
    table = vedette(*command)
    assert table.out.count("█") > 0
    assert "no data, not none" in table.err
    crossed = vedette("trend", "--every", "month", "--by", "type", "--case", mixed)
    assert "each to its own height" in crossed.out


@pytest.mark.parametrize("question", [("count",), ("trend", "--every", "month"), ("count", "--compare", "year-before")])
def test_an_answer_without_a_group_still_names_its_columns(
    vedette: Vedette, mixed: Path, question: tuple[str, ...]
) -> None:
    asked = (*question, "--by", "country", "--from", "1991-01-01", "--to", "1991-01-31", "--case", mixed)
    (names,) = csv.reader(io.StringIO(vedette(*asked, "--format", "csv").out))
    asked_whole = (
        *question,
        "--by",
        "country",
        "--from",
        f"{ACLED[0]['year']}-01-01",
        "--to",
        f"{ACLED[0]['year']}-12-31",
    )
    (full, *_) = csv.reader(io.StringIO(vedette(*asked_whole, "--case", mixed, "--format", "csv").out))
    assert names == full
