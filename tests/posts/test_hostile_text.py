"""Whatever a post says is content: kept as it is, never a piece of SQL."""

from __future__ import annotations

import json

import pytest

from outlisten.posts.chdb.binding import bound
from outlisten.posts.valid_text import valid_text

HOSTILE = [
    "it's; DROP TABLE posts; --", "') OR 1=1 --", "{limit:UInt64}", "\\", "\\'", "\\N", "\\0", "NULL", "a\tb\nc\rd",
    "nul \x00 inside", "\x00", "\u202eright to left\u202c", "zero\u200bwidth", "👨‍👩‍👧‍👦🇨🇳👍🏽", "`id`", '"', "''", "/* */",
    "蘋果「引號」『内引号』", "\x1b[31mred", "\x7f", "e\u0301", "𝒳𐍈", " ", "=cmd|' /C calc'!A0", "<script>alert(1)</script>",
]  # fmt: skip


def test_hostile_texts_come_back_as_they_went_in(store, make_posts):
    names = ("text", "title", "author", "raw", "url", "quoted", "platform", "native_id", "model")
    posts = make_posts(*(dict.fromkeys(names, hostile) | {"topic": [hostile]} for hostile in HOSTILE))
    store.add(posts)
    for identifier, hostile in zip(posts["id"].to_pylist(), HOSTILE, strict=True):
        kept = store.get(identifier)
        assert [kept[name] for name in names] == [hostile] * len(names)
        assert kept["topic"] == [hostile]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_value_bound_to_a_question_is_only_a_value(store, make_posts, hostile):
    posts = make_posts(
        {"text": "a", "platform": hostile, "native_id": hostile}, {"text": "b", "native_id": "other"}
    )
    store.add(posts)
    assert store.thread(posts["id"][0].as_py()).table["text"].to_pylist() == ["a"]
    assert store.erase(author=hostile).posts == 0
    assert store.count(None).value == 2


def test_hostile_values_are_facet_values(store, make_posts):
    store.add(make_posts(*({"text": str(n), "author": hostile} for n, hostile in enumerate(HOSTILE))))
    values = store.facets(None, ["author"], top=100)["author"].table["value"].to_pylist()
    assert sorted(values) == sorted(HOSTILE)


def test_a_lone_surrogate_is_replaced_in_text_and_kept_in_the_raw_record(store, make_posts):
    said = "broken \ud83d emoji"
    posts = make_posts({"text": valid_text(said), "raw": json.dumps({"text": said})})
    store.add(posts)
    kept = store.get(posts["id"][0].as_py())
    assert kept["text"] == "broken \ufffd emoji"
    assert json.loads(kept["raw"])["text"] == said


def test_whole_emoji_are_not_surrogates():
    assert valid_text("好👍🏽 ok") == "好👍🏽 ok"


def test_a_value_without_a_text_form_is_refused():
    with pytest.raises(TypeError, match="object"):
        bound({"x": object()})


def test_a_text_of_ten_megabytes_is_kept(store, make_posts):
    text = "长" * 3_500_000
    posts = make_posts({"text": "short", "raw": text})
    store.add(posts)
    assert store.get(posts["id"][0].as_py())["raw"] == text
