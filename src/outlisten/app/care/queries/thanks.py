"""Thanks that customers wrote: one's own in full, the team's as a count."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from outlisten.app.care.models import Answer, Thanks
from outlisten.app.care.queries.door import visible
from outlisten.app.care.queries.figures import LATELY
from outlisten.app.listening.rows import Line, line
from outlisten.app.listening.store import posts
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Actor

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A customer's thanks as they wrote them, and the case they were earned in; the post may be gone."""

    thanks: Thanks
    line: Line | None


@dataclass(frozen=True, slots=True)
class MyThanks:
    """What one earned in the last 90 days, and what everybody in the queues one sees did: never who how much."""

    words: list[Word]
    mine: int
    team: int
    my_answers: int


def my_thanks(actor: Actor) -> MyThanks:
    """Own thanks with the customers' words, and the team's count. Raises Refused."""
    assert isinstance(actor, Account)
    since = timezone.now() - LATELY
    team = Thanks.objects.filter(answer__case__in=visible(actor), found_at__gte=since)
    mine = Thanks.objects.filter(to=actor, found_at__gte=since).select_related("answer")
    return MyThanks(
        words=[Word(one, _line(one.post)) for one in mine[:SHOWN]],
        mine=mine.count(),
        team=team.count(),
        my_answers=Answer.objects.filter(by=actor, at__gte=since).count(),
    )


def _line(post: str) -> Line | None:
    kept = posts().get(post)
    return line(kept, None, 240) if kept is not None else None
