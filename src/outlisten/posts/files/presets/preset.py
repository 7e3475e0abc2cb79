"""What a preset is: data about a known shape of file, and at most one pure function from a record to
posts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from outlisten.posts.files.problems import RowProblem

Cells = Mapping[str, object]
# Post field → cell. Values are as the file has them; dates, counts and labels are read afterwards.
Fields = dict[str, object]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a mapping may know beside the record: the file's name, the zip member, what stands beside the list
    of records in a JSON document (or in another member of the archive)."""

    file_name: str
    part: str = ""
    siblings: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a preset is recognised by."""

    format: str
    columns: frozenset[str]
    file_name: str
    first: Cells
    key: str | None = None
    parts: tuple[str, ...] = ()

    def has(self, *columns: str) -> bool:
        """Whether all these columns are there."""
        return self.columns.issuperset(columns)


@dataclass(frozen=True, slots=True)
class Preset:
    """A known shape of file.

    `recognises` answers for a shape. `mapping` is {post field: column} and may be overridden; `constants` are
    field values the files never say, `constants_of_name` those that the file's name says. `adapt(fields,
    record, facts)` finishes what columns alone cannot say and may give no post or several; it raises
    RowProblem to reject the record. `needs_text`: a title alone makes no post. `settles_dates`: `adapt` gives
    dates whose order is clear. `needs_siblings`: what stands beside the list of records is read first.
    `companion`: the end of the name of another member of the archive that is read too."""

    name: str
    title: str
    shape: str
    recognises: Callable[[Shape], bool]
    mapping: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, object] = field(default_factory=dict)
    constants_of_name: Callable[[str], Mapping[str, object]] | None = None
    adapt: Callable[[Fields, Cells, Facts], Iterable[Fields]] | None = None
    needs_text: bool = False
    settles_dates: bool = False
    needs_siblings: bool = False
    companion: str | None = None
    prepare: Callable[[Mapping[str, object]], Mapping[str, object]] | None = None


def at(record: object, path: str) -> object:
    """The value at a dotted path of nested objects ("user.name", lists by number); None where it is
    missing."""
    for step in path.split("."):
        if isinstance(record, Mapping):
            record = record.get(step)
        elif isinstance(record, list) and step.isdigit() and int(step) < len(record):
            record = record[int(step)]
        else:
            return None
    return record


def first_of(record: object, *paths: str) -> object:
    """The first value that is there."""
    for path in paths:
        value = at(record, path)
        if value is not None and value != "":
            return value
    return None


def no_text() -> RowProblem:
    """The record has no words of its own."""
    return RowProblem("no-text")
