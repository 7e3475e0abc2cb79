"""What `read` answers for ordinary, odd and hostile posts."""

from __future__ import annotations

from time import process_time

import pytest

from outlisten.language import model_card, read, read_one
from outlisten.language.normalisation import READ_LIMIT
from outlisten.language.reading import SCHEMA
from outlisten.posts.schema import arrow_schema


def test_the_columns_are_those_of_the_post_schema() -> None:
    reading = arrow_schema("reading")
    assert [(field.name, field.type) for field in SCHEMA] == [
        (field.name, field.type) for field in reading if field.name != "voice"
    ]
    assert read(["好"]).schema.equals(SCHEMA)


@pytest.mark.parametrize(
    ("text", "lang", "sentiment"),
    [
        ("I love this phone, the camera is amazing", "en", "positive"),
        ("The app crashes every time I open it", "en", "negative"),
        ("The store opens at nine on Monday", "en", "neutral"),
        ("手机收到了，手感很棒，非常喜欢", "zh", "positive"),
        ("客服态度太差了，打了三次电话都不解决", "zh", "negative"),
        ("本店周一上午九点开门", "zh", "neutral"),
    ],
)
def test_a_plain_post_is_read_as_a_person_would(text: str, lang: str, sentiment: str) -> None:
    reading = read_one(text)
    assert (reading.lang, reading.sentiment) == (lang, sentiment)
    assert reading.sentiment_score is not None
    assert 1 / 3 <= reading.sentiment_score <= 1


def test_what_no_model_reads_is_missing_and_not_zero() -> None:
    reading = read_one("Love it")
    assert (reading.intent, reading.emotion, reading.topic, reading.urgency) == (None,) * 4


def test_each_reading_names_the_model_and_its_version() -> None:
    assert read_one("好").model == str(model_card())
    assert "@" in str(model_card())


@pytest.mark.parametrize(
    "text", ["Mi banco es terrible y lento", "この携帯は最高です", "Это очень плохо", "아주 나빠요"]
)
def test_tone_is_not_guessed_in_a_language_the_model_was_not_trained_for(text: str) -> None:
    reading = read_one(text)
    assert reading.lang not in (None, "en", "zh")
    assert (reading.sentiment, reading.sentiment_score) == (None, None)


@pytest.mark.parametrize(
    "text", ["", " ", "\0", "123", "😀😀", "…", "\u200b\u202e", "http://a.example", "\ud800"]
)
def test_a_post_without_words_cannot_be_told(text: str) -> None:
    reading = read_one(text)
    assert (reading.lang, reading.sentiment, reading.sentiment_score) == (None, None, None)


def test_a_title_alone_is_read() -> None:
    assert read_one("", title="质量太差，很失望").sentiment == "negative"


def test_a_declared_language_is_believed() -> None:
    assert read_one("lol", lang_given="en-GB").sentiment is not None
    assert read_one("lol").lang is None
    assert read_one("非常好", lang_given="zh-Hans-CN").lang == "zh"


@pytest.mark.parametrize("tag", ["und", "zxx", "qme", "", "??", None])
def test_a_tag_that_declares_no_language_is_ignored(tag: str | None) -> None:
    assert read_one("太差了，很失望", lang_given=tag).lang == "zh"


def test_a_post_in_another_script_than_declared_has_no_tone() -> None:
    assert read_one("太差了", lang_given="en").sentiment is None
    assert read_one("terrible service", lang_given="zh").sentiment is None


def test_a_missing_text_is_an_empty_one() -> None:
    assert read([None]).to_pylist()[0]["lang"] is None


def test_no_posts_give_an_empty_table() -> None:
    assert read([]).schema.equals(SCHEMA)
    assert read([]).num_rows == 0


def test_sequences_of_different_lengths_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match="2 texts came with 1 titles"):
        read(["a", "b"], ["t"])


HOSTILE = [
    "a" * 1_000_000,
    "坏" * 1_000_000,
    "\u0301" * 1_000_000,
    "ﷺ" * 200_000,
    "&#0;&#xD800;&lt;" * 50_000,
    "@" * 500_000,
    "http://" * 100_000,
    "x\0y bad \udfff",
    "\u202eevil\u2066",
    "<script>alert(1)</script>",
    "def f(x):\n    return x",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_is_read_quickly_or_not_at_all(text: str) -> None:
    read_one("warm")
    started = process_time()
    assert read([text]).num_rows == 1
    assert process_time() - started < 1


def test_only_the_start_of_a_long_post_is_read() -> None:
    start = ("这家店的服务太好了，下次还来。" * 200)[:READ_LIMIT]
    assert read_one(start + "垃圾，失望，再也不买。" * 1000) == read_one(start)


def test_a_post_reads_the_same_alone_and_in_a_batch() -> None:
    posts = ["客服态度太差了", "", "Love the new app!", "Hola, ¿cómo estás?", "好" * 5000, "so good"] * 700
    batch = read(posts).to_pylist()
    for post, reading in zip(posts[:6], batch[-6:], strict=True):
        alone = read([post]).to_pylist()[0]
        assert alone.pop("sentiment_score") == pytest.approx(reading.pop("sentiment_score"), abs=1e-5)
        assert alone == reading
