"""Words that carry no subject of their own, one list a language; one word a line, `#` starts a comment."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "stop_words"


@cache
def stop_words() -> frozenset[str]:
    """The stop words of every language together: posts mix languages, and no word is in two lists."""
    lists = (path.read_text("utf-8") for path in sorted(FOLDER.glob("*.txt")))
    return frozenset(word for text in lists for word in _listed(text))


def _listed(text: str) -> list[str]:
    return [word for line in text.splitlines() for word in line.partition("#")[0].split()]
