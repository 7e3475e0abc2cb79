"""Whether somebody who says that they work for a company, or were given something, means one we listen to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from outlisten.query.folding import fold

if TYPE_CHECKING:
    from outlisten.language.disclosure import Marker

# These say a tie to *somebody*: “I work for a hospital”, “I was sent a form” tie nobody to a company of ours.
NEED_A_NAME = frozenset({"employment", "gift"})
# How far from the marker the company may stand: "I work for the Harbour Cafe", “我在海港咖啡工作”.
BEFORE, AFTER = 12, 24


class Companies:
    """The names of the companies we listen to: our own and its competitors."""

    def __init__(self, names: Iterable[str]) -> None:
        folded = sorted(
            {fold(name.strip()) for name in names if len(name.strip()) > 1}, key=len, reverse=True
        )
        # A name in letters stands as a word of its own: Chase is not in "purchase". Han has no spaces to ask for.
        edged = [rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])" for name in folded]
        self._named = re.compile("|".join(edged)) if edged else None

    def concerned(self, marker: Marker, title: str | None, text: str) -> bool:
        """Whether a marker ties its writer to one of the companies: where only a name can say to whom, the words of the
        marker or those around them must hold it."""
        if marker.kind not in NEED_A_NAME:
            return True
        if self._named is None:
            return False
        whole = (title or "") if marker.place == "title" else text
        around = whole[max(0, marker.start - BEFORE) : marker.end + AFTER]
        return self._named.search(fold(f"{around} {marker.named}")) is not None
