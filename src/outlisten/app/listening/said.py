"""What a question and its count are called when they leave their page: in a pinned insight, in a list."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from outlisten.insights.figures_in_words import count_in_words

LONGEST = 120


def title_of_query(query: str) -> str:
    """The query itself, cut to what a title holds; *all posts* without one."""
    if not query:
        return _("All posts")
    return query if len(query) <= LONGEST else query[: LONGEST - 1] + "…"


def posts_sentence(count: int, *, cut: bool = False) -> str:
    """1,204 posts; with a plus sign when counting was cut short."""
    said = count_in_words(count) + ("+" if cut else "")
    return ngettext("%(shown)s post.", "%(shown)s posts.", count) % {"shown": said}
