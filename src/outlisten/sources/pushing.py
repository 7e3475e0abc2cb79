"""What is sent here: a connector says how its network proves itself, what a request holds, and what it is answered.

The app knows none of this: it keeps the records that a proven request holds before it answers.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from outlisten.sources.connector import Connector, Record
from outlisten.sources.problems import Because
from outlisten.words import Locale


@dataclass(frozen=True, slots=True)
class Push:
    """A request as it came; header names in any case find their value."""

    method: str
    query: Mapping[str, str] = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    at: datetime


@dataclass(frozen=True, slots=True)
class Arrived:
    """What a request holds. `reply` is the plain text its sender waits for; without one it is told the number of records."""

    records: Sequence[Record] = ()
    reply: str | None = None


class NotTaken(Exception):
    """A proven request that holds nothing usable; `status` is HTTP's."""

    def __init__(self, status: int, sentence: str, **details: object) -> None:
        self.status, self._because = status, Because.of(sentence, **details)
        super().__init__(str(self._because))

    def text(self, locale: Locale) -> str:
        """The sentence in a language a person reads."""
        return self._because.text(locale)


class Pushed(Connector):
    """A connector whose network sends. `pages` may still ask for what is not sent; what was sent comes before it.

    What a network sends again until it is answered must give equal records: these are kept once.
    """

    MOST_A_MINUTE: ClassVar[int] = 120  # requests; a network that sends one post in each needs more

    @abstractmethod
    def lets_in(self, push: Push) -> bool:
        """Whether a request proves that it comes from the sender. It must say no to a method that it does not answer."""

    @abstractmethod
    def arrived(self, push: Push) -> Arrived:
        """What a proven request holds. Raises NotTaken. It asks no network: some senders wait for five seconds only."""
