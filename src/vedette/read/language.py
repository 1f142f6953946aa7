"""Which articles a reader of English leaves unread."""

from __future__ import annotations

from vedette.model.nouns import Article
from vedette.reference.lexicon import WORD, Lexicon


def unread_because(article: Article, lexicon: Lexicon, reader: str) -> str:
    """Why an article is not read, empty where it is: it is told to be in another language, or does not look English."""
    if article.lang not in ("", "und"):
        english = article.lang.split("-")[0] == "en"
    else:
        words = [match.group().lower() for match in WORD.finditer(article.text)]
        words = [word for word in words if word[0].isalpha()]
        # An English text of a few lines holds one such word in ten.
        english = sum(word in lexicon.words["common"] for word in words) * 10 >= len(words)
    return "" if english else f"language {article.lang}: {reader} reads en"
