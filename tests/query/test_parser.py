from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.query.drawn import queries

from outlisten.query import Context, parse
from outlisten.query.limits import Limits
from outlisten.query.printing import printed

# What was typed, and the tree that was read, printed with the brackets it needs.
READ = [
    ("充电宝", "充电宝"),
    ("苹果 手机", "苹果 手机"),
    ("苹果 AND 手机", "苹果 手机"),
    ("苹果 OR 华为 充电宝", "苹果 OR 华为 充电宝"),
    ("(苹果 OR 华为) 充电宝", "(苹果 OR 华为) 充电宝"),
    ("（苹果｜华为）充电宝", "(苹果 OR 华为) 充电宝"),
    ("（苹果 ＯＲ 华为）", "苹果 OR 华为"),
    ("苹果|华为", "苹果 OR 华为"),
    ("华为+充电宝 -广告", "华为 充电宝 NOT 广告"),
    ("华为 + 充电宝", "华为 充电宝"),
    ("华为+iPhone", "华为 iPhone"),
    ("C++ Google+ A+B", '"C++" "Google+" "A+B"'),
    ("NOT 广告 充电宝", "NOT 广告 充电宝"),
    ("(a)-b", "a NOT b"),
    ('"a"-b', "a NOT b"),
    ("a OR -b", "a OR NOT b"),
    ("NOT NOT a", "a"),
    ("NOT (a OR b)", "NOT (a OR b)"),
    ("coca-cola 5-6月", '"coca-cola" "5-6月"'),
    ("“充电 宝” 「好」", '"充电 宝" 好'),
    (r"\OR \-a \(", r'"OR" "-a"'),
    (r'"say \"hi\""', r'"say \"hi\""'),
    ("a /* b OR */ c", "a c"),
    ('"/* a */"', '"/* a */"'),
    ("苹果，手机", '"苹果，手机"'),
    ("(((a)))", "a"),
    ("a (b c) (d OR (e OR f))", "a b c (d OR e OR f)"),
    ("标题:降价", "title:降价"),
    ("TITLE:(a OR b) 正文：c", "title:(a OR b) text:c"),
    ("from:@Bob", 'author:"bob"'),
    ("to:Equifax OR Equifax", 'to:"equifax" OR Equifax'),
    ("语言：中文", 'lang:"zh"'),
    ("lang:(zh OR en)", 'lang:"zh" OR lang:"en"'),
    ("情感:（负面｜中性）", 'sentiment:"negative" OR sentiment:"neutral"'),
    ("sentiment:负面@0.8", 'sentiment:"negative@0.8"'),
    ("声源:真实口碑 平台", 'voice:"earned" 平台'),
    ("site:https://Weibo.com/u/1", 'site:"weibo.com"'),
    ("date:2026-11-01..2026-11-11", 'date:"2026-11-01..2026-11-11"'),
    ("since:-7d until:today", 'date:"-7d.." date:"..today"'),
    ("时间:今天", 'date:"今天..今天"'),
    ("likes:>=100 likes:<5 likes:7 点赞:1..", "likes:100.. likes:<5 likes:7..7 likes:1.."),
    ("#双十一 #双十一# #双十一[话题]#", "#双十一 #双十一 #双十一"),
    ("#双十一* @品牌客服 [怒]", '#双十一* mention:"品牌客服" [怒]'),
    ('"#新品 发布#"', '"#新品 发布#"'),
    ("求助@品牌客服 a@b.com", '求助 mention:"品牌客服" a\\@b\\.com'),
    ("充电宝好用吗？", "充电宝好用吗"),
    ("12:30", '"12:30"'),
]


@pytest.mark.parametrize(("typed", "meant"), READ)
def test_a_query_is_read_as_it_is_meant(typed: str, meant: str) -> None:
    query = parse(typed)
    assert query.tree is not None, [message.text() for message in query.messages]
    assert printed(query.tree) == meant


