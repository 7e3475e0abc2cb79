"""Where people write: channels and threads of the servers that a bot is in, and which of them are wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from outlisten.sources.discord.client import DiscordClient, Told
from outlisten.sources.problems import WrongOption

TEXT, NEWS = 0, 5
FORUMS = frozenset({15, 16})  # forums and media channels hold threads only
THREADS = frozenset({10, 11, 12})
WRITTEN_IN = frozenset({TEXT, 2, NEWS, 13}) | THREADS  # text, voice, news and stage channels
WITH_THREADS = frozenset({TEXT, NEWS}) | FORUMS


@dataclass(frozen=True, slots=True)
class Room:
    """A channel or a thread. `parent` is the channel of a thread, `last` the number of its last message, 0 without any."""

    id: str
    guild: str
    name: str
    type: int
    parent: str = ""
    in_forum: bool = False
    last: int = 0

    @property
    def is_thread(self) -> bool:
        return self.type in THREADS

    def told(self) -> Mapping[str, Any]:
        """What a record keeps of it."""
        return {name: value for name, value in asdict(self).items() if name != "last"}


class Rooms:
    """The rooms of the wanted servers and channels, by name or number; all where none is named."""

    def __init__(self, client: DiscordClient, servers: Sequence[str], channels: Sequence[str]) -> None:
        self._client = client
        self._servers, self._named = _names(servers), _names(channels)
        self._forums: set[str] = set()
        self._known: dict[str, Room | None] = {}

    def guilds(self) -> list[str]:
        """The wanted servers. Raises WrongOption when the bot is in none."""
        found = [
            str(guild["id"])
            for guild in self._client.guilds()
            if not self._servers or {str(guild["id"]), _name(str(guild.get("name")))} & self._servers
        ]
        if not found:
            raise WrongOption(option="servers", reason="the bot is in no such server; invite it there first")
        return found

    def of(self, guild: str) -> tuple[list[Room], list[Room]]:
        """The wanted rooms of a server that people write in now, and the wanted channels that may hold archived threads."""
        told = self._client.channels(guild)
        self._forums |= {str(one["id"]) for one in told if one.get("type") in FORUMS}
        channels = [self._room(one, guild) for one in told]
        wanted = [one for one in channels if self._is_named(one)]
        parents = {one.id for one in wanted}
        threads = [self._room(one, guild) for one in self._client.active_threads(guild)]
        rooms = [one for one in wanted if one.type in WRITTEN_IN]
        rooms += [one for one in threads if one.parent in parents or self._is_named(one)]
        self._known |= {one.id: one for one in rooms}
        return rooms, [one for one in wanted if one.type in WITH_THREADS]

    def archived(self, channel: Room, since: datetime) -> list[Room]:
        """The threads of a channel that were archived since."""
        found = [self._room(one, channel.guild) for one in self._client.archived_threads(channel.id, since)]
        self._known |= {one.id: one for one in found}
        return found

    def known(self, identifier: str) -> Room | None:
        """A room by its number, looked up once if need be; None where it is not wanted, or cannot be read."""
        if identifier not in self._known:
            self._known[identifier] = self._looked_up(identifier)
        return self._known[identifier]

    def is_named(self, room: Room) -> bool:
        """Whether somebody asked for this very room, so that they want to know when it cannot be read."""
        return bool(self._named) and self._is_named(room)

    def _looked_up(self, identifier: str) -> Room | None:
        told = self._client.channel(identifier)
        if told is None or told.get("type") not in WRITTEN_IN or not told.get("guild_id"):
            return None
        parent = str(told.get("parent_id") or "")
        over = self._client.channel(parent) if told["type"] in THREADS and parent else None
        if over and over.get("type") in FORUMS:
            self._forums.add(parent)
        room = self._room(told, str(told["guild_id"]))
        by_parent = over is not None and self._is_named(self._room(over, room.guild))
        return room if by_parent or self._is_named(room) else None

    def _room(self, told: Told, guild: str) -> Room:
        parent = str(told.get("parent_id") or "") if told.get("type") in THREADS else ""
        return Room(
            str(told["id"]), guild, str(told.get("name") or ""), int(told.get("type", -1)), parent,
            parent in self._forums, int(told.get("last_message_id") or 0),
        )  # fmt: skip

    def _is_named(self, room: Room) -> bool:
        return not self._named or bool({room.id, _name(room.name)} & self._named)


def _names(entered: Sequence[str]) -> frozenset[str]:
    return frozenset(map(_name, entered))


def _name(entered: str) -> str:
    return entered.strip().lstrip("#").casefold()
