"""How right the phrases are: precision and recall of each rule and each kind over labelled posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from outlisten.language.phrases.finding import find_phrases
from outlisten.language.phrases.phrase import REASONS


@dataclass(frozen=True, slots=True)
class LabelledPost:
    """A text, the kinds of phrases that speak for what people see in it, and whether it is urgent at all."""

    text: str
    kinds: frozenset[str]
    urgent: bool


@dataclass(slots=True)
class Counts:
    """Posts by rule and by kind: with it rightly, with it at all; and by kind: in which people see it."""

    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    there: Counter[str] = field(default_factory=Counter)

    def precision(self, name: str) -> float | None:
        """Share of the posts with this rule or kind that people see the kind in; None where it was never found."""
        return self.right[name] / self.found[name] if self.found[name] else None


def counted(posts: Iterable[LabelledPost]) -> Counts:
    """Counts over posts. A reason of urgency is counted in posts that are urgent: rules say why, not whether."""
    counts = Counts()
    for post in posts:
        counts.there.update(post.kinds)
        said = {(one.kind, one.rule) for one in find_phrases(post.text)}
        said = {(kind, rule) for kind, rule in said if post.urgent or kind not in REASONS or kind == "anger"}
        for name, kind in {*((rule, kind) for kind, rule in said), *((kind, kind) for kind, _rule in said)}:
            counts.found[name] += 1
            counts.right[name] += kind in post.kinds
    return counts
