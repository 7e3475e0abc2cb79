"""The connectors there are: our own and those of other packages, found by entry points of the group `outlisten.sources`."""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from inspect import isabstract

from outlisten.sources.connector import Connector
from outlisten.sources.manifest import Manifest

GROUP = "outlisten.sources"


class NoConnector(LookupError):
    """No connector of that name is installed."""


def connectors() -> dict[str, type[Connector]]:
    """Every connector by name, in the order of the names. One that cannot be loaded is left out; `broken` names it."""
    return _loaded()[0]


def broken() -> dict[str, str]:
    """Connectors that cannot be loaded, with the reason."""
    return _loaded()[1]


def connector(name: str) -> type[Connector]:
    """The connector of that name. Raises NoConnector."""
    try:
        return connectors()[name]
    except KeyError:
        raise NoConnector(name) from None


def manifests() -> dict[str, Manifest]:
    """Every connector's manifest by name."""
    return {name: one.manifest() for name, one in connectors().items()}


@cache
def _loaded() -> tuple[dict[str, type[Connector]], dict[str, str]]:
    found: dict[str, type[Connector]] = {}
    wrong: dict[str, str] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, not _ours(point))):
        if point.name in found:
            wrong[f"{point.name} ({point.value})"] = "another connector has this name"
            continue
        try:
            found[point.name] = _checked(point)
        except (Exception, SystemExit) as problem:  # noqa: BLE001 -- another package's fault must not take every source down
            wrong[point.name] = f"{type(problem).__name__}: {problem}"
    return found, wrong


def _ours(point: EntryPoint) -> bool:
    return point.value.startswith("outlisten.sources.")


def _checked(point: EntryPoint) -> type[Connector]:
    one = point.load()
    if not (isinstance(one, type) and issubclass(one, Connector)):
        raise TypeError(f"{point.value} is no Connector")
    if isabstract(one):
        raise TypeError(f"{point.value} lacks {', '.join(sorted(one.__abstractmethods__))}")
    if one.manifest().name != point.name:
        raise ValueError(f"its manifest calls it {one.manifest().name!r}")
    return one
