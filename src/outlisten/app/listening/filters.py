"""Filters as part of the address, and as part of the query: a filter is nothing that could not be typed.

One is there without being chosen: pages count the voices of those who do not speak for a company. It stands visibly on
the page, `voice=all` in the address takes it away, and it never becomes part of a query that is typed or saved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.http import QueryDict

from outlisten.language.provenance import LISTENED
from outlisten.query import Query
from outlisten.query.tree import Label, walk

FIELDS = (
    "platform",
    "lang",
    "sentiment",
    "intent",
    "emotion",
    "flag",
    "urgency",
    "voice",
    "to",
    "site",
    "type",
    "author",
    "topic",
)
ALL_VOICES = "all"
PLAIN = re.compile(r"[\w.-]+")


@dataclass(frozen=True, slots=True)
class Filters:
    """The chosen values of each field; a field without any is not filtered.

    Where no voice is chosen, those listened to by default are, unless `all_voices`.
    """

    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    all_voices: bool = False

    def __bool__(self) -> bool:
        return bool(self.chosen) or self.all_voices

    @property
    def voices(self) -> tuple[str, ...]:
        """The voices that are counted; none stands for all of them."""
        return self.values("voice")

    def values(self, name: str) -> tuple[str, ...]:
        """The values of a field that are let through; none stands for all of them."""
        listened = LISTENED if name == "voice" and not self.all_voices else ()
        return self.chosen.get(name, listened)

    def has(self, name: str, value: str) -> bool:
        return value in self.values(name)

    def toggled(self, name: str, value: str) -> Filters:
        """The same with one value put in, or taken out when it was there."""
        values = self.values(name)
        after = tuple(v for v in values if v != value) if value in values else (*values, value)
        if name == "voice":
            return self.with_voices(after)
        rest = {k: v for k, v in self.chosen.items() if k != name}
        return replace(self, chosen={**rest, name: after} if after else rest)

    def with_voices(self, voices: Iterable[str] = ()) -> Filters:
        """The same counting these voices; without any, all of them."""
        wanted = tuple(voices)
        rest = {k: v for k, v in self.chosen.items() if k != "voice"}
        usual = set(wanted) == set(LISTENED)
        return Filters(rest if usual or not wanted else {**rest, "voice": wanted}, all_voices=not wanted)

    def beside(self, query: Query | None) -> Filters:
        """The same beside a query: one that names voices itself decides alone which are counted."""
        named = query is not None and query.tree is not None and names_voices(query)
        return replace(self, all_voices=True) if named and "voice" not in self.chosen else self

    def address(self) -> list[tuple[str, str]]:
        """Its part of an address, in the order of FIELDS."""
        chosen = {**self.chosen, "voice": (ALL_VOICES,)} if self.all_voices else self.chosen
        return [(name, value) for name in FIELDS for value in chosen.get(name, ())]

    def query_text(self) -> str:
        """The filters in the query language, for example `platform:(x OR weibo) lang:zh`."""
        return " ".join(clause(name, self.values(name)) for name in FIELDS if self.values(name))

    def chosen_text(self) -> str:
        """The same of those that somebody chose: what a saved query keeps."""
        return " ".join(clause(name, self.chosen[name]) for name in FIELDS if name in self.chosen)


def read_filters(address: QueryDict) -> Filters:
    """The filters in an address: known fields only, each value once, blank ones dropped."""
    chosen = {}
    for name in FIELDS:
        values = tuple(dict.fromkeys(v.strip()[:200] for v in address.getlist(name) if v.strip()))[:50]
        if values:
            chosen[name] = values
    all_voices = ALL_VOICES in chosen.get("voice", ())
    if all_voices or set(chosen.get("voice", ())) == set(LISTENED):
        del chosen["voice"]
    return Filters(chosen, all_voices)


def names_voices(query: Query) -> bool:
    """Whether a query asks for voices itself."""
    parts = walk(query.tree) if query.tree is not None else ()
    return any(isinstance(part, Label) and part.field == "voice" for part in parts)


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
