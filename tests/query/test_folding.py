from __future__ import annotations

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outlisten.query.folding import fold
from outlisten.query.tokens import tokenise

FOLDED = [
    ("ｉＰｈｏｎｅ", "iphone"),
    ("㎏", "kg"),
    ("Straße", "strasse"),
    ("CAFÉ", "cafe"),
    ("cafe\u0301", "cafe"),
    ("Ёлка ΆΛΦΑ", "елка αλφα"),
    ("हिन्दी", "हिन्दी"),
    ("がガ", "がガ"),
    ("蘋果", "苹果"),
    ("頭髮發後里裏", "头发发后里里"),
    ("峯臺", "峰台"),
    ("zero\u200bwidth\ufeff\u2060", "zerowidth"),
    ("👍🏻❤️", "👍❤"),
    ("👨‍👩‍👧", "👨‍👩‍👧"),
]


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_forms_that_mean_the_same_fold_to_one(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(categories=["L", "Nd"]), min_size=1))
def test_letters_are_cut_into_their_folded_form(text: str) -> None:
    # A few letters fold to a letter and a sign, as Ŀ does.
    letters = "".join(char for char in fold(text) if category(char)[0] in "LNM")
    assert tokenise(None, text).stream.replace(" ", "").replace("|", "") == letters


@pytest.mark.parametrize("start", range(0x4E00, 0xA000, 0x400))
def test_the_short_way_for_chinese_folds_as_the_long_one(start: int) -> None:
    text = "".join(map(chr, range(start, start + 0x400))) + "ABC xyz 1\t|"
    assert fold(text) == fold("é" + text)[1:]  # an accent leads the whole text the long way
