"""Talk with customers against talk among ourselves."""

from __future__ import annotations

from dataclasses import dataclass

EVEN = 0.5  # below it, more time is spent on each other than on customers


@dataclass(frozen=True, slots=True)
class TalkBalance:
    """Hours of a team in a period: meetings by kind, and time spent on cases.

    `share` is hours with customers of all hours that could be told. `low` and `high` are what it would be if every meeting
    that cannot be told had been internal, or with customers: no interval of chance, the ends of what is possible.
    """

    internal: float
    customers: float
    unknown: float
    cases: float

    @property
    def with_customers(self) -> float:
        """Hours of meetings with customers and of work on cases."""
        return self.customers + self.cases

    @property
    def share(self) -> float | None:
        """None where nothing could be told."""
        told = self.internal + self.with_customers
        return self.with_customers / told if told else None

    @property
    def low(self) -> float | None:
        """The share if all unknown hours were internal."""
        whole = self.internal + self.with_customers + self.unknown
        return self.with_customers / whole if whole else None

    @property
    def high(self) -> float | None:
        """The share if all unknown hours were with customers."""
        whole = self.internal + self.with_customers + self.unknown
        return (self.with_customers + self.unknown) / whole if whole else None

    @property
    def classified(self) -> float | None:
        """Which share of the hours of meetings could be told."""
        meetings = self.internal + self.customers + self.unknown
        return (self.internal + self.customers) / meetings if meetings else None

    @property
    def below_even(self) -> bool:
        """Whether talk among ourselves takes more time than talk with customers."""
        return self.share is not None and self.share < EVEN

    def plus(self, other: TalkBalance) -> TalkBalance:
        """Both together."""
        return TalkBalance(
            self.internal + other.internal, self.customers + other.customers, self.unknown + other.unknown,
            self.cases + other.cases,
        )  # fmt: skip


NOTHING = TalkBalance(0.0, 0.0, 0.0, 0.0)
