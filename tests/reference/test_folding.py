"""Spellings that differ in marks, letters of one sound and what is not seen are one name."""

from __future__ import annotations

import pytest

from vedette.reference.folding import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("كندهار", "کندهار"), ("علي", "علی"), ("موسى", "موسي"), ("الأنبار", "الانبار"), ("صنعاء", "صنعا"),
        ("الرقة", "الرقه"), ("ننګرهار", "ننگرهار"), ("بغـــداد", "بغداد"), ("بَغْدَاد", "بغداد"), ("ﺑﻐﺪﺍﺩ", "بغداد"),
        ("آبادان", "ابادان"), ("רָמַאלְלָה", "רמאללה"), ("Королёв", "Королев"), ("Łódź", "Lodz"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(
    "unseen", ["\u200b", "\u200c", "\u200e", "\u200f", "\u202b", "\u2066", "\ufeff", "\u00ad", "\u061c"]
)
def test_what_is_not_seen_does_not_count(unseen: str) -> None:
    assert fold(f"{unseen}Ka{unseen}bul{unseen}") == "kabul"
    assert fold(f"{unseen}دمشق{unseen}") == "دمشق"


@pytest.mark.parametrize(
    ("one", "other"), [("दिल्ली", "दोलाल"), ("ঢাকা", "ঢাকী"), ("ดูไบ", "ดไบ"), ("서울", "서을"), ("ガザ", "カサ")]
)
def test_vowel_signs_tell_names_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_name_of_vowel_signs_is_not_broken_into_words() -> None:
    assert fold("  दिल्ली ") == "दिल्ली"
    assert fold("서울") == "서울"
    assert fold("नई_दिल्ली") == "नई दिल्ली"
