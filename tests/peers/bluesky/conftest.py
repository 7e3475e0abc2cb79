"""A whole AT Protocol network, people on it, and a source that listens there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.peers.bluesky.people import Person, a_person
from tests.peers.conftest import Peer, missing

from outlisten.sources.bluesky.connector import Bluesky
from outlisten.sources.connector import Setting
from outlisten.sources.fetching import Fetcher, Guard, Politeness

ROOT = Path(__file__).parents[3]
Listen = Callable[..., Bluesky]


@pytest.fixture(scope="session")
def network(run_peer: Callable[..., Peer]) -> Peer:
    """The software that Bluesky runs: directory, accounts' server, AppView (npm @atproto/dev-env)."""
    if not (ROOT / ".peers/atproto/net/node_modules/@atproto/dev-env").exists():
        missing("the AT Protocol network is not installed (tests/system/install_peers.sh installs it)")
    return run_peer("peer_atproto.sh", host="localhost", answers_at="/xrpc/_health", patience=180.0)


@pytest.fixture(scope="session")
def alice(network: Peer) -> Person:
    return a_person(network.address, "alice")


@pytest.fixture(scope="session")
def brand(network: Peer) -> Person:
    return a_person(network.address, "brand")


@pytest.fixture
def listen() -> Iterator[Listen]:
    """A source with an account's app password: `listen(brand, words=("水壶",))`."""
    with Fetcher(guard=Guard.naming(["localhost"]), politeness=Politeness(0.0)) as fetcher:

        def source(person: Person, password: str = "", **options: object) -> Bluesky:
            entries = {"service": person.service, "handle": person.handle, **options}
            return Bluesky(Setting(entries, {"password": password or person.app_password}, fetcher))  # type: ignore[arg-type]

        yield source
