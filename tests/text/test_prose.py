from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.text.prose import clean, letters_in, one_line, plain


def test_mojibake_is_repaired():
    assert clean("the ministerâ€™s denial in SÃ£o Paulo") == "the minister’s denial in São Paulo"


@pytest.mark.parametrize(
    "kept", ["“curly” ‘quotes’ – and…", "ﬁre", "ＡＢＣ", "می‌شود", "&amp; stays", "½ ²", "ကို\u200bမြို့"]
)
def test_right_characters_stay_as_they_are(kept):
    assert clean(kept) == kept


def test_decomposed_letters_are_composed_so_that_names_match():
    assert clean("Sa\u0303o") == "São"


def test_unseen_characters_go():
    assert clean("\ufeffsol\u00addiers\x00 \u202ekilled\u202c\x07") == "soldiers killed"


def test_lone_surrogate_becomes_the_replacement_character():
    assert clean("bro\ud83dken") == "bro\ufffdken"


def test_paragraphs_of_a_fragment_are_kept():
    assert clean(plain("<p>One <b>bold</b>\n line.</p><p>Two.</p><ul><li>a</li><li>b</li></ul>x<br>y")) == (
        "One bold line.\n\nTwo.\n\na\nb\n\nx\ny"
    )


def test_scripts_and_comments_of_a_fragment_are_not_text():
    assert clean(plain("<style>p{}</style><!-- hidden -->Shown<script>alert(1)</script> too")) == "Shown too"


def test_text_without_markup_is_only_unescaped():
    assert plain("Smith &amp; Sons: 3 < 5 &#8212; ok") == "Smith & Sons: 3 < 5 — ok"


def test_letters_are_counted_in_every_script():
    assert letters_in("взрыв", 5)
    assert not letters_in("... 1 -", 2)


@pytest.mark.parametrize("text", ["a\u2029\nb\r\n\r\n\r\nc", "e\u00ad\u0301", " x \t\n\u00a0\n\n\ny ", "cafÃ©"])
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


@given(st.text(st.characters(), max_size=200))
def test_clean_text_can_be_stored_and_has_no_gaps_or_unseen_controls(text):
    told = clean(text)
    told.encode()
    assert "\n\n\n" not in told
    assert not [char for char in told if char < " " and char not in "\n\t"]
    assert "\n" not in one_line(text)


def test_zero_width_characters_hide_no_english_word_and_stay_where_persian_is_spelt_with_them():
    assert clean("A bom\u200bb kil\u200d\u2060led \u200b3 in \u200eKunduz\u200f.") == "A bomb killed 3 in Kunduz."
    assert clean("می\u200cشود") == "می\u200cشود"
    assert clean("👩\u200d👩\u200d👧") == "👩\u200d👩\u200d👧"
