"""What a pinned figure says when it is asked again: for the same days, and for today's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from outlisten.app.decisions.asked import bound, page_named
from outlisten.app.decisions.models import Insight
from outlisten.app.listening import comparison
from outlisten.app.listening.queries import compare, telling
from outlisten.app.listening.queries.listen import PATIENCE, ask
from outlisten.app.listening.said import posts_sentence
from outlisten.app.listening.store import posts
from outlisten.app.listening.wording import locale
from outlisten.app.people.rules import Act, Actor, require
from outlisten.insights.figures_in_words import count_in_words
from outlisten.posts.errors import TooBroad


@dataclass(frozen=True, slots=True)
class Said:
    """A figure in words; `value` is its number where it is a count. None of both: it cannot be asked."""

    sentence: str
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Again:
    """What the question says now. `label` says for which days, `address` opens the page that says it."""

    label: str
    sentence: str
    address: str
    change: str = ""  # against what was pinned, where both are counts


Say = Callable[[Actor, str, Insight], Said]


def again(by: Actor, insight: Insight) -> list[Again]:
    """The figure asked again, empty where it cannot be. Raises Refused, StoreError."""
    require(by, Act.SEE_DECISIONS)
    say = MEASURES.get((page_named(insight.address), insight.measure))
    if say is None:
        return []
    same = bound(insight.address, insight.since, insight.until)
    asked = [(_days(insight.since, insight.until), same)]
    moved = _todays(by, insight)
    if moved:
        asked.append(moved)
    return [_again(label, address, _said(say, by, address, insight), insight) for label, address in asked]


def _said(say: Say, by: Actor, address: str, insight: Insight) -> Said:
    try:
        return say(by, address, insight)
    except TooBroad as refused:
        return Said(refused.text(locale()))


def _again(label: str, address: str, said: Said, insight: Insight) -> Again:
    change = ""
    if said.value is not None and insight.value is not None and insight.low is None:
        change = _change(round(said.value - insight.value))
    return Again(label, said.sentence or _("not enough to say"), address, change)


def _change(by: int) -> str:
    if not by:
        return _("unchanged")
    sign = "+" if by > 0 else "−"
    return f"{sign}{count_in_words(abs(by))}"


def _days(since: date | None, until: date | None) -> str:
    if since is None and until is None:
        return _("All time, asked today")
    return _("The same days, asked today")


def _todays(by: Actor, insight: Insight) -> tuple[str, str] | None:
    """The address as it was asked, when its days have moved on since."""
    question = ask(by, QueryDict(urlsplit(insight.address).query))
    since, until = question.period.first_and_last(question.as_of.today)
    if (since, until) == (insight.since, insight.until) or since is None or until is None:
        return None
    label = _("The same question today, %(since)s to %(until)s") % {
        "since": date_format(since), "until": date_format(until),
    }  # fmt: skip
    return label, insight.address


def _posts(by: Actor, address: str, _insight: Insight) -> Said:
    question = ask(by, QueryDict(urlsplit(address).query))
    if question.problem:
        return Said("")
    found = posts().count(question.query, window=question.window, budget=PATIENCE)
    return Said(posts_sentence(found.value, cut=found.cut), found.value)


def _headline(by: Actor, address: str, _insight: Insight) -> Said:
    question = ask(by, QueryDict(urlsplit(address).query))
    if question.problem:
        return Said("")
    facts = telling.facts(question)
    return Said(facts.sentence(locale()), facts.posts)


def _beside(by: Actor, address: str, insight: Insight) -> Said:
    asked = compare.compared(by, QueryDict(urlsplit(address).query))
    if asked.problem or not asked.sides:
        return Said("")
    rows = comparison.table(compare.voices(asked), compare.tones(asked))
    row = next((row for row in rows if row.name == insight.subject), None)
    return Said(row.sentence, row.posts) if row else Said("")


MEASURES: dict[tuple[str, str], Say] = {
    ("listen", "posts"): _posts,
    ("listen", "headline"): _headline,
    ("compare", "beside"): _beside,
}
