"""A mailbox as a source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from email.message import EmailMessage
from typing import Any

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
from outlisten.sources.email import mapping
from outlisten.sources.email.client import Folder
from outlisten.sources.email.connections import IMAP_PORTS, SMTP_PORTS, TLS, Server, mailbox, postman, told
from outlisten.sources.email.place import Place
from outlisten.sources.email.sending import answer_id, written
from outlisten.sources.problems import NotThere, SourceProblem

PAGE = 20  # mails
LOOKED_FOR = 20  # missed mails that are looked for in other folders, a page
SILENCE = 20.0  # seconds without a new mail after which a stream says so


class Email(Connector):
    """One folder of one mailbox. Its cursor is a `Place`."""

    PACKAGE = "outlisten.sources.email"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._user, self._password = setting.text("user"), setting.secrets.get("password", "")
        self._address = setting.text("address") or self._user
        self._articles = setting.text("brings") == "articles"

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """What arrived since, oldest first, and what was deleted."""
        with self._folder() as folder:
            yield from self._new(folder, Place.of(cursor))

    def stream(self, cursor: Cursor) -> Iterator[Page]:
        """The same, again whenever the server tells of a change."""
        place = Place.of(cursor)
        with self._folder() as folder:
            while True:
                yield from self._new(folder, place)
                folder.wait(SILENCE)

    def history(self, cursor: Cursor, since: datetime) -> Iterator[Page]:
        """Mails back to `since`, newest first."""
        with self._folder() as folder:
            same = cursor.get("validity") == folder.validity
            uids = folder.uids(since=since.date())[::-1]
            left = [uid for uid in uids if not same or uid < cursor["before"]]
            for start in range(0, max(len(left), 1), PAGE):
                some = left[start : start + PAGE]
                kept = {"validity": folder.validity, "before": some[-1] if some else 0}
                yield Page(folder.records(some)[::-1], kept, more=start + PAGE < len(left))

    def post(self, record: Record) -> Post:
        return mapping.post(record, mailbox=self._address, articles=self._articles)

    def again(self, native_ids: Sequence[str]) -> Iterator[Standing]:
        """Whether each mail still lies anywhere but in the bin."""
        with self._folder() as folder:
            for native_id in native_ids:
                found = folder.find(native_id)
                yield Standing(native_id, gone=found is None, record=found)

    def answer(self, to: str, text: str) -> Sent:
        """Send a mail that answers one of the mailbox, and keep a copy with the sent ones."""
        server = self._smtp()
        with self._folder() as folder:
            original = folder.find(to)
            if original is None:
                raise NotThere(address=self.setting.text("folder"), status="no such mail")
            mail = written(
                original,
                to,
                text,
                sender=self._address,
                name=self.setting.text("sender_name"),
                now=self.setting.now,
            )
            with told(server.host), closing(self._postman(server)) as smtp:
                smtp.send_message(mail)
            self._keep_copy(folder, mail)
        return Sent(answer_id(to, text, self._address))

    def answered(self, to: str, text: str) -> Sent | None:
        """The answer among the sent mails, or anywhere else in the mailbox."""
        identifier = answer_id(to, text, self._address)
        with self._folder() as folder:
            return Sent(identifier) if folder.has(identifier) else None

    def welcome(self) -> Welcome:
        """The mailbox and its newest mails; where it answers, the sending server too."""
        page = next(iter(self.pages({})))
        if self.setting.text("smtp_host"):
            self._postman(self._smtp()).close()
        return Welcome(self._address, self._sample(page.records))

    def _new(self, folder: Folder, place: Place) -> Iterator[Page]:
        fresh = place.look(folder)
        for start in range(0, max(len(fresh), 1), PAGE):
            records = folder.records(fresh[start : start + PAGE])
            new = [one for one in records if place.take(one["uid"], mapping.native_id(one))]
            place.last = max([place.last, *fresh[start : start + PAGE]])
            gone = self._gone(folder, place)
            more = start + PAGE < len(fresh) or bool(place.missed)
            yield Page(new, place.as_cursor(), gone, more)

    def _gone(self, folder: Folder, place: Place) -> list[str]:
        """Missed mails that lie nowhere else: one that was filed in another folder was not deleted."""
        looked_for, place.missed = place.missed[:LOOKED_FOR], place.missed[LOOKED_FOR:]
        return [name for name in looked_for if not folder.has(name)]

    @contextmanager
    def _folder(self) -> Iterator[Folder]:
        server = self._server("", IMAP_PORTS)
        box = mailbox(server, self.fetcher.guard, user=self._user, password=self._password)
        folder = Folder(box, server.host, self.setting.text("folder") or "INBOX")
        try:
            yield folder
        finally:
            folder.close()

    def _smtp(self) -> Server:
        if self._articles or not self.setting.text("smtp_host"):
            raise self._cannot("answer", "回复")
        return self._server("smtp_", SMTP_PORTS)

    def _postman(self, server: Server) -> Any:
        return postman(server, self.fetcher.guard, user=self._user, password=self._password)

    def _server(self, kind: str, ports: dict[str, int]) -> Server:
        security = self.setting.text(f"{kind}security") or TLS
        port = self.setting.options.get(f"{kind}port") or ports[security]
        return Server(self.setting.text(f"{kind}host"), int(str(port)), security)

    def _keep_copy(self, folder: Folder, mail: EmailMessage) -> None:
        """The answer stands: that it cannot be filed is no reason to send it again."""
        try:
            sent = folder.sent_folder()
            if sent and not folder.has(str(mail["Message-ID"]).strip("<>")):
                folder.keep_in(sent, mail.as_bytes())
        except SourceProblem:
            return
