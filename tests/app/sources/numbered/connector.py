"""The connector of numbered posts, and how a process gets it without an entry point."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from outlisten.sources.connector import Connector, Cursor, Page, Post, Record
from outlisten.sources.registry import connectors

FIRST = datetime(2026, 5, 1, tzinfo=UTC)


class Numbered(Connector):
    """Pages of posts after a number; the cursor is the last number that is durable."""

    PACKAGE = "tests.app.sources.numbered"

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        after, more = int(cursor.get("after", 0)), True
        while more:
            told = self.fetcher.get(self.setting.text("address"), params={"after": after}, pace=0.0).json()
            after, more = int(told["last"]), bool(told["more"])
            yield Page(told["posts"], {"after": after}, more=more)

    def post(self, record: Record) -> Post:
        number = int(record["number"])
        return {
            "native_id": str(number), "text": f"第 {number} 条：we waited {number} minutes", "author": f"作者{number % 7}",
            "created_at": FIRST + timedelta(minutes=number), "url": f"https://numbered.example/{number}",
        }  # fmt: skip


def register() -> None:
    """Let this process know the connector."""
    connectors()["numbered"] = Numbered
