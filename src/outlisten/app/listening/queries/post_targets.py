"""What a post says of whom: the tone towards each brand and aspect it names, read while its page is made, kept nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from outlisten.app.listening.snippets import Marked, around
from outlisten.app.listening.told import Told
from outlisten.app.listening.wording import locale
from outlisten.language.targets import Target, aspect_said, toward, worth_telling

SHOWN = 6  # targets at once; the others stand under a line that opens


@dataclass(frozen=True, slots=True)
class Said:
    """A brand or aspect as the reader calls it, the tone towards it with its probability, and the words that speak for it
    (marked, in what stands around them)."""

    name: str
    brand: bool
    sentiment: str
    score: float
    words: Marked

    @property
    def told(self) -> Told:
        """The tone as it is told: *cannot tell* where it is more likely wrong than right."""
        return Told("sentiment", self.sentiment or None, self.score)


@dataclass(frozen=True, slots=True)
class OfWhom:
    """Brands first, then aspects, each in reading order: the first few, and the `others`. Nothing where the tone of the
    whole post says it all."""

    shown: Sequence[Said]
    others: Sequence[Said]


def post_targets(post: Mapping[str, Any], brands: Mapping[str, Sequence[str]]) -> OfWhom:
    """What is said of each brand (its name with other words for it) and aspect, by the quick model on each one's clauses."""
    title, text = str(post["title"] or ""), str(post["text"] or "")
    told = worth_telling(toward(text, brands, title, post["lang"]), post["sentiment"])
    whole = f"{title}\n{text}" if title else text
    said = [_said(one, whole) for one in told]
    return OfWhom(said[:SHOWN], said[SHOWN:])


def _said(target: Target, whole: str) -> Said:
    brand = target.kind == "brand"
    name = target.name if brand else aspect_said(target.name, locale())
    return Said(name, brand, target.sentiment or "", target.score or 0.0, around(whole, target.spans))
