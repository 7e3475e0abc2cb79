from __future__ import annotations

import json

import pytest

from outlisten.app.decisions.actions import decisions as actions
from outlisten.app.decisions.models import Insight
from outlisten.app.decisions.personal_data import erase, held
from outlisten.app.trust.persons import Person

pytestmark = pytest.mark.usefixtures("archive")


@pytest.fixture
def aming(posts):
    """The author of the Chinese post about the queue, with that post's number."""
    post = next(p for p in posts.search(None, limit=20).posts.to_pylist() if p["author"] == "阿明")
    return Person("weibo", handle="aming_88", name="阿明", post_ids=frozenset({post["id"]}))


def test_pins_and_quotations_of_a_person_are_found_for_the_export(aming, insight, decision):
    [post] = aming.post_ids
    insight(kind="post", post_id=post, sentence="", title="等位", note="看原文")
    insight(title="Someone else", query="author:aming_88")
    decision("修好叫号", why="他说“排队两个小时，叫号系统又坏了”", insights=[])
    found = json.loads(json.dumps(held(aming)))
    assert [sorted(thing) for thing in found] == [
        ["insight", "note", "post", "title"], ["insight", "query"], ["decision", "field", "text"]
    ]  # fmt: skip


def test_erasure_blanks_what_quotes_them_and_nothing_else(aming, account, insight, decision):
    [post] = aming.post_ids
    pin = insight(kind="post", post_id=post, sentence="", title="等位", note="看原文")
    other = insight(title="Queues", note="Everybody waits", query="queue")
    made = decision("修好叫号", why="阿明说“排队两个小时，叫号系统又坏了”。要修。", insights=[pin, other])
    made.why += "马上。"
    actions.change(made, [pin, other], seen=made.changes.first().pk, by=account("lead"))
    assert erase(aming) > 0
    made.refresh_from_db()
    assert "叫号系统又坏了" not in made.why
    assert made.why.endswith("要修。马上。")
    for change in made.changes.all():
        assert "叫号系统又坏了" not in json.dumps([change.before, change.after], ensure_ascii=False)
        assert "阿明" not in json.dumps([change.before, change.after], ensure_ascii=False)
    pin.refresh_from_db()
    assert pin.note == ""
    assert Insight.objects.get(pk=other.pk).note == "Everybody waits"
    assert made.insights.count() == 2


def test_erasing_again_touches_nothing(aming, insight):
    [post] = aming.post_ids
    insight(kind="post", post_id=post, sentence="", note="看原文")
    assert erase(aming) == 1
    assert erase(aming) == 0
    assert held(Person("weibo", handle="nobody_here")) == []
