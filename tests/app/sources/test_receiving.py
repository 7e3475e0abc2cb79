"""Posts that are sent here: kept before the sender is told so, taken in once, and nobody else's let in."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from outlisten.app.sources import actions, receiving
from outlisten.app.sources.models import ReceivedRecord, RejectedRecord, Source
from outlisten.app.sources.running import asking, worker
from outlisten.app.sources.running.asking import ask
from outlisten.app.sources.running.leases import claim
from outlisten.sources.webhook.connector import Webhook
from outlisten.sources.webhook.proofs import SIGNATURE, TIMESTAMP, signature

pytestmark = pytest.mark.django_db
SECRET = "a secret of the shop 商城的密钥"
ITEMS = [{"id": "1", "text": "水壶漏水了"}, {"id": "2", "text": "Great kettle"}]


@pytest.fixture
def sent_to(account: Callable[..., Any]) -> Source:
    """A source that posts are sent to."""
    return actions.keep(actions.Wanted("webhook", {"secret": SECRET}, "Shop 商城"), by=account("analyst"))


def send(source: Source, said: Any, *, secret: str = SECRET, **headers: str) -> HttpResponse:
    """The answer to a signed request, made without a browser's cookies and tokens."""
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    now = int(timezone.now().timestamp())
    given = {TIMESTAMP: str(now), SIGNATURE: signature(secret, now, body), **headers}
    return Client(enforce_csrf_checks=True).post(
        f"/in/{source.pk}", body, content_type="application/json", headers=given
    )


def taken_in(source: Source) -> Source:
    worker.work_off()
    source.refresh_from_db()
    return source


def test_items_are_kept_then_taken_in_and_their_rows_go(pages_store, sent_to):
    answer = send(sent_to, ITEMS)
    assert (answer.status_code, answer.json()) == (202, {"received": 2})
    assert ReceivedRecord.objects.count() == 2
    assert pages_store.count(None).value == 0
    source = taken_in(sent_to)
    assert pages_store.count(None).value == 2
    assert not ReceivedRecord.objects.exists()
    assert (source.problem, source.runs.first().added) == ("", 2)


def test_one_item_may_come_alone(pages_store, sent_to):
    assert send(sent_to, ITEMS[0]).json() == {"received": 1}


def test_what_is_sent_twice_is_kept_once(pages_store, sent_to):
    send(sent_to, ITEMS)
    send(sent_to, [*ITEMS, ITEMS[0]])
    assert ReceivedRecord.objects.count() == 2
    taken_in(sent_to)
    send(sent_to, ITEMS)
    assert taken_in(sent_to).runs.first().duplicate == 2
    assert pages_store.count(None).value == 2


def test_a_crash_between_receiving_and_taking_in_loses_nothing(pages_store, sent_to, monkeypatch):
    """The process ends after the posts are durable and before the cursor is: the rows are still there, and come again."""
    send(sent_to, ITEMS)
    held = claim("one")
    monkeypatch.setattr(asking, "keep", _end_at_cursor)
    with pytest.raises(KeyboardInterrupt):
        ask(held)
    monkeypatch.undo()
    assert ReceivedRecord.objects.count() == 2
    Source.objects.update(lease_until=None)
    taken_in(sent_to)
    assert pages_store.count(None).value == 2
    assert not ReceivedRecord.objects.exists()


def _end_at_cursor(source: Source, **values: object) -> None:
    if "cursor" in values:
        raise KeyboardInterrupt


def test_a_crash_before_taking_in_leaves_the_rows_to_the_next_start(pages_store, sent_to):
    taken_in(sent_to)
    assert Source.objects.get().next_at > timezone.now()
    send(sent_to, ITEMS)
    assert Source.objects.get().next_at <= timezone.now()  # what a new process finds without being woken
    taken_in(sent_to)
    assert pages_store.count(None).value == 2


def test_what_comes_while_the_source_is_held_is_taken_in_right_after(pages_store, sent_to, monkeypatch):
    send(sent_to, ITEMS[0])
    trim = asking.give_back

    def late(source: Source, *given: Any, **values: Any) -> None:
        send(sent_to, ITEMS[1])
        trim(source, *given, **values)

    monkeypatch.setattr(asking, "give_back", late)
    ask(claim("one"))
    monkeypatch.undo()
    taken_in(sent_to)
    assert pages_store.count(None).value == 2


