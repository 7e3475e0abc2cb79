"""A feed on this machine that tests change at will, and sources that read it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from tests.app.sources.numbered.connector import Numbered
from tests.app.sources.numbered.server import Numbers

from outlisten.app.sources import setting
from outlisten.app.sources.models import Source
from outlisten.sources import registry

ITEM = "<item><guid>{guid}</guid><title>{title}</title><description>{text}</description><link>https://a.example/{guid}</link></item>"


class Site:
    """A web site with one feed; `status` and `headers` are what it answers with, `asked` counts requests."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, str, str]] = []
        self.status, self.headers, self.asked = 200, {}, 0
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked += 1
                body = site.feed().encode()
                self.send_response(site.status)
                for name, value in {"Content-Type": "application/rss+xml", **site.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server.server_port}"

    @property
    def address(self) -> str:
        return f"http://{self.host}/feed"

    def feed(self) -> str:
        items = "".join(ITEM.format(guid=guid, title=title, text=text) for guid, title, text in self.entries)
        return f'<rss version="2.0"><channel><title>Shop talk 店铺</title><link>https://a.example/</link>{items}</channel></rss>'

    def say(self, guid: str, title: str, text: str = "words 文字") -> None:
        self.entries.insert(0, (guid, title, text))

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def site(settings: Any) -> Iterator[Site]:
    """A site inside a private network that sources may reach."""
    found = Site()
    found.say("1", "The queue was long", "We waited two hours")
    found.say("2", "排队太久", "等了两个小时，没人管")
    settings.OWN_SERVERS = [found.host]
    setting.fetcher.cache_clear()
    setting.fetcher()._politeness._seconds = 0.0
    yield found
    setting.fetcher.cache_clear()
    found.close()


@pytest.fixture
def feed(db: None, site: Site) -> Callable[..., Source]:
    """A source that reads the site's feed."""

    def make(**fields: Any) -> Source:
        fields = {"name": "Shop talk", "connector": "rss", "options": {"address": site.address}, **fields}
        return Source.objects.create(**fields)

    return make


@pytest.fixture
def numbers(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Numbers]:
    """A network of 35 numbered posts, five a page, that sources may reach."""
    monkeypatch.setitem(registry.connectors(), "numbered", Numbered)
    served = Numbers(last=35, size=5)
    settings.OWN_SERVERS = [served.host]
    setting.fetcher.cache_clear()
    yield served
    setting.fetcher.cache_clear()
    served.unplug()
