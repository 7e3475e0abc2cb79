"""Which chats a source listens to: a bot may be added to groups that nobody asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from outlisten.sources.problems import WrongOption
from outlisten.sources.telegram.mapping import is_private, said_in

Moved = Mapping[str, str]  # the number of a group before it was upgraded → its number now


class Chats:
    """A test for updates: those of the named groups and channels (all where none is named), and private ones if wanted."""

    def __init__(self, named: Sequence[str], *, private: bool) -> None:
        self._named = frozenset(map(_chat, named))
        self._private = private

    def __call__(self, update: Mapping[str, Any], moved: Moved) -> bool:
        chat = said_in(update).get("chat") or {}
        if is_private(chat):
            return self._private
        names = {str(chat.get("id")), str(chat.get("username") or "").lower()}
        return not self._named or bool((names | self._before(names, moved)) & self._named)

    def _before(self, names: set[str], moved: Moved) -> set[str]:
        return {old for old, new in moved.items() if new in names}


def moved_with(moved: Moved, updates: Sequence[Mapping[str, Any]]) -> Moved:
    """The upgrades known so far, and those that these updates tell of."""
    found = dict(moved)
    for update in updates:
        message = said_in(update)
        here = (message.get("chat") or {}).get("id")
        if to := message.get("migrate_to_chat_id"):
            found[str(here)] = str(to)
        if before := message.get("migrate_from_chat_id"):
            found[str(before)] = str(here)
    return found


def _chat(entered: str) -> str:
    """A number, or a name without @ and address. Raises WrongOption."""
    name = entered.strip().rpartition("t.me/")[2].lstrip("@").lower()
    if not name.replace("_", "").removeprefix("-").isalnum():
        raise WrongOption(option=entered, reason="a chat is written @name or as its number")
    return name
