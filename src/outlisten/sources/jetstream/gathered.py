"""Events gathered until they make a page."""

from __future__ import annotations

from outlisten.sources.connector import Page, Record
from outlisten.sources.jetstream.events import Event
from outlisten.sources.jetstream.names import Names
from outlisten.sources.jetstream.wanted import Wanted

FULL = 100  # posts, or ten times as many deletions


class Gathered:
    """Wanted posts, and the addresses of all deleted ones: which of them we hold is not known here."""

    def __init__(self, wanted: Wanted, names: Names | None, time_us: int) -> None:
        self._wanted, self._names = wanted, names
        self._records: list[Record] = []
        self._gone: list[str] = []
        self.time_us = time_us

    @property
    def full(self) -> bool:
        return len(self._records) >= FULL or len(self._gone) >= 10 * FULL

    def take(self, event: Event | None) -> None:
        """Note an event; the time goes forward with those that are not wanted too."""
        if event is None:
            return
        self.time_us = max(self.time_us, event.time_us)
        if event.does == "deletes":
            self._gone.append(event.uri)
        elif event.does == "writes" and self._wanted(event.record["event"]["commit"]["record"]):
            self._records.append(event.record)

    def page(self, *, more: bool) -> Page:
        """What was gathered, as a page; nothing is left of it here."""
        records, gone = self._records, self._gone
        self._records, self._gone = [], []
        if self._names and records:
            known = self._names.of([record["event"]["did"] for record in records])
            records = [{**record, "author": known.get(record["event"]["did"])} for record in records]
        return Page(records, {"time_us": self.time_us}, gone=gone, more=more)
