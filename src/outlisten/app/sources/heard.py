"""What came for the words that somebody asked every network for."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Sum
from django.urls import reverse

from outlisten.app.listening.wording import locale
from outlisten.app.people.rules import Actor
from outlisten.app.sources.queries import sources
from outlisten.insights.evidence import phrase
from outlisten.sources.options import split_words


@dataclass(frozen=True, slots=True)
class Heard:
    """Words that are listened for, and how many new posts their sources brought so far."""

    words: str
    posts: int

    @property
    def said(self) -> str:
        """The words in quotation marks."""
        return ("、" if locale() == "zh-hans" else ", ").join(f"“{word}”" for word in split_words(self.words))

    @property
    def address(self) -> str:
        """Where Listen shows the posts that say any of them."""
        query = " OR ".join(phrase(word) for word in split_words(self.words))
        return f"{reverse('listen')}?{urlencode({'q': query})}"

    @property
    def query_string(self) -> str:
        """What the page's address holds of them."""
        return urlencode({"words": self.words})


def heard(by: Actor, words: str) -> Heard | None:
    """What the sources that listen for exactly these words brought; None when none does. Raises Refused."""
    asked = sources(by).filter(options__words=words)
    if not words or not asked.exists():
        return None
    return Heard(words, asked.aggregate(n=Sum("hours__posts"))["n"] or 0)
