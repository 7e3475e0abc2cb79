"""What Today and the menu say of sources that need a look."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from outlisten.app.people.rules import Actor
from outlisten.app.sources.models import Source
from outlisten.app.sources.queries import ailing
from outlisten.app.sources.shown import Fares, fares

TOLD = 4  # sources that Today names; the rest are behind its link


@dataclass(frozen=True)
class Alerts:
    """The sources that need a look, problems before silences; false when there are none."""

    sources: tuple[Source, ...]

    def __len__(self) -> int:
        return len(self.sources)

    @cached_property
    def told(self) -> list[tuple[Source, Fares]]:
        """The first few with how each fares."""
        return [(source, fares(source)) for source in self.sources[:TOLD]]

    @property
    def more(self) -> int:
        """How many are not told."""
        return max(0, len(self.sources) - TOLD)


def alerts(by: Actor) -> Alerts:
    """Every source that a person should look at. Raises Refused."""
    return Alerts(tuple(sorted(ailing(by), key=lambda source: (not source.problem, source.name))))
