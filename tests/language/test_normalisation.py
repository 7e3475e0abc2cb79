"""The form in which models see a text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outlisten.language.normalisation import compatible, fold_joined

# Letters and signs that Unicode's compatibility form changes or joins, beside plain Chinese and English.
JOINING = (
    "aeo\u0301\u0308\u0338=<ｶﾞガか\u3099ㄱ각①ﬁ，！？（）～…\u3000ＡＢＣ真好app\U0001f600\u0344\ufb1d\ue000"
)


@given(st.text(st.one_of(st.sampled_from(JOINING), st.characters(exclude_categories=["Cs"])), max_size=30))
def test_the_compatible_form_is_unicodes_own(text):
    assert compatible(text) == unicodedata.normalize("NFKC", text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＨＴＴＰ://a.cn/x 看", "\ue000 看"),
        ("见http://t.cn/A6x快看", "见\ue000快看"),
        ("xhttp y http z", "xhttp y \ue000 z"),
        ("太好了！！！ＯＫ", "太好了!!!ok"),
        ("www.shop.com @Kim hi", "\ue000 \ue001 hi"),
        ("求助@品牌客服 在吗", "求助\ue001 在吗"),
    ],
)
def test_addresses_and_mentions_become_marks(text, folded):
    assert fold_joined(text) == folded
