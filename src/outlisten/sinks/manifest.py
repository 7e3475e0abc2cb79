"""A sink's manifest: what a person must know before sending there, as data in `manifest.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from outlisten.sources.manifest import Credentials, Rule, Tested, check_entries, one_of, read_in
from outlisten.sources.options import Option
from outlisten.sources.said import Said

Opens = Literal["message", "ticket", "feed"]
CountedIn = Literal["characters", "bytes", "utf-16 units"]
Once = Literal["by key", "looked for", "may repeat"]
# What the pages and the docs show.
OPENS = {
    "message": Said("a message in a chat, a mailbox or a system", "一条消息（聊天、邮箱或系统）"),
    "ticket": Said("a ticket that somebody works on", "一张待处理的工单"),
    "feed": Said("an entry in a feed that others read", "订阅源中的一个条目"),
}
ONCE = {
    "by key": Said("tried again, a message arrives once: the channel knows its key", "重试不会重复：渠道按键值识别消息"),
    "looked for": Said("tried again, a message arrives once: it is looked for first", "重试不会重复：发送前先查找是否已存在"),
    "may repeat": Said("after a connection that broke off, a message may arrive twice", "连接中断后重试，消息可能重复一次"),
}  # fmt: skip

TYPES: Mapping[str, type] = {
    "name": str, "steps": list, "options": list, "limits": list, "terms": list, "most": int, "checks": bool, "tested_on": date,
}  # fmt: skip
KEYS = TYPES.keys() | {"title", "brings", "opens", "credentials", "counted_in", "once", "tested"}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a sink is and may do.

    A message is at most `most` long in the units that `counted_in` names; a longer one is cut. `checks` says whether the
    channel can be asked what it reaches without a message.
    """

    name: str
    title: Said
    brings: Said
    opens: Opens
    credentials: Credentials
    steps: tuple[Said, ...]
    options: tuple[Option, ...]
    limits: tuple[Rule, ...]
    terms: tuple[Rule, ...]
    most: int
    counted_in: CountedIn
    once: Once
    checks: bool
    tested: Tested
    tested_on: date

    @property
    def secrets(self) -> tuple[Option, ...]:
        """The options that are kept encrypted."""
        return tuple(option for option in self.options if option.secret)


@cache
def manifest_in(package: str) -> Manifest:
    """The manifest of a sink's package. Raises ValueError naming what is wrong in it."""
    return read_in(package, _manifest)


def _manifest(told: Mapping[str, Any]) -> Manifest:
    check_entries(told, KEYS, TYPES)
    return Manifest(
        name=told["name"], title=Said.of(told["title"]), brings=Said.of(told["brings"]),
        opens=one_of(Opens, told["opens"]), credentials=one_of(Credentials, told["credentials"]),
        steps=tuple(map(Said.of, told.get("steps", []))),
        options=tuple(map(Option.of, told.get("options", []))),
        limits=tuple(map(Rule.of, told.get("limits", []))), terms=tuple(map(Rule.of, told.get("terms", []))),
        most=told["most"], counted_in=one_of(CountedIn, told["counted_in"]), once=one_of(Once, told["once"]),
        checks=told["checks"], tested=one_of(Tested, told["tested"]), tested_on=told["tested_on"],
    )  # fmt: skip
