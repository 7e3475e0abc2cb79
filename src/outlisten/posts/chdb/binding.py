"""Values bound to `{name:Type}` parameters, in the text form the engine reads.

ClickHouse takes a parameter as text: a scalar in its tab-separated escapes, an array as a literal. chDB passes strings
on as they are, so a backslash or a quote in a post would otherwise change the value, or fail.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from outlisten.posts.valid_text import valid_text

_ESCAPES = str.maketrans(
    {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": "\\0", "\b": "\\b", "\f": "\\f"}
)
_QUOTED = _ESCAPES | str.maketrans({"'": "\\'"})


def bound(params: Mapping[str, object]) -> dict[str, str]:
    """Every parameter as text. Raises TypeError for a value that has no form."""
    return {name: _plain(value) for name, value in params.items()}


def _plain(value: object) -> str:
    if isinstance(value, str):
        return valid_text(value).translate(_ESCAPES)
    if value is None:
        return "\\N"
    if isinstance(value, datetime):
        return _moment(value)
    return _literal(value)


def _literal(value: object) -> str:
    if isinstance(value, str):
        return f"'{valid_text(value).translate(_QUOTED)}'"
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, datetime):
        return f"'{_moment(value)}'"
    if isinstance(value, Sequence):
        return f"[{','.join(map(_literal, value))}]"
    raise TypeError(f"a {type(value).__name__} cannot be bound to a query parameter")


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
