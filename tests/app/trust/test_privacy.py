"""One author everywhere: found, taken along, erased for good, and not collected again."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pyarrow as pa
import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from outlisten.app.care.models import Rule
from outlisten.app.decisions.models import Claim
from outlisten.app.listening.imports import worker
from outlisten.app.listening.models import Brand, Campaign, ImportRun, Topic
from outlisten.app.listening.store import pipeline
from outlisten.app.people.models import Account, Department
from outlisten.app.people.rules import Refused
from outlisten.app.trust.models import AuditRow, PrivacyRequest, RefusedAuthor
from outlisten.app.trust.persons import Person
from outlisten.app.trust.privacy import erasing, refusals, rejected_rows
from outlisten.app.trust.privacy.erasing import erase, finish_what_a_crash_left
from outlisten.app.trust.privacy.finding import Author, author_of, find, person
from outlisten.app.trust.privacy.holdings import Holdings
from outlisten.app.trust.privacy.packages import package
from outlisten.app.trust.privacy.receipts import receipt, unchanged
from outlisten.app.trust.verification import verify
from outlisten.posts import PostStore

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 1)
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


THEM = Person("weibo", "xiaohong", "77", "小红")
TOLD = (
    ({"platform": "weibo", "author_id": "77", "author_handle": "a_third_name"}, True),
    ({"platform": "weibo", "author_handle": "XiaoHong"}, True),
    ({"platform": "weibo", "author_id": "88", "author_handle": "xiaohong"}, False),  # took the handle over
    ({"platform": "x", "author_handle": "xiaohong"}, False),
    ({"platform": "weibo", "author": "小红"}, False),  # a name alone is many people
    ({"platform": "weibo", "author_handle": "xiaoming", "author_id": "88"}, False),
)


def rejected_file(*rows: dict[str, object]) -> Path:
    folder = Path(settings.HOME.rejected)
    folder.mkdir(parents=True)
    file = folder / "import-1.jsonl"
    file.write_text("".join(json.dumps({"line": n, **row}) + "\n" for n, row in enumerate(rows)), "ascii")
    return file


def lines(file: Path) -> list[int]:
    return [json.loads(line)["line"] for line in file.read_text("ascii").splitlines()]


def test_of_rejected_rows_a_person_gets_and_loses_their_own_alone(db: None) -> None:
    record = "77,xiaohong,早该修了"  # in every row, as an answer to them or as likes
    file = rejected_file(*({"reason": "no date", "record": record, "told": told} for told, _theirs in TOLD))
    assert [held["line"] for held in rejected_rows.held(THEM)] == [
        n for n, (_, theirs) in enumerate(TOLD) if theirs
    ]
    assert rejected_rows.erase(THEM) == 2
    assert lines(file) == [n for n, (_, theirs) in enumerate(TOLD) if not theirs]


def test_a_row_that_tells_no_author_is_given_to_nobody_and_erased_for_who_it_names(db: None) -> None:
    file = rejected_file(*({"reason": "broken", "record": record} for record, _theirs in RECORDS))
    assert rejected_rows.held(THEM) == []
    assert rejected_rows.erase(THEM) == 4
    assert lines(file) == [4, 5, 6]


def test_a_preview_loses_theirs_alone(db: None) -> None:
    samples = [{"author_handle": "xiaohong"}, {"author_handle": "xiaoming", "text": "@xiaohong"}]
    run = ImportRun.objects.create(file_name="talk.csv", plan={"sample": samples})
    assert rejected_rows.held(THEM) == [{"import": run.pk, "sample": samples[0]}]
    assert rejected_rows.erase(THEM) == 1
    run.refresh_from_db()
    assert run.plan["sample"] == samples[1:]


FILE = """id,date,platform,handle,text
1,2026-03-01,weibo,xiaoming,好的
2,soon,weibo,xiaohong,我的电话是秘密
3,1803-03-01,weibo,xiaohong,门牌号是秘密
4,2026-03-01,weibo,xiaohong,逗号,没有引号，是秘密
5,soon,weibo,xiaoming,xiaohong
""" + "".join(f"{n},2026-03-0{n - 5},weibo,xiaoming,又来了\n" for n in range(6, 12))


def import_by_page(client: Client, content: str = FILE) -> ImportRun:
    client.post("/import/", {"file": SimpleUploadedFile("talk.csv", content.encode())})
    run = ImportRun.objects.latest("id")
    worker.work_off()
    client.post(f"/import/{run.pk}/start")
    worker.work_off()
    run.refresh_from_db()
    return run


def test_rejected_rows_of_a_file_know_whose_they_are(
    filled: PostStore, browser: Callable[..., Client]
) -> None:
    run = import_by_page(browser())
    assert run.report["rejected"] == 4
    mine = rejected_rows.held(Person("weibo", "xiaoming", None, None))
    assert [held["line"] for held in mine if "line" in held] == [6]
    theirs = rejected_rows.held(Person("weibo", "xiaohong", None, None))
    assert [held["line"] for held in theirs if "line" in held] == [3, 4]


def test_no_file_and_no_preview_keeps_a_word_of_who_is_not_collected(
    filled: PostStore, browser: Callable[..., Client]
) -> None:
    client = browser()
    erase(person(author(Account.objects.get()).account), typed="xiaohong", by=Account.objects.get())
    run = import_by_page(client)
    kept = [json.loads(line) for line in Path(run.rejected_file).read_text("ascii").splitlines()]
    assert [row["line"] for row in kept] == [3, 4, 5, 6]
    assert not [
        row for row in kept if "秘密" in row["record"] or row["told"].get("author_handle") == "xiaohong"
    ]
    assert kept[-1]["told"]["author_handle"] == "xiaoming"  # who only answers them keeps the row
    assert "xiaohong" in kept[-1]["record"]
    sample = json.dumps(run.plan["sample"], ensure_ascii=False)
    assert "秘密" not in sample
    assert "好的" in sample
    assert "秘密" not in everything_in_the_database()


def test_a_refused_author_is_said_in_the_preview(filled: PostStore, browser: Callable[..., Client]) -> None:
    client = browser()
    erase(person(author(Account.objects.get()).account), typed="xiaohong", by=Account.objects.get())
    text = "id,date,platform,handle,text\n1,2026-03-01,weibo,xiaohong,这是秘密\n"
    run = import_by_page(client, text)
    assert [list(post) for post in run.plan["sample"]] == [["text"]]
    assert "asked not to be collected" in run.plan["sample"][0]["text"]


def test_two_who_finish_an_erasure_write_it_down_once(
    filled: PostStore, owner: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "finish", lambda request, **_by: request)
    begun = erase(person(author(owner).account), typed="xiaohong", by=owner)
    monkeypatch.undo()
    erasing.finish(PrivacyRequest.objects.get())
    done = erasing.finish(begun)  # the sweep of another process was faster
    assert AuditRow.objects.filter(act="person.erase").count() == 1
    assert (done.counts["posts"], unchanged(done)) == (2, True)


def test_an_erasure_that_fails_leaves_the_files_as_they_were(
    filled: PostStore, owner: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = rejected_file({"reason": "no date", "record": "x", "told": TOLD[0][0]})
    who = person(author(owner).account)

    def fails(*_given: object) -> None:
        raise OSError("disk")

    monkeypatch.setattr(refusals, "remember", fails)
    with pytest.raises(OSError, match="disk"):
        erase(who, typed="xiaohong", by=owner)
    assert lines(file) == [0]
    assert not PrivacyRequest.objects.exists()


def claim(**fields: object) -> Claim:
    given = {
        "text": "小红会带来一百条帖子",
        "promised_by": "小红",
        "metric": "posts",
        "subject": "brand-1",
        "size": 0.2,
    }
    return Claim.objects.create(**{**given, "start": DAY, "until": DAY, **fields})


def test_words_of_ours_that_name_them_are_told_with_their_pages(
    filled: PostStore, owner: Account, browser: Callable[..., Client]
) -> None:
    Brand.objects.create(name="Axi", side="own", query="axi OR @xiaohong")
    Brand.objects.create(
        name="小红书", side="competitor", query="xiaohongshu"
    )  # holds neither name as a word
    Topic.objects.create(name="红人", query="xiaohong")
    Campaign.objects.create(name="五月", query="#五月", note="和 xiaohong 一起")
    Rule.objects.create(department=Department.objects.first(), name="Refunds", query="author:xiaohong")
    frozen = claim(frozen_at=datetime(2026, 5, 1, tzinfo=UTC), digest="0" * 64)
    who = Person("weibo", "xiaohong", "77", None)
    assert [place.title for place in Holdings(who).still_named] == [
        "brand “Axi”", "topic “红人”", "campaign “五月”", "rule of care “Refunds”"
    ]  # fmt: skip
    address = f"/trust/privacy/people/{author(owner).token}"
    page = browser("admin").get(address).content.decode()
    assert f'href="/decisions/claims/{frozen.pk}"' in page
    assert 'href="/care/rules/' in page


def test_a_claim_that_is_not_frozen_loses_who_promised_it(filled: PostStore, owner: Account) -> None:
    draft, frozen = claim(), claim(frozen_at=datetime(2026, 5, 1, tzinfo=UTC), digest="0" * 64)
    erase(person(author(owner).account), typed="xiaohong", by=owner)
    draft.refresh_from_db()
    frozen.refresh_from_db()
    assert (draft.promised_by, "小红" in draft.text) == ("[…]", False)
    assert frozen.promised_by == "小红"
