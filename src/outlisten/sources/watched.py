"""Folders of this machine that the operator lets sources read, and nothing beside them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from outlisten.sources.problems import FolderRefused


def inside(path: str | Path, folders: Sequence[Path]) -> Path:
    """The place that a path leads to, every link followed, when that is in one of the folders. Raises FolderRefused."""
    try:
        found = Path(path).resolve(strict=True) if Path(path).is_absolute() else None
    except (OSError, RuntimeError, ValueError):
        found = None
    if found is None or not any(found.is_relative_to(folder.resolve()) for folder in folders):
        raise FolderRefused(path=path)
    return found
