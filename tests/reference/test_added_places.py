"""Dumps of GeoNames that a person adds to a case's gazetteer."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from invented.geonames import line, many, write_zip
from running import Listener
from vedette.model.errors import FormatError, InputError
from vedette.model.kinds import Precision
from vedette.reference import load_reference
from vedette.reference.added_places import FILE, Added, AddedFile, add_dump
from vedette.reference.gazetteer import Gazetteer, load_gazetteer

VILLAGE = line(900_000_001, "Zzharkalay", others="زژرکلی,Zzhar Kalay,zzhrkly,A")


def _dump(folder: Path, *rows: str) -> Path:
    path = folder / "AF.txt"
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def _add(folder: Path, *rows: str, **wanted: Any) -> Added:
    return add_dump(_dump(folder, *rows), folder, Listener(), **wanted)


def _gazetteer(folder: Path) -> Gazetteer:
    return Gazetteer(added=folder / FILE)


def test_an_added_village_is_found_in_its_province_and_district(tmp_path: Path) -> None:
    assert _add(tmp_path, VILLAGE) == Added(1, 1, 3, 0)
    (entry,) = _gazetteer(tmp_path).find("Zzharkalay")
    assert entry.place.path == ("Afghanistan", "Helmand", "Nad 'Ali")
    assert (entry.place.precision, entry.feature) == (Precision.SETTLEMENT, "P.PPL")
    assert entry.place.point is not None
    assert (entry.place.point.lat, entry.place.point.lon) == (31.5, 64.2)


@pytest.mark.parametrize("name", ["زژركلي", "\u200fزژرکلی\u200f", "zzhar kalay", "Zzhar\u200b Kalay"])
def test_an_added_village_is_found_by_its_other_names(tmp_path: Path, name: str) -> None:
    _add(tmp_path, VILLAGE)
    assert [entry.place.name for entry in _gazetteer(tmp_path).find(name)] == ["Zzharkalay"]


def test_names_of_one_letter_and_transliterations_are_not_added(tmp_path: Path) -> None:
    _add(tmp_path, VILLAGE, line(900_000_002, "B"))
    assert _gazetteer(tmp_path).find("A") == _gazetteer(tmp_path).find("B") == ()
    assert _gazetteer(tmp_path).find("zzhrkly") == ()


def test_a_known_place_is_not_doubled_and_gains_its_new_names(tmp_path: Path) -> None:
    known = load_gazetteer().find("Lashkar Gah", "AF")
    ident = int(known[0].place.id.removeprefix("geonames:"))
    assert _add(tmp_path, line(ident, "Lashkar Gah", others="Lashkarzzgah")) == Added(1, 0, 1, 0)
    assert _gazetteer(tmp_path).find("Lashkar Gah", "AF") == known
    (entry,) = _gazetteer(tmp_path).find("Lashkarzzgah")
    assert entry.place == known[0].place


def test_the_same_dump_again_adds_nothing(tmp_path: Path) -> None:
    _add(tmp_path, VILLAGE)
    before = _gazetteer(tmp_path).find("Zzharkalay")
    assert _add(tmp_path, VILLAGE) == Added(1, 0, 0, 0)
    assert _gazetteer(tmp_path).find("Zzharkalay") == before


def test_a_second_dump_is_added_to_the_first(tmp_path: Path) -> None:
    _add(tmp_path, VILLAGE)
    _add(tmp_path, line(900_000_009, "Qqalacha"))
    assert _gazetteer(tmp_path).find("Zzharkalay")
    assert _gazetteer(tmp_path).find("Qqalacha")


def test_areas_that_only_the_dump_knows_hold_its_places(tmp_path: Path) -> None:
    new = {"country": "AF", "admin1": "99"}
    rows = (
        line(900_000_011, "Zzdistrict", feature="A.ADM2", admin2="9901", **new),
        line(900_000_012, "Zzvillage", admin2="9901", **new),
        line(900_000_010, "Zzland Province", feature="A.ADM1", admin2="", **new),
    )
    _add(tmp_path, *rows)
    gazetteer = _gazetteer(tmp_path)
    assert gazetteer.find("Zzvillage")[0].place.path == ("Afghanistan", "Zzland Province", "Zzdistrict")
    assert gazetteer.find("Zzdistrict")[0].place.path == ("Afghanistan", "Zzland Province")
    province = gazetteer.find("Zzland")[0].place
    assert (province.precision, province.path, province.point) == (Precision.PROVINCE, ("Afghanistan",), None)


def test_sites_are_added_where_wanted_and_other_features_never(tmp_path: Path) -> None:
    rows = (
        line(900_000_020, "Zzschool", feature="S.SCH"), line(900_000_021, "Zzriver", feature="H.STM"),
        line(900_000_022, "Zzold", feature="A.ADM2H"),
    )  # fmt: skip
    assert _add(tmp_path, *rows) == Added(3, 0, 0, 3)
    assert _add(tmp_path, *rows, sites=True) == Added(3, 1, 1, 2)
    assert _gazetteer(tmp_path).find("Zzschool")[0].place.precision is Precision.SITE
    assert _gazetteer(tmp_path).find("Zzriver") == ()


def test_marks_of_direction_are_not_kept_in_a_shown_name(tmp_path: Path) -> None:
    _add(tmp_path, line(900_000_030, "\u202eZzback\u202c\u200b"))
    assert _gazetteer(tmp_path).find("Zzback")[0].place.name == "Zzback"


def test_a_zip_as_geonames_packs_it_is_added(tmp_path: Path) -> None:
    add_dump(write_zip(tmp_path / "AF.zip", [VILLAGE]), tmp_path, Listener())
    assert _gazetteer(tmp_path).find("Zzharkalay")


def _wrong_column(row: str, column: int, cell: str) -> str:
    cells = row.split("\t")
    cells[column] = cell
    return "\t".join(cells)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "empty"),
        (["id,name,lat", VILLAGE], "1 columns instead of 19"),
        ([VILLAGE, VILLAGE.rsplit("\t", 1)[0]], "line 2: has 18 columns"),
        ([VILLAGE, _wrong_column(VILLAGE, 4, "91")], "line 2: has '91' as its latitude"),
        ([VILLAGE, _wrong_column(VILLAGE, 4, "nan")], "latitude"),
        ([VILLAGE, _wrong_column(VILLAGE, 5, "-180.1")], "longitude"),
        ([VILLAGE, _wrong_column(VILLAGE, 5, "")], "longitude"),
        ([VILLAGE, _wrong_column(VILLAGE, 0, "12x")], "GeoNames id"),
        ([VILLAGE, _wrong_column(VILLAGE, 14, "-4")], "population"),
        ([VILLAGE, _wrong_column(VILLAGE, 6, "Q")], "feature class"),
        ([VILLAGE, _wrong_column(VILLAGE, 8, "Afghanistan")], "country"),
        ([VILLAGE, "x" * 400_000], "columns"),
    ],
)
def test_a_dump_with_a_wrong_line_adds_nothing_and_is_named(tmp_path: Path, rows: list[str], said: str) -> None:
    _add(tmp_path, line(900_000_040, "Zzfirst"))
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(FormatError, match=said) as raised:
        _add(tmp_path, *rows)
    assert "\n" not in str(raised.value)
    assert (tmp_path / FILE).read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {FILE, "AF.txt"}


def test_what_is_no_text_adds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "AF.txt"
    for body in (bytes(range(256)) * 20, b"\x89PNG\r\n\x1a\n\0\0", b"\xff\xfea\0b\0", b"SQLite format 3\0"):
        path.write_bytes(body)
        with pytest.raises(FormatError, match="no GeoNames dump"):
            add_dump(path, tmp_path, Listener())
    assert AddedFile.of(tmp_path) is None


def test_a_broken_or_foreign_zip_adds_nothing(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "AF.zip", many(2_000))
    whole = path.read_bytes()
    bodies = [whole[: len(whole) // 2], whole[:-10], whole[:2000] + bytes(200) + whole[2200:], b"PK\x03\x04"]
    for body in bodies:
        path.write_bytes(body)
        with pytest.raises(FormatError, match="cannot be unpacked"):
            add_dump(path, tmp_path, Listener())
    for members in ({"photo.jpg": "x"}, {"AF.txt": VILLAGE, "PK.txt": VILLAGE}, {"readme.txt": "x"}):
        with zipfile.ZipFile(path, "w") as archive:
            for name, body in members.items():
                archive.writestr(name, body)
        with pytest.raises(FormatError, match="no GeoNames dump"):
            add_dump(path, tmp_path, Listener())
    assert AddedFile.of(tmp_path) is None


def test_a_dump_that_is_not_there_is_named_and_nothing_is_added(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"AF\.zip: cannot be read"):
        add_dump(tmp_path / "AF.zip", tmp_path, Listener())
    assert list(tmp_path.iterdir()) == []


def test_an_unreadable_file_of_places_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"rubbish " * 2_000)
    with pytest.raises(InputError, match="add the dumps again"):
        _gazetteer(tmp_path).find("Kabul")
    with pytest.raises(InputError, match="add the dumps again"):
        _add(tmp_path, VILLAGE)


def test_what_is_added_later_is_seen_by_the_same_process(tmp_path: Path) -> None:
    _add(tmp_path, VILLAGE)
    assert load_reference(AddedFile.of(tmp_path)).gazetteer.find("Zzharkalay")
    _add(tmp_path, line(900_000_050, "Zzlater"))
    assert load_reference(AddedFile.of(tmp_path)).gazetteer.find("Zzlater")
    assert load_reference().gazetteer.find("Zzlater") == ()


def test_twenty_thousand_rows_are_added_and_every_step_is_told(tmp_path: Path) -> None:
    listener = Listener()
    added = add_dump(write_zip(tmp_path / "AF.zip", many(20_000)), tmp_path, listener)
    assert (added.rows, added.places) == (20_000, 20_000)
    assert [name for name, _ in listener.stages] == ["adding AF.zip", "sorting names"]
