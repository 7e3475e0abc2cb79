"""What the filter of voices leaves out of a figure, and where those posts are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from outlisten.app.listening.figures import posts_behind
from outlisten.app.listening.filters import both, clause
from outlisten.app.listening.labels import value_label
from outlisten.app.listening.store import posts
from outlisten.insights.evidence import narrowed
from outlisten.insights.figures_in_words import count_in_words
from outlisten.insights.voices import FOR_COMPANIES
from outlisten.language.provenance import LISTENED, VOICES
from outlisten.posts.store import Budget, TimeRange
from outlisten.query import Context, parse

PATIENCE = Budget(rows=100, seconds=4.0)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Posts that are not counted because of their voice: how many, of which voices, and the address of exactly these."""

    posts: int
    by_voice: Mapping[str, int]
    usual: bool  # the filter was not chosen by anybody
    posts_url: str
    cut: bool = False  # the time ran out: there are more

    @property
    def sentence(self) -> str:
        """How many posts, and whose."""
        if set(self.by_voice) <= set(FOR_COMPANIES):
            said = ngettext(
                "%(n)s post by companies themselves, their employees, partners and paid voices is left out.",
                "%(n)s posts by companies themselves, their employees, partners and paid voices are left out.",
                self.posts,
            )
        else:
            said = ngettext("%(n)s post of other voices is left out.", "%(n)s posts of other voices are left out.",
                            self.posts)  # fmt: skip
        more = _(" There are more: the time to count them ran out.") if self.cut else ""
        return said % {"n": count_in_words(self.posts)} + more

    @property
    def parts(self) -> str:
        """Of which voices: “owned 290, paid 22”."""
        return _(", ").join(
            f"{value_label('voice', name)} {count_in_words(n)}" for name, n in self.by_voice.items()
        )


def left_out(text: str, voices: tuple[str, ...], window: TimeRange, context: Context) -> LeftOut | None:
    """What counting only these voices leaves out of the posts of a query text; None where that is nothing.

    `text` is the query with every filter but that of voices.
    """
    others = [voice for voice in VOICES if voice not in voices] if voices else []
    if not others:
        return None
    query = parse(both(text, clause("voice", others)), context)
    if not query.valid:
        return None
    held = posts().facets(query, ["voice"], top=len(VOICES), window=window, budget=PATIENCE)["voice"]
    found = {row["value"]: row["posts"] for row in held.table.to_pylist() if row["value"]}
    if not found:
        return None
    evidence = narrowed(query, window=window, zone=context.zone)
    return LeftOut(sum(found.values()), found, set(voices) == set(LISTENED), posts_behind(evidence), held.cut)
