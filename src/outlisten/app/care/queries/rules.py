"""Rules, and what each would have done to the posts we hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from outlisten.app.care.default_rules import offered
from outlisten.app.care.keys import conversation_key
from outlisten.app.care.matching import parsed, whole_query
from outlisten.app.care.models import Case, Rule
from outlisten.app.care.queries.door import visible
from outlisten.app.listening.clock import as_of
from outlisten.app.listening.queries.names import workspace
from outlisten.app.listening.queries.too_broad import too_broad
from outlisten.app.listening.rows import COLUMNS, Line, line
from outlisten.app.listening.store import posts
from outlisten.app.listening.wording import locale
from outlisten.app.people.rules import Act, Actor, departments_for, require
from outlisten.posts.store import Budget, TimeRange
from outlisten.query import Query, explain

MONTH = timedelta(days=30)
# One rule that opens more than this at once buries a queue; the rest waits for the next act.
MOST = 500
SHOWN = 5
NEEDED = (*COLUMNS, "thread", "author_id")
BUDGET = Budget(rows=5_000, seconds=5.0)


@dataclass(frozen=True, slots=True)
class Trial:
    """What a rule would have done: cases it would have opened, posts that have a case already, a few of the posts.

    A case that the reader may not see counts as none: to look must not tell that another queue holds one.
    `since` is None for a whole archive. `problem` is one sentence when the rule cannot find anything.
    """

    cases: int = 0
    in_cases: int = 0
    more: bool = False
    since: date | None = None
    lines: list[Line] = field(default_factory=list)
    meaning: str = ""
    query: str = ""
    problem: str = ""


def rules(actor: Actor) -> QuerySet[Rule]:
    """The rules of the departments whose care this person manages. Raises Refused."""
    require(actor, Act.MANAGE_CARE)
    mine = departments_for(actor, Act.MANAGE_CARE)
    kept = Rule.objects.select_related("department")
    return kept if mine is None else kept.filter(department__in=mine)


def rule_for(actor: Actor, pk: int) -> Rule:
    """One rule, or 404; also for a rule of a department this person does not manage."""
    found = rules(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def offers(actor: Actor) -> list[Rule]:
    """The offered rules for the departments this person manages. Raises Refused."""
    require(actor, Act.MANAGE_CARE)
    mine = departments_for(actor, Act.MANAGE_CARE)
    return [rule for rule in offered() if mine is None or rule.department_id in mine]


def last_month() -> date | None:
    """Since when a rule is tried out: a month before today, or the whole of an archive."""
    now = as_of(workspace(), posts())
    return None if now.newest else (now.moment - MONTH).astimezone(now.zone).date()


def tried(actor: Actor, rule: Rule, since: date | None) -> Trial:
    """What the rule would have done to the posts written since a day. Raises Refused."""
    require(actor, Act.MANAGE_CARE, rule.department_id)
    query = parsed(rule)
    if query is None:
        return Trial(since=since, problem=_why_nothing(rule))
    if problem := too_broad(query):
        return Trial(since=since, problem=problem)
    found, cut = _found(query, since)
    keys = {conversation_key(post) for post in found}
    seen = _with_cases(keys, visible(actor))
    fresh = [post for post in found if conversation_key(post) not in seen]
    return Trial(
        cases=len(keys - seen), in_cases=len(found) - len(fresh), more=cut, since=since,
        lines=[line(post, query) for post in fresh[:SHOWN]], meaning=explain(query, locale()), query=query.text,
    )  # fmt: skip


def to_open(rule: Rule, since: date | None) -> list[str]:
    """The posts written since a day for which the rule opens cases, the oldest first, at most `MOST`."""
    query = parsed(rule)
    if query is None:
        return []
    found, _cut = _found(query, since)
    known = _with_cases({conversation_key(post) for post in found}, Case.objects.all())
    fresh = [str(post["id"]) for post in found if conversation_key(post) not in known]
    return fresh[:MOST][::-1]


def _found(query: Query, since: date | None) -> tuple[list[dict[str, Any]], bool]:
    """The posts, newest first, and whether there are more than were looked at."""
    zone = as_of(workspace(), posts()).zone
    start = datetime.combine(since, time(0), zone).astimezone(UTC) if since else None
    page = posts().search(
        query, window=TimeRange(start=start), limit=BUDGET.rows, columns=NEEDED, budget=BUDGET
    )
    return page.posts.to_pylist(), page.cut or page.after is not None


def _with_cases(keys: set[str], cases: QuerySet[Case]) -> set[str]:
    names, known = sorted(keys), set[str]()
    for start in range(0, len(names), MOST):
        some = cases.filter(conversation__in=names[start : start + MOST])
        known.update(some.values_list("conversation", flat=True))
    return known


def _why_nothing(rule: Rule) -> str:
    if not whole_query(rule):
        return _(
            "No brand of ours is known, so no post is addressed to us. Add your brand under Settings, Brands and topics."
        )
    return _("The query cannot be understood. Mend it first.")
