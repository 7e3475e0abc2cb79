"""Synapse, people on it, and a source that listens there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.peers.conftest import Peer, missing
from tests.peers.matrix.people import Person, registered

from outlisten.sources.connector import Setting
from outlisten.sources.fetching import Fetcher, Guard, Politeness
from outlisten.sources.matrix.connector import Matrix

ROOT = Path(__file__).parents[3]
READY = "/_matrix/client/versions"
Listen = Callable[..., Matrix]


@pytest.fixture(scope="session")
def run_synapse(run_peer: Callable[..., Peer]) -> Callable[[str], Peer]:
    """Start Synapse by one of its scripts."""

    def run(script: str) -> Peer:
        if not (ROOT / ".peers/synapse/bin/python").exists():
            missing("Synapse is not installed (tests/system/install_peers.sh installs it)")
        return run_peer(script, answers_at=READY)

    return run


@pytest.fixture(scope="session")
def synapse(run_synapse: Callable[[str], Peer]) -> Peer:
    return run_synapse("peer_synapse.sh")


@pytest.fixture
def alice(synapse: Peer) -> Person:
    return registered(synapse.address, "alice")


@pytest.fixture
def brand(synapse: Peer) -> Person:
    return registered(synapse.address, "brand")


@pytest.fixture
def listen() -> Iterator[Listen]:
    """A source on a server: `listen(brand, rooms=(room,))`; `user` and `secret` in place of the token."""
    with Fetcher(guard=Guard.naming(["127.0.0.1"]), politeness=Politeness(0.0), longest=40.0) as fetcher:

        def source(person: Person, secret: str = "", **options: object) -> Matrix:
            given = {"server": person.server, **options}
            return Matrix(Setting(given, {"secret": secret or person.token}, fetcher))  # type: ignore[arg-type]

        yield source
