"""What is typed into the plain box for words or phrases."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.query.drawn import said

from outlisten.query import Context, parse
from outlisten.query.building import EMPTY, asked, changes, entered, written

ENTERED = [
    ("refund", ["refund"]),
    ("退款", ["退款"]),
    ("customer service", ['"customer service"']),
    ("等 了 很久", ['"等 了 很久"']),
    ("refund, money back,  chargeback", ["refund", '"money back"', "chargeback"]),
    ("退款、退钱，七天 无理由；退货", ["退款", "退钱", '"七天 无理由"', "退货"]),
    ("Equifax\nTransUnion\r\nExperian\t征信", ["Equifax", "TransUnion", "Experian", "征信"]),
    ("refund, refund,", ["refund"]),
    ("1,000", ["1,000"]),
    ("OR", ['"OR"']),
    ("black and white", ['"black and white"']),
    ("黑 or 白", ['"黑 or 白"']),
    ("C++, AT&T", ["C++", "AT&T"]),
    ("iPhone: mini", ['"iPhone: mini"']),
    ("苹果：手机", ['"苹果：手机"']),
    ('"a, b", c', ['"a, b"', "c"]),
    ("“好，好”、坏", ["“好，好”", "坏"]),
    ('say "hi', ['"say \\"hi"']),
    ("charg*, 充*宝", ["charg*", "充*宝"]),
    ("*charge", ['"*charge"']),
    ("#双十一, @品牌客服, [怒]", ["#双十一", "@品牌客服", "[怒]"]),
    ("#sale @bob", ["#sale @bob"]),
    ("{US}", ["{US}"]),
    ("-scam", ["-scam"]),
    ("-招聘", ["-招聘"]),
    ("情感:负面", ["情感:负面"]),
    ("sentiment:furious", ['"sentiment:furious"']),
    ("(a OR b", ['"(a OR b"']),
    ("a OR b", ["a OR b"]),
    ("苹果｜华为", ["苹果 OR 华为"]),
    ("/* no */ comment", ['"/* no */ comment"']),
    ("<script>alert(1)</script>", ['"<script>alert(1)</script>"']),
    ("\u202eevil", ["\u202eevil"]),
    ("👍", ["👍"]),
]


@pytest.mark.parametrize(("typed", "texts"), ENTERED)
def test_words_become_rows(typed: str, texts: list[str]) -> None:
    found = entered(typed)
    assert [written(changes.add(EMPTY, (), [row]).root) for row in found.rows] == texts
    assert found.unread == ()
    assert asked(changes.add(EMPTY, (), found.rows).root).valid


@pytest.mark.parametrize(
    ("typed", "unread"), [("refund, !!!", ("!!!",)), ("退款，……", ("……",)), ('""', ('""',)), ("", ())]
)
def test_what_holds_no_word_is_named(typed: str, unread: tuple[str, ...]) -> None:
    assert entered(typed).unread == unread


def test_a_list_of_200_names_becomes_200_rows() -> None:
    names = [f"Brand {place}" for place in range(100)] + [f"品牌{place}号" for place in range(100)]
    found = entered("\n".join(names))
    assert len(found.rows) == 200
    query = asked(changes.add(EMPTY, (), found.rows).root)
    assert query.tree == parse(" OR ".join(f'"{name}"' for name in names)).tree


def test_words_that_stand_there_are_not_added_again() -> None:
    root = changes.add(EMPTY, (), entered("refund, 退款").rows).root
    assert changes.add(root, (), entered("Refund, 退款, 退钱").rows).root.rows[2:] == entered("退钱").rows


@given(st.text(max_size=40) | st.randoms(use_true_random=False).map(said))
@settings(max_examples=400, deadline=None, derandomize=True)
def test_whatever_is_typed_makes_a_query_or_is_named(typed: str) -> None:
    found = entered(typed)
    if found.rows:
        query = asked(changes.add(EMPTY, (), found.rows).root, Context())
        assert all(message.level != "error" for message in query.messages), written(EMPTY)
