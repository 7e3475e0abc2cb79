"""With whom a meeting was: what the domains of the invited say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from outlisten.app.participation.calendars.moments import listed

Kind = Literal["internal", "customers", "unknown"]
NOT_PEOPLE = frozenset({"ROOM", "RESOURCE"})


@dataclass(frozen=True, slots=True)
class Domains:
    """Domains in small letters; a subdomain belongs to its domain."""

    ours: frozenset[str]
    customers: frozenset[str] = frozenset()

    def whose(self, domain: str) -> Kind:
        """Whose people have addresses at a domain."""
        parts = domain.split(".")
        above = {".".join(parts[at:]) for at in range(len(parts))}
        if above & self.ours:
            return "internal"
        return "customers" if above & self.customers else "unknown"


def addresses(event: Any) -> dict[str, str]:
    """The people of an event by address, each with how they answered; rooms and resources are left out."""
    found: dict[str, str] = {}
    for one in [*listed(event.get("ORGANIZER")), *listed(event.get("ATTENDEE"))]:
        parameters = getattr(one, "params", {})
        if str(parameters.get("CUTYPE", "")).upper() in NOT_PEOPLE:
            continue
        address = str(parameters.get("EMAIL", "")) or str(one).partition(":")[2] or str(one)
        address = address.strip().lower()
        if "@" in address:
            found[address] = str(parameters.get("PARTSTAT", found.get(address, ""))).upper()
    return found


def kind_of(people: Iterable[str], domains: Domains) -> Kind:
    """With customers when one of theirs was invited; internal when all are ours; else it cannot be told."""
    kinds = {domains.whose(address.rpartition("@")[2]) for address in people}
    if "customers" in kinds:
        return "customers"
    return "unknown" if "unknown" in kinds else "internal"


def owner(events: Iterable[dict[str, str]], named: str) -> str:
    """Whose calendar it is: the address that the file or the person names, else the one in most of its events."""
    if "@" in named:
        return named.strip().lower()
    counts = Counter(address for people in events for address in people)
    most = counts.most_common(2)
    alone = len(most) == 1 or (len(most) == 2 and most[0][1] > most[1][1])
    return most[0][0] if most and alone else ""
