"""What people saved here and use by name inside queries: topics as `query:`, lists as `list:`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar

from outlisten.app.listening.models import SavedList, Topic
from outlisten.query import AccountList, Kept

Thing = TypeVar("Thing")


def kept() -> Kept:
    """Everything saved, read when a query names something and not before."""
    return Kept(_AskedFor(_topic_names, _topic_query), _AskedFor(_list_names, _list))


class _AskedFor(Mapping[str, Thing]):
    """Saved things by name: the names are read once, a thing when it is asked for."""

    def __init__(self, names: Callable[[], Iterable[str]], read: Callable[[str], Thing]) -> None:
        self._read = read
        self._read_names = names
        self._things: dict[str, Thing] = {}

    @cached_property
    def _names(self) -> dict[str, None]:
        return dict.fromkeys(self._read_names())

    def __getitem__(self, name: str) -> Thing:
        if name not in self._names:
            raise KeyError(name)
        if name not in self._things:
            self._things[name] = self._read(name)
        return self._things[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _topic_names() -> Iterable[str]:
    return Topic.objects.order_by("name").values_list("name", flat=True)


def _topic_query(name: str) -> str:
    """Its query; blank, which is refused, where it was deleted a moment ago."""
    return Topic.objects.filter(name=name).values_list("query", flat=True).first() or ""


def _list_names() -> Iterable[str]:
    return SavedList.objects.order_by("name").values_list("name", flat=True)


def _list(name: str) -> AccountList:
    """What stands in it; nothing where it was deleted a moment ago."""
    found = SavedList.objects.filter(name=name).first() or SavedList()
    return AccountList(frozenset(found.account_names), frozenset(found.site_names))
