"""Where an account's rooms are read on: a place in the server's order of events, and what lies before it unread.

A sync gives only the newest messages of a busy room. What is between them and the place before is a *gap*, kept in the cursor
until it has been read page by page: the place may move on at once, and a stop anywhere loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

Gap = Mapping[str, str]  # `from`: go on here, backwards; `to`: as far as there


@dataclass(frozen=True, slots=True)
class Place:
    """`public` are rooms that everybody may join, `told` the notices that a person was given, as kind and room."""

    account: str = ""
    since: str = ""
    gaps: Mapping[str, Gap] = field(default_factory=dict)
    public: tuple[str, ...] = ()
    told: tuple[str, ...] = ()

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Place:
        """From what `as_json` gave; empty at the very start."""
        return cls(
            str(kept.get("account", "")), str(kept.get("since", "")), dict(kept.get("gaps", {})),
            tuple(kept.get("public", ())), tuple(kept.get("told", ())),
        )  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """To be kept with the source."""
        return {
            "account": self.account, "since": self.since, "gaps": {room: dict(gap) for room, gap in self.gaps.items()},
            "public": list(self.public), "told": list(self.told),
        }  # fmt: skip

    def with_gap(self, room: str, gap: Gap | None) -> Place:
        """With a gap in a room, or with none any more."""
        others = {name: one for name, one in self.gaps.items() if name != room}
        return replace(self, gaps=others | ({room: gap} if gap else {}))

    def with_public(self, room: str, *, is_public: bool) -> Place:
        """With what is known of who may join a room."""
        others = [one for one in self.public if one != room]
        return replace(self, public=tuple([*others, room] if is_public else others))

    def with_told(self, names: Iterable[str]) -> Place:
        """With further notices that were given."""
        return replace(self, told=tuple(dict.fromkeys([*self.told, *names])))
