"""What packages bring under a group of entry points: our own classes and those of others, a broken one named and left out."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from inspect import isabstract
from typing import Any, Protocol, TypeVar


class Named(Protocol):
    """A class whose manifest says what it is called."""

    @classmethod
    def manifest(cls) -> Any: ...


N = TypeVar("N", bound=Named)


def installed(group: str, kind: type[N]) -> tuple[dict[str, type[N]], dict[str, str]]:
    """(the classes of this kind by name, those that cannot be loaded with the reason). Ours come before others of a name."""
    found: dict[str, type[N]] = {}
    wrong: dict[str, str] = {}
    points = entry_points(group=group)
    for point in sorted(points, key=lambda point: (point.name, not point.value.startswith(f"{group}."))):
        if point.name in found:
            wrong[f"{point.name} ({point.value})"] = f"another {kind.__name__.lower()} has this name"
            continue
        try:
            found[point.name] = _checked(point, kind)
        except (Exception, SystemExit) as problem:  # noqa: BLE001 -- another package's fault must not take every other down
            wrong[point.name] = f"{type(problem).__name__}: {problem}"
    return found, wrong


def _checked(point: EntryPoint, kind: type[N]) -> type[N]:
    one = point.load()
    if not (isinstance(one, type) and issubclass(one, kind)):
        raise TypeError(f"{point.value} is no {kind.__name__}")
    if isabstract(one):
        raise TypeError(f"{point.value} lacks {', '.join(sorted(one.__abstractmethods__))}")
    if one.manifest().name != point.name:
        raise ValueError(f"its manifest calls it {one.manifest().name!r}")
    return one
