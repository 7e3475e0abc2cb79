"""A folder of a mailbox, read and never changed: which mails are there, what they say, and where else a mail lies."""

from __future__ import annotations

import imaplib
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from imap_tools import FolderInfo

from outlisten.sources.email.connections import MailBox, told
from outlisten.sources.email.documents import record
from outlisten.sources.email.mapping import native_id

# Of a mail this much is fetched: words come first, what is attached after them.
LARGEST = 1024 * 1024
WHOLE = f"(UID INTERNALDATE BODY.PEEK[]<0.{LARGEST}>)"
NAME = "(UID BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])"
UID = re.compile(rb"\bUID (\d+)")
ARRIVED = re.compile(rb'INTERNALDATE "[^"]+"')
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
# An id goes into a command as it is: nothing that could end it, or the line.
SEARCHABLE = re.compile(r"[!#-\[\]-~]{1,500}")
# RFC 6154 flags of folders, and what servers without them call these.
THROWN_AWAY, SENT = {"\\Trash", "\\Junk", "\\Noselect", "\\NonExistent"}, "\\Sent"
THROWN_AWAY_NAMES = re.compile(
    r"(^|[./])(trash|junk|spam|deleted( (items|messages))?|已删除(邮件)?|垃圾(邮件|箱)?)$", re.IGNORECASE
)
SENT_NAMES = re.compile(r"(^|[./])(sent( (items|messages|mail))?|已发送(邮件)?)$", re.IGNORECASE)
MOST_FOLDERS = 50


class Folder:
    """One folder of an open mailbox. Raises SourceProblem wherever the server is asked."""

    def __init__(self, box: MailBox, host: str, name: str) -> None:
        self._box, self._host, self._name = box, host, name
        try:
            self._select(name)
            with told(host):
                self.validity = int(box.client.response("UIDVALIDITY")[1][0] or 0)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Leave the server; one that is away already is no problem."""
        try:
            self._box.logout()
        except Exception:  # noqa: BLE001 -- nothing is lost with a connection that is not needed any more
            with suppress(OSError):
                self._box.client.shutdown()

    def uids(self, first: int = 1, *, since: date | None = None) -> list[int]:
        """The mails from this number on, lowest first, that arrived on this day or later."""
        asked = f"UID {first}:*"
        if since is not None:
            asked += f" SINCE {since.day}-{MONTHS[since.month - 1]}-{since.year}"
        with told(self._host):
            found = sorted(int(uid) for uid in self._box.uids(asked))
        return [uid for uid in found if uid >= first]  # `*` is the last mail, even one below `first`

    def records(self, uids: Sequence[int]) -> list[dict[str, Any]]:
        """The mails as records; one that has gone in between is left out."""
        return [
            {**record(raw), "uid": uid, "validity": self.validity, "folder": self._name, "received": arrived}
            for uid, arrived, raw in self._fetched(uids, WHOLE)
        ]

    def names(self, uids: Sequence[int]) -> dict[int, str]:
        """The native id of each mail."""
        place = {"validity": self.validity, "folder": self._name}
        return {
            uid: native_id({**record(raw), **place, "uid": uid}) for uid, _, raw in self._fetched(uids, NAME)
        }

    def wait(self, seconds: float) -> None:
        """Until the server tells of something in the folder (RFC 2177), or the seconds are over."""
        with told(self._host):
            self._box.idle.wait(seconds)

    def find(self, message_id: str) -> dict[str, Any] | None:
        """The mail with this id, wherever it lies but in the bin; None when there is none."""
        return next(self._found(message_id), None)

    def has(self, message_id: str) -> bool:
        """Whether the mail lies anywhere but in the bin."""
        return self.find(message_id) is not None

    def sent_folder(self) -> str | None:
        """Where sent mails are kept."""
        flagged = [one.name for one in self._folders() if SENT in one.flags]
        return next(
            iter([*flagged, *(one.name for one in self._folders() if SENT_NAMES.search(one.name))]), None
        )

    def keep_in(self, folder: str, mail: bytes) -> None:
        """Put a mail into another folder, as read."""
        with told(self._host):
            self._box.append(mail, folder, flag_set=["\\Seen"])

    def _found(self, message_id: str) -> Iterator[dict[str, Any]]:
        if not SEARCHABLE.fullmatch(message_id):
            return
        others = [one.name for one in self._folders() if not _thrown_away(one) and one.name != self._name]
        try:
            for folder in [self._name, *others[:MOST_FOLDERS]]:
                self._select(folder)
                with told(self._host):
                    uids = self._box.uids(f'HEADER Message-ID "<{message_id}>"')
                yield from self.records([int(uid) for uid in uids[:1]])
        finally:
            self._select(self._name)

    def _folders(self) -> list[FolderInfo]:
        with told(self._host):
            return self._box.folder.list()

    def _select(self, folder: str) -> None:
        with told(f"{self._host}/{folder}"):
            self._box.folder.set(folder, readonly=True)

    def _fetched(self, uids: Sequence[int], what: str) -> Iterator[tuple[int, int | None, bytes]]:
        """(number, when it arrived, its bytes) of each mail."""
        if not uids:
            return
        with told(self._host):
            status, answer = self._box.client.uid("FETCH", ",".join(map(str, uids)), what)
            if status != "OK":
                raise imaplib.IMAP4.error(status)
        for head, raw in _mails(answer):
            if number := UID.search(head):
                yield int(number[1]), _arrived(head), raw


def _mails(answer: Sequence[Any]) -> Iterator[tuple[bytes, bytes]]:
    """(what the server says of a mail before and after it, its bytes)."""
    for place, part in enumerate(answer):
        if isinstance(part, tuple):
            after = answer[place + 1] if place + 1 < len(answer) else b""
            yield part[0] + b" " + (after if isinstance(after, bytes) else b""), part[1]


def _arrived(head: bytes) -> int | None:
    said = ARRIVED.search(head)
    local = imaplib.Internaldate2tuple(said[0]) if said else None
    try:
        return int(time.mktime(local)) if local else None
    except (OverflowError, ValueError):
        return None


def _thrown_away(folder: FolderInfo) -> bool:
    return bool(THROWN_AWAY & set(folder.flags)) or bool(THROWN_AWAY_NAMES.search(folder.name))
