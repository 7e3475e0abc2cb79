"""A small WebSocket server that sends events in Jetstream's documented shape, in a thread of the tests."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

import uvicorn

LIN = "did:plc:lin"


def written(
    time_us: int, text: str = "水壶漏水了", *, key: str = "", operation: str = "create"
) -> dict[str, Any]:
    record = {"$type": "app.bsky.feed.post", "createdAt": "2026-11-30T08:00:00Z", "text": text}
    commit = {
        "operation": operation,
        "collection": "app.bsky.feed.post",
        "rkey": key or f"k{time_us}",
        "record": record,
    }
    return {"did": LIN, "time_us": time_us, "kind": "commit", "commit": commit}


def deleted(time_us: int, key: str) -> dict[str, Any]:
    commit = {"operation": "delete", "collection": "app.bsky.feed.post", "rkey": key}
    return {"did": LIN, "time_us": time_us, "kind": "commit", "commit": commit}


@dataclass
class Sender:
    """Sends the events from the time asked for on, then stays silent, or hangs up."""

    events: list[dict[str, Any]] = field(default_factory=list)
    hangs_up: bool = False
    refuses: bool = False
    asked: list[dict[str, list[str]]] = field(default_factory=list)
    port: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await receive()
        asked = parse_qs(scope["query_string"].decode())
        self.asked.append(asked)
        if self.refuses:
            return await send({"type": "websocket.close", "code": 1008})
        await send({"type": "websocket.accept"})
        for event in self.events:
            if event["time_us"] >= int(asked["cursor"][0]):
                await send({"type": "websocket.send", "text": json.dumps(event, ensure_ascii=False)})
        while not self.hangs_up and (await receive())["type"] != "websocket.disconnect":
            await asyncio.sleep(0)
        return await send({"type": "websocket.close", "code": 1000}) if self.hangs_up else None


@contextmanager
def serving(sender: Sender) -> Iterator[Sender]:
    """The server, on a free port."""
    config = uvicorn.Config(sender, host="127.0.0.1", port=0, ws="wsproto", lifespan="off", log_level="error")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < until
        time.sleep(0.01)
    sender.port = server.servers[0].sockets[0].getsockname()[1]
    yield sender
    server.should_exit = server.force_exit = True
    thread.join(10)
