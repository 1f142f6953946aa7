"""Whatever a model points at, the claims are sound: made of the text's words, each id once."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.model.kinds import EventKind
from vedette.read.llm.answer import Answer, Told, ToldToll
from vedette.read.llm.reading import Asked, reading_of
from vedette.read.llm.windows import windows_of

TEXT = """KABUL, Oct. 9, 2021 – Gunmen shot dead Mohammad Karimi Zadeh, a teacher, in Kunduz on Friday, police said.

TWO BOMBS KILL 12 IN HERAT. “At least 40 people” were hurt — no one claimed it; three days earlier, on 5 October,
İzmir’s army denied killing a woman and two children (between 3 and 5), İ said Ahmad Noorzai."""
WORDS = TEXT.split()
PIECES = st.one_of(
    st.builds(
        lambda first, length: " ".join(WORDS[first : first + length]),
        st.integers(0, len(WORDS) - 1),
        st.integers(1, 8),
    ),
    st.builds(lambda start, length: TEXT[start : start + length], st.integers(0, len(TEXT)), st.integers(0, 40)),
    st.text(max_size=8),
)
QUOTES = st.lists(PIECES, max_size=3).map(tuple)
TOLLS = st.lists(
    st.builds(
        ToldToll,
        words=PIECES,
        harm=st.sampled_from(["killed", "wounded", "captured", "abducted"]),
        side=st.sampled_from(["perpetrators", "targets", "civilians", "unknown"]),
    ),
    max_size=4,
).map(tuple)
CLAIMS = st.builds(
    Told,
    trigger=PIECES,
    kind=st.sampled_from([kind for kind in EventKind if kind is not EventKind.NO_COUNTERPART]),
    **dict.fromkeys(("also", "perpetrators", "targets", "weapons", "place", "time", "said_by", "stance_words"), QUOTES),
    tolls=TOLLS,
    stance=st.sampled_from(["asserts", "denies", "doubts", "threatens"]),
    attribution=st.sampled_from(["fact", "accused", "claimed", "unknown"]),
    attribution_words=QUOTES,
    undirected=st.booleans(),
    confidence=st.floats(),
)


@settings(max_examples=300, deadline=None)
@given(told=st.lists(CLAIMS, max_size=4))
def test_any_answer_makes_sound_claims(told, reference, make_article):
    article = make_article(TEXT)
    answers = [(window, Answer(tuple(told), 0)) for window in windows_of(TEXT, 200)]
    reading = reading_of(Asked(article, answers), reference)
    assert len({claim.id for claim in reading.claims}) == len(reading.claims)
    for claim in reading.claims:
        single = [claim.kind, claim.when, claim.place, claim.stance, claim.attribution]
        many = [*claim.perpetrators, *claim.targets, *claim.weapons, *claim.tolls, *filter(None, [claim.said_by])]
        assert claim.kind.spans
        for cited in (*single, *many):
            assert 0 <= cited.score <= 1
            assert all(span.text and TEXT[span.start : span.end] == span.text for span in cited.spans)
        words = " ".join(span.text for cited in (*single, *many) for span in cited.spans)
        for name in ("Mohammad", "Karimi", "Zadeh", "Ahmad", "Noorzai"):
            assert name not in words
