"""What the tests of sources share: a real server on this machine, and a fetcher that may ask it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.sources.site import Site, serving

from outlisten.sources.fetching import Fetcher, Guard, Politeness


@pytest.fixture
def site() -> Iterator[Site]:
    """A server that says what it is told."""
    with serving() as one:
        yield one


@pytest.fixture
def other_site() -> Iterator[Site]:
    """A second server, which no guard lets through."""
    with serving() as one:
        yield one


@pytest.fixture
def fetcher(site: Site) -> Iterator[Fetcher]:
    """A fetcher for which `site` is a server of one's own; it does not wait between requests."""
    with Fetcher(guard=Guard.naming([site.host]), politeness=Politeness(0)) as one:
        yield one
