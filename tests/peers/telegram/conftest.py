"""The imitation of the Bot API, and people who write to a bot on it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest
from tests.peers.conftest import Peer, missing

from outlisten.sources.connector import Setting
from outlisten.sources.fetching import Fetcher, Guard, Politeness
from outlisten.sources.telegram.connector import Telegram

ROOT = Path(__file__).parents[3]
PYTHON = ROOT / ".peers/telegram/bin/python"
WRITTEN = 1_796_112_000


@dataclass
class Bot:
    """One bot on the server, by a token of its own."""

    server: str
    token: str = field(default_factory=lambda: f"{secrets.randbelow(10**9)}:{secrets.token_hex(8)}")

    def hears(self, text: str, chat: int = 9001, kind: str = "private") -> None:
        """Somebody writes to it, as the server's own interface for customers takes it."""
        person = {"id": 9001, "is_bot": False, "first_name": "丽", "username": "lili_demo"}
        body = {"botToken": self.token, "from": person, "date": WRITTEN, "text": text,
                "chat": {"id": chat, "type": kind, "first_name": "丽"}}  # fmt: skip
        self._asks("sendMessage", body)

    def said(self, chat: int = 9001) -> list[dict[str, Any]]:
        """What the bot sent to a chat."""
        found: list[dict[str, Any]] = self._asks("getUpdates", {"token": self.token, "chatId": chat})[
            "result"
        ]
        return found

    def _asks(self, method: str, body: dict[str, Any]) -> Any:
        answer = httpx2.post(f"{self.server}/{method}", json=body, trust_env=False)
        answer.raise_for_status()
        return answer.json()


@pytest.fixture(scope="session")
def telegram(run_peer: Callable[..., Peer]) -> Peer:
    """An imitation: lenient with tokens, and it forgets an update as soon as it is fetched, whatever is confirmed."""
    if not PYTHON.exists():
        missing("telegram-test-api is not installed (tests/system/install_peers.sh installs it)")
    return run_peer("peer_telegram.sh", answers_at="/bot1:a/getMe")


@pytest.fixture
def bot(telegram: Peer) -> Bot:
    return Bot(telegram.address)


@pytest.fixture
def source(bot: Bot) -> Iterator[Telegram]:
    with Fetcher(guard=Guard.naming(["127.0.0.1"]), politeness=Politeness(0.0)) as fetcher:
        yield Telegram(Setting({"server": bot.server}, {"token": bot.token}, fetcher))
