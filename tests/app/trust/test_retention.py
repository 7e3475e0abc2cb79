"""Posts go when they are older than promised: the narrowest rule counts, a legal hold keeps, drafts do nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from outlisten.app.care.models import Case, CasePost
from outlisten.app.listening.models import Workspace
from outlisten.app.people.models import Account, Department
from outlisten.app.people.rules import Refused
from outlisten.app.trust.models import AuditRow, RetentionRule
from outlisten.app.trust.retention import actions
from outlisten.app.trust.retention.ages import ages
from outlisten.app.trust.retention.sweep import run, sweep_when_due
from outlisten.posts import PostStore
from outlisten.posts.store import Erasure

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 1, tzinfo=UTC)
AGES = {
    "weibo-old": ("weibo", 900, {}), "weibo-new": ("weibo", 10, {}), "x-old": ("x", 900, {}),
    "x-file": ("x", 900, {"source": "旧文件.csv"}), "message": ("weibo", 200, {"type": "message"}),
    "newest": ("x", 0, {}),
}  # fmt: skip


@pytest.fixture
def owner(account: Callable[..., Account]) -> Account:
    return account()


@pytest.fixture
def filled(pages_store: PostStore, make_posts: Callable[..., pa.Table]) -> PostStore:
    Workspace.objects.update_or_create(pk=1, defaults={"as_of": Workspace.AsOf.NEWEST})
    pages_store.add(make_posts(*(
        {"native_id": name, "text": name, "platform": platform, "created_at": NOW - timedelta(days=days), **more}
        for name, (platform, days, more) in AGES.items()
    )))  # fmt: skip
    return pages_store


def rule(
    owner: Account, covers: str, name: str = "", days: int | None = None, *, on: bool = True
) -> RetentionRule:
    made = actions.draft(RetentionRule(covers=covers, name=name, days=days), by=owner)
    if on:
        actions.switch(made, True, by=owner)
    return made


def left(store: PostStore) -> set[str]:
    return {post["native_id"] for post in store.search(None).posts.to_pylist()}


def test_a_draft_shows_what_it_would_remove_and_removes_nothing(filled: PostStore, owner: Account) -> None:
    rule(owner, "all", days=400, on=False)
    found = ages(by=owner)[0]
    assert (found.posts, found.overdue, found.overdue_oldest) == (6, 3, NOW - timedelta(days=900))
    assert run(by=owner) == []
    assert left(filled) == set(AGES)


@pytest.mark.parametrize(
    ("rules", "gone"),
    [
        ([("all", "", 400)], {"weibo-old", "x-old", "x-file"}),
        ([("platform", "weibo", 400)], {"weibo-old"}),
        ([("all", "", 400), ("platform", "x", None)], {"weibo-old"}),
        ([("all", "", 400), ("source", "旧文件.csv", None)], {"weibo-old", "x-old"}),
        ([("all", "", 400), ("messages", "", 90)], {"weibo-old", "x-old", "x-file", "message"}),
        ([("platform", "weibo", 5), ("messages", "", 365)], {"weibo-old", "weibo-new"}),
        ([("source", "no such file", 1)], set()),
    ],
)
def test_the_narrowest_rule_counts(
    filled: PostStore, owner: Account, rules: list[tuple], gone: set[str]
) -> None:
    for covers, name, days in rules:
        rule(owner, covers, name, days)
    run(by=owner)
    assert set(AGES) - left(filled) == gone


def test_a_legal_hold_keeps_what_it_covers_whatever_other_rules_say(
    filled: PostStore, owner: Account
) -> None:
    rule(owner, "source", "旧文件.csv", 30)
    rule(owner, "all", days=400)
    held = rule(owner, "platform", "x", 5, on=False)
    actions.hold(held, "诉讼 2026-17", by=owner)
    run(by=owner)
    assert set(AGES) - left(filled) == {"weibo-old"}
    actions.hold(held, "", by=owner)
    held.refresh_from_db()
    assert not held.on


def held_rule(owner: Account) -> RetentionRule:
    held = rule(owner, "platform", "x", 5)
    actions.hold(held, "诉讼 2026-17", by=owner)
    return held


@pytest.mark.parametrize(
    "lifting", ["switch off", "switch on", "remove", "change the days", "name another platform"]
)
def test_only_ending_a_legal_hold_lifts_it(filled: PostStore, owner: Account, lifting: str) -> None:
    rule(owner, "all", days=400)
    held = held_rule(owner)
    stale = RetentionRule.objects.get(pk=held.pk)
    stale.hold = ""  # as somebody's page showed it before the hold
    with pytest.raises(ValidationError, match="hold"):
        {
            "switch off": lambda: actions.switch(stale, False, by=owner),
            "switch on": lambda: actions.switch(stale, True, by=owner),
            "remove": lambda: actions.remove(stale, by=owner),
            "change the days": lambda: actions.draft(changed(stale, days=1), by=owner),
            "name another platform": lambda: actions.draft(changed(stale, name="weibo"), by=owner),
        }[lifting]()
    run(by=owner)
    assert {"x-old", "x-file"} <= left(filled)


def test_a_hold_counts_whether_its_rule_is_in_force_or_not(filled: PostStore, owner: Account) -> None:
    rule(owner, "all", days=400)
    held_rule(owner)
    RetentionRule.objects.exclude(hold="").update(on=False)
    run(by=owner)
    assert {"x-old", "x-file"} <= left(filled)


def changed(kept: RetentionRule, **fields: object) -> RetentionRule:
    for name, value in fields.items():
        setattr(kept, name, value)
    return kept


def test_a_rule_in_force_is_not_changed(filled: PostStore, owner: Account) -> None:
    kept = rule(owner, "platform", "weibo", 400)
    with pytest.raises(ValidationError, match="in force"):
        actions.draft(changed(kept, days=1), by=owner)
    assert RetentionRule.objects.get().days == 400
    actions.switch(kept, False, by=owner)
    assert actions.draft(changed(kept, days=1), by=owner).on is False


@pytest.mark.parametrize("ending", ["switch off", "remove", "end the hold"])
def test_posts_that_fall_to_a_wider_rule_wait_a_day_again(
    filled: PostStore, owner: Account, ending: str
) -> None:
    narrow = rule(owner, "source", "旧文件.csv", 2_000)
    if ending == "end the hold":
        actions.hold(narrow, "court order", by=owner)
    rule(owner, "all", days=400)
    yesterday()
    {
        "switch off": lambda: actions.switch(narrow, False, by=owner),
        "remove": lambda: actions.remove(narrow, by=owner),
        "end the hold": lambda: actions.hold(narrow, "", by=owner),
    }[ending]()
    assert sweep_when_due() == 0
    yesterday()
    assert sweep_when_due() == 3


def yesterday() -> None:
    RetentionRule.objects.filter(on=True).update(swept_at=timezone.now() - timedelta(days=2))


def test_posts_of_an_open_case_stay_until_it_is_solved(filled: PostStore, owner: Account) -> None:
    post = next(post for post in filled.search(None).posts.to_pylist() if post["native_id"] == "weibo-old")
    case = Case.objects.create(
        department=Department.objects.first(), platform="weibo", conversation="c", customer="c", need="help",
        clock_from="post", opened_at=NOW, waits_since=NOW,
    )  # fmt: skip
    CasePost.objects.create(case=case, post=post["id"], joined_at=NOW)
    rule(owner, "all", days=400)
    assert ages(by=owner)[0].overdue == 2
    run(by=owner)
    assert "weibo-old" in left(filled)
    Case.objects.update(state=Case.State.SOLVED, solved_at=NOW)
    run(by=owner)
    assert "weibo-old" not in left(filled)


def test_a_hold_over_everything_stops_every_sweep(filled: PostStore, owner: Account) -> None:
    rule(owner, "platform", "weibo", 1)
    actions.hold(rule(owner, "all", on=False), "court order", by=owner)
    assert run(by=owner) == []
    assert left(filled) == set(AGES)


def test_posts_go_in_bounded_lots_each_written_down(
    filled: PostStore, owner: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("outlisten.app.trust.retention.sweep.POSTS_AT_ONCE", 2)
    rule(owner, "all", days=400)
    assert [swept.posts for swept in run(by=owner)] == [3]
    rows = AuditRow.objects.filter(act="retention.sweep").order_by("number")
    assert [row.details["posts"] for row in rows] == [2, 1]
    assert RetentionRule.objects.get().swept_posts == 3
    assert ages(by=owner)[0].overdue == 0


def test_the_server_sweeps_once_a_day(filled: PostStore, owner: Account) -> None:
    kept = rule(owner, "platform", "weibo", 400)
    assert sweep_when_due() == 0  # a day to think again
    RetentionRule.objects.update(swept_at=timezone.now() - timedelta(days=2))
    assert sweep_when_due() == 1
    RetentionRule.objects.filter(pk=kept.pk).update(days=5)
    assert sweep_when_due() == 0
    RetentionRule.objects.update(swept_at=timezone.now() - timedelta(days=2))
    assert sweep_when_due() == 2


def test_a_rule_switched_on_today_waits_while_another_is_due(filled: PostStore, owner: Account) -> None:
    rule(owner, "platform", "weibo", 400)
    yesterday()
    rule(owner, "platform", "x", 400)
    assert sweep_when_due() == 1
    assert {"x-old", "x-file"} <= left(filled)


def test_a_hold_that_is_put_during_a_sweep_stops_it(
    filled: PostStore, owner: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("outlisten.app.trust.retention.sweep.POSTS_AT_ONCE", 1)
    kept = rule(owner, "all", days=400)
    publish = "outlisten.app.trust.retention.sweep.publish"
    monkeypatch.setattr(publish, lambda *_said: actions.hold(kept, "court order", by=owner))
    assert [swept.posts for swept in run(by=owner)] == [1]
    assert len(left(filled)) == len(AGES) - 1


def test_a_sweep_ends_when_the_store_removes_nothing(
    filled: PostStore, owner: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule(owner, "all", days=400)
    monkeypatch.setattr(type(filled), "erase", lambda _store, **_asked: Erasure(0, (), True))
    assert [swept.posts for swept in run(by=owner)] == [0]


def test_what_a_rule_needs_is_asked_for(owner: Account) -> None:
    for wrong in ({"covers": "platform", "days": 3}, {"covers": "all", "days": 0}):
        with pytest.raises(ValidationError):
            actions.draft(RetentionRule(**wrong), by=owner)
    rule(owner, "all", days=10)
    with pytest.raises(ValidationError):
        rule(owner, "all", days=20)


@pytest.mark.parametrize("role", ["lead", "responder", "analyst", "viewer", "agency"])
def test_only_who_may_sets_retention(account: Callable[..., Account], role: str) -> None:
    with pytest.raises(Refused):
        actions.draft(RetentionRule(covers="all", days=9), by=account(role))
    with pytest.raises(Refused):
        run(by=Account.objects.get(role=role))
