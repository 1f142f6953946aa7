"""What is read as English, and what is left."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vedette.model.nouns import Article
from vedette.read.language import LEFT, english_part, unread_because
from vedette.text import language_of

SHARED = Path(__file__).parents[2] / "../shared/data"
ENGLISH = "Gunmen killed two policemen in the city of Kunduz on Friday, officials said."
RUSSIAN = "Взрыв в Кабуле унёс жизни 5 полицейских, сообщила полиция в понедельник."
ARABIC = "قتل ثلاثة مدنيين على الأقل وأصيب عدد آخر في غارة جوية استهدفت سوقا شعبيا."
PASHTO = "په ننګرهار کې په هوايي برید کې لږ تر لږه درې ملکي وګړي ووژل شول او څو نور ټپیان شول."
FRENCH = "Une bombe a tué trois policiers à Kunduz lundi, a annoncé la police. Aucun groupe n'a revendiqué l'attentat."
GERMAN = (
    "Bei einem Bombenanschlag in Kundus sind am Freitag mindestens 46 Menschen getötet worden, teilte die Polizei mit."
)
OTHERS = [RUSSIAN, ARABIC, PASHTO, FRENCH, GERMAN]


@pytest.fixture
def unread(reference, make_article):
    """Why a text is unread, its language told as the openers tell it."""
    return lambda text: unread_because(make_article(text, lang=language_of(text)), reference.lexicon, "reader")


@pytest.fixture
def left_of(reference, make_article):
    """The article that is left of a text."""

    def left(text: str, lang: str = "en") -> Article:
        return english_part(make_article(text, lang=lang), reference.lexicon)

    return left


@pytest.mark.parametrize(
    "text",
    [
        "They fired tear gas.",
        "Bomb kills 3.",
        "SUICIDE BOMBER KILLS TWELVE IN MARKET, GOVERNOR SAYS",
        "the bomb killed three policemen",
        "Its price rose 0.08 point to 100.13.",
        ENGLISH,
    ],
)
def test_short_english_is_read(unread, text: str):
    assert unread(text) == ""


@pytest.mark.parametrize("text", [*OTHERS, "Carta a los intelectuales", "Comunicado", "Sapa /mm/mp/fg/ks/clh"])
def test_what_is_not_english_is_unread(unread, text: str):
    assert unread(text).startswith("language ")


@pytest.mark.parametrize("text", ["", " \n ", "... !!! ???", "12 345 678"])
def test_what_has_no_letters_is_in_no_language_and_so_not_unread(unread, text: str):
    assert unread(text) == ""


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("order", [1, -1])
def test_of_a_mixed_article_the_english_paragraphs_are_left_where_they_stood(left_of, unread, other: str, order: int):
    text = "\n\n".join([ENGLISH, other][::order])
    assert unread(text) == ""
    left = left_of(text, language_of(text)).text
    assert left.replace(LEFT, " ").strip() == ENGLISH
    assert len(left) == len(text)
    assert left.index(ENGLISH) == text.index(ENGLISH)


def test_a_quotation_in_another_script_is_left_out_of_its_sentence_and_a_name_is_not(left_of):
    text = f"The group (طالبان) said: “{ARABIC}” It gave no number."
    left = left_of(text).text.replace(LEFT, " ")
    assert " ".join(left.split()) == "The group (طالبان) said: “ .” It gave no number."


@pytest.mark.parametrize(
    "text",
    [
        "Apr. 5: Afghan-ISAF Operations in Helmand, Khost, Uruzgan\nNEWS RELEASE\nISAF Joint Command - Afghanistan",
        "3 Oct\tKunduz\tBombing\t46\n4 Oct\tHerat\tShooting\t2\n5 Oct\tKhan Abad\tAmbush\t7\n6 Oct\tZaranj\tRaid\t1",
        "KUNDUZ, HERAT, KANDAHAR, GHAZNI, PAKTIA, KHOST, ZABUL, NIMROZ, FARAH, TAKHAR",
    ],
)
def test_headings_tables_and_lists_of_names_stay(left_of, text: str):
    assert left_of(f"{text}\n\n{ENGLISH}").text == f"{text}\n\n{ENGLISH}"


def test_an_english_article_is_the_same_article(reference, make_article):
    article = make_article(ENGLISH)
    assert english_part(article, reference.lexicon) is article


@pytest.mark.parametrize(
    ("file", "field", "least", "most"),
    [
        ("glocongold_sample/sentence_dev.jsonl", "sentence", 1_390, 1_457),
        ("farc_communiques/dev.jsonl", "title", 0, 5),
        ("telegram_public_channels/bbc_russian.jsonl", "text", 0, 0),
    ],
)
def test_english_sentences_are_read_and_spanish_titles_and_russian_posts_are_not(
    unread, file: str, field: str, least: int, most: int
):
    if not (SHARED / file).exists():
        pytest.skip(f"real data is not here: {SHARED / file}")
    texts = [json.loads(line)[field] or "" for line in (SHARED / file).open(encoding="utf-8")]
    assert least <= sum(unread(text) == "" for text in texts if text.strip()) <= most
