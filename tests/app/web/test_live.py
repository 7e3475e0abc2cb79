"""Live updates: from any thread to every open browser."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from threading import Thread

import pytest
from asgiref.sync import sync_to_async
from django.db import connections
from django.test import AsyncClient

from outlisten.app.people.models import Account
from outlisten.app.web import live

pytestmark = pytest.mark.filterwarnings("error")


def message(line: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(line.removeprefix("data: "))
    return found


def test_what_another_thread_publishes_arrives() -> None:
    async def hear() -> list[str]:
        stream = live.stream()
        heard = [await anext(stream)]
        thread = Thread(target=live.publish, args=("posts", {"added": 3, "source": "微博.csv"}))
        thread.start()
        heard.append(await anext(stream))
        thread.join()
        await stream.aclose()
        return heard

    greeting, event = asyncio.run(hear())
    assert greeting == "retry: 3000\n\n"
    assert message(event) == {"event": "posts", "data": {"added": 3, "source": "微博.csv"}}


def test_every_browser_hears_it() -> None:
    async def hear() -> list[str]:
        streams = [live.stream(), live.stream()]
        for stream in streams:
            await anext(stream)
        live.publish("posts", {"added": 1})
        heard = [await anext(stream) for stream in streams]
        for stream in streams:
            await stream.aclose()
        return heard

    first, second = asyncio.run(hear())
    assert first == second


def test_silence_is_broken_by_a_comment() -> None:
    async def hear() -> str:
        stream = live.stream(heartbeat=0.01)
        await anext(stream)
        return await anext(stream)

    assert asyncio.run(hear()).startswith(": ")


def test_a_browser_that_leaves_is_forgotten() -> None:
    async def come_and_go() -> tuple[int, int]:
        stream = live.stream()
        await anext(stream)
        there = live.listeners()
        await stream.aclose()
        return there, live.listeners()

    assert asyncio.run(come_and_go()) == (1, 0)


def test_a_browser_that_falls_behind_loses_the_oldest_and_keeps_the_newest() -> None:
    async def hear() -> list[str]:
        stream = live.stream(heartbeat=0.01)
        await anext(stream)
        for number in range(live.ROOM + 5):
            live.publish("posts", {"added": number})
        await asyncio.sleep(0)
        heard = [await anext(stream) for _ in range(live.ROOM)]
        await stream.aclose()
        return heard

    heard = asyncio.run(hear())
    assert message(heard[0])["data"] == {"added": 5}
    assert message(heard[-1])["data"] == {"added": live.ROOM + 4}


def test_nobody_listening_is_fine() -> None:
    live.publish("posts", {"added": 1})
    assert live.listeners() == 0


@pytest.mark.django_db(transaction=True)
def test_the_endpoint_streams_events_uncached_to_people_who_are_signed_in(
    account: Callable[..., Account],
) -> None:
    person = account("viewer")

    async def connect() -> tuple[dict[str, str], bytes]:
        client = AsyncClient()
        await client.aforce_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        answer = await client.get("/live")
        greeting = await anext(aiter(answer.streaming_content))
        await sync_to_async(connections.close_all)()  # those of the thread in which the session was read
        return dict(answer.headers), greeting

    headers, greeting = asyncio.run(connect())
    assert headers["Content-Type"] == "text/event-stream"
    assert headers["Cache-Control"] == "no-store"
    assert greeting.startswith(b"retry:")
