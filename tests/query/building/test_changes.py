"""Every change of the builder, on queries in Chinese and in English: the text before, the change, the text after."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.query.drawn import queries

from outlisten.query import parse
from outlisten.query.building import EMPTY, Row, asked, changes, entered, outline, walk_rows, written
from outlisten.query.building.changes import Changed, new_row

Change = Callable[[Row], Changed]


def words(typed: str) -> tuple[Row, ...]:
    return entered(typed).rows


CHANGES: list[tuple[str, Change, str]] = [
    # add
    ("", lambda r: changes.add(r, (), words("refund")), "refund"),
    ("退款", lambda r: changes.add(r, (), words("退钱、七天 无理由")), '退款 OR 退钱 OR "七天 无理由"'),
    ("a b", lambda r: changes.add(r, (), words("c")), "a b c"),
    ("(苹果 OR 华为) 充电宝", lambda r: changes.add(r, (0,), words("小米")), "(苹果 OR 华为 OR 小米) 充电宝"),
    ("电池 NEAR/6 鼓包", lambda r: changes.add(r, (0, 1), words("发烫")), "电池 NEAR/6 (鼓包 OR 发烫)"),
    ("title:price", lambda r: changes.add(r, (0, 0), words("cost")), "title:(price OR cost)"),
    ("-scam", lambda r: changes.add(r, (), words("refund")), "-scam refund"),
    # put
    ("a b c", lambda r: changes.put(r, (1,), words("x")), "a x c"),
    ("甲 OR 乙", lambda r: changes.put(r, (0,), words("丙、丁")), "丙 OR 丁 OR 乙"),
    ("a NEAR/3 b", lambda r: changes.put(r, (0, 0), words("x, y")), "(x OR y) NEAR/3 b"),
    ("a b", lambda r: changes.put(r, (), words("x")), "x"),
    # remove
    ("a OR b OR c", lambda r: changes.remove(r, (1,)), "a OR c"),
    ("苹果 OR 华为", lambda r: changes.remove(r, (0,)), "华为"),
    ("(a OR b) c", lambda r: changes.remove(r, (0,)), "c"),
    ("退款", lambda r: changes.remove(r, (0,)), ""),
    ("退款 -招聘", lambda r: changes.remove(r, ()), ""),
    ("a NEAR/3 b", lambda r: changes.remove(r, (0, 1)), "a"),
    ("标题:降价", lambda r: changes.remove(r, (0, 0, 0)), ""),
    # duplicate, negate
    ("a OR (b c)", lambda r: changes.duplicate(r, (1,)), "a OR (b c) OR (b c)"),
    ("甲 乙", lambda r: changes.duplicate(r, (0,)), "甲 甲 乙"),
    ("a b", lambda r: changes.negate(r, (1,)), "a -b"),
    ("退款 -招聘", lambda r: changes.negate(r, (1,)), "退款 招聘"),
    ("x (a OR b)", lambda r: changes.negate(r, (1,)), "x NOT (a OR b)"),
    ("甲 NEAR/s 乙", lambda r: changes.negate(r, (0,)), "NOT (甲 NEAR/s 乙)"),
    # join
    ("a b c", lambda r: changes.join(r, (), "any"), "a OR b OR c"),
    ("苹果 OR 华为", lambda r: changes.join(r, (), "all"), "苹果 华为"),
    ("x (a OR b)", lambda r: changes.join(r, (1,), "none"), "x NOT (a OR b)"),
    ("甲 NOT (乙 OR 丙)", lambda r: changes.join(r, (1,), "notall"), "甲 NOT (乙 丙)"),
    # wrap and unwrap
    ("a b", lambda r: changes.wrap(r, (1,), "any"), "a b"),
    ("甲 OR 乙", lambda r: changes.wrap(r, (0,), "all"), "甲 OR 乙"),
    ("a b", lambda r: changes.wrap(r, (1,), "none"), "a NOT b"),
    ("a (b OR c)", lambda r: changes.wrap(r, (1,), "atleast"), "a ATLEAST/2(b OR c)"),
    ("降价", lambda r: changes.wrap(r, (0,), "title"), "title:降价"),
    ("降价 OR 打折", lambda r: changes.wrap(r, (), "quoted"), "quoted:(降价 OR 打折)"),
    ("a NEAR/3 b", lambda r: changes.wrap(r, (0,), "near"), "a NEAR/3 b"),
    ("a (b OR c)", lambda r: changes.unwrap(r, (1,)), "a b c"),
    ("标题:(甲 OR 乙) 丙", lambda r: changes.unwrap(r, (0,)), "(甲 OR 乙) 丙"),
    ("a NEAR/3 (b OR c)", lambda r: changes.unwrap(r, (0,)), "a (b OR c)"),
    # shift and move
    ("a b c", lambda r: changes.shift(r, (0,), 1), "b a c"),
    ("甲 OR 乙 OR 丙", lambda r: changes.shift(r, (2,), -1), "甲 OR 丙 OR 乙"),
    ("a b c", lambda r: changes.shift(r, (1,), -5), "b a c"),
    ("(a OR b) c d", lambda r: changes.move(r, (1,), (0,)), "(a OR b OR c) d"),
    ("(a OR b) c d", lambda r: changes.move(r, (2,), (0,), 0), "(d OR a OR b) c"),
    ("甲 (乙 OR 丙)", lambda r: changes.move(r, (1, 0), (), 0), "乙 甲 丙"),
    ("甲 (乙 OR 丙)", lambda r: changes.move(r, (0,), (1,)), "乙 OR 丙 OR 甲"),
    ("a b c", lambda r: changes.move(r, (0,), (), 2), "b a c"),
    ("a b c", lambda r: changes.move(r, (2,), (), 0), "c a b"),
    ("电池 NEAR/6 鼓包 发烫", lambda r: changes.move(r, (1,), (0, 1)), "电池 NEAR/6 (鼓包 OR 发烫)"),
    # also
    ("refund OR 退款", lambda r: changes.also(r, new_row("any", words("queue"))), "(refund OR 退款) queue"),
    ("退款", lambda r: changes.also(r, new_row("none", words("招聘、内推"))), "退款 NOT (招聘 OR 内推)"),
    ("a b", lambda r: changes.also(r, new_row("any", words("x, y"))), "a b (x OR y)"),
    ("", lambda r: changes.also(r, new_row("none", words("scam"))), "NOT scam"),
    # comments stay
    ("a /* why */ OR b", lambda r: changes.remove(r, (2,)), "a /* why */"),
    ("/* 我们 */ 甲 OR 乙", lambda r: changes.add(r, (), words("丙")), "/* 我们 */ 甲 OR 乙 OR 丙"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "change", "after"), CHANGES)
def test_a_change(before: str, change: Change, after: str) -> None:
    changed = change(outline(parse(before)))
    assert written(changed.root) == after
    assert not after or asked(changed.root).valid


def test_a_row_that_is_not_finished_is_left_out_of_the_text() -> None:
    root = changes.also(outline(parse("退款")), new_row("any")).root
    assert written(root) == "退款"
    root = changes.add(root, (1,), words("排队")).root
    assert written(root) == "退款 排队"
    near = changes.wrap(outline(parse("battery hot")), (0,), "near")
    assert written(near.root) == "battery hot"
    root = changes.add(near.root, (*near.path, 1), words("swollen")).root
    assert written(root) == "battery NEAR/4 swollen hot"


@pytest.mark.parametrize("text", ["a OR b c", "苹果 OR 华为 充电宝"])
def test_nobody_needs_to_know_what_is_read_first(text: str) -> None:
    assert "W101" in [message.code for message in parse(text).messages]
    assert "W101" not in [message.code for message in asked(outline(parse(text))).messages]


def test_a_group_left_empty_goes_but_a_slot_stays() -> None:
    root = changes.remove(outline(parse("(甲 OR /* x */ 乙) 丙")), (0, 0)).root
    assert len(root.rows) == 2
    root = changes.remove(outline(parse("a (b OR c)")), (1, 0)).root
    assert [row.kind for row in changes.remove(root, (1, 0)).root.rows] == ["words"]
    root = changes.remove(outline(parse("a NEAR/3 b")), (0, 0, 0)).root
    assert [len(slot.rows) for slot in root.rows[0].rows] == [0, 1]


REFUSED: list[tuple[str, Change]] = [
    ("a", lambda r: changes.negate(r, (7,))),
    ("a", lambda r: changes.add(r, (0,), words("b"))),
    ("退款", lambda r: changes.duplicate(r, ())),
    ("a NEAR/3 b", lambda r: changes.shift(r, (0, 0), 1)),
    ("(甲 OR 乙) 丙", lambda r: changes.move(r, (0,), (0,))),
    ("甲 乙", lambda r: changes.join(r, (), "some")),
    ("甲 乙", lambda r: changes.wrap(r, (0,), "beside")),
    ("NOT (甲 乙) 丙", lambda r: changes.unwrap(r, (0,))),
    ("/* 说明 */ 甲", lambda r: changes.negate(r, (0,))),
]


@pytest.mark.parametrize(("text", "change"), REFUSED)
def test_what_cannot_be_done_is_refused(text: str, change: Change) -> None:
    with pytest.raises((LookupError, ValueError)):
        change(outline(parse(text)))


@given(queries, st.data())
@settings(max_examples=300, deadline=None, derandomize=True)
def test_a_change_taken_back_gives_the_same_query(text: str, data: st.DataObject) -> None:
    query = parse(text)
    if query.tree is None:
        return
    root = outline(query)
    paths = [path for path, row in walk_rows(root) if path and row.kind != "note"]
    path = data.draw(st.sampled_from(paths))
    twice = changes.negate(changes.negate(root, path).root, path)
    assert twice.root == root
    wrapped = changes.wrap(root, path, data.draw(st.sampled_from(["all", "any"])))
    assert asked(wrapped.root).tree == query.tree
    copied = changes.duplicate(root, path) if changes.is_member(root, path) else None
    if copied:
        assert changes.remove(copied.root, copied.path).root == root
        assert changes.move(root, path, path[:-1], path[-1]).root == root


def test_the_empty_outline_takes_no_part() -> None:
    assert changes.remove(EMPTY, ()).root == EMPTY
