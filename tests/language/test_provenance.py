"""Whose voice a post is."""

from __future__ import annotations

import pytest

from outlisten.language.provenance import voice


@pytest.mark.parametrize(
    ("given", "has_author", "expected"),
    [
        ("paid", True, "paid"),
        (" Owned ", False, "owned"),
        (None, True, "earned"),
        (None, False, "unknown"),
        ("", True, "earned"),
        ("博主", True, "earned"),
        ("whatever", False, "unknown"),
    ],
)
def test_the_declared_voice_counts_else_an_author_speaks_for_themself(
    given: str | None, has_author: bool, expected: str
) -> None:
    assert voice(given, has_author) == expected
