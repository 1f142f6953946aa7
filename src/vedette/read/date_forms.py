"""How English dates are written: the forms in which a text tells a day, and where a heading tells its own."""

from __future__ import annotations

import re

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
# Letters that a pattern without case takes for i and s: Turkish capitals, old prints, what a scanner made of them.
_LETTERS = str.maketrans("İıſ", "iis")
_NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_COUNTS = {word: (n, n) for n, word in enumerate(_NUMBERS, start=1)}
# "A few" and "several" as the code book counts them.
_COUNTS |= {"a": (1, 1), "an": (1, 1), "couple": (2, 2), "a couple": (2, 2), "a couple of": (2, 2)}
_COUNTS |= {"a few": (3, 9), "several": (3, 9), "some": (3, 9)}

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d:.,]\d|\w|%)"
_YEAR = r"(?:(?:19|20)\d\d)(?![\w-])"
_SHORT_YEAR = r"['’]\d\d(?!\w)"
_TO = r"\s*(?:-|–|—|\bto\b|\band\b|\bthrough\b|\buntil\b|\btill\b)\s*"
_PART = r"early|mid|late|the\s+(?:beginning|start|middle|end)\s+of"
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_SHORT_WEEKDAY = r"mon|tues?|wed|thu(?:rs?)?|fri|sat|sun"
COUNT = rf"(?:a\s+couple\s+of|a\s+couple|a\s+few|{'|'.join(_COUNTS)}|\d{{1,2}})"
_UNIT = r"(?P<{}>day|week|month|year)s?"


def spelt(words: str) -> str:
    """The words of a match in lower case with single blanks, in the letters in which the patterns are written."""
    return " ".join(words.translate(_LETTERS).lower().split())


def count_of(words: str) -> tuple[int, int]:
    """The least and the most that what `COUNT` matches says."""
    told = spelt(words)
    return (int(told), int(told)) if told.isdigit() else _COUNTS[told]


def _named(pattern: str, prefix: str) -> str:
    """The pattern with `$` in its group names replaced, so that one expression can hold it twice."""
    return pattern.replace("$", prefix)


_MDY = rf"(?P<$month>{_MONTH})\s+(?P<$day>{_DAY})(?:\s?[,.]?\s+(?P<$year>{_YEAR}|{_SHORT_YEAR}))?"
_DMY = rf"(?P<$day>{_DAY})\s+(?:of\s+)?(?P<$month>{_MONTH})(?:,?\s+(?P<$year>{_YEAR}|{_SHORT_YEAR}))?"

# Cables: "8 JAN 90". Without a full stop, and of this century none: "on 3 Aug 12 people died" stays out.
_CABLE = (
    r"(?P<$day>(?:0?[1-9]|[12]\d|3[01]))\s+(?P<$month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\s+"
    r"(?P<$year>[5-9]\d)(?![\w%]|[.,]\d)"
)

