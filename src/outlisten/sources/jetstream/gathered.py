"""Events gathered until they make a page."""

from __future__ import annotations

from outlisten.sources.connector import Page, Record
from outlisten.sources.jetstream.events import Event
from outlisten.sources.jetstream.names import Names
from outlisten.sources.jetstream.wanted import Wanted

# Posts of a page. Profiles are looked up twenty-five at once, while nothing of the page is kept; without them a page is as
# large as keeping it in one go is quick, which matters when a server sends all it has missed.
FULL_OF_NAMES, FULL = 100, 20_000
MOST_GONE = 1_000  # deletions of a page


class Gathered:
    """Wanted posts, and the addresses of all deleted ones: which of them we hold is not known here."""

    def __init__(self, wants: Wanted, names: Names | None, time_us: int) -> None:
        self._wants, self._names = wants, names
        self._records: list[Record] = []
        self._gone: list[str] = []
        self.time_us = time_us

    @property
    def wanted(self) -> bool:
        """Whether it holds posts."""
        return bool(self._records)

    @property
    def full(self) -> bool:
        full = FULL_OF_NAMES if self._names else FULL
        return len(self._records) >= full or len(self._gone) >= MOST_GONE

    def take(self, event: Event | None) -> None:
        """Note an event; the time goes forward with those that are not wanted too."""
        if event is None:
            return
        self.time_us = max(self.time_us, event.time_us)
        if event.does == "deletes":
            self._gone.append(event.uri)
        elif event.does == "writes" and self._wants(event.record["event"]["commit"]["record"]):
            self._records.append(event.record)

    def page(self) -> Page:
        """What was gathered, as a page; nothing is left of it here."""
        records, gone = self._records, self._gone
        self._records, self._gone = [], []
        if self._names and records:
            known = self._names.of([record["event"]["did"] for record in records])
            records = [{**record, "author": known.get(record["event"]["did"])} for record in records]
        return Page(records, {"time_us": self.time_us}, gone=gone)
