"""Answers of the model → the reading of an article, by the same rules as those of the trained reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vedette.model.nouns import Article, Reading
from vedette.read.llm.answer import Answer
from vedette.read.llm.bill import Bill
from vedette.read.llm.events import Finder
from vedette.read.llm.left_out import LeftOut
from vedette.read.llm.quotes import Bound
from vedette.read.neural.claims import Writer
from vedette.read.neural.page import Page
from vedette.reference import Reference

READER = "llm.en/1"


@dataclass(frozen=True, slots=True)
class Asked:
    """An article with the answer for each of its windows; `unread` and `failed` as in `Reading`."""

    article: Article
    answers: Sequence[tuple[Bound, Answer]] = ()
    unread: str = ""
    failed: str = ""


def reading_of(asked: Asked, reference: Reference, bill: Bill | None = None) -> Reading:
    """The reading of an article from what was answered: each value is made of words that stand in the text.

    What was left out is counted on the bill.
    """
    article = asked.article
    if asked.unread or asked.failed:
        return Reading(article.id, READER, unread=asked.unread, failed=asked.failed)
    page, left_out = Page(article, reference), LeftOut()
    finder, writer = Finder(page, left_out), Writer(page, READER)
    for _, answer in asked.answers:
        left_out.add("misshapen", answer.misshapen)
    claims = tuple(
        writer.claim(event) for window, answer in asked.answers for event in finder.events(window, answer.told)
    )
    if bill:
        bill.left_out += left_out.quotes
    return Reading(article.id, READER, claims=claims, remarks=left_out.remarks)
