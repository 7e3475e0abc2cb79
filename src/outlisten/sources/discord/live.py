"""What the gateway brings, as pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from outlisten.sources.connector import Page, Record
from outlisten.sources.discord.client import Told
from outlisten.sources.discord.gateway import Event, Gateway
from outlisten.sources.discord.places import Places
from outlisten.sources.discord.rooms import Room
from outlisten.sources.discord.walk import Walk

WHOLE = (
    "author",
    "content",
    "timestamp",
    "type",
)  # what a changed message holds, unless only a part of it is sent


def live_pages(gateway: Gateway, walk: Walk, places: Places) -> Iterator[Page]:
    """First what was written until now, once the session holds what is written meanwhile; then what it brings."""
    live = Live(walk, places)
    for events in gateway.events():
        if any(event.name == "READY" for event in events):
            for page in walk.round(places):
                yield page
                gateway.beat()
        yield live.page(events)


class Live:
    """Turns events into pages, and moves each room's place along."""

    def __init__(self, walk: Walk, places: Places) -> None:
        self._walk, self._places = walk, places
        self._guilds = frozenset(walk.rooms.guilds())

    def page(self, events: Sequence[Event]) -> Page:
        """The page of these events; without any, an empty one."""
        records: list[Record] = []
        gone: list[str] = []
        for event in events:
            if str(event.told.get("guild_id")) not in self._guilds:
                continue
            match event.name:
                case "MESSAGE_CREATE" | "MESSAGE_UPDATE":
                    records += self._written(event)
                case "MESSAGE_DELETE":
                    gone.append(f"{event.told['channel_id']}:{event.told['id']}")
                case "MESSAGE_DELETE_BULK":
                    gone += [f"{event.told['channel_id']}:{one}" for one in event.told.get("ids") or []]
        return Page(records, self._walk.cursor(self._places), gone=gone)

    def _written(self, event: Event) -> list[Record]:
        room = self._walk.rooms.known(str(event.told["channel_id"]))
        if room is None:
            return []
        message = self._whole(event.told, room)
        if message is None:
            return []
        found = self._walk.records([message], room)
        if event.name == "MESSAGE_CREATE":
            self._places.move(room, int(message["id"]))
        return found

    def _whole(self, told: Told, room: Room) -> Told | None:
        if all(name in told for name in WHOLE):
            return told
        return self._walk.client.message(room.id, str(told["id"]))
