"""Live updates: what happens in this process, told to every open browser as server-sent events.

Events carry names, ids and counts, never a post's text: a page that hears one asks for what it may see.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from threading import Lock

HEARTBEAT_SECONDS = 20.0  # proxies cut connections that say nothing for a minute or less
ROOM = 100  # a browser that has fallen this far behind loses the oldest: every event only says *look again*

Json = dict[str, str | int | float | bool | None]
_Listener = tuple[asyncio.AbstractEventLoop, "asyncio.Queue[str]"]
_listeners: set[_Listener] = set()
_lock = Lock()


def publish(event: str, data: Json) -> None:
    """Tell every open browser. Safe from any thread; returns at once, and is nothing when nobody listens."""
    line = "data: " + json.dumps({"event": event, "data": data}, ensure_ascii=False) + "\n\n"
    with _lock:
        listeners = list(_listeners)
    for loop, queue in listeners:
        try:
            loop.call_soon_threadsafe(_put, queue, line)
        except RuntimeError:  # its event loop has ended: the server is stopping
            continue


def listeners() -> int:
    """How many browsers are connected."""
    return len(_listeners)


async def stream(heartbeat: float = HEARTBEAT_SECONDS) -> AsyncIterator[str]:
    """Lines for one browser until it goes away: a greeting, events, and a comment when nothing happens."""
    queue: asyncio.Queue[str] = asyncio.Queue(ROOM)
    listener = (asyncio.get_running_loop(), queue)
    with _lock:
        _listeners.add(listener)
    try:
        yield "retry: 3000\n\n"
        while True:
            try:
                yield await asyncio.wait_for(queue.get(), heartbeat)
            except TimeoutError:
                yield ": still here\n\n"
    finally:
        with _lock:
            _listeners.discard(listener)


def _put(queue: asyncio.Queue[str], line: str) -> None:
    if queue.full():
        queue.get_nowait()
    queue.put_nowait(line)
