"""A feed: what is delivered stands in the document the next time somebody fetches it."""

from __future__ import annotations

from collections.abc import Iterable

from outlisten.sinks.message import Message
from outlisten.sinks.rss.writing import entry_id, feed
from outlisten.sinks.sink import Delivered, Sink


class Rss(Sink):
    """One feed. Whoever runs it keeps the messages, and serves `document`."""

    PACKAGE = "outlisten.sinks.rss"

    def send(self, message: Message) -> Delivered:
        return Delivered(entry_id(message), message.url)

    def document(self, messages: Iterable[Message], address: str) -> bytes:
        """The feed in Atom of messages that were delivered, as it is served at an address."""
        entries = int(str(self.setting.options.get("entries") or 50))
        return feed(messages, title=self.setting.text("title"), address=address, entries=entries)
