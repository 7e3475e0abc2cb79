"""A topic with eight usual weeks, rules that watch it, and a receiver on this machine that channels send to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from django.utils import timezone

from outlisten.app.alerts.models import AlertRule, Channel, Kind
from outlisten.app.listening.models import Topic, Workspace
from outlisten.app.sources import setting
from outlisten.app.sources.secrets import seal
from outlisten.posts import PostStore

HOUR = timedelta(hours=1)
SECRET = "a-secret-of-enough-characters"


class Receiver:
    """An HTTP server that keeps what it is sent and answers with the statuses it is told."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], dict[str, Any]]] = []
        self.statuses: list[int] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = outer.statuses.pop(0) if outer.statuses else 200
                if status < 300:
                    outer.got.append((dict(self.headers), json.loads(body)))
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                return

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self._server.server_port}"
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """A receiver that channels may reach."""
    one = Receiver()
    settings.OWN_SERVERS = [one.host]
    setting.fetcher.cache_clear()
    setting.fetcher()._politeness._seconds = 0.0
    yield one
    setting.fetcher.cache_clear()
    one.close()


@pytest.fixture
def channel(db: None, receiver: Receiver) -> Channel:
    """A webhook channel to it."""
    return Channel.objects.create(
        name="Desk", sink="webhook", options={"address": f"http://{receiver.host}/in"}, sealed=seal({"secret": SECRET}),
        address="https://listen.example.org",
    )  # fmt: skip


@pytest.fixture
def now() -> datetime:
    """The moment of the test."""
    return timezone.now()


@pytest.fixture
def usual_weeks(pages_store: PostStore, make_posts: Callable[..., Any], now: datetime) -> Callable[..., None]:
    """Eight weeks in which somebody writes about waiting every four hours; then `more` people in the last two hours."""
    Workspace.objects.get_or_create(pk=1)
    written = [0]

    def fill(more: int = 0, **fields: Any) -> None:
        rows = [] if written[0] else [_post(f"usual-{n}", now - 4 * n * HOUR) for n in range(1, 8 * 42 - 2)]
        step = timedelta(minutes=110) / max(more, 1)
        rows += [
            _post(f"more-{written[0]}-{n}", now - n * step - timedelta(minutes=1), **fields)
            for n in range(more)
        ]
        written[0] += 1
        if rows:
            pages_store.add(make_posts(*rows))

    return fill


def _post(name: str, at: datetime, **fields: Any) -> dict[str, Any]:
    return {
        "native_id": name, "author_id": name, "author": f"客人 {name}", "text": "等位太久了，等了两个小时", "lang": "zh",
        "created_at": at, "voice": "earned", "sentiment": "negative", "intent": ["complaint"], **fields,
    }  # fmt: skip


@pytest.fixture
def topic(db: None) -> Topic:
    return Topic.objects.create(name="等位", query="等位")


@pytest.fixture
def rule(topic: Topic, channel: Channel, pages_store: PostStore) -> Callable[..., AlertRule]:
    """Makes rules: `rule(kind=Kind.COMPLAINTS)`; without `silent` they send to the channel."""

    def make(silent: bool = False, **fields: Any) -> AlertRule:
        fields = {"name": f"Rule {AlertRule.objects.count()}", "kind": Kind.VOLUME, "topic": topic, **fields}
        one = AlertRule.objects.create(**fields)
        if not silent:
            one.channels.add(channel)
        return one

    return make
