"""Which post answers which, across the numbers that each server gives its posts anew.

A status names what it answers by our server's number for that. Only what passed by while a source ran is known under its
address, so an answer to an older post comes without one: it is not asked for, as that would be a request for each answer.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Any

REMEMBERED = 20_000  # statuses; about 4 MB


class Threads:
    """The statuses that passed by: their address and the address of their conversation's first post, by the server's id."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, tuple[str, str | None]] = OrderedDict()

    def note(self, newest_first: Iterable[Mapping[str, Any]]) -> None:
        """Remember these statuses."""
        for status in reversed(list(newest_first)):
            if status.get("id") and status.get("uri"):
                self._known[str(status["id"])] = str(status["uri"]), self._first(status)
                self._known.move_to_end(str(status["id"]))
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)

    def address(self, identifier: str) -> str | None:
        """The address of a status by the server's id, if it passed by."""
        return self._known.get(identifier, (None, None))[0]

    def knows_parent(self, status: Mapping[str, Any]) -> bool:
        """Whether what a status answers passed by, or it answers nothing."""
        parent = status.get("in_reply_to_id")
        return not parent or str(parent) in self._known

    def places(self, status: Mapping[str, Any]) -> dict[str, str]:
        """`reply_to` and `thread` of a status, as far as they are known."""
        parent, _ = self._known.get(str(status.get("in_reply_to_id")), (None, None))
        first = self._first(status) if parent else None
        found = {"reply_to": parent, "thread": first}
        return {name: address for name, address in found.items() if address}

    def _first(self, status: Mapping[str, Any]) -> str | None:
        """The address of the conversation's first post: the status itself when it answers nothing."""
        parent = status.get("in_reply_to_id")
        if not parent:
            return str(status.get("uri"))
        return self._known.get(str(parent), (None, None))[1]
