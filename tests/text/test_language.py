from __future__ import annotations

import json

import pytest

from vedette.text import language_of

SENTENCES = {
    "en": "At least three civilians were killed in an air strike on Tuesday, local officials said.",
    "es": "Al menos tres civiles murieron el martes en un ataque aéreo, dijeron funcionarios locales.",
    "fr": "Au moins trois civils ont été tués mardi dans une frappe aérienne, selon des responsables.",
    "ru": "Не менее трёх мирных жителей погибли во вторник при авиаударе, сообщили местные власти.",
    "uk": "Щонайменше троє цивільних загинули внаслідок обстрілу міста у вівторок, повідомила влада.",
    "ar": "قتل ثلاثة مدنيين على الأقل وأصيب عدد آخر في غارة جوية استهدفت سوقا شعبيا",
    "fa": "دست کم سه غیرنظامی در حمله هوایی به بازاری در ولایت ننگرهار کشته و شماری دیگر زخمی شدند.",
    "ps": "په ننګرهار کې په هوايي برید کې لږ تر لږه درې ملکي وګړي ووژل شول او څو نور ټپیان شول",
    "ur": "ننگرہار میں فضائی حملے میں کم از کم تین شہری ہلاک اور متعدد زخمی ہو گئے، مقامی حکام نے بتایا۔",
    "ku": "لانیکەم سێ هاووڵاتی لە هێرشێکی ئاسمانیدا کوژران و چەند کەسێکی دیکە بریندار بوون.",
    "my": "မင်းတပ်မြို့တွင် လေကြောင်းတိုက်ခိုက်မှုကြောင့် အရပ်သား သုံးဦး သေဆုံးခဲ့သည်။",
    "sw": "Watu watatu wameuawa katika shambulio la anga mjini humo siku ya Jumanne, msemaji wa jeshi alisema.",
}


@pytest.mark.parametrize("lang", SENTENCES)
def test_sentence_of_a_conflict_report_is_told_apart(lang):
    assert language_of(SENTENCES[lang]) == lang


@pytest.mark.parametrize(
    "text", ["", "   ", "12 345 %", "!?", "Kabul", "https://example.org/some/long/path @user #tag"]
)
def test_what_is_too_short_or_has_no_words_is_undetermined(text):
    assert language_of(text) == "und"


def test_unsure_answer_is_undetermined():
    assert language_of("Estado Carta Samper blast") == "und"


def test_capitals_are_no_other_language():
    assert language_of("SUICIDE BOMBER KILLS TWELVE IN MARKET, GOVERNOR SAYS") == "en"


def test_addresses_and_tags_do_not_sway_the_answer():
    assert language_of("#attack https://example.org/the-latest-news-from-the-front " + SENTENCES["ru"]) == "ru"


def test_news_items_of_one_sentence_are_english(data):
    lines = data("news_rss_2021/rss_2021_07_09.jsonl").read_text(encoding="utf-8").splitlines()
    items = [json.loads(line) for line in lines]
    english = sum(language_of(f"{item['title']}\n{item['description']}") == "en" for item in items)
    assert english / len(items) > 0.999


def test_channel_posts_are_russian(data):
    lines = data("telegram_public_channels/bbc_russian.jsonl").read_text(encoding="utf-8").splitlines()
    posts = [json.loads(line)["text"] or "" for line in lines]
    told = [language_of(post) for post in posts if len(post) > 40]
    assert told.count("ru") / len(told) > 0.999
