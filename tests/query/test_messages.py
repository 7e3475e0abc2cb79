"""Every sentence the language can say: reached by a query, placed, in both languages, and documented."""

from __future__ import annotations

from typing import Any

import pytest

from outlisten.query import Context, Kept, Message, compile_sql, parse
from outlisten.query.messages import SENTENCES, Refused
from outlisten.query.shelf import AccountList

CONTEXT = Context(
    kept=Kept(
        {"手机品牌": "苹果 OR 华为", "bad": "(苹果", "circle": "query:circle",
         **{f"q{n}": f"query:q{n - 1} a" for n in range(1, 12)}, "q0": "a"},
        {"媒体": AccountList(frozenset({"Reuters"}))},
    )
)  # fmt: skip
# Code and variant: a query that says it, the characters it is about, and what is offered to be written there instead.
REACHED: dict[str, tuple[str, str, str | None]] = {
    "E101": ('充电 "宝', '"', None),
    "E102": ("充电 {宝", "{", None),
    "E103": ("充电 OR", "OR", None),
    "E104": ("充电 (宝", "(", None),
    "E105": ("充电) 宝", ")", None),
    "E105 instead": ("<<<品牌>>> 充电宝", "<<<品牌>>>", "/* 品牌 */"),
    "E105 near": ("电池 NEAR 烫", "NEAR", "NEAR/s"),
    "E106": ("lang:(zh en)", "en", None),
    "E201": ("充电 OR lang:zh", "lang:zh", None),
    "E203": ("*宝", "*宝", None),
    "E204": ("a NOT NEAR/3 @bob", "@bob", None),
    "E204 near": ("(a b) NEAR/3 c", "(a b) NEAR/3 c", "(a NEAR/3 c) (b NEAR/3 c)"),
    "E205": ("iPhone: 好", "iPhone:", None),
    "E205 near": ("titel:降价", "titel:", "title:"),
    "E206": ("site:weibo*", "weibo*", None),
    "E206 near": ("情感:negativ", "negativ", "negative"),
    "E206 choice": ("情感:绿", "绿", None),
    "E206 number": ("点赞:很多", "很多", None),
    "E206 date": ("时间:昨日", "昨日", None),
    "E206 range": ("likes:5..1", "5..1", None),
    "E206 scope": ("title:(a lang:zh)", "lang:zh", None),
    "E207 query": ("query:别的", "别的", None),
    "E207 query near": ("query:手机品", "手机品", '"手机品牌"'),
    "E207 list": ("list:别的", "别的", None),
    "E207 list near": ("list:媒", "媒", '"媒体"'),
    "E208": ("a query:bad", "bad", None),
    "E301": ("a" * 20_001, "a" * 20_001, None),
    "E302": (" OR ".join(["a"] * 2_000 + ["充电"]), "充电", None),
    "E303": ("(" * 51 + "a" + ")" * 51, "(", None),
    "E304": ("a NEAR/200 b", "NEAR/200", None),
    "E304 at least": ("ATLEAST/9999(a)", "ATLEAST/9999", None),
    "E306": ("a query:q11", "q11", None),
    "E306 circle": ("a query:circle", "circle", None),
    "W101": ("苹果 OR 华为 充电宝", "苹果 OR 华为 充电宝", "苹果 OR (华为 充电宝)"),
    "W102": ("充电 and 宝贝", "and", "AND"),
    "W103": ("坏", "坏", None),
    "W104": ("充电宝*", "充电宝*", None),
    "W105": ("lang:zh", "lang:zh", None),
    "W106": ("电池 NEAR/30 烫", "NEAR/30", None),
    "W107": ("小米", "小米", None),
    "W108": ("followers:>=100 a", ">=100", None),
    "W109": ("苹果 OR 蘋果 OR a", "蘋果", None),
    "W110": ("NOT NOT 充电", "NOT NOT 充电", None),
    "W111": ("充电 - 宝贝", "-", None),
    "W111 phrase": ('"power bank*" a', '"power bank*"', "(power NEAR/0f bank*)"),
    "W111 loose": ('"power bank*"~3 a', '"power bank*"~3', None),
}
ASKED_OF_A_STORE = {"E305"}


def said(key: str) -> Message:
    typed, place, _ = REACHED[key]
    for message in parse(typed, CONTEXT, saving=key == "E201").messages:
        if f"{message.code} {message.variant}".strip() == key and typed[slice(*message.at)] == place:
            return message
    pytest.fail(f"{key} is not said of {typed[:80]!r}")


def test_every_sentence_has_a_query_that_reaches_it() -> None:
    assert set(SENTENCES) == {*REACHED, *ASKED_OF_A_STORE}


@pytest.mark.parametrize("key", REACHED)
def test_it_is_said_with_its_place_and_what_to_write(key: str) -> None:
    message = said(key)
    assert message.suggestion == REACHED[key][2]
    assert message.level == "error" if key.startswith("E") else message.level in {"warning", "hint"}


@pytest.mark.parametrize("key", [key for key, (_, _, offered) in REACHED.items() if offered])
def test_what_is_offered_takes_the_message_away(key: str) -> None:
    typed, _, offered = REACHED[key]
    start, end = said(key).at
    after = parse(f"{typed[:start]}{offered}{typed[end:]}", CONTEXT)
    assert after.valid
    assert f"{key}" not in {f"{message.code} {message.variant}".strip() for message in after.messages}


@pytest.mark.parametrize("key", REACHED)
def test_it_is_a_whole_sentence_in_both_languages(key: str) -> None:
    english, chinese = said(key).text("en"), said(key).text("zh-hans")
    assert english != chinese
    assert any("\u4e00" <= char <= "\u9fff" for char in chinese)
    for text in (english, chinese):
        assert not any(sign in text.replace("{…}", "") for sign in ("{", "%(", "None"))


def test_a_wildcard_that_stands_for_too_much_is_refused_by_whoever_keeps_the_words() -> None:
    def words_like(pattern: str, most: int) -> list[tuple[str, int]]:
        return [(f"ch{n}", n) for n in range(most)]

    with pytest.raises(Refused) as refused:
        compile_sql(parse("ch* a"), words_like)
    message: Any = refused.value.message
    assert message.code == "E305"
    assert "10,000" in message.text("en") or "10000" in message.text("en")
    assert "ch*" in message.text("zh-hans")
