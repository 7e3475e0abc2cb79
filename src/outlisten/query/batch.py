"""A batch of posts as the live matcher reads it: what is searched for needles, and each post when a query asks more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc

from outlisten.query.view import View

Post = Mapping[str, object]
# So many posts of a table are in Python at a time.
ROWS = 2_000
# Where a kind of needle that is not in the stream stands in kept rows.
NOTHING, SPACE = pa.scalar("", pa.large_string()), pa.scalar(" ", pa.large_string())
COLUMNS = {"hashtags": "hashtags", "mentions": "mentions", "codes": "codes", "author": "author_names"}


class Batch(Protocol):
    """Posts, each known by its place."""

    @property
    def ids(self) -> Sequence[str]:
        """The id of each post."""

    @property
    def streams(self) -> Sequence[bytes]:
        """The stream of each post in UTF-8, with a space before and after it."""

    def view(self, place: int) -> View:
        """One post."""

    def value(self, name: str, place: int) -> object:
        """What was given of a post; None when nothing was."""

    def named(self, kind: str, names: Collection[str]) -> Iterable[tuple[int, str]]:
        """Which posts hold which of these hashtags, mentions, codes, authors or addressees."""


class Current:
    """The post of a batch that is looked at now, by its `place`; most of it is never asked for."""

    __slots__ = ("_batch", "_stream", "_stream_place", "_view", "_view_place", "place")

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self.place = 0
        self._stream_place = self._view_place = -1

    @property
    def stream(self) -> str:
        """Its stream with a space before and after it."""
        if self._stream_place != self.place:
            self._stream = self._batch.streams[self.place].decode("utf-8", "surrogatepass")
            self._stream_place = self.place
        return self._stream

    def value(self, name: str) -> object:
        """What was given of it; None when nothing was."""
        return self._batch.value(name, self.place)

    @property
    def view(self) -> View:
        """The post as a query sees it."""
        if self._view_place != self.place:
            self._view = self._batch.view(self.place)
            self._view_place = self.place
        return self._view


# Whether a post in which the needles of these numbers were found is what a query asks for.
Test = Callable[[Set[int], Current], bool]


def batches(posts: Sequence[Post] | pa.Table) -> Iterator[Batch]:
    """The posts in batches of a size that is read at once."""
    if isinstance(posts, pa.Table) and _has_streams(posts):
        yield from (_Rows(posts.slice(start, ROWS)) for start in range(0, posts.num_rows, ROWS))
        return
    given = posts.to_pylist() if isinstance(posts, pa.Table) else posts
    yield from (_Given(given[start : start + ROWS]) for start in range(0, len(given), ROWS))


def _has_streams(table: pa.Table) -> bool:
    return "stream" in table.column_names and table["stream"].null_count == 0


class _Given:
    """Posts as they were given; what is missing is computed."""

    def __init__(self, posts: Sequence[Post]) -> None:
        self._views = list(map(View, posts))
        self.ids = [str(post["id"]) for post in posts]
        self.streams = [f" {view.stream} ".encode("utf-8", "surrogatepass") for view in self._views]

    def view(self, place: int) -> View:
        return self._views[place]

    def value(self, name: str, place: int) -> object:
        return self._views[place].post.get(name)

    def named(self, kind: str, names: Collection[str]) -> Iterator[tuple[int, str]]:
        for place, view in enumerate(self._views):
            yield from ((place, name) for name in view.names(kind) if name in names)


class _Rows:
    """Kept rows. A column is turned into Python values when it is first asked for."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table
        self._columns: dict[str, list[object]] = {}
        self.names = frozenset(table.column_names)
        self.ids = list(map(str, table["id"].to_pylist()))
        padded = pc.binary_join_element_wise(NOTHING, table["stream"].cast(pa.large_string()), NOTHING, SPACE)
        self.streams: list[bytes] = padded.cast(pa.large_binary()).to_pylist()

    def view(self, place: int) -> View:
        return View(_Row(self, place))

    def named(self, kind: str, names: Collection[str]) -> Iterator[tuple[int, str]]:
        lists = self._lists(COLUMNS.get(kind, ""))
        if lists is None:
            for place in range(len(self.ids)):
                yield from ((place, name) for name in self.view(place).names(kind) if name in names)
            return
        values = lists.flatten()
        asked = pc.is_in(values, pa.array(list(names), values.type))
        places = lists.value_parent_indices().filter(asked).to_pylist()
        yield from zip(places, values.filter(asked).to_pylist(), strict=True)

    def _lists(self, name: str) -> pa.ListArray | None:
        """A column of lists of strings; None when it is something else."""
        if name not in self.names or self._table[name].type != pa.list_(pa.string()):
            return None
        return self._table[name].combine_chunks()

    def value(self, name: str, place: int) -> object:
        if name == "stream":
            return self.streams[place][1:-1].decode()  # of the few posts that are asked for it
        column = self._columns.get(name)
        if column is None:
            if name not in self.names:
                return None
            column = self._columns[name] = self._table[name].to_pylist()
        return column[place]


class _Row(Mapping[str, object]):
    """One row of a table as a mapping."""

    def __init__(self, rows: _Rows, place: int) -> None:
        self._rows, self._place = rows, place

    def __getitem__(self, name: str) -> object:
        value = self._rows.value(name, self._place)
        if value is None and name not in self:
            raise KeyError(name)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows.names)

    def __len__(self) -> int:
        return len(self._rows.names)

    def __contains__(self, name: object) -> bool:
        return name in self._rows.names
