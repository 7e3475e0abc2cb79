"""What goes with a post that is older than promised: every word and name that the rooms and files keep of it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from outlisten.app.care.models import Answer, Case, CasePost, Draft, Entry, Promise
from outlisten.app.decisions.models import Insight
from outlisten.app.listening.models import DeclaredAccount, ImportRun, PostTag, VoiceCorrection, Workspace
from outlisten.app.people.models import Account, Department
from outlisten.app.trust.models import JudgedPost, RetentionRule
from outlisten.app.trust.retention import actions
from outlisten.app.trust.retention.sweep import run
from outlisten.posts import PostStore

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 1, tzinfo=UTC)
WORDS = ("小红", "排队两小时才轮到我", "waited for hours")


@pytest.fixture
def owner(account: Callable[..., Account]) -> Account:
    return account()


@pytest.fixture
def post(pages_store: PostStore, make_posts: Callable[..., pa.Table]) -> str:
    """The id of the older of two posts."""
    Workspace.objects.update_or_create(pk=1, defaults={"as_of": Workspace.AsOf.NEWEST})
    pages_store.add(make_posts(
        {"native_id": "1", "platform": "weibo", "author": "小红", "text": "排队两小时才轮到我",
         "created_at": NOW - timedelta(days=900)},
        {"native_id": "2", "platform": "weibo", "author": "小明", "text": "很快", "created_at": NOW},
    ))  # fmt: skip
    return next(
        str(one["id"]) for one in pages_store.search(None).posts.to_pylist() if one["native_id"] == "1"
    )


def case_of(*posts: str) -> Case:
    made = Case.objects.create(
        department=Department.objects.first(), platform="weibo", conversation="c", customer="k", need="asks",
        customer_name="小红", opening_words="排队两小时", clock_from="post", opened_at=NOW, waits_since=NOW,
        state=Case.State.SOLVED, solved_at=NOW,
    )  # fmt: skip
    for post in posts:
        CasePost.objects.create(case=made, post=post, joined_at=NOW)
    return made


def everything_in_the_database() -> str:
    with connection.cursor() as cursor:
        said = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            said += [repr(row) for row in cursor.fetchall()]
    return "\n".join(said)


def remove_after(days: int, owner: Account, covers: str = "all", name: str = "") -> RetentionRule:
    rule = actions.draft(RetentionRule(covers=covers, name=name, days=days), by=owner)
    actions.switch(rule, True, by=owner)
    run(by=owner)
    return rule


def test_no_word_or_name_of_a_removed_post_stays_in_any_room(post: str, owner: Account) -> None:
    made = case_of(post)
    Answer.objects.create(
        case=made, by=owner, name="Lin", employee=True, text="小红，抱歉", post=post, way="by_hand", at=NOW
    )
    Entry.objects.create(case=made, kind="noted", at=NOW, by=owner, text="小红又问了")
    Promise.objects.create(case=made, text="给小红回电", due_on=NOW.date(), by=owner, made_at=NOW)
    Draft.objects.create(post=post, by=owner, text="小红您好", changed_at=NOW)
    PostTag.objects.create(post_id=post, tag="小红")
    VoiceCorrection.objects.create(post_id=post, voice="earned", reason="小红是顾客")
    declared = DeclaredAccount.objects.create(platform="x", account="anna", folded="anna", voice="paid")
    JudgedPost.objects.create(
        post_id=post, account=declared, relation="paid", outcome="disclosed", reason="early", fingerprint="0",
        judged_at=NOW, note="waited for hours, says 小红",
    )  # fmt: skip
    Insight.objects.create(
        kind="post",
        post_id=post,
        title="“排队两小时才轮到我”",
        sentence="排队两小时才轮到我",
        note="小红说的",
        as_of=NOW.date(),
    )
    remove_after(400, owner)
    kept = everything_in_the_database()
    assert not [word for word in WORDS if word in kept]
    assert Case.objects.get().opened_at == Case.objects.get().solved_at == NOW  # its times stay
    assert JudgedPost.objects.count() == Insight.objects.count() == Answer.objects.count() == 1


def test_a_case_keeps_its_name_while_a_post_of_it_is_kept(
    post: str, pages_store: PostStore, owner: Account
) -> None:
    newer = next(
        str(one["id"]) for one in pages_store.search(None).posts.to_pylist() if one["native_id"] == "2"
    )
    case_of(post, newer)
    remove_after(400, owner)
    made = Case.objects.get()
    assert (made.customer_name, made.opening_words) == ("小红", "")
    assert [one.post for one in made.posts.all()] == [newer]


ROWS = (
    {"platform": "weibo", "source": "a.csv", "type": "post", "author": "小红"},
    {"platform": "x", "source": "b.csv", "type": "post", "author": "Eve"},
)


def rejected(days_ago: int) -> Path:
    folder = Path(settings.HOME.rejected)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "import-1.jsonl"
    rows = [
        {"line": n, "reason": "no date", "record": "waited for hours", "told": told}
        for n, told in enumerate(ROWS)
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "ascii")
    then = (timezone.now() - timedelta(days=days_ago)).timestamp()
    os.utime(file, (then, then))
    run = ImportRun.objects.create(file_name="a.csv", plan={"sample": [dict(told) for told in ROWS]})
    ImportRun.objects.filter(pk=run.pk).update(created_at=timezone.now() - timedelta(days=days_ago))
    return file


@pytest.mark.parametrize(
    ("covers", "name", "days_ago", "left"),
    [
        ("all", "", 500, []), ("all", "", 300, [0, 1]), ("platform", "weibo", 500, [1]), ("source", "b.csv", 500, [0]),
        ("messages", "", 500, [0, 1]),
    ],
)  # fmt: skip
def test_rejected_rows_go_as_many_days_after_their_import(
    post: str, owner: Account, covers: str, name: str, days_ago: int, left: list[int]
) -> None:
    file = rejected(days_ago)
    remove_after(400, owner, covers, name)
    assert [json.loads(line)["line"] for line in file.read_text("ascii").splitlines()] == left
    assert ImportRun.objects.get().plan["sample"] == [dict(ROWS[n]) for n in left]


def test_a_legal_hold_keeps_rejected_rows_too(post: str, owner: Account) -> None:
    held = actions.draft(RetentionRule(covers="platform", name="weibo", days=9), by=owner)
    actions.hold(held, "court order", by=owner)
    file = rejected(500)
    remove_after(400, owner)
    assert [json.loads(line)["line"] for line in file.read_text("ascii").splitlines()] == [0]
