"""Events as Discord sends them, over one connection that is taken up again where it broke.

https://discord.com/developers/docs/events/gateway
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from outlisten.sources.discord.client import HOST
from outlisten.sources.discord.walk import INTENT
from outlisten.sources.fetching import Fetcher
from outlisten.sources.fetching.sockets import Socket
from outlisten.sources.problems import CredentialRefused, NotAllowed, Unreachable

GUILD_MESSAGES, MESSAGE_CONTENT = 1 << 9, 1 << 15
ASKED = "?v=10&encoding=json"
TO_RESUME = 4000  # closed with 1000 or 1001 a session is over
WRONG_TOKEN, OTHER_INTENTS, OVER = 4004, frozenset({4013, 4014}), frozenset({4007, 4009})
PATIENCE = 20.0  # seconds for Discord to say hello
TOGETHER = 1.0  # seconds in which what comes is given together
SILENCE = 15.0  # seconds after which the caller is told that there is nothing
MOST = 100


class Op(IntEnum):
    """What a message is, as far as we send or heed it."""

    EVENT = 0
    BEAT = 1
    IDENTIFY = 2
    RESUME = 6
    RECONNECT = 7
    INVALID = 9
    HELLO = 10


@dataclass(frozen=True, slots=True)
class Event:
    """One event: Discord's word for it, and what goes with it."""

    name: str
    told: Mapping[str, Any]


class Gateway:
    """One session. That it broke off in between is not noticed, as long as Discord still knows it."""

    def __init__(
        self, fetcher: Fetcher, address: str, token: str, *, clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:  # fmt: skip
        self._fetcher, self._address, self._token = fetcher, address, token
        self._clock, self._chance = clock, chance
        self._session, self._sequence = "", 0
        self._events: list[Event] = []  # noted, and not yet given: the session will not send them again
        self._lives = False  # whether the connection brought the session up
        self._interval, self._due = 0.0, float("inf")
        self._socket: Socket | None = None

    def events(self) -> Iterator[Sequence[Event]]:
        """What comes, about a second's worth at a time; nothing after a while of silence. READY says that a session began.

        Raises Unreachable when it is over: what was written since must be fetched by asking.
        """
        while True:
            try:
                with self._fetcher.socket(self._address.rstrip("/") + "/" + ASKED) as socket:
                    self._socket = socket
                    self._greet(socket)
                    yield from self._gathered(socket)
                    socket.hang_up(TO_RESUME)
            except Unreachable as problem:
                self._socket = None
                if self._events:
                    yield self._taken()
                self._judge(problem)
            self._lives = False

    def beat(self) -> None:
        """Say that we are still here, when it is time: for a caller that does something else for a while.

        That an answer comes is not waited for: the socket's own pings notice a dead connection.
        """
        if self._socket is not None and self._clock() >= self._due:
            self._say(self._socket, Op.BEAT, self._sequence or None)
            self._due = self._clock() + self._interval

    def _greet(self, socket: Socket) -> None:
        hello = _told(socket.next(PATIENCE))
        if hello.get("op") != Op.HELLO:
            raise Unreachable(host=HOST, reason="it opens no socket")
        self._interval = float(hello["d"]["heartbeat_interval"]) / 1000
        self._due = self._clock() + self._interval * self._chance()
        if self._session:
            known = {"token": self._token, "session_id": self._session, "seq": self._sequence}
            self._say(socket, Op.RESUME, known)
        else:
            about = {"os": "linux", "browser": "outlisten", "device": "outlisten"}
            intents = GUILD_MESSAGES | MESSAGE_CONTENT
            self._say(socket, Op.IDENTIFY, {"token": self._token, "intents": intents, "properties": about})

    def _gathered(self, socket: Socket) -> Iterator[Sequence[Event]]:
        """Events until Discord asks for another connection."""
        until = self._clock() + SILENCE
        while True:
            wait = max(min(until, self._due) - self._clock(), 0.0)
            told = _told(socket.next(wait))
            goes_on = self._take(told)
            self.beat()
            if len(self._events) == 1 and told.get("op") == Op.EVENT:
                until = min(until, self._clock() + TOGETHER)
            if not goes_on or len(self._events) >= MOST or self._clock() >= until:
                yield self._taken()
                until = self._clock() + SILENCE
            if not goes_on:
                return

    def _taken(self) -> Sequence[Event]:
        events, self._events = self._events, []
        return events

    def _take(self, told: Mapping[str, Any]) -> bool:
        """Note what was sent; whether the connection goes on. Raises Unreachable when the session is over."""
        match told.get("op"):
            case Op.EVENT:
                self._sequence = int(told.get("s") or self._sequence)
                event = Event(str(told.get("t")), told.get("d") or {})
                self._live(event)
                self._events.append(event)
            case Op.BEAT:
                self._due = 0.0
            case Op.RECONNECT:
                return False
            case Op.INVALID:
                self._session = self._session if told.get("d") is True else ""
                if not self._session:
                    raise Unreachable(host=HOST, reason="the connection ended")
                return False
        return True

    def _live(self, event: Event) -> None:
        if event.name == "READY":
            self._session = str(event.told["session_id"])
            self._address = str(event.told.get("resume_gateway_url") or self._address)
        self._lives = self._lives or event.name in {"READY", "RESUMED"}

    def _judge(self, problem: Unreachable) -> None:
        """Go on where the session can be taken up again. Raises what the end means where it cannot."""
        code = problem.details.get("code")
        if code == WRONG_TOKEN:
            raise CredentialRefused(host=HOST, status=code) from problem
        if code in OTHER_INTENTS:
            raise NotAllowed(host=HOST, status=INTENT) from problem
        if not self._session or not self._lives or code in OVER:
            raise problem

    def _say(self, socket: Socket, op: int, told: Any) -> None:
        socket.say(json.dumps({"op": op, "d": told}))


def _told(message: str | None) -> Mapping[str, Any]:
    try:
        told = json.loads(message or "{}")
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
