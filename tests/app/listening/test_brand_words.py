"""What brands are called in posts: the words that are enough for their queries."""

from __future__ import annotations

import pytest

from outlisten.app.listening.brand_words import MOST, brand_words, other_words


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("海港 OR Harbour", ("海港", "Harbour")),
        ('(海底捞 OR "Hai di lao" OR haid*) -招聘', ("海底捞", "Hai di lao")),
        ('to:Equifax OR Equifax OR "Trans Union"', ("equifax", "Equifax", "Trans Union")),
        ("#华为 OR @huawei OR =Huawei OR word:华为", ("华为", "huawei", "Huawei")),
        ("海港 lang:zh voice:earned -(招聘 OR 转让)", ("海港",)),
        ("苹果 (手机 OR 电脑)", ()),
        ("海港 NEAR/3 咖啡", ()),
        ("to:axi* OR author:axi", ()),
        ("((", ()),
        ("", ()),
        (" OR ".join(f"词{n}" for n in range(MOST + 1)), ()),
    ],
)
def test_words_that_are_enough_are_other_names(query: str, words: tuple[str, ...]) -> None:
    assert other_words(query) == words


def test_every_brand_has_its_words(brands: list[object]) -> None:
    assert brand_words() == {"Harbour": ("Harbour", "海港"), "Valley": ("Valley", "山谷")}
    assert brand_words([("青岚", "青岚 OR Qinglan")]) == {"青岚": ("青岚", "Qinglan")}
