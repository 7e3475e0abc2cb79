"""Owned posts as promotion or conversation, who answered them, and whether the company wrote back."""

from __future__ import annotations

from datetime import timedelta

from outlisten.insights.mirror import broadcast, read_side, read_talk
from outlisten.query import parse

from ..conftest import DAY0

WRITTEN, ASKED = parse("voice:(owned OR employee)"), parse("voice:(earned OR unknown)")


def ours(number, text, **more):
    return {
        "native_id": f"p{number}", "author_handle": "Shop", "author_id": "Shop", "voice": "owned", "text": text,
        "created_at": DAY0 + timedelta(days=number), **more,
    }  # fmt: skip


def read(store):
    return broadcast(read_talk(store, read_side(store, WRITTEN), ASKED, {"shop"}).of(frozenset({"shop"})))


def test_the_share_of_conversation_has_its_interval(fill):
    posts = [ours(n, "全场八折，赶紧下单") for n in range(6)] + [
        ours(n, "大家最希望我们改什么？") for n in (6, 7)
    ]
    found = read(fill(*posts, ours(8, "Closed on Monday")))
    assert found.posts == {"promotion": 6, "conversation": 2, "neither": 1}
    assert round(found.share.value, 3) == round(2 / 9, 3)
    assert found.share.low < 0.1
    assert found.share.high > 0.4


def test_a_reply_to_a_customer_is_conversation_and_a_reply_to_itself_is_not(fill):
    found = read(
        fill(
            ours(1, "It is 12 euros a month", to="ana", reply_to="q1"),
            ours(2, "The second part", reply_to="p3"),
            ours(3, "The first part"),
        )
    )
    assert found.posts == {"promotion": 0, "conversation": 1, "neither": 2}
    assert found.opening == 2


def test_it_tells_which_posts_were_answered_and_where_we_wrote_back(fill):
    people = [
        {"native_id": "r1", "author_id": "u1", "reply_to": "p1", "voice": "earned", "text": "Too dear"},
        {"native_id": "r2", "author_id": "u2", "reply_to": "p2", "voice": "earned", "text": "有货吗"},
    ]
    back = ours(9, "有的", reply_to="r2", to="u2")
    found = read(
        fill(ours(1, "Half price today"), ours(2, "新品上市，八折"), ours(3, "Good morning"), *people, back)
    )
    assert (found.opening, found.heard, found.answered_back) == (3, 2, 1)


def test_a_thin_month_has_no_share(fill):
    found = read(
        fill(*(ours(n % 5, "谢谢您的反馈", native_id=f"m{n}") for n in range(12)), ours(40, "Sorry, Ana"))
    )
    assert [month.share is None for month in found.months] == [False, True]


def test_posts_of_employees_are_not_the_companys_broadcast(fill):
    assert read(fill(ours(1, "八折", voice="employee"))).total == 0


def test_the_evidence_of_each_post_stands_beside_it(fill):
    row = read(fill(ours(1, "Use code SPRING for 10% off"))).rows.row(0, named=True)
    assert row["kind"] == "promotion"
    assert "Use code" in row["signs"]


def test_replies_that_were_not_read_count_neither_for_nor_against(fill, monkeypatch):
    monkeypatch.setattr("outlisten.insights.mirror.talk.READ", 3)
    chatter = [
        {"native_id": f"r{n}", "author_id": f"u{n}", "voice": "earned", "text": "好的", "reply_to": "p2",
         "created_at": DAY0 + timedelta(days=3, minutes=n)}
        for n in range(6)
    ]  # fmt: skip
    found = read(fill(ours(1, "Good morning"), ours(2, "早上好"), ours(4, "Good evening"), *chatter))
    assert (found.total, found.opening, found.heard) == (3, 1, 0)
