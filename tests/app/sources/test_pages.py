"""The page of one source: its acts, and what stays open when it is gone."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from outlisten.app.sources.models import Source
from outlisten.sources.email.connector import Email

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("act", "state", "leads"),
    [
        ("pause", "paused", "/settings/sources/{pk}"),
        ("ask", "on", "/settings/sources/{pk}"),
        ("remove", "removed", "/settings/sources"),
    ],
)
def test_an_act_is_done_and_leads_on(pages_store, feed, browser, act, state, leads):
    source = feed(name="店铺")
    answer = browser("analyst").post(f"/settings/sources/{source.pk}/{act}")
    assert answer.status_code == 302
    assert answer["Location"] == leads.format(pk=source.pk)
    assert Source.objects.get(pk=source.pk).state == state


def test_an_act_that_there_is_not_is_not_found(pages_store, feed, browser):
    assert browser("analyst").post(f"/settings/sources/{feed().pk}/dance").status_code == 404


def test_who_may_not_change_sources_is_refused(pages_store, feed, browser):
    source = feed()
    assert browser("viewer").post(f"/settings/sources/{source.pk}/remove").status_code == 403
    assert Source.objects.get(pk=source.pk).state == "on"


def test_an_open_page_of_a_removed_source_goes_to_the_list(pages_store, feed, browser):
    source, client = feed(state="removed"), browser("viewer")
    part = client.get(f"/settings/sources/{source.pk}/standing", headers={"HX-Request": "true"})
    assert part["HX-Redirect"] == "/settings/sources"
    assert client.get(f"/settings/sources/{source.pk}").status_code == 404


@pytest.mark.parametrize(("language", "word"), [("en", "optional"), ("zh-hans", "选填")])
def test_a_form_says_what_may_stay_empty_and_asks_for_every_option(pages_store, browser, language, word):
    page = browser("analyst", language=language).get("/settings/sources/add/email").content.decode()
    labels = dict(re.findall(r'<label for="id_o-(\w+)">(.*?)</label>', page))
    assert {name for name, label in labels.items() if word in label} == {
        "smtp_host", "sender_name", "address", "port", "smtp_port",
    }  # fmt: skip
    assert labels.keys() == {option.name for option in Email.manifest().options} | {"name"}


def test_removing_says_first_what_is_lost(pages_store, feed, browser):
    page = browser("analyst", language="zh-hans").get(f"/settings/sources/{feed().pk}").content.decode()
    assert "它的密钥和密码也会被清除" in page


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["the item is no object", "its date is before 1990", "a reason of another package"]),
        ("zh-hans", ["条目不是 JSON 对象", "日期早于 1990 年", "a reason of another package"]),
    ],
)
def test_a_rejected_record_is_shown_with_its_reason_in_the_readers_language(
    pages_store, feed, browser, language, said
):
    source = feed()
    for number, reason in enumerate(
        ("the item is no object", "its date is before 1990", "a reason of another package")
    ):
        source.rejected_records.create(
            at=timezone.now(), digest=str(number), reason=reason, record={"标题": number}
        )
    page = browser("viewer", language=language).get(f"/settings/sources/{source.pk}").content.decode()
    assert all(one in page for one in said)
