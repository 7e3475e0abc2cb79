"""A forum with posts, and a source that listens there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.peers.conftest import Peer, missing

from outlisten.sources.connector import Setting
from outlisten.sources.fetching import Fetcher, Guard, Politeness
from outlisten.sources.nodebb.connector import NodeBB

ROOT = Path(__file__).parents[3]
Listen = Callable[..., NodeBB]


@pytest.fixture(scope="session")
def forum(run_peer: Callable[..., Peer]) -> Peer:
    """NodeBB 1.4.0 (npm): it can be read only, as its interface for writing is younger."""
    if not (ROOT / ".peers/nodebb/package/app.js").exists():
        missing("NodeBB is not installed (tests/system/install_peers.sh installs it)")
    return run_peer("peer_nodebb.sh", answers_at="/api/recent", patience=180.0)


@pytest.fixture
def listen(forum: Peer) -> Iterator[Listen]:
    """A source on the forum: `listen(words=("水壶",))`."""
    with Fetcher(guard=Guard.naming(["127.0.0.1"]), politeness=Politeness(0.0)) as fetcher:

        def source(**options: object) -> NodeBB:
            return NodeBB(Setting({"address": f"{forum.address}/recent", **options}, {}, fetcher))  # type: ignore[dict-item]

        yield source
