"""Who was answered and after how long, in threads with known ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from outlisten.insights.mirror import answers, read_side, read_talk
from outlisten.query import parse

from ..conftest import DAY0

WRITTEN, ASKED = parse("voice:(owned OR employee)"), parse("voice:(earned OR unknown)")


def ask(name, minute=0, **more):
    """A customer addresses the shop."""
    return {
        "native_id": f"q-{name}", "author_handle": name, "author_id": name, "to": "Shop", "voice": "earned",
        "text": "排队两个小时，没有人管", "thread": f"q-{name}", "created_at": DAY0 + timedelta(minutes=minute), **more,
    }  # fmt: skip


def reply(name, minute, **more):
    """The shop answers that customer."""
    return {
        "native_id": f"a-{name}-{minute}", "author_handle": "Shop", "author_id": "Shop", "to": name, "voice": "owned",
        "text": "对不起，请私信我们", "thread": f"q-{name}", "reply_to": f"q-{name}",
        "created_at": DAY0 + timedelta(minutes=minute), **more,
    }  # fmt: skip


def of_shop(store, after_minutes=600):
    talk = read_talk(store, read_side(store, WRITTEN), ASKED, {"shop"})
    return answers(talk.of(frozenset({"shop"})), DAY0 + timedelta(minutes=after_minutes))


def test_who_still_waits_is_part_of_the_waiting_time(fill):
    found = of_shop(fill(ask("ana"), ask("bo"), ask("明"), ask("di"), reply("ana", 10), reply("bo", 20)))
    assert (found.asked, found.answered) == (4, 2)
    assert found.share.value == 0.5
    assert found.waiting.median.value == 20  # half were answered within 20 minutes
    assert found.waiting.p90.value is None  # never seen: two still wait


def test_each_case_names_its_answer_and_its_minutes(fill):
    row = of_shop(fill(ask("ana"), reply("ana", 30), reply("ana", 10))).rows.row(0, named=True)
    assert row["minutes"] == 10
    assert row["answer"] is not None


def test_a_source_without_answers_is_unseen_and_not_zero(fill):
    found = of_shop(fill(ask("ana", platform="cfpb"), ask("bo", platform="cfpb")))
    assert found.share is None
    assert not found.visible
    assert found.unseen == {"cfpb": 2}


def test_answers_of_others_are_not_ours(fill):
    elsewhere = reply("ana", 5, author_handle="Rival", author_id="Rival")
    found = of_shop(fill(ask("ana"), ask("bo"), elsewhere, reply("bo", 9)))
    assert (found.asked, found.answered) == (2, 1)


def test_an_answer_to_somebody_else_in_the_thread_is_no_answer(fill):
    found = of_shop(fill(ask("ana"), ask("bo", thread="q-ana", reply_to="q-ana"), reply("ana", 7)))
    assert (found.asked, found.answered) == (2, 1)


def test_two_messages_of_one_person_are_one_case(fill):
    again = ask("ana", minute=60, native_id="q-ana-2", thread="q-ana", reply_to="q-ana")
    found = of_shop(fill(ask("ana"), again, reply("ana", 90)))
    assert (found.asked, found.answered) == (1, 1)
    assert found.waiting.median.value == 90


def test_a_mention_and_a_reply_to_our_post_address_us_too(fill):
    ours = {
        "native_id": "p1",
        "author_handle": "Shop",
        "author_id": "Shop",
        "voice": "owned",
        "text": "新店开张",
    }
    found = of_shop(
        fill(
            ours,
            ask("ana", to=None, text="@Shop are you open?"),
            ask("bo", to=None, thread=None, reply_to="p1"),
            ask("chi", to=None, text="someone else"),
            reply("ana", 5),
        )
    )
    assert found.asked == 2


def test_a_day_without_a_time_counts_but_has_no_minutes(fill):
    found = of_shop(fill(ask("ana", date_only=True), reply("ana", 5)))
    assert (found.asked, found.answered) == (1, 1)
    assert found.waiting is None


@pytest.mark.parametrize("minutes", [0, 10_000])
def test_nobody_is_answered_before_they_asked(fill, minutes):
    early = reply("ana", -30)
    found = of_shop(fill(ask("ana"), early, reply("bo", 1)), after_minutes=minutes)
    assert found.answered == 0


def test_other_peoples_chatter_hides_neither_a_question_nor_the_own_posts(fill, monkeypatch):
    monkeypatch.setattr("outlisten.insights.mirror.talk.READ", 5)
    chatter = [
        {"text": "今天天气不错", "author_id": f"c{n}", "voice": "earned", "native_id": f"c{n}",
         "created_at": DAY0 + timedelta(days=2, minutes=n)}
        for n in range(20)
    ]  # fmt: skip
    mention = {**ask("明", 5), "to": None, "text": "@Shop 还在排队"}
    store = fill(ask("ana"), reply("ana", 10), mention, *chatter)
    found = read_talk(store, read_side(store, WRITTEN), ASKED, {"shop"}).of(frozenset({"shop"}))
    assert found.written.height == 1
    assert found.asked["author_handle"].to_list() == ["ana", "明"]
    assert not found.cut


def test_where_own_posts_were_cut_the_questions_before_are_left_out_and_it_is_said(fill, monkeypatch):
    monkeypatch.setattr("outlisten.insights.mirror.talk.READ", 2)
    found = of_shop(fill(ask("ana"), reply("ana", 10), ask("bo", 20), reply("bo", 30), reply("明", 40)))
    assert (found.asked, found.cut) == (0, True)
