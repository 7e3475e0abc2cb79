"""What `read` answers for ordinary, odd and hostile posts."""

from __future__ import annotations

from time import process_time

import pytest

from outlisten.language import Reading, model_card, read, read_one
from outlisten.language.normalisation import READ_LIMIT
from outlisten.language.reading import SCHEMA
from outlisten.posts.schema import arrow_schema

NOTHING = (None,) * 7


def what_was_read(reading: Reading) -> tuple[object, ...]:
    return (
        reading.sentiment, reading.sentiment_score, reading.intent, reading.emotion, reading.urgency,
        reading.urgency_reasons, reading.flags,
    )  # fmt: skip


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


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Please add a dark mode, it would be great for night shifts", "suggestion"),
        ("I've had enough, cancelling my subscription today", "leaving"),
        ("Thank you so much to the support team for sorting this out", "thanks"),
        ("希望能增加夜间模式，晚上看屏幕太刺眼了", "suggestion"),
        ("已经退订了，再也不用这家了", "leaving"),
        ("谢谢客服小姐姐，问题解决了", "thanks"),
    ],
)
def test_a_plain_intent_is_found(text: str, intent: str) -> None:
    assert intent in (read_one(text).intent or [])


def test_a_plain_statement_has_an_empty_list_of_intents_and_presses_for_nothing() -> None:
    for text in ("I walked the dog along the river this morning", "今天早上沿着河边遛狗"):
        reading = read_one(text)
        assert (reading.intent, reading.flags, reading.urgency_reasons) == ([], [], [])
        assert reading.urgency is not None
        assert reading.urgency < 1 / 3


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The charger is smoking and my kid is in the room, what do I do right now?", "safety"),
        ("充电宝冒烟了，孩子还在屋里，现在怎么办，快来人！", "safety"),
    ],
)
def test_what_presses_is_urgent_and_says_why(text: str, reason: str) -> None:
    urgent = read_one(text)
    assert urgent.urgency is not None
    assert urgent.urgency > 2 / 3
    assert reason in (urgent.urgency_reasons or [])


@pytest.mark.parametrize(
    "text", ["#ad My morning routine with the new Harbor mug", "【广告】这款面霜我用了三周"]
)
def test_a_clear_marker_is_disclosed_whatever_the_head_says(text: str) -> None:
    assert "disclosed" in (read_one(text).flags or [])


def test_topics_are_never_guessed() -> None:
    assert read_one("Love it").topic is None


def test_each_reading_names_the_model_and_its_version() -> None:
    assert read_one("好").model == str(model_card())
    assert "@" in str(model_card())


@pytest.mark.parametrize(
    "text", ["Mi banco es terrible y lento", "この携帯は最高です", "Это очень плохо", "아주 나빠요"]
)
def test_tone_is_not_guessed_in_a_language_the_model_was_not_trained_for(text: str) -> None:
    reading = read_one(text)
    assert reading.lang not in (None, "en", "zh")
    assert what_was_read(reading) == NOTHING


@pytest.mark.parametrize(
    "text", ["", " ", "\0", "123", "😀😀", "…", "\u200b\u202e", "http://a.example", "\ud800"]
)
def test_a_post_without_words_cannot_be_told(text: str) -> None:
    reading = read_one(text)
    assert reading.lang is None
    assert what_was_read(reading) == NOTHING


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
        for number in ("sentiment_score", "urgency"):
            assert alone.pop(number) == pytest.approx(reading.pop(number), abs=1e-5)
        assert alone == reading
