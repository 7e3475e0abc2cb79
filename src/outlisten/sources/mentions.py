"""Whether a text says one of some words, for networks that cannot be asked for words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from outlisten.query.folding import fold

EDGE = "[0-9a-z_]"


def mentions(words: Sequence[str]) -> Callable[[str], bool]:
    """A test for texts that say one of the words, whatever the case, width or script; without words all do.

    A word of Latin letters must stand by itself (`art` is not in `start`); Han text has no spaces, so `小米` is in `买小米了`.
    """
    folded = [fold(word).strip() for word in words]
    said = [_alone(word) for word in folded if word]
    if not said:
        return lambda _: True
    pattern = re.compile("|".join(said))
    return lambda text: pattern.search(fold(text)) is not None


def _alone(word: str) -> str:
    before = f"(?<!{EDGE})" if re.match(EDGE, word[0]) else ""
    after = f"(?!{EDGE})" if re.match(EDGE, word[-1]) else ""
    return before + re.escape(word) + after
