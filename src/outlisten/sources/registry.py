"""The connectors there are: our own and those of other packages, found by entry points of the group `outlisten.sources`."""

from __future__ import annotations

from functools import cache

from outlisten.installed import installed
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
    return installed(GROUP, Connector)  # type: ignore[type-abstract]  # it is only compared with
