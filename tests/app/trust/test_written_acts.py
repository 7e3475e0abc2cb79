"""The acts that change something, take posts away or let somebody in stand in the audit log, and name nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.app.conftest import Browser

from outlisten.app.listening.actions import names
from outlisten.app.listening.imports import worker
from outlisten.app.listening.models import Brand, ImportRun, Topic
from outlisten.app.people.links import make_sign_in_link
from outlisten.app.people.models import Account
from outlisten.app.trust.audit import pseudonym
from outlisten.app.trust.models import AuditRow
from outlisten.posts import PostStore

pytestmark = pytest.mark.django_db
PASSWORD = "a quiet morning walk"
CSV = "id,date,platform,author,text\n1,2026-03-01,weibo,阿明,排队两个小时\n2,soon,x,Bob,bad date\n"


def acts() -> list[str]:
    return list(AuditRow.objects.order_by("number").values_list("act", flat=True))


def test_brands_and_topics_are_written_down_with_what_takes_them_back(
    account: Callable[..., Account],
) -> None:
    owner: Any = account()
    brand = Brand(name="海港", query="海港")
    names.keep(brand, by=owner)
    brand.query = "海港咖啡"
    names.undo(names.keep(brand, by=owner), by=owner)
    names.undo(names.remove(brand, by=owner), by=owner)
    names.undo(names.keep(Topic(name="排队", query="排队"), by=owner), by=owner)
    assert acts() == [
        "brand.add", "brand.change", "brand.undo", "brand.remove", "brand.undo", "topic.add", "topic.undo",
    ]  # fmt: skip
    assert AuditRow.objects.get(number=1).about == f"brand:{Brand.objects.get().pk}"


def test_an_act_that_fails_leaves_no_row(account: Callable[..., Account]) -> None:
    with pytest.raises(Exception, match=r"."):
        names.keep(Brand(name="", query="x"), by=account())
    assert acts() == []


def test_an_import_is_written_down_from_upload_to_end(browser: Browser, pages_store: PostStore) -> None:
    analyst = browser("analyst")
    analyst.post("/import/", {"file": SimpleUploadedFile("阿明.csv", CSV.encode())})
    run = ImportRun.objects.get()
    worker.work_off()
    analyst.post(f"/import/{run.pk}/start")
    worker.work_off()
    assert acts() == ["import.upload", "import.start", "import.finish"]
    last = AuditRow.objects.get(act="import.finish")
    assert {"added": 1, "rejected": 1}.items() <= last.details.items()
    assert "阿明" not in str(list(AuditRow.objects.values_list("details", "about")))


def test_an_export_is_written_down_with_its_rows_and_format(
    browser: Browser, pages_store: PostStore, make_posts: Callable[..., pa.Table]
) -> None:
    pages_store.add(make_posts({"text": "排队"}, {"text": "queue"}))
    answer = browser("agency").get("/listen/export/csv?period=all")
    assert answer.status_code == 200
    row = AuditRow.objects.get(act="export")
    assert (row.role, row.details) == ("agency", {"posts": 2, "form": "csv", "cut": False})


def test_who_signs_in_and_out_is_written_down(client: Client, account: Callable[..., Account]) -> None:
    lin = account("analyst", email="lin@example.org", password=PASSWORD)
    client.post("/account/sign-in", {"login": lin.email, "password": PASSWORD})
    client.post("/account/sign-out")
    client.get(f"/sign-in/link/{make_sign_in_link(lin)}")
    rows = AuditRow.objects.order_by("number").values_list("act", "actor", "outcome", "channel")
    assert list(rows) == [
        ("account.sign_in", lin.pk, "done", "page"), ("account.sign_out", lin.pk, "done", "page"),
        ("account.sign_in", lin.pk, "done", "page"),
    ]  # fmt: skip


def test_who_is_turned_away_is_written_down_by_pseudonym(
    client: Client, account: Callable[..., Account]
) -> None:
    account("analyst", email="lin@example.org", password=PASSWORD)
    for address in ("LIN@example.org", "nobody@example.org"):
        client.post("/account/sign-in", {"login": address, "password": "nonsense nonsense"})
    rows = list(AuditRow.objects.order_by("number").values_list("act", "outcome", "about", "actor"))
    assert [row[:2] for row in rows] == [("account.sign_in", "refused")] * 2
    assert rows[0][2:] == (pseudonym("address", "lin@example.org"), None)
    assert "example" not in str(rows)
