"""nginx with feeds in a folder, and a source that reads one of them."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen
from uuid import uuid4

import pytest
from tests.peers.conftest import Peer, missing

from outlisten.sources.connector import Setting
from outlisten.sources.fetching import Fetcher, Guard, Politeness
from outlisten.sources.rss.connector import Rss

PATIENCE = 10.0
Listen = Callable[..., Rss]


@dataclass(frozen=True)
class Answered:
    """A line of the server's log: what was asked, its status, its bytes, the condition, and how the body was packed."""

    path: str
    status: int
    sent: int
    condition: str
    packed: str


@dataclass(frozen=True)
class Feeds:
    """The server, the feeds it serves and what it noted of those who asked."""

    peer: Peer

    def says(self, path: str, *entries: str, name: str = "新闻 News", long: int = 0) -> None:
        """A feed with these entries, the newest first; each `long` characters longer than its title."""
        told = "".join(
            f"<item><title>{one}</title><guid isPermaLink='false'>{one}</guid>"
            f"<description>{one}{'长' * long}</description></item>"
            for one in entries
        )
        file = self.peer.folder / "www" / path.lstrip("/")
        draft = file.with_suffix(".new")
        draft.write_text(f"<rss version='2.0'><channel><title>{name}</title>{told}</channel></rss>", "utf-8")
        draft.replace(file)  # a reader sees the one or the other

    def answered(self, path: str) -> list[Answered]:
        """What was answered at this path so far. The server notes an answer after it was sent: what it is asked last tells
        that all before it is noted."""
        last = f"/{uuid4().hex}"
        with suppress(HTTPError):
            urlopen(self.peer.address + last).close()
        until, found = time.monotonic() + PATIENCE, self._noted()
        while all(one.path != last for one in found) and time.monotonic() < until:
            time.sleep(0.02)
            found = self._noted()
        return [one for one in found if one.path == path]

    def _noted(self) -> list[Answered]:
        lines = (self.peer.folder / "access.log").read_text().splitlines(keepends=True)
        found = [line.strip().replace('"', "").split(" ") for line in lines if line.endswith("\n")]
        return [Answered(p, int(s), int(n), c, packed) for p, s, n, c, packed in found]


@pytest.fixture(scope="session")
def nginx(run_peer: Callable[..., Peer]) -> Peer:
    """A real server: nginx (Debian)."""
    path = "/usr/sbin/nginx"
    if not (shutil.which("nginx") or Path(path).exists()):
        missing("nginx is not installed (tests/system/install.sh installs it)")
    return run_peer("peer_nginx.sh")


@pytest.fixture
def feeds(nginx: Peer) -> Feeds:
    if nginx.process is None:
        nginx.start()
    return Feeds(nginx)


@pytest.fixture
def listen(nginx: Peer) -> Iterator[Listen]:
    """A source of one of its feeds: `listen("/feed.rss", user="kefu", password="secret")`."""
    with Fetcher(guard=Guard.naming(["127.0.0.1"]), politeness=Politeness(0.0), longest=5.0) as fetcher:

        def source(path: str, *, user: str = "", password: str = "") -> Rss:
            options = {"address": f"{nginx.address}{path}", **({"user": user} if user else {})}
            return Rss(Setting(options, {"password": password} if password else {}, fetcher))

        yield source
