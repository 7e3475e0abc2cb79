"""The words of a post."""

from itertools import pairwise

import polars as pl
import pytest

from outlisten.insights.phrases import joined, mined_phrases
from outlisten.insights.post_words import tells, words_in_order
from outlisten.query.tokens import tokenise


def cut(text: str) -> tuple[list[str], list[str]]:
    """The words worth counting, and the pairs of such words that touch."""
    said = tokenise(None, text)
    words = words_in_order(said.stream, said.sentences)
    pairs = [joined(left, right) for left, right in pairwise(words) if tells(left) and tells(right)]
    return [word for word in words if tells(word)], pairs


def neighbours(*posts: str) -> pl.DataFrame:
    """What `mined_phrases` takes, from posts whose words touch each other."""
    rows = [
        {"side": "ours", "post": at, "word": word, "next": following}
        for at, post in enumerate(posts)
        for word, following in pairwise([*post.split(), None])
    ]
    return pl.DataFrame(rows)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("客服态度真的太差", ["客服", "态度", "差"]),
        ("客服態度真的太差", ["客服", "态度", "差"]),
        ("The staff never answered my e-mail", ["staff", "never", "answered", "mail"]),
        ("我的iPhone坏了", ["iphone", "坏"]),
        ("账号 XXXX 在 2019 年被盗 https://t.cn/abc", ["账号", "被盗"]),
        ("Don't!! I don't want it.", []),
        ("😡 refund", ["😡", "refund"]),
    ],
)
def test_words_are_folded_cut_and_rid_of_what_says_nothing(text: str, words: list[str]) -> None:
    assert cut(text)[0] == words


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("客服态度，非常恶劣", ["客服态度"]),
        ("identity theft. Police report", ["identity theft", "police report"]),
        ("app排号失灵", ["app 排号", "排号失灵"]),
        ("叫号失灵", ["叫号", "号失灵"]),
        ("the theft of my identity", []),
    ],
)
def test_pairs_stop_at_sentences_gaps_and_function_words(text: str, pairs: list[str]) -> None:
    assert cut(text)[1] == pairs


def test_a_phrase_keeps_company_more_than_chance() -> None:
    said = neighbours(*["identity theft card bill", "card bill", "bill card", "card fee"] * 10)
    found = mined_phrases(said).rows()
    assert ("identity", "theft") in found
    assert ("bill", "card") not in found


def test_a_pair_seen_in_few_posts_is_no_phrase() -> None:
    assert mined_phrases(neighbours(*["叫号 失灵"] * 4)).rows() == []
    assert mined_phrases(neighbours(*["叫号 失灵"] * 5, "味道 好")).rows() == [("叫号", "失灵")]
