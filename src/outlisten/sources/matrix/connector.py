"""An account's rooms as a source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any

from outlisten.sources.connector import Connector, Cursor, Page, Post, Record, Sent, Setting, Welcome
from outlisten.sources.matrix import mapping
from outlisten.sources.matrix.answering import Answering
from outlisten.sources.matrix.client import JOIN_RULES, MatrixClient
from outlisten.sources.matrix.heard import edit_of, heard
from outlisten.sources.matrix.listening import Listening
from outlisten.sources.matrix.notices import notice
from outlisten.sources.matrix.place import Place
from outlisten.sources.matrix.records import Records
from outlisten.sources.matrix.session import Session
from outlisten.sources.mentions import mentions
from outlisten.sources.problems import Because, WrongOption

LISTENS = 15.0  # seconds that the server may hold an answer back until there is something: less than the fetcher's patience


class Matrix(Connector):
    """All rooms of an account, or chosen ones. The cursor is a Place; that of the history has the rooms still to go through."""

    PACKAGE = "outlisten.sources.matrix"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        session = Session(
            self.fetcher,
            setting.text("server"),
            user=setting.text("user"),
            secret=setting.secrets.get("secret", ""),
        )
        self._client = MatrixClient(session)
        self._says = mentions(setting.words("words"))

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """What is new in the rooms, then what is between that and what was known; at first the newest of each room."""
        return self._until_now(self._place(cursor))

    def stream(self, cursor: Cursor) -> Iterator[Page]:
        """What is new until now, then what is written, edited and taken back meanwhile: the server holds its answer back."""
        place = self._place(cursor)
        for page in self._until_now(place):
            place = Place.of(page.cursor)
            yield page
        while True:
            page, place, _joined = self._listening.news(place, LISTENS)
            yield page
            for page in self._gaps(place):
                place = Place.of(page.cursor)
                yield page

    def history(self, cursor: Cursor, since: datetime) -> Iterator[Page]:
        """Each room from its newest message down to `since`, or as far as the account may read."""
        account = str(cursor.get("account") or self._client.whoami())
        left = (
            dict(cursor["left"])
            if "left" in cursor
            else dict.fromkeys(self._rooms or self._client.joined(), "")
        )
        for room in list(left):
            public = self._client.state(room, JOIN_RULES).get("join_rule") == "public"
            place = Place(account, public=(room,) if public else (), told=tuple(cursor.get("told", ())))
            while room in left:
                page, place, end = self._older(place, room, left[room], since)
                left = {**left, room: end} if end else {name: at for name, at in left.items() if name != room}
                cursor = {"account": account, "left": left, "told": list(place.told)}
                yield replace(page, cursor=cursor, more=bool(left))

    def post(self, record: Record) -> Post:
        return mapping.post(record)

    def answer(self, to: str, text: str) -> Sent:
        """Answer a message, in its thread; the server takes the same answer once."""
        return self._answering.send(to, text)

    def answered(self, to: str, text: str) -> Sent | None:
        return self._answering.standing(to, text)

    def welcome(self) -> Welcome:
        """Our account, and the newest messages of its rooms."""
        page = next(self.pages({}))
        return Welcome(str(page.cursor["account"]).removeprefix("@"), self._sample(page.records))

    @cached_property
    def _listening(self) -> Listening:
        accepts = bool(self.setting.options.get("join"))
        return Listening(self._client, Records(self._client), self._rooms, self._wanted, accepts=accepts)

    @cached_property
    def _answering(self) -> Answering:
        return Answering(self._client, self._client.whoami())

    @cached_property
    def _rooms(self) -> list[str]:
        """The chosen rooms, none where all are read. Raises WrongOption for one that the account is not in."""
        names = self.setting.words("rooms")
        joined = set(self._client.joined()) if names else set()
        rooms = {name: self._client.room_named(name) if name.startswith("#") else name for name in names}
        for name, room in rooms.items():
            is_in = room in joined or (bool(self.setting.options.get("join")) and self._client.join(name))
            if not is_in:
                raise WrongOption(
                    option="rooms", reason=Because.of("the account is not in the room {room}", room=name)
                )
        return list(rooms.values())

    def _place(self, cursor: Cursor) -> Place:
        place = Place.of(cursor)
        return place if place.account else replace(place, account=self._client.whoami())

    def _until_now(self, place: Place) -> Iterator[Page]:
        for page in self._gaps(place):
            place = Place.of(page.cursor)
            yield page
        joined = True
        while joined:
            page, place, joined = self._listening.news(place, 0)
            yield page
            for page in self._gaps(place):
                place = Place.of(page.cursor)
                yield replace(page, more=page.more or joined)

    def _gaps(self, place: Place) -> Iterator[Page]:
        while place.gaps:
            page, place = self._listening.gap(place)
            yield page

    def _older(self, place: Place, room: str, start: str, since: datetime) -> tuple[Page, Place, str | None]:
        """A page of a room's older messages, and where the next one starts: nowhere once all of a page are too old."""
        back = self._client.before(room, start)
        if back is None:
            return Page([notice("left", room)], {}), place, None
        first = since.timestamp() * 1000
        wanted = [one for one in back.events if int(one.get("origin_server_ts") or 0) >= first]
        records, gone, place = self._listening.said(place, room, heard(back.state, wanted), newest_first=True)
        is_over = bool(back.events) and not wanted
        return Page(records, {}, gone), place, None if is_over else back.end

    def _wanted(self, record: Record) -> bool:
        """Whether a message says one of the words, now or before its edit: what was kept is to change too."""
        event: Mapping[str, Any] = record["event"]
        edits = [edit for edit in (edit_of(event), record.get("edit")) if edit]
        return any(self._says(mapping.body(one["content"], is_answer=True)) for one in (event, *edits))
