"""Real third-party servers for the tests: started once for a run on a free port and in a fresh folder, ended by their number."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import httpx2
import pytest

SYSTEM = Path(__file__).parents[1] / "system"
ROOT = Path(__file__).parents[2]


def missing(reason: str) -> NoReturn:
    """A peer is not installed: skip with the reason, or fail where all peers are promised to be there."""
    if os.environ.get("OUTLISTEN_ALL_PEERS") == "1":
        pytest.fail(f"a peer is missing: {reason}")
    pytest.skip(reason)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@dataclass
class Peer:
    """A server under test, started by a script of tests/system with its folder and port."""

    script: str
    folder: Path
    host: str = "127.0.0.1"
    answers_at: str = "/"
    patience: float = 60.0  # seconds for it to answer after its start
    more: tuple[str, ...] = ()  # what else the script is told
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                ["sh", str(SYSTEM / self.script), str(self.folder), str(self.port), *self.more],
                cwd=ROOT, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
            )  # fmt: skip
        until = time.monotonic() + self.patience
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > until:
                pytest.fail(f"{self.script} did not start:\n{(self.folder / 'log').read_text()[-2000:]}")
            time.sleep(0.1)

    def stop(self, *, at_once: bool = False) -> None:
        """End it, politely or as a power cut would."""
        if self.process is None:
            return
        if at_once:
            self.process.kill()
        else:
            self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
        self.process = None

    def _answers(self) -> bool:
        try:
            return (
                httpx2.get(f"{self.address}{self.answers_at}", trust_env=False, timeout=5).status_code < 500
            )
        except httpx2.HTTPError:
            return False


@pytest.fixture(scope="session")
def until() -> Callable[[Callable[[], bool]], None]:
    """Wait for a condition: servers deliver a moment after a write returns."""

    def wait(true: Callable[[], bool], seconds: float = 120.0) -> None:
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, "it did not come true in time"
            time.sleep(0.2)

    return wait


@pytest.fixture(scope="session")
def run_peer() -> Iterator[Callable[..., Peer]]:
    """Start a peer; all are ended with the run."""
    running: list[Peer] = []

    def run(script: str, **details: Any) -> Peer:
        # Not pytest's own folder, which only its owner may enter: some servers run as another user.
        peer = Peer(script, Path(tempfile.mkdtemp(prefix="peer-")), **details)
        peer.folder.chmod(0o755)
        running.append(peer)
        peer.start()
        return peer

    yield run
    for peer in running:
        peer.stop()
        shutil.rmtree(peer.folder, ignore_errors=True)