# What was typed, and everything said about it: code, place, what is offered.
SAID = [
    ('a "b', "E101", (2, 3), None),
    ("a {b", "E102", (2, 3), None),
    ("", "E103", (0, 0), None),
    ("（）", "E103", (0, 2), None),
    ("a OR", "E103", (2, 4), None),
    ("OR a", "E103", (0, 2), None),
    ("a AND", "E103", (2, 5), None),
    ("a (b OR) c", "E103", (5, 7), None),
    ("NOT", "E103", (0, 3), None),
    ('""', "E103", (0, 2), None),
    ("a #", "E103", (2, 3), None),
    ("@ a", "E103", (0, 1), None),
    ("标题:", "E103", (0, 3), None),
    ("lang:", "E103", (0, 5), None),
    ("苹果 (华为", "E104", (3, 4), None),
    ("a) b", "E105", (1, 2), None),
    ("a } b", "E105", (2, 3), None),
    ("a /* b", "E105", (2, 4), None),
    ("a NEAR b", "E105", (2, 6), "NEAR/4"),
    ("电池 NEAR 鼓包", "E105", (3, 7), "NEAR/s"),
    ("lang:(zh en)", "E106", (9, 11), None),
    ("lang:(zh -en)", "E106", (9, 12), None),
    ("*宝", "E203", (0, 2), None),
    ("titel:降价", "E205", (0, 6), "title:"),
    ("iPhone: 好", "E205", (0, 7), None),
    ("http://a.cn", "E205", (0, 5), None),
    ("min_faves:100", "E205", (0, 10), "likes:>="),
    ("sentiment:negativ", "E206", (10, 17), "negative"),
    ("情感:绿", "E206", (3, 4), None),
    ("is:retweet a", "E206", (3, 10), "repost"),
    ("likes:many", "E206", (6, 10), None),
    ("likes:5..1", "E206", (6, 10), None),
    ("date:2026-13-01", "E206", (5, 15), None),
    ("date:2026-02..2026-01", "E206", (5, 21), None),
    ("title:(a lang:zh)", "E206", (9, 16), None),
    ("a NEAR/200 b", "E304", (2, 10), None),
    ("a ATLEAST/0(b)", "E105", (2, 11), "ATLEAST/2"),
    ("a c* b", "E203", (2, 4), None),
    ("手机*iph", "E203", (0, 6), None),
    ("充*，宝", "E203", (0, 4), None),
    ("(a b) NEAR/3 c", "E204", (0, 14), "(a NEAR/3 c) (b NEAR/3 c)"),
    ("(苹果 NOT 水果) NEAR/2f 坏", "E204", (0, 21), "(苹果 NEAR/2f 坏) NOT 水果"),
    ("lang:zh NEAR/3 坏", "E204", (0, 16), '坏 lang:"zh"'),
    ("a NOT NEAR/3 @bob", "E204", (13, 17), None),
    ("ATLEAST/2(-a)", "E204", (10, 12), None),
    ("a NEAR/2 quoted:b", "E204", (0, 17), "a quoted:b"),
    ('"a b"~200', "E304", (0, 9), None),
    ("ATLEAST/9999(a)", "E304", (0, 12), None),
    ("query:没有", "E207", (6, 8), None),
    ("list:没有", "E207", (5, 7), None),
    ("苹果 OR 华为 充电宝", "W101", (0, 12), "苹果 OR (华为 充电宝)"),
    ("充电 and 宝贝", "W102", (3, 6), "AND"),
    ("好", "W103", (0, 1), None),
    ("充电宝*", "W104", (0, 4), None),
    ("电池 NEAR/30 鼓包", "W106", (3, 10), None),
    ("lang:zh", "W105", (0, 7), None),
    ("苹果", "W107", (0, 2), None),
    ("华为 OR 華為", "W109", (6, 8), None),
    ("NOT NOT 充电", "W110", (0, 10), None),
    ("充电 - 宝贝", "W111", (3, 4), None),
    ("+充电", "W111", (0, 1), None),
    ("充电 & 宝贝", "W111", (3, 4), None),
]


@pytest.mark.parametrize(("typed", "code", "at", "offered"), SAID)
def test_what_is_wrong_is_said_with_its_place(
    typed: str, code: str, at: tuple[int, int], offered: str | None
) -> None:
    query = parse(typed)
    said = {message.code: (message.at, message.suggestion) for message in query.messages}
    assert said[code] == (at, offered)
    assert query.valid is (code[0] == "W")


@pytest.mark.parametrize("typed", [typed for typed, *_ in SAID])
def test_every_message_is_a_sentence_in_both_languages(typed: str) -> None:
    for message in parse(typed).messages:
        english, chinese = message.text("en"), message.text("zh-hans")
        assert english != chinese
        assert "{" not in english.replace("{…}", "")


def test_a_wrong_query_says_all_its_mistakes_in_order() -> None:
    query = parse('titel:a lang:(zh en) "b')
    assert [message.code for message in query.messages] == ["E205", "E106", "E101"]
    assert query.tree is None


def test_small_mistakes_do_not_hide_behind_remarks() -> None:
    query = parse("好 " * 150 + "titel:a")
    assert any(message.code == "E205" for message in query.messages)
    assert len(query.messages) <= 100