# In order: at one place in the text the first that fits is taken.
FORMS: tuple[tuple[str, str], ...] = (
    ("iso", r"(?P<$year>(?:19|20)\d\d)-(?P<$month>\d\d)-(?P<$day>\d\d)(?!\d)"),
    (
        "range",
        rf"(?:(?:between|from)\s+)?(?P<$m1>{_MONTH})\s+(?P<$d1>{_DAY}){_TO}(?:(?P<$m2>{_MONTH})\s+)?"
        rf"(?P<$d2>{_DAY})(?!\s+{_MONTH})(?:,?\s+(?P<$year>{_YEAR}))?",
    ),
    (
        "range",
        rf"(?:(?:between|from)\s+)?(?P<$d1>{_DAY})(?:\s+(?P<$m1>{_MONTH}))?{_TO}(?P<$d2>{_DAY})\s+"
        rf"(?P<$m2>{_MONTH})(?:,?\s+(?P<$year>{_YEAR}))?",
    ),
    ("day", _CABLE),
    ("day", _MDY),
    ("day", _DMY),
    ("month", rf"(?:(?P<$part>{_PART})[\s-]+)?(?P<$month>{_MONTH})\s*(?:of\s+)?,?\s*(?P<$year>{_YEAR})"),
    ("month", rf"(?P<$part>{_PART})[\s-]+(?P<$month>{_MONTH})(?!\s+\d)"),
    (
        "month",
        rf"(?<=\bin )(?P<$month>{_MONTH})|(?<=\bof )(?P<$month2>{_MONTH})|(?<=\bsince )(?P<$month3>{_MONTH})"
        rf"|(?:last|this)\s+(?P<$month4>{_MONTH})",
    ),
    (
        "year",
        rf"(?:(?P<$part>{_PART})[\s-]+)?(?:(?<=\bin )|(?<=\bsince )|(?<=\bof )|(?<=\bduring )|(?<=\bearly )"
        rf"|(?<=\blate )|(?<=\bearly-)|(?<=\bmid-)|(?<=\blate-))(?P<$year>{_YEAR})(?!\s*[-–]\s*\d)",
    ),
    ("before_last", r"(?:the\s+)?(?P<$what>night|day|week|month|year)\s+before\s+(?P<$than>last|yesterday)"),
    ("ago", rf"(?P<$count>{COUNT})\s+{_UNIT.format('$unit')}\s+ago"),
    ("past", rf"(?:past|last|previous)\s+(?P<$count>{COUNT})\s+(?P<$unit>hour|day|week|month|year)s?"),
    ("weekend", r"(?:(?P<$which>last|this|past|the|over\s+the|at\s+the)\s+)weekend"),
    ("day_of_month", rf"(?:{_SHORT_WEEKDAY})\.?\s+(?P<$day>\d{{1,2}})(?![\d:.,]\d|\w|%|\s+{_MONTH})"),
    ("numbers", rf"(?P<$one>\d{{1,2}})/(?P<$two>\d{{1,2}})(?![/\d]|\s*{_MONTH})"),
    ("weekday", rf"(?:(?P<$which>last|this|this\s+past|past|next|coming)\s+)?(?P<$weekday>{_WEEKDAY})\b"),
    ("earlier", r"(?:earlier|later)\s+this\s+(?P<$unit>week|month|year)"),
    (
        "period",
        r"(?:(?P<$part>early|late|earlier|later)\s+)?(?P<$which>last|this|next|past)\s+(?P<$unit>week|month|year)\b",
    ),
    ("recent", r"recently|in\s+recent\s+(?:hours|days|weeks|months|years)|lately"),
    ("same", r"yesterday|last\s+night|last\s+evening"),
    ("today", r"today|tonight|this\s+(?:morning|afternoon|evening)|earlier\s+(?:today|in\s+the\s+day)"),
    ("overnight", r"overnight"),
)
_SINCE = r"(?:(?P<since>since)\s+)?"


def _expression() -> re.Pattern[str]:
    forms = (f"(?P<form{n}>{_named(pattern, f'f{n}_')})" for n, (_, pattern) in enumerate(FORMS))
    return re.compile(rf"(?<![\w-]){_SINCE}(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)


DATE = _expression()
# KABUL, Afghanistan (Sept. 1) - …; SAN SALVADOR, 9 JAN 90 (DPA) -- …; KABUL, Oct. 9, 2021 – …
_PLAIN = rf"(?:{_named(_CABLE, 'a')}|{_named(_MDY, 'b')}|{_named(_DMY, 'c')})"
DATELINE = re.compile(
    rf"^\W*[A-Z]{{3}}[^\n()\d]{{0,60}}?[\s,(]+(?i:{_PLAIN})(?:\)|(?=[^\n]{{0,60}}\s*(?:--|[-–—]))|\s*\()", re.MULTILINE
)
# Kabul, Afghanistan (Sept. 2) - …
SMALL_DATELINE = re.compile(
    rf"^\W*[A-Z][\w'’-]+(?:,?[ ]+[A-Z][\w'’-]+){{0,4}},?[ ]*\((?i:{_PLAIN})\)[ ]*(?:--|[-–—]|$)", re.MULTILINE
)
# Dec. 6: Operations Conducted in …; Operational Update, Feb. 21, 2011
TITLES = (re.compile(rf"^\W*(?i:{_PLAIN}):", re.MULTILINE), re.compile(rf"(?i:{_PLAIN})\s*$", re.MULTILINE))
STAMP = re.compile(r"\b((?:19|20)\d\d)-(\d{1,2})-")
ANY_YEAR = re.compile(rf"\b{_YEAR}")
