"""One author everywhere: found, taken along, erased for good, and not collected again."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pyarrow as pa
import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection

from outlisten.app.listening.models import ImportRun
from outlisten.app.listening.store import pipeline
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Refused
from outlisten.app.trust.models import AuditRow, PrivacyRequest, RefusedAuthor
from outlisten.app.trust.persons import Person
from outlisten.app.trust.privacy import erasing, rejected_rows
from outlisten.app.trust.privacy.erasing import erase, finish_what_a_crash_left
from outlisten.app.trust.privacy.finding import Author, author_of, find, person
from outlisten.app.trust.privacy.holdings import Holdings
from outlisten.app.trust.privacy.packages import package
from outlisten.app.trust.privacy.receipts import receipt, unchanged
from outlisten.app.trust.verification import verify
from outlisten.posts import PostStore

pytestmark = pytest.mark.django_db
POSTS = (
    {"native_id": "1", "platform": "weibo", "author": "小红", "author_handle": "xiaohong", "author_id": "77",
     "text": "客服一直不回我的消息", "url": "https://weibo.example/1", "raw": '{"uid": 77}'},
    {"native_id": "2", "platform": "weibo", "author": "红红", "author_handle": "honghong", "author_id": "77",
     "text": "改了名字，还是没人回"},
    {"native_id": "3", "platform": "weibo", "author": "小明", "author_handle": "xiaoming", "author_id": "88",
     "text": "@xiaohong 我也是"},
    {"native_id": "4", "platform": "x", "author": "Red", "author_handle": "xiaohong", "text": "somebody else"},
)  # fmt: skip


@pytest.fixture
def owner(account: Callable[..., Account]) -> Account:
    return account()


@pytest.fixture
def filled(pages_store: PostStore) -> PostStore:
    pipeline().ingest(pa.Table.from_pylist([dict(post) for post in POSTS]))
    return pages_store


def author(owner: Account) -> Author:
    return find("小红", "weibo", by=owner)[0]


def everything_in_the_database() -> str:
    """Every value of every table, as text."""
    with connection.cursor() as cursor:
        said = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            said += [repr(row) for row in cursor.fetchall()]
    return "\n".join(said)


@pytest.mark.parametrize("said", ["@XiaoHong", "小红", "77", "https://weibo.example/1", "红红"])
def test_an_author_is_found_by_handle_name_id_or_link(filled: PostStore, owner: Account, said: str) -> None:
    found = find(said, "weibo", by=owner)
    assert [(one.account.author_id, one.posts) for one in found] == [("77", 2)]
    assert author_of(found[0].token).posts == 2


def test_the_same_handle_elsewhere_is_somebody_else(filled: PostStore, owner: Account) -> None:
    assert [one.account.platform for one in find("xiaohong", by=owner)] == ["weibo", "x"]


def test_looking_for_somebody_is_written_down_without_the_name(filled: PostStore, owner: Account) -> None:
    find("小红", by=owner)
    row = AuditRow.objects.get(act="person.find")
    assert row.details == {"found": 1}
    assert "小红" not in everything_in_the_database()


def test_only_who_answers_privacy_requests_may_look(
    filled: PostStore, account: Callable[..., Account]
) -> None:
    for role in ("lead", "responder", "analyst", "viewer", "agency"):
        with pytest.raises(Refused):
            find("小红", by=account(role))


def test_what_is_held_is_told_with_what_only_mentions_them(filled: PostStore, owner: Account) -> None:
    held = Holdings(person(author(owner).account))
    assert held.counts["posts"] == 2
    assert {post["native_id"] for post in held.newest} == {"1", "2"}
    assert held.mentions == 1


def test_the_package_holds_the_posts_as_they_came_and_a_manifest(filled: PostStore, owner: Account) -> None:
    request, file = package(person(author(owner).account), by=owner)
    with ZipFile(BytesIO(file.read())) as archive:
        posts = [json.loads(line) for line in archive.read("posts.jsonl").decode().splitlines()]
        manifest = json.loads(archive.read("manifest.json"))
        assert "你的帖子" in archive.read("README.txt").decode()
    assert [post.get("raw") for post in posts if post["native_id"] == "1"] == ['{"uid": 77}']
    assert manifest["request"] == request.pk
    assert {"file": "posts.jsonl", "count": 2}.items() <= manifest["files"][0].items()
    assert AuditRow.objects.filter(act="person.export", about=f"request:{request.pk}").exists()


def test_the_name_must_be_typed(filled: PostStore, owner: Account) -> None:
    with pytest.raises(ValidationError):
        erase(person(author(owner).account), typed="xiaoming", by=owner)
    assert filled.count(None).value == 4
    assert not PrivacyRequest.objects.exists()


def test_erasing_removes_their_posts_and_nobody_elses(filled: PostStore, owner: Account) -> None:
    request = erase(person(author(owner).account), typed="@XIAOHONG", by=owner)
    assert request.counts["posts"] == 2
    assert {post["native_id"] for post in filled.search(None).posts.to_pylist()} == {"3", "4"}
    assert find("小红", by=owner) == []


def test_nothing_readable_of_them_stays_in_the_database(filled: PostStore, owner: Account) -> None:
    erase(person(author(owner).account), typed="xiaohong", by=owner)
    kept = everything_in_the_database()
    assert not [word for word in ("小红", "红红", "xiaohong", "honghong", "客服一直") if word in kept]


def test_the_audit_log_still_verifies_after_an_erasure(
    filled: PostStore, owner: Account, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        erase(person(author(owner).account), typed="xiaohong", by=owner)
    row = AuditRow.objects.get(act="person.erase")
    assert row.details["posts"] == 2
    assert row.details["person"].startswith("person:")
    assert verify().problem is None


@pytest.mark.parametrize(
    ("again", "kept"),
    [
        ({"author_id": "77", "author_handle": "a_third_name"}, False),
        ({"author_handle": "XiaoHong"}, False),
        ({"author_id": "99", "author_handle": "xiaohong"}, True),  # another account took the handle over
        ({"author_handle": "xiaoming", "author_id": "88"}, True),
        ({"platform": "x", "author_handle": "xiaohong"}, True),
        ({"author": "小红"}, True),  # a name alone is many people
    ],
)
def test_they_are_not_collected_again(
    filled: PostStore, owner: Account, again: dict[str, str], kept: bool
) -> None:
    erase(person(author(owner).account), typed="xiaohong", by=owner)
    result = pipeline().ingest(
        pa.Table.from_pylist([{"platform": "weibo", "native_id": "9", "text": "又来了", **again}])
    )
    assert (result.added, len(result.refused)) == ((1, 0) if kept else (0, 1))


def test_what_a_crash_left_is_finished(
    filled: PostStore, owner: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = person(author(owner).account)
    monkeypatch.setattr(erasing, "finish", lambda request, **_by: request)
    erase(who, typed="xiaohong", by=owner)
    assert filled.count(None).value == 4
    assert RefusedAuthor.objects.exists()
    monkeypatch.undo()
    assert finish_what_a_crash_left() == 1
    assert filled.count(None).value == 2
    assert (PrivacyRequest.objects.get().left, finish_what_a_crash_left()) == ([], 0)


def test_the_receipt_names_nobody_and_shows_when_it_was_changed(filled: PostStore, owner: Account) -> None:
    request = erase(person(author(owner).account), typed="xiaohong", by=owner)
    said = json.dumps(receipt(request), ensure_ascii=False)
    assert "xiaohong" not in said
    assert receipt(request)["removed"]["posts"] == 2
    request = PrivacyRequest.objects.get()
    assert unchanged(request)
    request.counts["posts"] = 1
    assert not unchanged(request)


RECORDS = (
    ("id,xiaohong,早该修了", True),
    ('{"user": {"screen_name": "XiaoHong"}, "text": "x"}', True),
    ('"a ""quoted"" cell";@xiaohong;x', True),
    ("77\tsome text", True),
    ("xiaohongshu,别的平台", False),
    ("nobody here", False),
    ("", False),
)


@pytest.mark.parametrize(("record", "theirs"), RECORDS)
def test_a_rejected_row_is_theirs_by_a_whole_value_only(record: str, theirs: bool) -> None:
    assert rejected_rows.names(record, Person("weibo", "xiaohong", "77", "小红")) is theirs


def test_rejected_rows_and_previews_lose_theirs_alone(db: None) -> None:
    folder = Path(settings.HOME.rejected)
    folder.mkdir(parents=True)
    file = folder / "import-1.jsonl"
    rows = [{"line": n, "reason": "no date", "record": record} for n, (record, _theirs) in enumerate(RECORDS)]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "ascii")
    run = ImportRun.objects.create(
        file_name="talk.csv", plan={"sample": [{"author_handle": "xiaohong"}, {"author_handle": "xiaoming"}]}
    )
    who = Person("weibo", "xiaohong", "77", "小红")
    assert len(rejected_rows.held(who)) == 5
    assert rejected_rows.erase(who) == 5
    assert [json.loads(line)["line"] for line in file.read_text("ascii").splitlines()] == [4, 5, 6]
    run.refresh_from_db()
    assert run.plan["sample"] == [{"author_handle": "xiaoming"}]
