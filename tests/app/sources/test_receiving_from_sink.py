"""What one Outlisten sends out by a webhook, another takes in: signed, once, and as it was written."""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx2
import pytest
from django.test import Client
from django.utils import timezone
from tests.sinks.sending import hostile, message

from outlisten.app.sources import actions
from outlisten.app.sources.running import worker
from outlisten.sinks.problems import CredentialRefused
from outlisten.sinks.webhook.sink import Webhook
from outlisten.sources.connector import Setting
from outlisten.sources.fetching import Fetcher, Politeness

pytestmark = pytest.mark.django_db
SECRET = "a secret of both sides 双方的密钥"


@pytest.fixture
def receiving(account):
    """A source of the Outlisten that receives."""
    return actions.keep(actions.Wanted("webhook", {"secret": SECRET}, "集团总部"), by=account("analyst"))


def sending(source, secret=SECRET):
    """A sink of the Outlisten that sends, whose wire ends in the application."""

    def wire(request):
        answer = Client(enforce_csrf_checks=True).post(
            urlsplit(str(request.url)).path, request.read(), content_type="application/json",
            headers={name: request.headers[name] for name in ("x-outlisten-timestamp", "x-outlisten-signature")},
        )  # fmt: skip
        return httpx2.Response(answer.status_code, content=answer.content)

    fetcher = Fetcher(transport=httpx2.MockTransport(wire), politeness=Politeness(0))
    return Webhook(
        Setting(
            {"address": f"https://head.example/in/{source.pk}"}, {"secret": secret}, fetcher, timezone.now()
        )
    )


def test_messages_arrive_once_however_often_they_are_sent(pages_store, receiving):
    for one in (message(), message(), hostile(key="2")):
        assert sending(receiving).deliver(one).status == 202
    worker.work_off()
    sending(receiving).deliver(message())
    worker.work_off()
    receiving.refresh_from_db()
    assert (receiving.problem, pages_store.count(None).value) == ("", 2)


def test_a_sender_with_another_secret_is_told_so(pages_store, receiving):
    with pytest.raises(CredentialRefused):
        sending(receiving, secret="another secret of at least so many signs").deliver(message())
