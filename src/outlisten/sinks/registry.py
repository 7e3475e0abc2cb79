"""The sinks there are: our own and those of other packages, found by entry points of the group `outlisten.sinks`."""

from __future__ import annotations

from functools import cache

from outlisten.installed import installed
from outlisten.sinks.manifest import Manifest
from outlisten.sinks.sink import Sink

GROUP = "outlisten.sinks"


class NoSink(LookupError):
    """No sink of that name is installed."""


def sinks() -> dict[str, type[Sink]]:
    """Every sink by name, in the order of the names. One that cannot be loaded is left out; `broken` names it."""
    return _loaded()[0]


def broken() -> dict[str, str]:
    """Sinks that cannot be loaded, with the reason."""
    return _loaded()[1]


def sink(name: str) -> type[Sink]:
    """The sink of that name. Raises NoSink."""
    try:
        return sinks()[name]
    except KeyError:
        raise NoSink(name) from None


def manifests() -> dict[str, Manifest]:
    """Every sink's manifest by name."""
    return {name: one.manifest() for name, one in sinks().items()}


@cache
def _loaded() -> tuple[dict[str, type[Sink]], dict[str, str]]:
    return installed(GROUP, Sink)  # type: ignore[type-abstract]  # it is only compared with
