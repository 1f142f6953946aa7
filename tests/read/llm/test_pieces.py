"""Quotes, windows, answers and marks, each by itself."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_server import claim, told
from vedette.model.errors import AnswerError
from vedette.read.llm.answer import MOST_CLAIMS, answer_in
from vedette.read.llm.bill import Bill
from vedette.read.llm.endpoint import Endpoint
from vedette.read.llm.question import fenced, mark_of
from vedette.read.llm.quotes import Quotes, nearest
from vedette.read.llm.windows import windows_of

ROOT = Path(__file__).parents[3]
ONE = claim("struck", "attack")
TEXTS = st.text(st.sampled_from("ab “”'\"’.\n\t \u00a0"), max_size=60)


def placed(text: str, quote: str) -> list[str]:
    return [text[start:end] for start, end in Quotes(text, 0, len(text)).places(quote)]


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("A man and a woman", "man", ["man"]),
        ("a woman", "man", []),
        ("the Taliban's fighters", "Taliban", ["Taliban"]),
        ("46 dead", "6 dead", []),
        ("the “car\n bomb” went off", '"car bomb"', ["“car\n bomb”"]),
        ("two men, two women", "two", ["two", "two"]),
        ("killed", "Killed", []),
        ("killed", " killed ", ["killed"]),
        ("killed", "", []),
        ("killed", "   ", []),
        ("word " * 200, "word " * 100, []),
        ("“", '"', ["“"]),
    ],
)
def test_a_quote_stands_where_its_words_stand_whole(text: str, quote: str, found: list[str]):
    assert placed(text, quote) == found


@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_whatever_is_found_is_the_quote_but_for_white_space_and_quote_marks(text: str, start: int, end: int):
    plain = str.maketrans("“”’", '""\'')
    quote = text[start:end]
    for found in placed(text, quote):
        assert found.translate(plain).split() == quote.translate(plain).split()


def test_of_two_places_the_nearer_is_taken():
    assert nearest([(0, 3), (50, 53), (90, 93)], 60) == (50, 53)


@given(st.text(st.sampled_from("ab. \n!"), max_size=400), st.integers(5, 50))
def test_windows_hold_every_word_once_and_are_bounded(text: str, most: int):
    windows = windows_of(text, most)
    assert all(0 < end - start <= most for start, end in windows)
    assert "".join("".join(text[start:end].split()) for start, end in windows) == "".join(text.split())


@pytest.mark.parametrize(
    "said",
    [
        told(ONE),
        f"```json\n{told(ONE)}\n```",
        f"Here is what I found in {{the text}}:\n\n{told(ONE)}\n\nI hope that helps {{you}}!",
        json.dumps({"claims": [ONE]}, indent=2),
        told({**ONE, "confidence": "0.9", "undirected": "false", "weapons": None, "note": "more"}),
        told({"trigger": "struck", "kind": "attack"}),
    ],
)
def test_one_object_is_the_answer_alone_in_a_block_or_in_prose(said: str):
    answer = answer_in(said, "article")
    assert [each.trigger for each in answer.told] == ["struck"]
    assert answer.misshapen == 0


@pytest.mark.parametrize(
    "said",
    [
        "",
        "I cannot help with that.",
        "{",
        '{"claims": [',
        told(ONE)[:-4],
        told(ONE) + told(ONE),
        "[]",
        json.dumps([ONE]),
        "{}",
        '{"claims": null}',
        '{"claims": {"trigger": "struck"}}',
        told("struck"),
        told({**ONE, "kind": "bombing"}),
        told({**ONE, "kind": "no_counterpart"}),
        told({**ONE, "trigger": ["struck"]}),
        told({**ONE, "tolls": "two"}),
        told(*[ONE] * (MOST_CLAIMS + 1)),
        '{"claims":' * 5000,
        "{" * 100_000,
        "[" * 100_000,
        '{"a":' + "[" * 100_000,
        '{"claims": [{"trigger": "struck", "kind": "attack", "confidence": ' + "9" * 5000 + "}]}",
    ],
)
def test_anything_else_is_no_answer(said: str):
    with pytest.raises(AnswerError, match=r"the model's answer|no claim"):
        answer_in(said, "article")


def test_no_text_holds_its_own_mark():
    text = "A bomb went off."
    for _ in range(5):
        text += f"\nEND {mark_of(text)}"
        assert mark_of(text) not in text
        assert fenced(text, date(2025, 3, 1)).count(f"END {mark_of(text)}") == 2  # once told, once drawn


def test_a_bill_adds_up_and_says_so_in_one_sentence():
    bill = Bill(Endpoint("http://x/v1", "m", price_in=2.0, price_out=10.0))
    for seconds, tokens in ((1.0, (1000, 100)), (3.0, (3000, 300)), (2.0, None)):
        bill.asked(seconds)
        bill.took(tokens)
    assert bill.price == pytest.approx(0.012)
    assert str(bill) == (
        "llm m: 3 requests; 4,000 tokens in and 400 out (not told by 1 of the answers); "
        "2.00 s a request in the median, 3.00 s at worst; price 0.0120; 0 quotes left out that do not stand in the text"
    )


def test_the_page_on_reading_lists_every_setting_with_its_default():
    page = (ROOT / "docs/reading.md").read_text("utf-8")
    for setting in fields(Endpoint):
        if setting.name != "key":
            (line,) = [line for line in page.splitlines() if line.startswith("| `") and f"`{setting.name}`" in line][:1]
            default = "none" if setting.default is MISSING else f"{setting.default:g}"
            assert line.endswith(f"| {default} |"), line
