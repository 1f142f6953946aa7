from __future__ import annotations

import pytest

from vedette.model.errors import FormatError
from vedette.text.charset import decode

SAMPLES = {
    "cp1251": "Не менее трёх мирных жителей погибли во вторник при обстреле города, сообщили местные власти.",
    "koi8-r": "Не менее трёх мирных жителей погибли во вторник при обстреле города, сообщили местные власти.",
    "latin-1": "Por lo menos tres campesinos murieron el sábado en un ataque según informó el señor Peñalosa.",
    "cp1252": "The minister’s spokesman said “three” people were killed – and denied that the army was there.",
    "cp1256": "قتل ثلاثة مدنيين على الأقل وأصيب عدد آخر في غارة جوية استهدفت سوقا شعبيا في المدينة يوم الثلاثاء",
    "cp1255": "לפחות שלושה אזרחים נהרגו ואחרים נפצעו בתקיפה אווירית ביום שלישי, מסר גורם מקומי.",
    "cp1254": "Salı günü düzenlenen hava saldırısında en az üç sivil öldü, çok sayıda kişi yaralandı.",
    "gb18030": "周二的空袭造成至少三名平民死亡，多人受伤，当地官员表示。军方发言人否认了这一指控。",
    "utf-8": "در حمله هوایی به بازار دست‌کم سه غیرنظامی کشته شدند.",
    "utf-8-sig": "Trois civils ont été tués.",
    "utf-16": "Trois civils ont été tués mardi.",
    "utf-16-le": "Three civilians were killed on Tuesday in the market.",
    "utf-16-be": "Не менее трёх мирных жителей погибли во вторник при обстреле города.",
    "utf-32": "Three civilians were killed.",
}


@pytest.mark.parametrize("codec", SAMPLES)
def test_undeclared_text_is_read_in_its_character_set(codec):
    assert decode("x", SAMPLES[codec].encode(codec)) == SAMPLES[codec]


def test_declared_set_is_used_where_the_bytes_are_not_utf8():
    assert decode("x", "Łódź".encode("cp1250"), "windows-1250") == "Łódź"


def test_wrongly_declared_utf8_is_still_utf8():
    assert decode("x", "três mortos".encode(), "iso-8859-1") == "três mortos"


def test_latin_1_means_windows_1252_as_in_browsers():
    assert decode("x", b"the army\x92s denial \xe9", "ISO-8859-1") == "the army’s denial é"


def test_escapes_of_iso_2022_are_read_as_declared():
    assert decode("x", "爆発".encode("iso2022_jp"), "iso-2022-jp") == "爆発"


def test_text_cut_inside_a_character_keeps_the_rest():
    cut = ("Взрыв на рынке. " * 20).encode()[:-3]
    assert decode("x", cut).startswith("Взрыв на рынке. Взрыв")


@pytest.mark.parametrize("name", ["base64", "punycode", "unicode_escape", "rot13", "no such", "a\0b", "ü", "undefined"])
def test_declared_set_that_no_document_uses_is_ignored(name):
    assert decode("x", b"caf\xe9 and words in plain letters", name).startswith("caf")


def test_binary_data_is_not_text():
    with pytest.raises(FormatError, match=r"photo\.txt: is not text but binary data"):
        decode("photo.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
