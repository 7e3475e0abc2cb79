"""A Telegram bot as a source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from outlisten.sources.connector import Connector, Cursor, Page, Post, Record, Sent, Setting, Welcome
from outlisten.sources.problems import NotThere
from outlisten.sources.telegram import mapping
from outlisten.sources.telegram.chats import Chats, moved_with
from outlisten.sources.telegram.client import MOST, TelegramClient, Update

SILENCE = 15  # seconds that Telegram waits for an update: less than a connection may stay without a word


class Telegram(Connector):
    """All that one bot is sent. The cursor holds the last update that is durable, and is thereby what confirms it: Telegram
    forgets an update as soon as it is asked for what comes after it."""

    PACKAGE = "outlisten.sources.telegram"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._client = TelegramClient(self.fetcher, setting.text("server"), setting.secrets.get("token", ""))
        self._wanted = Chats(setting.words("chats"), private=bool(setting.options.get("private", True)))

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """What Telegram holds, up to a hundred updates a page; it holds them for a day."""
        cursor = self._begun(cursor)
        while True:
            page = self._page(cursor, patience=0)
            yield page
            if not page.more:
                return
            cursor = page.cursor

    def stream(self, cursor: Cursor) -> Iterator[Page]:
        """The same as it comes."""
        cursor = self._begun(cursor)
        while True:
            page = self._page(cursor, patience=SILENCE)
            yield page
            cursor = page.cursor

    def post(self, record: Record) -> Post:
        return mapping.post(record)

    def answer(self, to: str, text: str) -> Sent:
        """Answer a message in its chat."""
        chat, message = _place(to)
        sent = self._client.send(chat, message, text)
        return Sent(mapping.native_id(sent), mapping.address(sent) or "")

    def answered(self, to: str, text: str) -> Sent | None:
        """Nothing can be looked up: a bot is not sent its own messages, and Telegram has no way to read a chat."""
        raise self._cannot("look up an answer", "查找已发回复")

    def welcome(self) -> Welcome:
        """The bot's name and what waits for it, none of which is confirmed by that."""
        return replace(super().welcome(), account=f"@{self._client.name()}")

    def _begun(self, cursor: Cursor) -> Cursor:
        """The cursor with our bot's name. One of another bot is of no use: its numbers would confirm what nobody has read."""
        if cursor.get("bot") == self._client.bot:
            return cursor
        return {"bot": self._client.bot, "account": self._client.name()}

    def _page(self, cursor: Cursor, *, patience: int) -> Page:
        updates = self._client.updates(cursor.get("last"), patience=patience)
        after = self._after(cursor, updates)
        moved = after.get("moved", {})
        wanted = [update for update in updates if self._wanted(update, moved)]
        records = [{"account": cursor["account"], "update": update} for update in wanted]
        return Page(records, after, more=len(updates) >= MOST)

    def _after(self, cursor: Cursor, updates: list[Update]) -> Mapping[str, Any]:
        """After a quiet week Telegram goes on with a random number, which may be lower: so the last one is let go as soon as
        an empty answer shows that all before are confirmed."""
        moved = moved_with(cursor.get("moved", {}), updates)
        kept = {name: cursor[name] for name in ("bot", "account")} | ({"moved": moved} if moved else {})
        return kept | ({"last": max(update["update_id"] for update in updates)} if updates else {})


def _place(native_id: str) -> tuple[int, int]:
    """Chat and message of a native id. Raises NotThere."""
    chat, _, message = native_id.partition(":")
    try:
        return int(chat), int(message)
    except ValueError as problem:
        raise NotThere(address=native_id, status="no such message") from problem
