"""A network that sends here in its own way: its connector says who it is and what it is answered, the app keeps first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from tests.sources.wechat.account import APP, SECRET, TOKEN, XML, Account, comment

from outlisten.app.sources import actions, setting
from outlisten.app.sources.models import ReceivedRecord, Source
from outlisten.app.sources.running import worker
from outlisten.sources.wechat.proofs import signature

pytestmark = pytest.mark.django_db


@pytest.fixture
def added(account: Callable[..., Any]) -> Callable[..., Source]:
    """Adds an official account of WeChat as a source."""

    def add(**options: str) -> Source:
        wanted = {"app_id": APP, "token": TOKEN, "app_secret": SECRET, **options}
        return actions.keep(actions.Wanted("wechat", wanted, "公众号"), by=account("analyst"))

    return add


def send(
    source: Source, body: str = XML, *, method: str = "post", token: str = TOKEN, **query: str
) -> HttpResponse:
    now = str(int(timezone.now().timestamp()))
    signed = {"timestamp": now, "nonce": "1", "signature": signature(token, now, "1"), **query}
    client, address = Client(enforce_csrf_checks=True), f"/in/{source.pk}?{urlencode(signed)}"
    return client.get(address) if method == "get" else client.post(address, body, content_type="text/xml")


def taken_in(source: Source) -> Source:
    worker.work_off()
    source.refresh_from_db()
    return source


def test_a_message_is_kept_before_its_network_is_answered_and_then_taken_in(pages_store, added):
    source = added()
    answer = send(source)
    assert (answer.status_code, answer.content) == (200, b"success")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert ReceivedRecord.objects.count() == 1
    assert taken_in(source).problem == ""
    assert pages_store.count(None).value == 1
    assert not ReceivedRecord.objects.exists()


def test_what_the_network_sends_again_is_kept_once(pages_store, added):
    source = added()
    assert [send(source).content for _ in range(3)] == [b"success"] * 3
    assert ReceivedRecord.objects.count() == 1
    taken_in(source)
    send(source, nonce="1")
    assert taken_in(source).runs.first().duplicate == 1
    assert pages_store.count(None).value == 1


def test_an_address_is_verified_in_the_networks_own_way(added):
    source = added()
    answer = send(source, method="get", echostr="<b>5837483</b>")
    assert (answer.status_code, answer.content) == (200, b"<b>5837483</b>")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert not ReceivedRecord.objects.exists()


def test_nobody_else_is_let_in_and_nobody_learns_what_is_there(added):
    source = added()
    there, nowhere = source, Source(pk=source.pk + 1)
    refused = [
        [send(one, method=method, token="another") for one in (there, nowhere)] for method in ("post", "get")
    ]
    assert [[answer.status_code for answer in pair] for pair in refused] == [[401, 401], [405, 405]]
    assert all(one.content == other.content for one, other in refused)
    assert refused[1][0].headers["Allow"] == "POST"


def test_what_is_no_message_is_told_in_the_senders_language(added):
    assert send(added(), "{}").json() == {"error": "The body is no XML."}


def test_what_is_not_sent_is_asked_for_after_what_was_sent(pages_store, added, monkeypatch):
    wechat = Account()
    wechat.comments[100, 0] = [comment(1, "多少钱", "99 元")]
    monkeypatch.setattr(setting, "fetcher", wechat.network.fetcher)
    source = added(comments="yes", articles="100")
    send(source)
    run = taken_in(source).runs.first()
    assert (run.added, run.problem) == (3, "")
    assert source.cursor["looked_at"]


def test_a_network_that_cannot_be_asked_holds_up_nothing_that_was_sent(pages_store, added, monkeypatch):
    wechat = Account()
    wechat.codes["/cgi-bin/stable_token"] = [40125]
    monkeypatch.setattr(setting, "fetcher", wechat.network.fetcher)
    source = added(comments="yes", articles="100")
    send(source)
    assert taken_in(source).problem == "credential"
    assert pages_store.count(None).value == 1
    assert not ReceivedRecord.objects.exists()