def test_items_that_are_no_posts_are_kept_as_rejected(pages_store, sent_to):
    send(sent_to, [{"text": "好"}, {"author": "无话"}])
    assert taken_in(sent_to).runs.first().rejected == 1
    assert RejectedRecord.objects.get().record == {"author": "无话"}
    assert not ReceivedRecord.objects.exists()


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (b"no json", 400),
        (b"[" * 100_000, 400),
        ([], 400),
        ("text 文字", 400),
        ([ITEMS[0], 1], 400),
        (b'{"text": NaN}', 400),
        (b'{"likes": 1e999}', 400),
        (b'{"a":' * 200 + b"1" + b"}" * 200, 400),
        ([{"id": str(number), "text": "多"} for number in range(501)], 413),
        (b'{"text": "' + b"a" * receiving.LARGEST + b'"}', 413),
    ],
    ids=range(10),
)
def test_what_cannot_be_taken_is_said_in_one_sentence(sent_to, said, status):
    answer = send(sent_to, said)
    assert answer.status_code == status
    assert answer.json()["error"].endswith(".")
    assert not ReceivedRecord.objects.exists()


def test_sentences_are_in_the_senders_language(sent_to):
    assert send(sent_to, b"no json", **{"Accept-Language": "zh-CN"}).json() == {"error": "正文不是 JSON。"}


def test_text_that_databases_refuse_is_taken_all_the_same(pages_store, sent_to):
    assert send(sent_to, b'{"text": "nul \\u0000 and half \\ud800 pair"}').status_code == 202
    taken_in(sent_to)
    assert pages_store.count(None).value == 1


def test_nobody_without_the_secret_is_let_in(sent_to, browser):
    wrong = [
        send(sent_to, ITEMS, secret="another secret of the same length"),
        send(sent_to, ITEMS, **{TIMESTAMP: str(int(timezone.now().timestamp()) - 400)}),
        browser("owner").post(f"/in/{sent_to.pk}", ITEMS[0], content_type="application/json"),
        send(Source(pk=sent_to.pk + 1), ITEMS),
    ]
    assert {answer.status_code for answer in wrong} == {401}
    assert len({answer.content for answer in wrong}) == 1
    assert not ReceivedRecord.objects.exists()


def test_a_token_lets_in_where_the_source_takes_one(pages_store, sent_to):
    Source.objects.update(options={"proof": "token"})
    secret = "a-token-of-the-shop-0123456789"
    Source.objects.update(sealed=actions.seal({"secret": secret}))
    post = Client(enforce_csrf_checks=True).post
    given = {"content_type": "application/json", "headers": {"Authorization": f"Bearer {secret}"}}
    assert post(f"/in/{sent_to.pk}", json.dumps(ITEMS), **given).status_code == 202
    given["headers"] = {"Authorization": "Bearer other"}
    assert post(f"/in/{sent_to.pk}", json.dumps(ITEMS), **given).status_code == 401


def test_too_many_requests_are_told_to_wait(pages_store, sent_to, monkeypatch):
    monkeypatch.setattr(Webhook, "MOST_A_MINUTE", 2)
    moment = timezone.now()
    monkeypatch.setattr(receiving.timezone, "now", lambda: moment)
    answers = [send(sent_to, ITEMS[0]) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [202, 202, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_a_full_waiting_room_turns_away(sent_to, monkeypatch):
    monkeypatch.setattr(receiving, "MOST_WAITING", 1)
    assert [send(sent_to, one).status_code for one in ITEMS] == [202, 429]


def test_a_paused_source_asks_to_send_again_and_a_removed_one_is_not_there(sent_to, account):
    actions.pause(sent_to, by=account("owner"))
    assert send(sent_to, ITEMS).status_code == 503
    actions.remove(sent_to, by=account("admin", email="b@example.org"))
    assert send(sent_to, ITEMS).status_code == 401


def test_a_source_of_another_kind_takes_nothing(feed):
    assert send(feed(), ITEMS).status_code == 401


def test_its_page_says_where_to_send(sent_to, browser):
    page = browser("owner").get(f"/settings/sources/{sent_to.pk}").content.decode()
    assert f"http://testserver/in/{sent_to.pk}" in page
    assert SECRET not in page


def test_only_posts_are_answered(sent_to):
    assert Client().get(f"/in/{sent_to.pk}").status_code == 405
