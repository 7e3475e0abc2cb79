"""How far each room was read: what a cursor of Discord holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from outlisten.sources.discord.rooms import Room
from outlisten.sources.discord.snowflakes import given_at, snowflake
from outlisten.sources.times import utc

REMEMBERED = timedelta(days=30)  # the place of a room in which nothing was written for longer is let go
SETTLED = timedelta(minutes=1)  # after which no message with a lower number turns up
# How long a room that may not be read is left alone: refused requests count against the bot.
CLOSED = timedelta(hours=1)
# A thread is archived an hour after its last message at the soonest, unless somebody does it by hand.
ARCHIVED = timedelta(hours=1)


@dataclass
class Places:
    """`start` is where a room without a place of its own begins: a room that was made since then is read from its beginning.

    `first` is whether the first round through all rooms is not over: then rooms also give what was written before.
    """

    start: int
    first: bool
    read: dict[str, int] = field(default_factory=dict)  # room → number of the last message read
    closed: dict[str, str] = field(default_factory=dict)  # room → when it refused
    archived: dict[str, str] = field(
        default_factory=dict
    )  # server → up to when its archived threads were looked at

    @classmethod
    def of(cls, cursor: Mapping[str, Any], now: datetime) -> Places:
        """From a cursor, empty or not."""
        if "start" not in cursor:
            return cls(snowflake(now), first=True)
        read = {room: int(number) for room, number in cursor["read"].items()}
        return cls(
            int(cursor["start"]), bool(cursor.get("first")), read, dict(cursor.get("closed") or {}),
            dict(cursor.get("archived") or {}),
        )  # fmt: skip

    def as_cursor(self) -> Mapping[str, Any]:
        """Numbers as texts: they are larger than what JSON's readers must keep."""
        read = {room: str(number) for room, number in self.read.items()}
        first = {"first": True} if self.first else {}
        rest = {"closed": dict(self.closed), "archived": dict(self.archived)}
        return {"start": str(self.start), "read": read, **rest, **first}

    def is_unread(self, room: Room) -> bool:
        """Whether the room must be asked: it has a message after its place, or has any and was never read."""
        return room.last > (0 if self.first and room.id not in self.read else self.at(room))

    def at(self, room: Room) -> int:
        return self.read.get(room.id, self.start)

    def move(self, room: Room, number: int) -> None:
        """The room is read up to there; a place never goes back."""
        self.read[room.id] = max(number, self.at(room))
        self.closed.pop(room.id, None)

    def settle(self, room: Room, now: datetime) -> None:
        """Nothing stands after its place. Its last message was deleted, and need not be asked for again once it is old."""
        if room.last and given_at(room.last) < now - SETTLED:
            self.move(room, room.last)

    def refuses(self, room: Room, now: datetime) -> bool:
        """Whether the room refused a short while ago."""
        when = utc(self.closed.get(room.id))
        return when is not None and now - when < CLOSED

    def close(self, room: Room, now: datetime) -> None:
        self.closed[room.id] = now.isoformat()

    def archived_since(self, guild: str, now: datetime) -> datetime | None:
        """Since when archived threads of a server must be looked for; None where that was done a short while ago."""
        when = utc(self.archived.setdefault(guild, now.isoformat()))
        return when if when is not None and now - when >= ARCHIVED else None

    def rounded(self, now: datetime) -> None:
        """All rooms are read: what is old need not be remembered, since whatever is unread is younger."""
        self.first = False
        floor = snowflake(now - REMEMBERED)
        self.start = max(self.start, floor)
        self.read = {room: number for room, number in self.read.items() if number > self.start}
        self.closed = {room: when for room, when in self.closed.items() if _within(when, now)}


def _within(when: str, now: datetime) -> bool:
    told = utc(when)
    return told is not None and now - told < CLOSED
