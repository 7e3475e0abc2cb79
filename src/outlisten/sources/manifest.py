"""A connector's manifest: what a person must know before adding it, as data in `manifest.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeVar, get_args

from outlisten.sources.options import Option
from outlisten.sources.said import Said

M = TypeVar("M")
Kind = Literal["open", "account", "generic"]  # no credentials needed; own account or key; any system
Credentials = Literal["none", "optional", "needed"]
Tested = Literal["real server", "official description", "documented shapes"]
Deletions = Literal["signals", "asked again", "not told"]
# Labels that the pages and the docs show, so that nobody takes a connector for better tried than it is.
TESTED = {
    "real server": Said("tested against a real server", "已用真实服务器测试"),
    "official description": Said("tested against the official description", "已按官方接口描述测试"),
    "documented shapes": Said("tested against documented shapes only", "仅按文档中的数据格式测试"),
}
DELETIONS = {
    "signals": Said("deletions and edits arrive from the network and are applied", "网络会通知删除与修改，收到即执行"),
    "asked again": Said("kept posts are asked for again on a schedule; what is gone goes here too",
                        "按计划重新查询已保存的帖子；原帖没了，这里也删除"),
    "not told": Said("the network does not tell of deletions", "网络不通知删除"),
}  # fmt: skip

TYPES: Mapping[str, type] = {
    "name": str, "platform": str, "personal": list, "steps": list, "options": list, "limits": list, "terms": list,
    "answers": bool, "streams": bool, "history": bool, "listens_by_default": bool, "pushed": bool, "asked_again_after_hours": int,
    "every_seconds": int, "least_seconds": int, "tested_on": date,
}  # fmt: skip
TYPE_WORDS = {str: "a text", list: "a list", bool: "true or false", int: "a whole number", date: "a day"}
KEYS = TYPES.keys() | {"kind", "title", "brings", "credentials", "deletions", "tested"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A limit or a term that binds us, and the page that says so."""

    said: Said
    source: str

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Rule:
        """From a table of the manifest. Raises KeyError or ValueError."""
        return cls(Said.of(told), told["source"])


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a connector is and may do.

    `platform` is what its posts carry (blank: each source names its own). `every` is how often a source asks when nothing
    is known of it yet, `least` the soonest; `again` after how long a kept post is asked for once more, None where the
    network's terms demand no more than its signals. What is `pushed` is sent here, and never asked for.
    """

    name: str
    platform: str
    kind: Kind
    title: Said
    brings: Said
    credentials: Credentials
    steps: tuple[Said, ...]
    options: tuple[Option, ...]
    limits: tuple[Rule, ...]
    terms: tuple[Rule, ...]
    personal: tuple[str, ...]
    answers: bool
    streams: bool
    history: bool
    deletions: Deletions
    again: timedelta | None
    every: timedelta
    least: timedelta
    tested: Tested
    tested_on: date
    listens_by_default: bool
    pushed: bool

    @property
    def secrets(self) -> tuple[Option, ...]:
        """The options that are kept encrypted."""
        return tuple(option for option in self.options if option.secret)


@cache
def manifest_in(package: str) -> Manifest:
    """The manifest of a connector's package. Raises ValueError naming what is wrong in it."""
    return read_in(package, _manifest)


def read_in(package: str, made: Callable[[Mapping[str, Any]], M]) -> M:
    """What is made of a package's manifest.toml. Raises ValueError naming what is wrong in it."""
    try:
        return made(tomllib.loads((files(package) / "manifest.toml").read_text(encoding="utf-8")))
    except KeyError as problem:
        raise ValueError(f"manifest.toml of {package}: {problem} is missing") from problem
    except (OSError, TypeError, ValueError) as problem:
        raise ValueError(f"manifest.toml of {package}: {problem}") from problem


def check_entries(told: Mapping[str, Any], keys: Collection[str], types: Mapping[str, type]) -> None:
    """Raises ValueError for an entry that is unknown or of another type than it must be."""
    if unknown := told.keys() - set(keys):
        raise ValueError(f"it has unknown entries {sorted(unknown)}")
    for name, kind in types.items():
        if name in told and type(told[name]) is not kind:
            raise ValueError(f"{name!r} must be {TYPE_WORDS[kind]}, not {told[name]!r}")


def _manifest(told: Mapping[str, Any]) -> Manifest:
    check_entries(told, KEYS, TYPES)
    again = told.get("asked_again_after_hours")
    return Manifest(
        name=told["name"], platform=told["platform"], kind=one_of(Kind, told["kind"]),
        title=Said.of(told["title"]), brings=Said.of(told["brings"]),
        credentials=one_of(Credentials, told["credentials"]),
        steps=tuple(map(Said.of, told.get("steps", []))),
        options=tuple(map(Option.of, told.get("options", []))),
        limits=tuple(map(Rule.of, told.get("limits", []))), terms=tuple(map(Rule.of, told.get("terms", []))),
        personal=tuple(told["personal"]), answers=told["answers"], streams=told["streams"], history=told["history"],
        deletions=one_of(Deletions, told["deletions"]), again=timedelta(hours=again) if again else None,
        every=timedelta(seconds=told["every_seconds"]), least=timedelta(seconds=told["least_seconds"]),
        tested=one_of(Tested, told["tested"]), tested_on=told["tested_on"],
        listens_by_default=told.get("listens_by_default", False), pushed=told.get("pushed", False),
    )  # fmt: skip


def one_of(kind: Any, value: object) -> Any:
    """The value, when it is one of a Literal's. Raises ValueError."""
    if value not in get_args(kind):
        raise ValueError(f"{value!r} is none of {', '.join(map(repr, get_args(kind)))}")
    return value
