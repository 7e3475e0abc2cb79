"""A round through all rooms: what was written in each since it was last read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from outlisten.sources.connector import Page, Record
from outlisten.sources.discord.client import HOST, PAGE, DiscordClient, Told
from outlisten.sources.discord.mapping import is_blank
from outlisten.sources.discord.places import Places
from outlisten.sources.discord.rooms import FORUMS, Room, Rooms
from outlisten.sources.discord.snowflakes import given_at
from outlisten.sources.problems import NotAllowed, NotThere
from outlisten.sources.walking import Ask, Found, Listed

INTENT = "the Message Content Intent is off for this bot"


@dataclass
class Walk:
    """Reads rooms as one bot, whose number is `me`."""

    client: DiscordClient
    rooms: Rooms
    me: str
    now: datetime

    def round(self, places: Places) -> Iterator[Page]:
        """What is new in every room, a page of one room at a time; the places move along."""
        read = 0
        for guild in self.rooms.guilds():
            rooms, channels = self.rooms.of(guild)
            since = places.archived_since(guild, self.now)
            if since is not None:
                rooms += [thread for one in channels for thread in self.rooms.archived(one, since)]
            for room in rooms:
                yield from self._room(room, places)
            if since is not None:
                places.archived[guild] = self.now.isoformat()
            read += sum(room.id not in places.closed for room in rooms)
            read += sum(one.type in FORUMS for one in channels)
        if not read:
            raise NotAllowed(host=HOST, status="there is no channel that this bot may read")
        places.rounded(self.now)
        yield Page((), self.cursor(places))

    def older(self, since: datetime) -> dict[str, Ask]:
        """For each room what asks for its messages back in time, also for threads that were archived since."""
        found: dict[str, Ask] = {}
        for guild in self.rooms.guilds():
            rooms, channels = self.rooms.of(guild)
            rooms += [thread for one in channels for thread in self.rooms.archived(one, since)]
            found |= {room.id: partial(self._before, room) for room in rooms}
        return found

    def records(self, messages: Sequence[Told], room: Room) -> list[Record]:
        """Records of messages, oldest first. Raises NotAllowed when their words are withheld from the bot."""
        if any(map(is_blank, messages)) and not self.client.reads_content():
            raise NotAllowed(host=HOST, status=INTENT)
        ordered = sorted(messages, key=lambda message: int(message["id"]))
        return [self.record(message, room) for message in ordered]

    def record(self, message: Told, room: Room) -> Record:
        return {"me": self.me, "room": room.told(), "message": message}

    def cursor(self, places: Places) -> Mapping[str, Any]:
        return {"me": self.me, **places.as_cursor()}

    def _room(self, room: Room, places: Places) -> Iterator[Page]:
        """The new messages of a room, oldest first; at first also the newest that were written before."""
        if not places.is_unread(room) or places.refuses(room, self.now):
            return
        try:
            if places.first and room.id not in places.read:
                yield self._taken(room, places, self.client.messages(room.id, before=places.start))
            while room.last > places.at(room):
                messages = self.client.messages(room.id, after=places.at(room))
                yield self._taken(room, places, messages)
                if len(messages) < PAGE:
                    places.settle(room, self.now)
                    return
        except NotThere:
            return
        except NotAllowed as problem:
            if problem.details.get("status") == INTENT or self.rooms.is_named(room):
                raise
            places.close(room, self.now)

    def _taken(self, room: Room, places: Places, messages: Sequence[Told]) -> Page:
        records = self.records(messages, room)
        places.move(room, max((int(message["id"]) for message in messages), default=places.at(room)))
        return Page(records, self.cursor(places), more=True)

    def _before(self, room: Room, at: Any, _floor: int | None) -> Listed:
        try:
            messages = self.client.messages(room.id, **({"before": int(at)} if at else {}))
        except (NotAllowed, NotThere):
            return Listed(())
        records = self.records(messages, room)[::-1]
        found = [
            Found(int(given_at(int(one["message"]["id"])).timestamp()), one["message"]["id"], one)
            for one in records
        ]
        return Listed(found, found[-1].id if len(found) == PAGE else None)
