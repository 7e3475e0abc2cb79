"""The person a request is about, and the rooms that may hold something of theirs.

A room that keeps what a person wrote, or their name, has a module `personal_data` with

    held(person: Person) -> list[dict[str, object]]     what is kept, for the export: JSON-able, one dictionary a thing
    erase(person: Person) -> int                        remove or blank it; how many rows were touched
    forget_posts(ids: frozenset[str]) -> int            the same for posts that are kept no longer, whoever wrote them

`erase` and `forget_posts` are called inside a transaction, possibly again after a crash, and before the posts leave the
store. What may stay when posts have reached their age, each room decides: times and counts, never words or names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol, cast

# Every room, written out: a room is added here by hand, so that none can slip out of an erasure.
ROOMS = ("listening", "care", "decisions", "trust", "participation", "alerts")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes on one platform, as far as the posts tell.

    `post_ids` are the ids, as strings, of every post of theirs in the store.
    """

    platform: str
    handle: str | None = None
    author_id: str | None = None
    name: str | None = None
    post_ids: frozenset[str] = field(default_factory=frozenset)


class PersonalData(Protocol):
    """What a room's `personal_data` module offers."""

    def held(self, person: Person) -> list[dict[str, object]]: ...
    def erase(self, person: Person) -> int: ...
    def forget_posts(self, ids: frozenset[str]) -> int: ...


def rooms() -> Iterator[tuple[str, PersonalData]]:
    """Each room with its module, in the order of `ROOMS`; a room that keeps nothing of anybody has none."""
    for room in ROOMS:
        name = f"outlisten.app.{room}.personal_data"
        if find_spec(name) is not None:
            yield room, cast(PersonalData, import_module(name))


def held(person: Person) -> dict[str, list[dict[str, object]]]:
    """What each room keeps of this person; rooms that keep nothing are left out."""
    kept = {room: module.held(person) for room, module in rooms()}
    return {room: things for room, things in kept.items() if things}


def erase(person: Person) -> dict[str, int]:
    """Remove it from every room: rows touched by room. Call it inside a transaction."""
    return {room: module.erase(person) for room, module in rooms()}


def forget_posts(ids: frozenset[str]) -> dict[str, int]:
    """Remove from every room what it keeps of posts that are about to go: rows touched by room."""
    return {room: module.forget_posts(ids) for room, module in rooms()}
