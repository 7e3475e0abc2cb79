"""How kept posts stand: asked for again, twenty-five at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from outlisten.sources.atproto.xrpc import in_groups, listed
from outlisten.sources.connector import Standing

Ask = Callable[[str, Mapping[str, Any]], Mapping[str, Any]]


def standings(ask: Ask, host: str, native_ids: Sequence[str]) -> Iterator[Standing]:
    """Each post as it is now, or gone: deleted, or of an account that was deleted or closed.

    `ask` is a query of a service; a post that it leaves out of its answer is not public any more.
    """
    for group in in_groups(native_ids):
        found = listed(ask("app.bsky.feed.getPosts", {"uris": group}), "posts", host)
        views = {str(view.get("uri")): view for view in found}
        for native_id in group:
            view = views.get(native_id)
            yield Standing(native_id, gone=view is None, record={"view": view} if view else None)
