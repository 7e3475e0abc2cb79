"""Any text at all is a query that is answered: it is read, printed, explained and matched, and none of it takes long."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.query.drawn import FIELDS, PLACED, WORDS, posts, queries

from outlisten.query import Context, Matcher, compile_sql, explain, matches, parse
from outlisten.query.limits import Limits
from outlisten.query.printing import printed

SIGNS = [
    *"()|{}“”「」『』（）｜：:+-*?？＊#＃@＠[]\\~/\"'.,，。 \n\t\u3000", "/*", "*/", "..", "||", "&&", "OR", "AND", "NOT", "or",
    "ＯＲ", "NEAR/3", "ONEAR/2f", "NOT NEAR/s", "NEAR/p", "NEAR/0", "NEAR/101", "ATLEAST/2", "ATLEAST/0", "title:", "正文:",
    "quoted:", "query:", "list:", "raw:", "word:", "lang:", "likes:>", "date:", "since:-7d", "rating:..4", "sentiment:x@0.7",
    "exactMessage:", "~3", "#t#", "[怒]", "{C++}", "ap*", "充?宝", "https://e.com/客服",
]  # fmt: skip
HOSTILE = [
    "\ud800", "\udfff", "\x00", "\x1f", "\u200b", "\u202e", "\ufeff", "\u0301", "\u200d", "\ufe0f", "\U0001f3fb", "👨‍👩‍👧",
    "\U0010ffff", "\U00020000", "ﬃ", "İ", "ß", "ﷺ", "㎏", "ก่ข", "ｶﾞ", "हिन्दी", "\u0345", "¶", "|", "\x85", "\u2028",
]  # fmt: skip
pieces = st.sampled_from(SIGNS) | st.sampled_from(HOSTILE) | st.sampled_from(WORDS + PLACED + FIELDS)
texts = (
    st.lists(pieces | st.just(" "), max_size=30).map("".join)
    | st.lists(pieces, max_size=20).map(" ".join)
    | st.text(max_size=60)
    | st.text(st.characters(), max_size=60)
    | st.lists(queries | pieces, max_size=4).map(" ".join)
)
# What is printed may be longer than what was typed: it has the brackets and quotation marks that could be left out.
ROOM = Context(limits=Limits(characters=1_000_000))
POSTS = [post | {"id": str(place)} for place, post in enumerate(posts(12, seed=5))]
# What wildcards and names that are asked for in vain can make costly.
POSTS += [{"id": "long", "text": f"ap{'a' * 300}b 充{'宝' * 300}", "author": "a" * 3_000 + "b"}]


@given(texts)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_any_text_is_answered(text: str) -> None:
    answered(text)


@pytest.mark.slow
@given(texts)
@settings(max_examples=20_000, deadline=None)
def test_any_text_is_answered_in_the_long_run(text: str) -> None:
    answered(text)


def answered(text: str) -> None:
    """Whether valid or not, nothing about it fails; and what is valid means the same after printing and to the matcher."""
    query = parse(text)
    for message in query.messages:
        assert 0 <= message.at[0] <= message.at[1] <= len(text)
        assert message.text("en")
        assert message.text("zh-hans")
    assert query.valid is not any(message.level == "error" for message in query.messages)
    if query.tree is None:
        return
    again = printed(query.tree)
    same = parse(again, ROOM).tree == query.tree
    assert same, again[:300]  # without the comparison that pytest would print
    assert explain(query, "en")
    assert explain(query, "zh-hans")
    compile_sql(query)
    matcher = Matcher()
    matcher.add("q", query)
    same = matcher.match(POSTS) == [("q", str(post["id"])) for post in POSTS if matches(query, post)]
    assert same, text[:300]


FOUND = ["\u0301*ap*", "好，\u0301?", "\u0301?a", "充*\u0301*宝"]


@pytest.mark.parametrize("text", FOUND)
def test_what_once_failed_is_answered(text: str) -> None:
    answered(text)


def whole(unit: str, size: int = 20_000) -> str:
    """A unit over and over, to the longest query that is allowed."""
    return unit * (size // len(unit))


LONGEST: list[tuple[str, Callable[[], str]]] = [
    ("han", lambda: whole("好")),
    ("one word", lambda: whole("a")),
    ("not", lambda: whole("NOT ", 196) + "a"),
    ("too many nots", lambda: whole("NOT ", 19_996) + "a"),
    ("minus", lambda: whole("-", 19_999) + "a"),
    ("brackets", lambda: "(" * 50 + "a" + ")" * 50),
    ("too many brackets", lambda: "(" * 9_999 + "a" + ")" * 9_999),
    ("brackets with or", lambda: "(a OR " * 50 + "b" + ")" * 50),
    ("brackets with not", lambda: "(a NOT " * 50 + "b" + ")" * 50),
    ("fields in fields", lambda: "title:(" * 50 + "a" + ")" * 50),
    ("stars in han", lambda: "充" + "*宝" * 9_999),
    ("stars in a word", lambda: "ap" + "*a" * 9_998),
    ("marks in a word", lambda: "a" + "?" * 19_998),
    ("stars that are allowed", lambda: "ap" + "*a" * 50),
    ("skips that are allowed", lambda: "充" + "*宝" * 50),
    ("many stars", lambda: " ".join(["ab*c*d*e*f*g"] * 1_500)),
    ("skips", lambda: " OR ".join(["充*宝*电*好*不*坏"] * 1_300)),
    ("near", lambda: " NEAR/100 ".join(["a"] * 51)),
    ("near of lists", lambda: f"({' OR '.join(['a'] * 900)}) NEAR/100 ({' OR '.join(['b'] * 900)})"),
    ("slop", lambda: '"' + "a " * 1_900 + '"~100'),
    ("at least", lambda: f"ATLEAST/100({' OR '.join(['a'] * 1_900)})"),
    ("exact", lambda: "{" + whole("好", 19_998) + "}"),
    ("hashtags", lambda: whole("#a ")),
    ("quotes", lambda: whole('"a" ', 7_996)),
    ("accents", lambda: whole("e\u0301")),
    ("joined emoji", lambda: whole("👨‍👩‍👧")),
    ("surrogates", lambda: whole("\ud83d")),
    ("years", lambda: whole("date:2020..2021 ")),
    ("numbers", lambda: "likes:>" + "9" * 19_993),
    ("sites", lambda: "site:" + "a." * 9_997),
    ("wildcards in vain", lambda: " ".join(["ap*a*a*a*a*a*a*a*a*a*a*a*c", "充*宝*宝*宝*宝*宝*宝*宝*宝*坏"])),
    ("accounts", lambda: "author:" + "a*" * 9_996),
]


@pytest.mark.parametrize("longest", [make for _, make in LONGEST], ids=[name for name, _ in LONGEST])
def test_the_longest_queries_are_answered_in_time(longest: Callable[[], str]) -> None:
    started = time.process_time()
    answered(longest())
    assert time.process_time() - started < 10  # seconds; a hang is what is looked for, not speed
