"""The outline as a page shows it: every row with what it says, what is wrong with it, and what can be done to it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from outlisten.app.listening.building.editors import Editor, fields_offered
from outlisten.app.listening.building.saying import FORMS, MODES, SCOPES, leaf_said, prefix_said, row_said
from outlisten.app.listening.wording import locale
from outlisten.query import Message
from outlisten.query.building import Path, Row, as_json, row_at, walk_rows, written
from outlisten.query.building.changes import mode_of
from outlisten.query.building.rows import is_member


@dataclass(frozen=True, slots=True)
class Problem:
    level: str
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """A group that a row may be moved into."""

    path: str
    label: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What is open for changing: the form of a leaf, if it has one, its text, and where it may go."""

    editor: Editor | None
    text: str
    places: list[Place]
    fresh: bool = False  # a condition that is not in the query yet
    said: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One row on the page."""

    row: Row
    path: str
    label: str
    said: str
    prefix: str = ""
    mode: str = ""
    first: bool = False
    slot: bool = False
    side: str = ""
    rows: list[Shown] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    opened: Opened | None = None

    @property
    def is_chip(self) -> bool:
        return self.row.is_leaf

    @property
    def values(self) -> Mapping[str, str]:
        return self.row.values

    @property
    def needs(self) -> bool:
        """Whether words are missing for it to be a part of the query."""
        return not self.row.is_leaf and not written(self.row)

    @property
    def half(self) -> bool:
        """Whether one side of a NEAR is missing."""
        return self.row.kind == "near" and not all(written(side) for side in self.row.rows)


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole builder: its root, its state as JSON for the next request, and what to say and look at."""

    root: Shown
    state: str
    text: str
    said: str = ""
    focus: str = ""
    focus_on: str = ""
    problems: list[Problem] = field(default_factory=list)  # of the query as a whole
    stale: Problem | None = None  # why the text has no picture; this one is of before
    stale_at: str = ""
    empty: bool = False
    refused: bool = False  # what was asked for was not done

    @property
    def modes(self) -> list[tuple[str, Promise]]:
        return list(MODES.items())

    @property
    def scopes(self) -> list[tuple[str, Promise]]:
        return list(SCOPES.items())

    @property
    def forms(self) -> list[tuple[str, Promise]]:
        return list(FORMS.items())

    @property
    def fields(self) -> list[tuple[str, str]]:
        return fields_offered()


def path_text(path: Path) -> str:
    """A path as a page writes it: `1.0.2`."""
    return ".".join(map(str, path))


def show(
    root: Row, messages: Iterable[Message], opened: tuple[Path, Opened] | None = None
) -> tuple[Shown, list[Problem]]:
    """The rows of an outline whose places are set, each message at the innermost row it is about; and the messages that
    are about none."""
    at_rows: dict[Path, list[Problem]] = {}
    for message in messages:
        path = _innermost(root, message)
        problem = Problem(message.level, message.text(locale()))
        if problem not in at_rows.setdefault(path, []):
            at_rows[path].append(problem)
    whole = at_rows.pop((), [])
    return _Showing(root, at_rows, opened).row((), root), whole


def _innermost(root: Row, message: Message) -> Path:
    start, end = message.at
    found: Path = ()
    for path, row in walk_rows(root):
        inside = row.at[0] <= start and end <= row.at[1] and row.at[0] < row.at[1]
        if inside and path[: len(found)] == found and not (row.is_group and not is_member(root, path)):
            found = path
    return found


class _Showing:
    def __init__(
        self, root: Row, problems: Mapping[Path, list[Problem]], opened: tuple[Path, Opened] | None
    ) -> None:
        self.root = root
        self.problems = problems
        self.opened = opened

    def row(self, path: Path, row: Row, first: bool = False) -> Shown:
        slot = bool(path) and not is_member(self.root, path)
        return Shown(
            row=row,
            path=path_text(path),
            label=row_said(row),
            said=leaf_said(row) if row.is_leaf else "",
            prefix=prefix_said(row) if row.is_leaf else "",
            mode=mode_of(row) if row.is_group else "",
            first=first,
            slot=slot,
            side=self._side(path) if slot else "",
            rows=self._inside(path, row),
            problems=self.problems.get(path, []),
            opened=self.opened[1] if self.opened and self.opened[0] == path else None,
        )

    def _inside(self, path: Path, row: Row) -> list[Shown]:
        first_chip = next((place for place, inner in enumerate(row.rows) if inner.is_leaf), None)
        return [self.row((*path, place), inner, place == first_chip) for place, inner in enumerate(row.rows)]

    def _side(self, path: Path) -> str:
        """What a slot is for."""
        holder = row_at(self.root, path[:-1])
        if holder.kind != "near":
            return ""
        return (
            _("this")
            if path[-1] == 0
            else _("not near this")
            if holder.values.get("apart")
            else _("near this")
        )


def state_of(root: Row, text: str) -> str:
    """What the next request sends back."""
    return json.dumps({"text": text, "outline": as_json(root)})


def places_for(root: Row, path: Path) -> list[Place]:
    """The groups that a row may be moved into: all but those inside it and the one it stands in."""
    groups = [(at, row) for at, row in walk_rows(root) if row.is_group]
    return [
        Place(path_text(at), f"{'– ' * _depth(root, at)}{row_said(row)}")
        for at, row in groups
        if at[: len(path)] != path and at != path[:-1]
    ]


def _depth(root: Row, path: Path) -> int:
    return sum(1 for end in range(len(path)) if row_at(root, path[:end]).is_group)
