"""How an answer reaches a customer. One way is built: copy it out, post it by hand, say that it is posted.

A connector that can send (a later issue) adds a way of its own: same protocol, `by_hand` false.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer on its way: the post it answers, its words, the name under it."""

    post: str
    text: str
    name: str


class Answering(Protocol):
    """A way to a customer."""

    @property
    def key(self) -> str:
        """Its name in the database."""
        ...

    @property
    def label(self) -> str | Promise:
        """What a person reads."""
        ...

    @property
    def by_hand(self) -> bool:
        """A person posts the text and says so; otherwise `send` does."""
        ...

    def send(self, reply: Reply) -> None:
        """Post the answer, or raise: then nothing is recorded."""
        ...


@dataclass(frozen=True, slots=True)
class CopyOut:
    """The text goes to the clipboard with the name under it; the person posts it where the customer wrote."""

    key: str
    label: str | Promise
    by_hand: bool

    def send(self, reply: Reply) -> None:
        """Nothing leaves from here."""


WAYS: dict[str, Answering] = {
    way.key: way for way in (CopyOut("copy", _("copied out and posted by hand"), by_hand=True),)
}


def way_named(key: str) -> Answering:
    """The way of this name. Raises KeyError for one that does not exist."""
    return WAYS[key]


def signed(text: str, name: str) -> str:
    """The answer as the customer reads it: every answer carries the name of an employee."""
    return f"{text.rstrip()}\n— {name}"
