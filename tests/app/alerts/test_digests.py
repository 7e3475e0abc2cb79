"""Digests: due by the clock of the workspace, written once, each sentence with its posts, in their own language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from outlisten.app.alerts.digesting.due import write_due
from outlisten.app.alerts.digesting.rhythm import last_due, next_due
from outlisten.app.alerts.models import Channel, Delivery, Digest, DigestIssue
from outlisten.app.alerts.sending.telling import tell
from outlisten.app.listening.models import Topic
from outlisten.app.people.models import Department

pytestmark = pytest.mark.django_db
SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
Fill = Callable[..., None]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("rhythm", "zone", "after", "due"),
    [
        ("daily", SHANGHAI, "2026-03-02T00:30", "2026-03-03T00:00"),  # 08:30 there: tomorrow at 08:00
        ("daily", SHANGHAI, "2026-03-01T23:59", "2026-03-02T00:00"),
        ("weekly", SHANGHAI, "2026-03-03T05:00", "2026-03-09T00:00"),  # Mondays
        ("daily", BERLIN, "2026-03-28T12:00", "2026-03-29T06:00"),  # summer time begins that night
        ("daily", BERLIN, "2026-10-24T12:00", "2026-10-25T07:00"),  # and ends
    ],
)
def test_an_issue_is_due_at_the_clocks_hour_of_the_zone(rhythm: str, zone: ZoneInfo, after: str, due: str):
    assert next_due(Digest(rhythm=rhythm, hour=8), at(after), zone) == at(due)


def test_of_issues_missed_while_nothing_ran_the_newest_is_written():
    digest = Digest(rhythm="daily", hour=8)
    assert last_due(digest, at("2026-03-09T12:00"), SHANGHAI) == at("2026-03-09T00:00")


@pytest.fixture
def digest(topic: Topic, channel: Channel, now: datetime) -> Callable[..., Digest]:
    """Makes digests that are due."""

    def make(**fields: Any) -> Digest:
        fields = {"name": "门店周报", "next_at": now, "hour": now.hour, "rhythm": "daily", **fields}
        one = Digest.objects.create(**fields)
        one.topics.add(topic)
        one.channels.add(channel)
        return one

    return make


def test_a_digest_is_written_and_sent_once(usual_weeks: Fill, digest: Callable[..., Digest], now: datetime):
    usual_weeks(more=30)
    one = digest()
    assert [write_due(now), write_due(now)] == [1, 0]
    assert [tell(now), tell(now)] == [1, 0]
    one.refresh_from_db()
    assert one.next_at is not None
    assert one.next_at > now
    assert Delivery.objects.get().message["url"].endswith(f"/issues/{DigestIssue.objects.get().pk}")


def test_a_crash_before_the_next_date_is_kept_writes_no_second_issue(
    usual_weeks: Fill, digest: Callable[..., Digest], now: datetime
):
    usual_weeks(more=30)
    digest()
    write_due(now)
    Digest.objects.update(next_at=now)
    write_due(now)
    assert DigestIssue.objects.count() == 1


@pytest.mark.parametrize(
    ("language", "words"), [("en", ["people", "complain", "on X"]), ("zh-hans", ["投诉", "人", "等位太久了"])]
)
def test_each_sentence_of_a_topic_leads_to_its_posts(
    usual_weeks: Fill, digest: Callable[..., Digest], now: datetime, language: str, words: list[str]
):
    usual_weeks(more=30)
    digest(language=language)
    write_due(now)
    (section,) = DigestIssue.objects.get().sections
    text = " ".join(one["text"] for one in section["sentences"])
    assert section["heading"] == "等位"
    assert [word for word in words if word not in text] == []
    assert all(
        one["address"].startswith((reverse("listen") + "?", "/posts/")) for one in section["sentences"]
    )


def test_a_departments_digest_tells_how_many_customers_wait(
    usual_weeks: Fill, digest: Callable[..., Digest], now: datetime
):
    usual_weeks(more=30)
    digest(department=Department.objects.get(key="support"), language="zh-hans")
    write_due(now)
    headings = [section["heading"] for section in DigestIssue.objects.get().sections]
    assert headings == ["等位", "关怀"] or headings[0] == "等位"
    assert len(headings) == 2


def test_a_topic_nobody_wrote_about_says_so(usual_weeks: Fill, digest: Callable[..., Digest], now: datetime):
    usual_weeks()
    one = digest(language="zh-hans")
    one.topics.set([Topic.objects.create(name="火星", query="火星餐厅")])
    write_due(now)
    assert DigestIssue.objects.get().sections[0]["sentences"][0]["text"] == "没有人谈到它。"


def test_private_messages_are_neither_counted_nor_quoted(
    digest: Callable[..., Digest], pages_store: Any, make_posts: Any, now: datetime
):
    post = {
        "native_id": "p",
        "text": "等位时丢了钱包",
        "type": "message",
        "author_id": "u",
        "created_at": now - timedelta(hours=1),
    }
    pages_store.add(make_posts(post))
    digest()
    write_due(now)
    assert "钱包" not in str(DigestIssue.objects.get().sections)
