"""The items of a request: JSON objects, one or a list of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from outlisten.sources.connector import Record
from outlisten.sources.pushing import NotTaken

MOST_ITEMS = 500  # of a request
DEEPEST = 32  # objects inside objects


def items(body: bytes) -> Sequence[Record]:
    """The items that a body holds. Raises NotTaken."""
    try:
        said = json.loads(body)
        # Python reads NaN and 1e999, which are no JSON and which PostgreSQL refuses.
        json.dumps(said, allow_nan=False)
    except (ValueError, RecursionError) as problem:
        raise NotTaken(400, "The body is no JSON.") from problem
    found = said if isinstance(said, list) else [said]
    if not found or not all(isinstance(one, dict) and one and _is_flat(one) for one in found):
        raise NotTaken(400, "Send one item as a JSON object, or a list of such objects.")
    if len(found) > MOST_ITEMS:
        raise NotTaken(413, "Send at most {most} items in one request.", most=MOST_ITEMS)
    return found


def _is_flat(value: Any, depth: int = 0) -> bool:
    """Whether objects lie inside each other no deeper than reading them takes."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return depth <= DEEPEST and all(_is_flat(one, depth + 1) for one in inner)
