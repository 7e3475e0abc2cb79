"""A feed on this machine that tests change at will, and sources that read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.app.sources.numbered.connector import Numbered
from tests.app.sources.numbered.server import Numbers
from tests.app.sources.site import Site

from outlisten.app.sources import setting
from outlisten.app.sources.models import Source
from outlisten.sources import registry


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
