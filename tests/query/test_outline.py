"""A long query in groups: nothing is left out, nothing is said twice, and a short one stays one sentence."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given, settings
from tests.query.drawn import queries

from outlisten.query import Outline, explain, outline, parse

WORDS = [f"词{n}号" for n in range(60)]
SOUGHT, DENIED = " OR ".join(WORDS), " OR ".join(WORDS[:5])
LONG = f"(充电宝 OR {SOUGHT} OR @客服 OR @官方 OR site:a.cn) -(广告 OR #ad OR {DENIED}) (a b OR c{'c' * 300})"


def lines(drawn: Outline) -> Iterator[Outline]:
    yield drawn
    for part in drawn.parts:
        yield from lines(part)


def test_a_long_query_is_drawn_in_groups() -> None:
    drawn = outline(parse(LONG), "zh-hans")
    assert drawn is not None
    assert drawn.text == "符合以下每一项"
    sought, denied, either = sorted(drawn.parts, key=lambda part: -part.count)
    assert (sought.text, sought.count) == ("符合以下至少一项", 64)
    assert [part.text for part in sought.parts][1:] == ["提到 @客服或@官方", "来自站点 a.cn"]
    assert sought.parts[0].more == tuple(f"“{word}”" for word in WORDS[11:])
    assert (denied.text, len(denied.parts)) == ("不符合以下任何一项", 2)
    assert [part.text for part in either.parts] == [
        "同时包含“a”和“b”",
        f"包含“c{'c' * 300}”",
    ] or either.count == 2


def test_a_list_beside_near_is_said_whole() -> None:
    drawn = outline(parse(f"海港 NEAR/3 ({' OR '.join(WORDS)}) {'长' * 300}"), "zh-hans")
    assert drawn is not None
    assert [part.more for part in lines(drawn) if part.more] == [tuple(f"“{word}”" for word in WORDS[12:])]


def test_a_short_query_stays_a_sentence() -> None:
    assert outline(parse("(苹果 OR 华为) -广告"), "en") is None
    assert outline(parse("(苹果"), "en") is None


def test_one_long_list_says_its_other_words() -> None:
    drawn = outline(parse(" OR ".join(f"{word}{'长' * 30}" for word in WORDS)), "en")
    assert drawn is not None
    assert (drawn.parts, len(drawn.more)) == ((), 48)


@given(queries)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_whatever_is_asked_can_be_drawn(text: str) -> None:
    query = parse(f"({text}) OR {' OR '.join(WORDS)} OR #{'长' * 300}")
    for locale in ("en", "zh-hans"):
        drawn = outline(query, locale)
        assert drawn is None or all(line.text for line in lines(drawn))
        assert bool(explain(query, locale)) is query.valid
