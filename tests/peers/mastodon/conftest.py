"""The two servers, people on them, and a source that listens there."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.peers.conftest import Peer, missing
from tests.peers.mastodon.people import Person, signed_in

from outlisten.sources.connector import Setting
from outlisten.sources.fetching import Fetcher, Guard, Politeness
from outlisten.sources.mastodon.connector import Mastodon

ROOT = Path(__file__).parents[3]
Listen = Callable[..., Mastodon]


@pytest.fixture(scope="session")
def snac(run_peer: Callable[..., Peer]) -> Peer:
    """A real server: snac (Debian bookworm-backports)."""
    if not shutil.which("snac"):
        missing("snac is not installed (tests/system/install.sh installs it)")
    return run_peer("peer_snac.sh")


@pytest.fixture(scope="session")
def mastodon_mock(run_peer: Callable[..., Peer]) -> Peer:
    """An imitation of Mastodon 4.6 that has what snac lacks: streams, edits and deletions by the interface, Link headers."""
    if not (ROOT / ".peers/mastodon_mock/bin/mastodon_mock").exists():
        missing("mastodon_mock is not installed (tests/system/install_peers.sh installs it)")
    return run_peer("peer_mastodon_mock.sh", host="localhost", answers_at="/api/v1/instance")


@pytest.fixture(scope="session")
def snac_people(snac: Peer) -> dict[str, Person]:
    lines = (snac.folder / "passwords").read_text().splitlines()
    passwords = dict(line.split() for line in lines)
    return {name: signed_in(snac.address, name, passwords[name]) for name in ("alice", "brand")}


@pytest.fixture
def listen() -> Iterator[Listen]:
    """A source on a server: `listen(address, token, hashtags=("acme",))`."""
    with Fetcher(
        guard=Guard.naming(["127.0.0.1", "localhost"]), politeness=Politeness(0.0), longest=20.0
    ) as fetcher:

        def source(server: str, token: str = "", **options: object) -> Mastodon:
            secrets = {"token": token} if token else {}
            return Mastodon(Setting({"server": server, **options}, secrets, fetcher))  # type: ignore[dict-item]

        yield source