ANCHORS = [
    ("充电宝", True),
    ("NOT 广告 充电宝", True),
    ("充电宝 lang:zh", True),
    ("(充电宝 OR 手机) lang:zh", True),
    ("to:Equifax OR Equifax", True),
    ("#双十一 OR @bob OR [怒]", True),
    ("site:weibo.com", True),
    ("lang:zh", False),
    ("NOT 苹果", False),
    ("充电宝 OR lang:zh", False),
    ("(充电宝 OR -好) lang:zh", False),
    ("likes:>=1 since:-7d", False),
]


@pytest.mark.parametrize(("typed", "anchored"), ANCHORS)
def test_a_saved_query_must_say_what_it_looks_for(typed: str, *, anchored: bool) -> None:
    saved, searched = parse(typed, saving=True), parse(typed)
    assert saved.valid is anchored
    assert any(message.code == "E201" for message in saved.messages) is not anchored
    assert searched.valid
    assert any(message.code == "W105" for message in searched.messages) is not anchored


def test_a_search_that_looks_for_nothing_is_limited_unless_it_names_dates() -> None:
    assert parse("lang:zh").search_days == 31
    assert parse("lang:zh since:2026").search_days is None
    assert parse("充电宝").search_days is None


LIMITS = [
    ("a" * 20_001, "E301"),
    (" OR ".join(["a"] * 2_001), "E302"),
    ("(" * 51 + "a" + ")" * 51, "E303"),
    ("NOT " * 51 + "a", "E303"),
    (" NEAR/1 ".join("a" * 52), "E303"),
    ("充" + "*宝" * 51, "E303"),
]


@pytest.mark.parametrize(("typed", "code"), LIMITS)
def test_a_query_beyond_a_limit_is_refused(typed: str, code: str) -> None:
    assert code in {message.code for message in parse(typed).messages if message.level == "error"}


WITHIN = [
    "好" * 20_000,
    "a /*" + "x" * 100_000 + "*/",
    " OR ".join(f"词{n}" for n in range(2_000)),
    "(" * 50 + "a" + ")" * 50,
    "充" + "*宝" * 50,
]


@pytest.mark.parametrize("typed", WITHIN)
def test_a_query_at_a_limit_is_read(typed: str) -> None:
    assert parse(typed).valid


def test_limits_are_settings() -> None:
    assert not parse("a b c", Context(limits=Limits(terms=2))).valid


HOSTILE = [
    "(",
    ")",
    "-",
    '"',
    "/*",
    "{",
    "a:",
    "NOT ",
    "\\",
    "#a",
    "@",
    "[怒]",
    "a ",
    "lang:(",
    "“",
    '/*"',
    "|",
    "a+中",
    "\ud800",
    "~",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_longest_hostile_query_is_answered_at_once(piece: str) -> None:
    start = time.process_time()
    parse(piece * (20_000 // len(piece)))
    parse(piece * (1_000_000 // len(piece)))
    assert time.process_time() - start < 3


SIGNS = st.sampled_from(
    [
        *"()|{}“”「」（）｜：:+-*?#@[]\\~/ \n",
        *(
            '"',
            "/*",
            "*/",
            "OR",
            "AND",
            "NOT",
            "NEAR/3",
            "ATLEAST/2",
            "title:",
            "lang:",
            "date:",
            "likes:>",
            "..",
        ),
        *(
            "word:",
            "quoted:",
            "query:",
            "list:",
            "raw:",
            "NOT NEAR/s",
            "ONEAR/2",
            "ap*",
            "充?宝",
            "{C++}",
            "exactMessage:",
        ),
        *("from:", "-7d", "词", "a", "B", "#t#", "[怒]", "\u3000", "ＯＲ", "\ud800", "\x00"),
    ]
)


@pytest.mark.parametrize("text", ["a OR (b c)", "苹果 OR （华为 充电宝）", "(苹果 OR (华为 充电宝)) 快"])
def test_brackets_that_stand_there_are_not_asked_for(text: str) -> None:
    assert "W101" not in [message.code for message in parse(text).messages]


@given(st.lists(SIGNS, max_size=20).map("".join) | st.text(max_size=40))
@settings(max_examples=600, deadline=None, derandomize=True)
def test_no_query_breaks_the_parser(text: str) -> None:
    query = parse(text)
    assert query.valid is not any(message.level == "error" for message in query.messages)
    for message in query.messages:
        assert 0 <= message.at[0] <= message.at[1] <= len(text)
        assert message.text("en")
        assert message.text("zh-hans")


@given(st.lists(SIGNS, max_size=20).map("".join) | queries)
@settings(max_examples=600, deadline=None, derandomize=True)
def test_a_printed_query_is_read_as_the_same_query(text: str) -> None:
    query = parse(text)
    if query.tree is not None:
        again = parse(printed(query.tree))
        assert again.tree == query.tree, printed(query.tree)
