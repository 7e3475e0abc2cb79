"""Front-end parts by other people that are shipped with ours, from the manifest that vendoring wrote."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static" / "vendor"


@dataclass(frozen=True, slots=True)
class Package:
    name: str
    version: str
    licence: str
    direct: bool  # chosen by us; the others are parts of those


@cache
def packages() -> tuple[Package, ...]:
    """Every npm package of which something is shipped."""
    manifest = json.loads((FOLDER / "manifest.json").read_text("utf-8"))
    return tuple(
        Package(name, facts["version"], facts["licence"], facts["direct"])
        for name, facts in manifest["packages"].items()
    )
