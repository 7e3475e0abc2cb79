"""What a person enters becomes a value of the option's kind, or one clear sentence in their language."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outlisten.sources.connector import Setting
from outlisten.sources.options import LONGEST, MOST_WORDS, Option, entered
from outlisten.sources.problems import WrongOption

HAN = re.compile(r"[\u4e00-\u9fff]")


def option(kind: str, **more: object) -> Option:
    """An option of a manifest."""
    told = {"name": "it", "kind": kind, "title": {"en": "The entry", "zh": "这一项"}, **more}
    if kind == "choice":
        told.setdefault(
            "choices", {"new": {"en": "Newest", "zh": "最新"}, "热门": {"en": "Popular", "zh": "热门"}}
        )
    return Option.of(told)


@pytest.mark.parametrize(
    ("kind", "said", "value"),
    [
        ("text", "  充电宝  ", "充电宝"),
        ("text", "power bank", "power bank"),
        ("secret", " s3cr3t ", "s3cr3t"),
        ("secret", "口令，不改", "口令，不改"),
        ("number", "12", 12),
        ("number", "0", 0),
        ("number", " 007 ", 7),
        ("number", "999999999999", 999_999_999_999),
        ("yes", "yes", True),
        ("yes", "True", True),
        ("yes", "on", True),
        ("yes", "是", True),
        ("yes", "no", False),
        ("yes", "OFF", False),
        ("yes", "0", False),
        ("yes", "否", False),
        ("choice", "new", "new"),
        ("choice", "热门", "热门"),
        ("words", "充电宝", ("充电宝",)),
        ("words", "充电宝，发热、起火\n自燃,召回", ("充电宝", "发热", "起火", "自燃", "召回")),
        ("words", " power bank ,, power bank\n\n recall ", ("power bank", "recall")),
        ("words", ["power bank", "充电宝"], ("power bank", "充电宝")),
        ("address", "https://example.org/feed?x=1#y", "https://example.org/feed?x=1#y"),
        ("address", "example.org/blog", "https://example.org/blog"),
        ("address", "http://localhost:8080/", "http://localhost:8080/"),
        ("address", "论坛.公司/订阅", "https://论坛.公司/订阅"),
        ("address", "http://[2001:db8::1]:8080/", "http://[2001:db8::1]:8080/"),
    ],
)
def test_what_is_entered_becomes_a_value_of_its_kind(kind, said, value):
    found = entered([option(kind)], {"it": said})
    assert found == {"it": value}
    assert type(found["it"]) is type(value)


@pytest.mark.parametrize("kind", ["text", "secret", "number", "yes", "choice", "words", "address"])
@pytest.mark.parametrize("said", ["", "  \n ", [], [""]])
def test_what_is_left_empty_is_absent(kind, said):
    assert entered([option(kind)], {"it": said}) == {}
    assert entered([option(kind)], {}) == {}


@pytest.mark.parametrize("said", [",，、", "\n,\n"])
def test_separators_alone_are_no_words(said):
    assert entered([option("words")], {"it": said}) == {}


@pytest.mark.parametrize(
    ("kind", "default", "value"),
    [("text", "全部", "全部"), ("number", 25, 25), ("number", 0, 0), ("yes", True, True), ("yes", "yes", True),
     ("words", "好，坏", ("好", "坏")), ("choice", "热门", "热门"), ("address", "https://example.org", "https://example.org")],
)  # fmt: skip
def test_a_default_fills_in_what_is_left_empty(kind, default, value):
    assert entered([option(kind, default=default)], {"it": " "}) == {"it": value}


def test_what_is_entered_counts_before_the_default():
    assert entered([option("yes", default=True)], {"it": "no"}) == {"it": False}
    assert entered([option("number", default=25)], {"it": "0"}) == {"it": 0}


@pytest.mark.parametrize(
    ("kind", "said", "sentence", "chinese"),
    [
        ("number", "twelve", "The entry: a whole number is needed", "这一项：需要一个整数"),
        ("number", "十二", "a whole number", "整数"),
        ("number", "1.5", "a whole number", "整数"),
        ("number", "-1", "a whole number", "整数"),
        ("number", "１２", "a whole number", "整数"),
        ("number", "9" * 13, "a whole number", "整数"),
        ("yes", "maybe", "yes or no", "是或否"),
        ("yes", "也许", "yes or no", "是或否"),
        ("choice", "old", "choose one of new, 热门", "请从 new, 热门 中选择"),
        ("choice", "最新", "choose one of", "中选择"),
        (
            "words",
            ",".join(f"词{n}" for n in range(MOST_WORDS + 1)),
            f"at most {MOST_WORDS}",
            f"最多 {MOST_WORDS} 个",
        ),
        ("text", "x" * (LONGEST + 1), "too long", "太长"),
        ("secret", "密" * (LONGEST + 1), "too long", "太长"),
        (
            "address",
            "ftp://example.org/",
            "no web address; it should look like https://…",
            "不是网址；应类似 https://…",
        ),
        ("address", "file:///etc/passwd", "no web address", "不是网址"),
        ("address", "mailto:me", "no web address", "不是网址"),
        ("address", "javascript:alert(1)", "no web address", "不是网址"),
        ("address", "https://", "no web address", "不是网址"),
        ("address", "https://[::1", "no web address", "不是网址"),
        ("address", "https://example.org:99999/", "no web address", "不是网址"),
        ("address", "https://example.org:0/", "no web address", "不是网址"),
        ("address", "https://exam ple.org/", "no web address", "不是网址"),
        ("address", "我的 博客", "no web address", "不是网址"),
        ("address", "https://me:pass@example.org/", "leave name and password out", "不要写用户名和密码"),
        ("address", "me@example.org/feed", "leave name and password out", "不要写用户名和密码"),
    ],
)
def test_what_cannot_be_used_is_one_clear_sentence_in_both_languages(kind, said, sentence, chinese):
    with pytest.raises(WrongOption) as english:
        entered([option(kind)], {"it": said})
    with pytest.raises(WrongOption) as zh:
        entered([option(kind)], {"it": said}, "zh-hans")
    assert sentence in english.value.text("en")
    assert not HAN.search(english.value.text("en").replace("热门", ""))
    assert zh.value.text("zh-hans").startswith("这一项：")
    assert chinese in zh.value.text("zh-hans")
    assert english.value.pause


def test_a_wrong_secret_or_password_is_not_repeated():
    for kind, said in (("secret", "s3cr3t" * 1000), ("address", "https://me:s3cr3t@example.org/")):
        with pytest.raises(WrongOption) as found:
            entered([option(kind)], {"it": said})
        assert "s3cr3t" not in str(found.value)


@pytest.mark.parametrize(
    ("locale", "sentence"), [("en", "The entry: please fill this in"), ("zh-hans", "这一项：请填写")]
)
def test_a_needed_entry_that_is_missing_is_asked_for(locale, sentence):
    with pytest.raises(WrongOption) as found:
        entered([option("text", needed=True)], {"it": "  "}, locale)
    assert found.value.text(locale) == sentence


@pytest.mark.parametrize("said", ["0", "00"])
def test_a_needed_number_may_be_zero(said):
    assert entered([option("number", needed=True)], {"it": said}) == {"it": 0}


@pytest.mark.parametrize(
    ("locale", "sentence"), [("en", "there is no such option; there are it"), ("zh-hans", "可用的有 it")]
)
def test_an_option_that_there_is_none_of_is_named_with_those_there_are(locale, sentence):
    with pytest.raises(WrongOption, match="颜色") as found:
        entered([option("text")], {"颜色": "红"}, locale)
    assert sentence in found.value.text(locale)


def test_an_address_shows_the_example_of_its_option():
    with pytest.raises(WrongOption, match=r"look like https://weibo\.example/u/1"):
        entered([option("address", example="https://weibo.example/u/1")], {"it": "://"})


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        (
            {"name": "a", "kind": "colour", "title": {"en": "A", "zh": "甲"}},
            "option 'a' has no kind 'colour'",
        ),
        ({"name": "a", "kind": "text", "title": {"en": "A"}}, "both languages"),
        ({"name": "a", "kind": "text", "title": "甲"}, "both languages"),
        (
            {"name": "a", "kind": "text", "title": {"en": "A", "zh": "甲"}, "hint": {"zh": "提示"}},
            "both languages",
        ),
        (
            {"name": "a", "kind": "text", "title": {"en": "A", "zh": "甲"}, "requird": True},
            r"unknown entries \['requird'\]",
        ),
        ({"name": "a", "kind": "choice", "title": {"en": "A", "zh": "甲"}}, "'a' needs choices"),
        (
            {"name": "name", "kind": "text", "title": {"en": "Sender", "zh": "发件人"}},
            "no option may be called 'name'",
        ),
        ({"name": "a", "kind": "text", "title": {"en": "A", "zh": "甲"}, "choices": {}}, "only then"),
    ],
)
def test_a_badly_declared_option_says_what_is_wrong(told, wrong):
    with pytest.raises(ValueError, match=wrong):
        Option.of(told)


@pytest.mark.parametrize("missing", ["name", "kind", "title"])
def test_an_option_without_a_part_names_the_part(missing):
    told = {"name": "a", "kind": "text", "title": {"en": "A", "zh": "甲"}}
    del told[missing]
    with pytest.raises(KeyError, match=missing):
        Option.of(told)


@given(
    st.sampled_from(["text", "number", "yes", "choice", "words", "address", "secret"]), st.text(max_size=60)
)
def test_whatever_is_entered_is_a_value_or_a_sentence(kind, said):
    try:
        said_of_it = str(entered([option(kind)], {"it": said}, "zh-hans"))
    except WrongOption as wrong:
        said_of_it = wrong.text("zh-hans")
    assert said_of_it.startswith(("{}", "{'it': ", "这一项："))


def test_a_setting_gives_one_text_or_several_words():
    setting = Setting({"words": ("充电宝", "召回"), "user": "小红", "most": 0})
    assert (setting.words("words"), setting.words("user"), setting.words("none")) == (
        ("充电宝", "召回"),
        ("小红",),
        (),
    )
    assert (setting.text("user"), setting.text("most"), setting.text("none")) == ("小红", "0", "")
    assert "s3cr3t" not in repr(Setting({}, {"password": "s3cr3t"}))
