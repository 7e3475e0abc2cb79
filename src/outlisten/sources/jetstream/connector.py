"""All posts of Bluesky as a source: read as they are written, or caught up with now and then."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from urllib.parse import urlencode

from outlisten.sources.atproto.standing import standings
from outlisten.sources.atproto.written import COLLECTION
from outlisten.sources.atproto.xrpc import APPVIEW, Refused, Xrpc
from outlisten.sources.connector import Connector, Cursor, Page, Post, Record, Setting, Standing
from outlisten.sources.jetstream import mapping
from outlisten.sources.jetstream.events import event
from outlisten.sources.jetstream.gathered import Gathered
from outlisten.sources.jetstream.names import Names
from outlisten.sources.jetstream.wanted import Wanted
from outlisten.sources.problems import NotThere

# Servers see events in slightly other orders: going back a little on every connection loses none, the pipeline drops doubles.
BACK = timedelta(seconds=5)
FIRST = timedelta(seconds=60)  # how far back a new source starts
ASK = 45.0  # seconds that catching up may take in one ask
QUIET = 5.0  # seconds without a message after which there is nothing more for now
SOON = 1.0  # seconds after which wanted posts are given, few or many
OFTEN = 10.0  # seconds after which a page is given though no post was wanted
MICROSECOND = timedelta(microseconds=1)


class Jetstream(Connector):
    """The posts with one of the words. The cursor is the server's time of the last event read, wanted or not."""

    PACKAGE = "outlisten.sources.jetstream"

    def __init__(self, setting: Setting, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(setting)
        self._clock = clock
        self._wanted = Wanted(setting.words("words"))
        self._names = Names(self.fetcher) if setting.options.get("names") else None
        self._public = Xrpc(self.fetcher, APPVIEW)

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """What was written until now, for no longer than an ask may take."""
        now, end = mapping.microseconds(self.setting.now), self._clock() + ASK
        for page, quiet in self._read(cursor):
            behind = not quiet and int(page.cursor["time_us"]) < now
            yield Page(page.records, page.cursor, gone=page.gone, more=behind)
            if not behind or self._clock() > end:
                return

    def stream(self, cursor: Cursor) -> Iterator[Page]:
        """What is written, for as long as the connection holds."""
        for page, _quiet in self._read(cursor):
            yield page

    def post(self, record: Record) -> Post:
        return mapping.post(record)

    def again(self, native_ids: Sequence[str]) -> Iterator[Standing]:
        """How posts stand, by what Bluesky shows to everyone."""
        return standings(self._public.query, self._public.host, native_ids)

    def _read(self, cursor: Cursor) -> Iterator[tuple[Page, bool]]:
        """A page soon after a wanted post, and every few seconds; and when the server falls quiet, which is told beside it."""
        start = int(cursor.get("time_us") or mapping.microseconds(self.setting.now - FIRST))
        gathered = Gathered(self._wanted, self._names, start)
        began = self._clock()
        with self.fetcher.socket(self._address(start)) as socket:
            while True:
                message = socket.next(QUIET)
                if message is not None:
                    gathered.take(event(message))
                due = began + (SOON if gathered.wanted else OFTEN)
                if message is None or gathered.full or self._clock() > due:
                    yield gathered.page(), message is None
                    began = self._clock()

    def _address(self, start: int) -> str:
        server = self.setting.text("server").rstrip("/")
        asked = [("wantedCollections", COLLECTION), ("cursor", str(start - BACK // MICROSECOND))]
        dids = [("wantedDids", self._did(name)) for name in self.setting.words("authors")]
        return f"{server}/subscribe?{urlencode([*asked, *dids])}"

    def _did(self, name: str) -> str:
        """The account of a handle. Raises NotThere."""
        if name.startswith("did:"):
            return name
        handle = name.lstrip("@")
        try:
            return str(self._public.query("com.atproto.identity.resolveHandle", {"handle": handle})["did"])
        except (Refused, KeyError) as problem:
            raise NotThere(address=handle, status="no account") from problem
