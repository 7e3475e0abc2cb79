"""A Discord bot as a source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from outlisten.sources.connector import (
    Connector,
    Cursor,
    Page,
    Post,
    Record,
    Sent,
    Setting,
    Standing,
    Welcome,
)
from outlisten.sources.discord import answering, mapping
from outlisten.sources.discord.client import HOST, DiscordClient
from outlisten.sources.discord.gateway import Gateway
from outlisten.sources.discord.live import live_pages
from outlisten.sources.discord.places import Places
from outlisten.sources.discord.rooms import Rooms
from outlisten.sources.discord.walk import INTENT, Walk
from outlisten.sources.problems import NotAllowed, NotThere
from outlisten.sources.walking import older_of


class Discord(Connector):
    """The channels and threads of the chosen servers. The cursor holds the place in each, and our bot's number."""

    PACKAGE = "outlisten.sources.discord"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._client = DiscordClient(self.fetcher, setting.secrets.get("token", ""))
        self._rooms = Rooms(self._client, setting.words("servers"), setting.words("channels"))

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """What is new in each room; at first the newest hundred messages of each."""
        yield from self._walk(cursor).round(self._places(cursor))

    def history(self, cursor: Cursor, since: datetime) -> Iterator[Page]:
        """Each room from its newest message back to `since`."""
        yield from older_of(cursor, self._walk({}).older(since), since)

    def stream(self, cursor: Cursor) -> Iterator[Page]:
        """New messages, edits and deletions as Discord sends them, after what is new until then."""
        gateway = Gateway(self.fetcher, self._client.gateway(), self._client.token)
        yield from live_pages(gateway, self._walk(cursor), self._places(cursor))

    def post(self, record: Record) -> Post:
        return mapping.post(record)

    def again(self, native_ids: Sequence[str]) -> Iterator[Standing]:
        """How messages stand, one question for each; those of a channel that we may no longer read are not known."""
        walk = self._walk({})
        for native_id in native_ids:
            try:
                yield self._standing(native_id, walk)
            except (NotAllowed, NotThere):
                yield Standing(native_id)

    def answer(self, to: str, text: str) -> Sent:
        """Answer a message in its channel or thread."""
        channel, message = answering.place(to)
        return answering.sent(self._client.send(channel, answering.form(message, to, text)))

    def answered(self, to: str, text: str) -> Sent | None:
        return answering.standing(self._client, to, text, str(self._client.me()["id"]))

    def welcome(self) -> Welcome:
        """The bot's name and what it finds first. Raises NotAllowed when it may not read what people write."""
        account = self._client.me()
        if not self._client.reads_content():
            raise NotAllowed(host=HOST, status=INTENT)
        page = next(self.pages({"me": account["id"]}))
        return Welcome(f"@{account['username']}", self._sample(page.records))

    def _walk(self, cursor: Cursor) -> Walk:
        me = str(cursor.get("me") or self._client.me()["id"])
        return Walk(self._client, self._rooms, me, self.setting.now)

    def _places(self, cursor: Cursor) -> Places:
        return Places.of(cursor, self.setting.now)

    def _standing(self, native_id: str, walk: Walk) -> Standing:
        """Raises NotAllowed, NotThere."""
        channel, number = answering.place(native_id)
        message = self._client.message(channel, number)
        if message is None:
            return Standing(native_id, gone=True)
        room = self._rooms.known(channel)
        (record,) = walk.records([message], room) if room else (None,)
        return Standing(native_id, record=record)
