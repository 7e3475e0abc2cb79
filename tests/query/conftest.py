from __future__ import annotations

from collections.abc import Iterator

import pytest

from outlisten.posts import PostStore, open_store


@pytest.fixture(scope="module")
def module_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostStore]:
    """One store for a whole module: filling it is what costs time."""
    opened = open_store(f"chdb://{tmp_path_factory.mktemp('store') / 'posts'}")
    yield opened
    opened.close()
