"""The pages of Trust: who sees them, what they say, what they do."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pyarrow as pa
import pytest
from tests.app.conftest import Browser
from tests.app.trust.conftest import Write, sql

from outlisten.app.listening.store import pipeline
from outlisten.app.people.models import Account
from outlisten.app.trust.measures import age_of_data, audit_verified
from outlisten.app.trust.models import AuditRow, PrivacyRequest, RetentionRule
from outlisten.app.trust.privacy.finding import find
from outlisten.app.trust.verification import check
from outlisten.posts import PostStore

pytestmark = pytest.mark.django_db
POSTS = (
    {
        "platform": "weibo",
        "native_id": "1",
        "author": "小红",
        "author_handle": "xiaohong",
        "text": "没人回我的消息",
    },
    {
        "platform": "x",
        "native_id": "2",
        "author": "<b>Eve</b>",
        "author_handle": "eve",
        "text": "<script>x</script>",
    },
)
ADDRESSES = ("/trust/audit", "/trust/retention", "/trust/privacy", "/trust/audit/head")


@pytest.fixture
def filled(pages_store: PostStore) -> PostStore:
    pipeline().ingest(pa.Table.from_pylist([dict(post) for post in POSTS]))
    return pages_store


def token(who: str = "xiaohong") -> str:
    return find(who, by=None)[0].token


@pytest.mark.parametrize("role", ["lead", "responder", "analyst", "viewer", "agency"])
def test_who_may_not_gets_a_refusal_that_is_counted(
    browser: Browser, pages_store: PostStore, role: str
) -> None:
    reader = browser(role)
    assert [reader.get(address).status_code for address in ADDRESSES] == [403] * len(ADDRESSES)
    assert AuditRow.objects.filter(outcome="refused", role=role).count() == len(ADDRESSES)


@pytest.mark.parametrize(("role", "said"), [("viewer", "Nothing for you to do here"), ("owner", "Audit log")])
def test_the_first_page_shows_each_what_is_theirs(
    browser: Browser, pages_store: PostStore, role: str, said: str
) -> None:
    page = browser(role).get("/trust/")
    assert page.status_code == 200
    assert said in page.content.decode()


def test_acts_are_told_in_the_readers_words_with_the_name_of_who_acted(
    write: Write, browser: Browser
) -> None:
    write(5)
    page = browser("admin", language="zh-hans").get("/trust/audit").content.decode()
    assert "王小明" in page
    assert "查找了一个人" in page
    assert "所有者" in page


def test_the_log_is_narrowed_and_paged(write: Write, browser: Browser) -> None:
    write(60)
    reader = browser("admin")
    lines = reader.get("/trust/audit").context["page"]
    assert (len(lines.lines), lines.before) == (50, 11)
    older = reader.get("/trust/audit?before=11").context["page"]
    assert [line.row.number for line in older.lines] == list(range(10, 0, -1))
    taken = reader.get("/trust/audit?act=case.take&about=case").context["page"].lines
    assert {line.row.act for line in taken} == {"case.take"}
    assert reader.get("/trust/audit?about=case:7").context["page"].lines[0].row.number == 8
    assert reader.get("/trust/audit?account=9999999999999999999999&before=x").status_code == 200


def test_verifying_says_how_far_and_is_remembered(write: Write, browser: Browser) -> None:
    write(5)
    reader = browser("admin")
    assert "whole up to row 5" in reader.post("/trust/audit/verify").content.decode()
    sql("UPDATE trust_auditrow SET about = 'case:999' WHERE number = 3")
    page = reader.post("/trust/audit/verify").content.decode()
    assert "Row 3 is not what was written" in page
    assert "Vouched for up to row 2" in page
    assert "something does not fit" in reader.get("/trust/").content.decode()


def test_the_head_can_be_sent_elsewhere(write: Write, browser: Browser) -> None:
    write(5)
    sent = browser("admin").get("/trust/audit/head")
    assert json.loads(sent.content) == {"count": 5, "digest": AuditRow.objects.get(pk=5).digest}
    assert "attachment" in sent.headers["Content-Disposition"]


def test_refused_attempts_are_counted_by_role(browser: Browser, pages_store: PostStore) -> None:
    agency = browser("agency")
    for _ in range(3):
        agency.get("/trust/privacy")
    assert browser("admin").get("/trust/audit").context["refused"] == [("Agency", 3)]


def test_a_person_is_found_shown_and_erased(filled: PostStore, browser: Browser) -> None:
    owner = browser()
    found = owner.post("/trust/privacy", {"who": "小红"})
    address = f"/trust/privacy/people/{found.context['found'][0].token}"
    assert "没人回我的消息" in owner.get(address).content.decode()
    refused = owner.post(f"{address}/erase", {"typed": "someone"})
    assert (refused.status_code, filled.count(None).value) == (422, 2)
    done = owner.post(f"{address}/erase", {"typed": "xiaohong"}, follow=True).content.decode()
    assert "Receipt of erasure" in done
    assert "xiaohong" not in done
    assert filled.count(None).value == 1
    file = owner.get(f"/trust/privacy/requests/{PrivacyRequest.objects.get().pk}/receipt")
    assert json.loads(file.content)["removed"]["posts"] == 1


def test_the_package_comes_as_a_file(filled: PostStore, browser: Browser) -> None:
    answer = browser().post(f"/trust/privacy/people/{token()}/export")
    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as archive:
        assert {"posts.jsonl", "manifest.json", "README.txt"} <= set(archive.namelist())


def test_hostile_names_and_texts_are_shown_as_text(filled: PostStore, browser: Browser) -> None:
    page = browser().get(f"/trust/privacy/people/{token('eve')}").content.decode()
    assert "<script>x" not in page
    assert "<b>Eve" not in page


def test_a_made_up_address_of_a_person_leads_nowhere(browser: Browser, pages_store: PostStore) -> None:
    owner = browser()
    addresses = ("x:y:z", "0" * 16, "%00")
    assert [owner.get(f"/trust/privacy/people/{made_up}").status_code for made_up in addresses] == [404] * 3


def test_a_rule_is_drafted_previewed_switched_on_and_held(filled: PostStore, browser: Browser) -> None:
    owner = browser(language="zh-hans")
    page = owner.post("/trust/retention/add", {"covers": "all", "name": "", "days": "400"}, follow=True)
    assert "目前不会删除任何内容：2 条帖子都没有超过期限。" in page.content.decode()
    rule = RetentionRule.objects.get()
    for do, on in (("on", True), ("off", False)):
        owner.post(f"/trust/retention/{rule.pk}/change", {"do": do})
        rule.refresh_from_db()
        assert rule.on is on
    owner.post(f"/trust/retention/{rule.pk}/change", {"do": "hold", "reason": "  "})
    rule.refresh_from_db()
    assert not rule.hold
    owner.post(f"/trust/retention/{rule.pk}/change", {"do": "hold", "reason": "案号 17"})
    assert "法律保全" in owner.get("/trust/retention").content.decode()
    owner.post("/trust/retention/run")
    assert filled.count(None).value == 2


@pytest.mark.parametrize(
    "wrong",
    [{"covers": "platform", "days": "3"}, {"covers": "all", "days": "0"}, {"covers": "?", "days": "x"}],
)
def test_a_wrong_rule_is_explained(browser: Browser, pages_store: PostStore, wrong: dict[str, str]) -> None:
    page = browser().post("/trust/retention/add", wrong)
    assert page.status_code == 422
    assert not RetentionRule.objects.exists()


def test_the_measures_say_what_is_missing_and_then_the_figure(
    write: Write, filled: PostStore, account: Callable[..., Account]
) -> None:
    admin: Any = account("admin")
    assert audit_verified(admin).missing
    assert age_of_data(admin).missing
    write(4)
    RetentionRule.objects.create(covers="platform", name="x", days=1, on=True)
    rows = check(by=admin).upto.count
    assert audit_verified(admin).value == rows
    assert age_of_data(admin).value == 0


@pytest.mark.parametrize("do", ["off", "on", "remove"])
def test_a_rule_on_hold_says_so_instead_of_doing_what_was_asked(
    browser: Browser, pages_store: PostStore, do: str
) -> None:
    rule = RetentionRule.objects.create(covers="platform", name="x", days=9, hold="court order")
    reader = browser("admin", language="zh-hans")
    page = reader.post(f"/trust/retention/{rule.pk}/change", {"do": do}, follow=True).content.decode()
    assert "法律保全中" in page
    rule.refresh_from_db()
    assert (rule.hold, rule.on) == ("court order", False)


def test_ending_a_hold_says_what_follows(browser: Browser, pages_store: PostStore) -> None:
    rule = RetentionRule.objects.create(covers="platform", name="x", days=9, hold="court order")
    page = browser("admin").post(f"/trust/retention/{rule.pk}/change", {"do": "release"}, follow=True)
    assert "The hold has ended. Its posts follow the next wider rule" in page.content.decode()
