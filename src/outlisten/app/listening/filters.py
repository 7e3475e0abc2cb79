"""Filters as part of the address, and as part of the query: a filter is nothing that could not be typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.http import QueryDict

FIELDS = ("platform", "lang", "sentiment", "voice", "to", "site", "type", "author")
PLAIN = re.compile(r"[\w.-]+")


@dataclass(frozen=True, slots=True)
class Filters:
    """The chosen values of each field; a field without any is not filtered."""

    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.chosen)

    def has(self, name: str, value: str) -> bool:
        return value in self.chosen.get(name, ())

    def toggled(self, name: str, value: str) -> Filters:
        """The same with one value put in, or taken out when it was there."""
        values = self.chosen.get(name, ())
        after = tuple(v for v in values if v != value) if value in values else (*values, value)
        rest = {k: v for k, v in self.chosen.items() if k != name}
        return replace(self, chosen={**rest, name: after} if after else rest)

    def address(self) -> list[tuple[str, str]]:
        """Its part of an address, in the order of FIELDS."""
        return [(name, value) for name in FIELDS for value in self.chosen.get(name, ())]

    def query_text(self) -> str:
        """The filters in the query language, for example `platform:(x OR weibo) lang:zh`."""
        return " ".join(clause(name, self.chosen[name]) for name in FIELDS if name in self.chosen)


def read_filters(address: QueryDict) -> Filters:
    """The filters in an address: known fields only, each value once, blank ones dropped."""
    chosen = {}
    for name in FIELDS:
        values = tuple(dict.fromkeys(v.strip()[:200] for v in address.getlist(name) if v.strip()))[:50]
        if values:
            chosen[name] = values
    return Filters(chosen)


def clause(name: str, values: Iterable[str]) -> str:
    """`field:value`, or `field:(one OR other)`; a value with signs in it is quoted."""
    written = [value if PLAIN.fullmatch(value) else quoted(value) for value in values]
    return f"{name}:{written[0]}" if len(written) == 1 else f"{name}:({' OR '.join(written)})"


def quoted(value: str) -> str:
    """A value between quotation marks; marks inside it become spaces, which folding reads the same way."""
    return '"' + re.sub(r'["“”\\]', " ", value).strip() + '"'


def both(text: str, more: str) -> str:
    """Two query texts that must both hold; either may be blank."""
    if not text.strip() or not more:
        return text.strip() or more
    return f"({text.strip()}) {more}"
