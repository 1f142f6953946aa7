"""Every code of every code book leads to our kinds, or says why not."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from vedette.model.errors import UsageError
from vedette.model.kinds import EventKind, EventType
from vedette.reference.crosswalks import (
    SURE,
    SYSTEMS,
    Relation,
    code_key,
    crosswalk,
    gtd_lists,
    plover_type,
)
from vedette.reference.kinds import kind_name

DATA = Path(__file__).parents[2] / "../shared/data"
real = pytest.mark.skipif(not DATA.exists(), reason="the real data sets are not beside this checkout")

# How many codes the published lists have. ACLED: 25 sub-event types, 6 event types, 8 older event types with names of
# their own. CAMEO: 20 roots and 298 codes below them. PLOVER: 16 types, 67 modes. MUC-4: slot 4's set list.
LENGTHS = {"acled": 39, "ucdp": 3, "gtd": 9, "cameo": 318, "plover": 83, "muc4": 7}
OURS = frozenset(EventKind) - {EventKind.UNKNOWN, EventKind.NO_COUNTERPART}
PLOVER_TYPES = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip


def rows(path: Path) -> list[dict[str, str]]:
    body = path.read_bytes()
    text = (gzip.decompress(body) if path.suffix == ".gz" else body).decode("utf-8", errors="replace")
    first = text.split("\n", 1)[0]
    delimiter = max("\t,;", key=first.count)
    return [
        {(name or "").lower(): value or "" for name, value in row.items() if isinstance(value, str)}
        for row in csv.DictReader(io.StringIO(text), delimiter=delimiter)
    ]


def codes(system: str) -> list[str]:
    return list(dict.fromkeys(pair.code for pair in crosswalk(system).pairs))


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_code_of_the_published_list_is_there(system: str) -> None:
    assert len(codes(system)) == LENGTHS[system]


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_code_is_told_apart_by_its_key(system: str) -> None:
    assert len({code_key(code) for code in codes(system)}) == LENGTHS[system]


def test_every_kind_of_ours_is_an_acled_sub_type_of_the_same_name() -> None:
    acled = crosswalk("acled")
    assert {acled.kind_of(kind_name(kind)) for kind in OURS} == OURS
    assert all(acled.pairs_of(kind_name(kind))[0].relation is Relation.EXACT for kind in OURS)


def test_cameo_has_twenty_roots_and_every_code_hangs_under_one() -> None:
    found = codes("cameo")
    roots = {code for code in found if len(code) == 2}
    assert roots == {f"{root:02}" for root in range(1, 21)}
    assert all(code[:2] in roots and code[:-1] in found for code in found if code not in roots)
    assert found == sorted(found)


def test_plover_has_sixteen_types_and_every_mode_hangs_under_one() -> None:
    found = codes("plover")
    assert {code for code in found if "/" not in code} == PLOVER_TYPES
    assert {code.split("/")[0] for code in found} == PLOVER_TYPES


def test_gtd_lists_are_whole() -> None:
    lists = gtd_lists()
    assert list(lists["weaptype1"]) == [str(code) for code in range(1, 14)]
    assert list(lists["targtype1"]) == [str(code) for code in range(1, 23)]
    assert sorted(map(int, lists["weapsubtype1"])) == [code for code in range(1, 32) if code != 25]


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_kind_is_reached_or_says_why_not(system: str) -> None:
    book = crosswalk(system)
    reached = {pair.kind for pair in book.pairs} & OURS
    assert reached | set(book.unreached) == OURS
    assert not reached & set(book.unreached)
    assert all(book.unreached.values())


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_code_is_one_of_exact_narrower_broader_and_none(system: str) -> None:
    book = crosswalk(system)
    for code in codes(system):
        pairs = book.pairs_of(code)
        (relation,) = {pair.relation for pair in pairs}
        assert len({pair.kind for pair in pairs}) == len(pairs)
        assert relation not in SURE or len(pairs) == 1
        assert (relation is Relation.NONE) == (pairs[0].kind is None)
        assert EventKind.NO_COUNTERPART not in {pair.kind for pair in pairs}
        assert pairs[0].name.strip()


@pytest.mark.parametrize("system", SYSTEMS)
def test_what_is_not_the_same_says_why(system: str) -> None:
    book = crosswalk(system)
    unsure = [each for each in (*book.pairs, *book.refinements) if each.relation not in SURE]
    assert all(each.remark.endswith(".") for each in unsure)


def test_a_cameo_root_covers_what_its_codes_cover() -> None:
    cameo = crosswalk("cameo")
    for root in (code for code in codes("cameo") if len(code) == 2):
        below = {pair.kind for pair in cameo.pairs if pair.code.startswith(root) and pair.code != root} - {None}
        assert {pair.kind for pair in cameo.pairs_of(root)} - {None} == below


@pytest.mark.parametrize(("system", "parent"), [("cameo", "17"), ("plover", "ASSAULT"), ("plover", "COERCE")])
def test_a_sure_code_is_of_a_kind_that_its_parent_covers(system: str, parent: str) -> None:
    book = crosswalk(system)
    below = [each for each in codes(system) if each.startswith(parent) and each != parent]
    covered = {pair.kind for pair in book.pairs_of(parent)}
    assert {pair.kind for code in below for pair in book.pairs_of(code)} - {None} <= covered


@pytest.mark.parametrize(
    ("system", "code", "kind", "event_type"),
    [
        ("acled", "ARMED CLASH", EventKind.ARMED_CLASH, EventType.BATTLES),
        ("acled", "Air / Drone strike", EventKind.AIR_DRONE_STRIKE, EventType.EXPLOSIONS),
        ("acled", "Battle-No Change of territory", EventKind.ARMED_CLASH, EventType.BATTLES),
        ("acled", "Remote violence", EventKind.UNKNOWN, EventType.EXPLOSIONS),
        ("acled", "Riots/Protests", EventKind.UNKNOWN, EventType.UNKNOWN),
        ("ucdp", "1", EventKind.UNKNOWN, EventType.UNKNOWN),
        ("gtd", "6", EventKind.ABDUCTION_FORCED_DISAPPEARANCE, EventType.CIVILIANS),
        ("cameo", "042", EventKind.NO_COUNTERPART, EventType.NONE),
        ("cameo", "1831", EventKind.SUICIDE_BOMB, EventType.EXPLOSIONS),
        ("cameo", "183", EventKind.UNKNOWN, EventType.EXPLOSIONS),
        ("cameo", "193", EventKind.UNKNOWN, EventType.UNKNOWN),
        ("plover", "assault/suicide-attack", EventKind.SUICIDE_BOMB, EventType.EXPLOSIONS),
        ("plover", "CONSULT/visit", EventKind.NO_COUNTERPART, EventType.NONE),
        ("muc4", "KIDNAPPING", EventKind.ABDUCTION_FORCED_DISAPPEARANCE, EventType.CIVILIANS),
        ("muc4", "no such type", EventKind.UNKNOWN, EventType.UNKNOWN),
        ("cameo", "", EventKind.UNKNOWN, EventType.UNKNOWN),
    ],
)
def test_a_code_leads_to_a_kind_only_where_all_its_events_are_of_it(
    system: str, code: str, kind: EventKind, event_type: EventType
) -> None:
    book = crosswalk(system)
    assert (book.kind_of(code), book.type_of(code)) == (kind, event_type)


def test_a_code_that_is_not_in_the_book_is_known_to_be_none() -> None:
    assert crosswalk("cameo").knows("010")
    assert not crosswalk("cameo").knows("0999")


def test_an_unknown_code_book_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="polecat"):
        crosswalk("polecat")


@pytest.mark.parametrize(
    ("row", "kind", "event_type"),
    [
        ({"attacktype1": "3", "suicide": "1", "weaptype1": "6"}, EventKind.SUICIDE_BOMB, EventType.EXPLOSIONS),
        ({"attacktype1": "2", "suicide": "1", "weaptype1": "6"}, EventKind.SUICIDE_BOMB, EventType.EXPLOSIONS),
        # A gunman who means to die is no suicide bomber for sure.
        (
            {"attacktype1": "2", "suicide": "1", "weaptype1": "5", "targtype1": "14"},
            EventKind.UNKNOWN,
            EventType.UNKNOWN,
        ),
        # A bomb that never went off is no explosion, whatever it was.
        ({"attacktype1": "3", "success": "0", "weapsubtype1": "12"}, EventKind.UNKNOWN, EventType.UNKNOWN),
        (
            {"attacktype1": "3", "success": "1", "weapsubtype1": "12", "weaptype1": "6"},
            EventKind.REMOTE_EXPLOSIVE_LANDMINE_IED,
            EventType.EXPLOSIONS,
        ),
        ({"attacktype1": "3", "weaptype1": "6", "weapsubtype1": "7"}, EventKind.GRENADE, EventType.EXPLOSIONS),
        (
            {"attacktype1": "3", "weaptype1": "6", "weapsubtype1": "11"},
            EventKind.SHELLING_ARTILLERY_MISSILE,
            EventType.EXPLOSIONS,
        ),
        ({"attacktype1": "3", "weaptype1": "6", "weapsubtype1": "16"}, EventKind.UNKNOWN, EventType.EXPLOSIONS),
        ({"attacktype1": "2", "weaptype1": "5", "targtype1": "14"}, EventKind.ATTACK, EventType.CIVILIANS),
        ({"attacktype1": "2", "weaptype1": "5", "targtype1": "3"}, EventKind.UNKNOWN, EventType.UNKNOWN),
        (
            {"attacktype1": "2", "weaptype1": "5", "targtype1": "3", "targsubtype1": "24"},
            EventKind.UNKNOWN,
            EventType.BATTLES,
        ),
        (
            {"attacktype1": "7", "weaptype1": "8", "weapsubtype1": "18"},
            EventKind.LOOTING_PROPERTY_DESTRUCTION,
            EventType.STRATEGIC,
        ),
        ({"attacktype1": "6", "weaptype1": "5"}, EventKind.ABDUCTION_FORCED_DISAPPEARANCE, EventType.CIVILIANS),
        ({"attacktype1": "9", "weaptype1": "13"}, EventKind.UNKNOWN, EventType.UNKNOWN),
    ],
)
def test_weapon_and_target_refine_an_attack_type(row: dict[str, str], kind: EventKind, event_type: EventType) -> None:
    gtd = crosswalk("gtd")
    assert (gtd.kind_in(row["attacktype1"], row), gtd.type_in(row["attacktype1"], row)) == (kind, event_type)


def test_refinements_ask_for_codes_of_the_lists_and_stay_within_their_attack_type() -> None:
    gtd, lists = crosswalk("gtd"), gtd_lists()
    for each in gtd.refinements:
        assert all(
            value in lists[column] for column, values in each.when.items() if column != gtd.column for value in values
        )
        for code in each.when[gtd.column]:
            covered = {pair.kind for pair in gtd.pairs_of(code)}
            assert set(each.kinds) <= covered, (code, each.when)
        assert each.relation not in SURE or len(each.kinds) == 1


def test_refinements_do_not_hide_one_another() -> None:
    gtd = crosswalk("gtd")
    for place, each in enumerate(gtd.refinements):
        row = {column: values[0] for column, values in each.when.items()}
        earlier = [before for before in gtd.refinements[:place] if before.fits(row)]
        assert not earlier, each.when


@pytest.mark.parametrize(
    ("cameo", "plover"),
    [("010", ""), ("036", "AGREE"), ("0871", "RETREAT"), ("1833", "ASSAULT"), ("191", "COERCE"), ("9999", "")],
)
def test_a_cameo_code_knows_its_plover_type(cameo: str, plover: str) -> None:
    assert plover_type(cameo) == plover


def test_every_cameo_code_but_statements_has_a_plover_type() -> None:
    without = {code for code in codes("cameo") if plover_type(code) not in PLOVER_TYPES}
    assert without == {code for code in codes("cameo") if code.startswith("01")}


def found_in_the_samples() -> Iterator[tuple[str, str, str]]:
    for path in sorted((DATA / "acled_samples").glob("acled_*.csv")):
        yield from ((path.name, "acled", row.get("sub_event_type") or row["event_type"]) for row in rows(path))
    for path in (DATA / "ucdp_ged").glob("*.csv*"):
        yield from ((path.name, "ucdp", row["type_of_violence"]) for row in rows(path))
    for path in (DATA / "gtd_slices").glob("*.csv"):
        yield from ((path.name, "gtd", row["attacktype1"]) for row in rows(path))
    events = DATA / "icews_gdelt_samples"
    yield from (("icews", "cameo", row["cameo code"]) for row in rows(events / "icews_events.2018.sample.tab"))
    for line in (events / "gdelt2_20191024143000.export.CSV").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        yield from (("gdelt", "cameo", cell) for cell in cells[26:29])
    for name, opened in (("dev.jsonl", open), ("train.jsonl.gz", gzip.open)):
        with opened(DATA / "muc4" / name, "rt") as lines:
            for line in lines:
                slots = [each["slots"].get("incident_type", []) for each in json.loads(line)["templates"]]
                fills = [fill for slot in slots for each in slot for fill in each["alternatives"]]
                yield from ((name, "muc4", fill["value"]) for fill in fills)


@real
def test_every_code_of_the_real_samples_is_known() -> None:
    found = set(found_in_the_samples())
    assert {system for _, system, _ in found} == set(SYSTEMS) - {"plover"}
    assert {(name, code) for name, system, code in found if not crosswalk(system).knows(code)} == set()


@real
def test_icews_names_are_the_names_of_the_book() -> None:
    cameo = crosswalk("cameo")
    for row in rows(DATA / "icews_gdelt_samples" / "icews_events.2018.sample.tab"):
        assert cameo.pairs_of(row["cameo code"])[0].name.casefold() == row["event text"].casefold()


@real
def test_gtd_names_of_the_samples_are_those_of_the_lists() -> None:
    renamed = {"Airports & Airlines", "Explosives/Bombs/Dynamite", "Land Mine", "Automatic Weapon", "."}
    lists = {"attacktype1": {pair.code: pair.name for pair in crosswalk("gtd").pairs}, **gtd_lists()}
    for path in (DATA / "gtd_slices").glob("*.csv"):
        for row in rows(path):
            for column in ("attacktype1", "weaptype1", "weapsubtype1", "targtype1"):
                printed = row[f"{column}_txt"]
                if row[column] and printed not in renamed:
                    assert lists[column][row[column]] == printed
