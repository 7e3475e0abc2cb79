"""How often needles were met in posts, so that a query is called up by the rarest it requires."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from outlisten.query.needles import Needle, expected

# Beyond so many posts the older ones count half, so that what is talked about now decides.
REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How many of some posts held each needle that was looked for: 0 says something, nothing does not."""

    posts: int = 0
    held: Mapping[Needle, int] = field(default_factory=dict)

    def share(self, needle: Needle) -> float:
        """What share of posts is to be expected to hold the needle; where it was not looked for, by its length."""
        held = self.held.get(needle)
        return expected(needle) if held is None or not self.posts else (held or 0.5) / self.posts

    def with_more(self, posts: int, held: Mapping[Needle, int]) -> Frequencies:
        """These and those of more posts, for the needles that were looked for in these."""
        half = 2 if self.posts > REMEMBERED else 1
        counts = {needle: self.held.get(needle, 0) // half + count for needle, count in held.items()}
        return Frequencies(self.posts // half + posts, counts)
