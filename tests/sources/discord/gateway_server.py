"""Discord with its gateway, in a thread of the tests: connections that each say what they are told, and break off."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

import httpx2
import uvicorn
from tests.sources.discord.server import GUILD, Server

SESSION = "session-1"


def event(name: str, told: Any, sequence: int = 1) -> dict[str, Any]:
    return {"op": 0, "t": name, "s": sequence, "d": told}


def created(message: dict[str, Any], sequence: int = 2, name: str = "MESSAGE_CREATE") -> dict[str, Any]:
    return event(name, {**message, "guild_id": GUILD}, sequence)


RESUMED = event("RESUMED", {}, 9)


@dataclass
class Gateway:
    """Each connection says hello, then what is next in `says`: messages, and a number to close with. READY names where to
    resume. `heard` are the messages of each connection, `closed` the codes that the other side gave."""

    rest: Server
    says: list[list[dict[str, Any] | int]] = field(default_factory=list)
    heard: list[list[dict[str, Any]]] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)
    interval: int = 41_250
    port: int = 0

    def ready(self) -> dict[str, Any]:
        place = f"ws://127.0.0.1:{self.port}/resumed"
        return event("READY", {"v": 10, "session_id": SESSION, "resume_gateway_url": place, "guilds": []})

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            return await self._connection(scope, receive, send)
        body = (await receive()).get("body", b"")
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        address = f"https://discord.com{scope['path']}?{scope['query_string'].decode()}"
        answer = self.rest(httpx2.Request(scope["method"], address, headers=headers, content=body))
        await send({"type": "http.response.start", "status": answer.status_code,
                    "headers": [(b"content-type", b"application/json")]})  # fmt: skip
        return await send({"type": "http.response.body", "body": answer.content})

    async def _connection(self, scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        self.places.append(f"{scope['path']}?{scope['query_string'].decode()}")
        heard: list[dict[str, Any]] = []
        self.heard.append(heard)
        await send(_text({"op": 10, "d": {"heartbeat_interval": self.interval}}))
        heard.append(json.loads((await receive())["text"]))
        for one in self.says.pop(0) if self.says else []:
            if isinstance(one, int):
                return await send({"type": "websocket.close", "code": one})
            await send(_text(one))
        while (said := await receive())["type"] != "websocket.disconnect":
            heard.append(json.loads(said["text"]))
            if heard[-1]["op"] == 1:
                await send(_text({"op": 11}))
        return self.closed.append(said["code"])


def _text(told: Any) -> dict[str, str]:
    return {"type": "websocket.send", "text": json.dumps(told, ensure_ascii=False)}


@contextmanager
def serving(gateway: Gateway) -> Iterator[Gateway]:
    """The server, on a free port."""
    config = uvicorn.Config(
        gateway, host="127.0.0.1", port=0, ws="wsproto", lifespan="off", log_level="error"
    )
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < until
        time.sleep(0.01)
    gateway.port = server.servers[0].sockets[0].getsockname()[1]
    gateway.rest.gateway = f"ws://127.0.0.1:{gateway.port}"
    yield gateway
    server.should_exit = server.force_exit = True
    thread.join(10)
