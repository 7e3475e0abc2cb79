"""Reading the audit log: a page of rows, newest first, with the names of those who acted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from outlisten.app.people.models import Account
from outlisten.app.people.rules import Act, Role
from outlisten.app.trust.act_words import act_in_words
from outlisten.app.trust.detail_words import detail_in_words
from outlisten.app.trust.home_reader import Asker, allowed
from outlisten.app.trust.models import AuditRow

PAGE = 50


@dataclass(frozen=True, slots=True)
class Filters:
    """Which rows are asked for; a blank asks for all. `about` is a kind (`case`) or one thing (`case:12`)."""

    act: str = ""
    account: int | None = None
    outcome: str = ""
    about: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row with its act in words and who did it; `who` is blank for the system and for a visitor."""

    row: AuditRow
    words: object
    who: str
    role: str

    @property
    def details(self) -> list[str]:
        """The details in words, in the order they were written."""
        return [
            said for name, value in dict(self.row.details).items() if (said := detail_in_words(name, value))
        ]


@dataclass(frozen=True, slots=True)
class LogPage:
    """Rows newest first; `before` is the number with which the next page is asked for, None on the last."""

    lines: Sequence[Line]
    before: int | None


def page(filters: Filters, *, by: Asker, before: int | None = None, limit: int = PAGE) -> LogPage:
    """A page of the log. Raises Refused."""
    allowed(by, Act.SEE_AUDIT)
    found = _asked(filters)
    if before is not None:
        found = found.filter(number__lt=before)
    rows = list(found[: limit + 1])
    shown = rows[:limit]
    return LogPage(_lines(shown), shown[-1].number if len(rows) > limit else None)


def refused_by_role(*, by: Asker) -> list[tuple[str, int]]:
    """How many attempts were refused, by the role of who tried; the blank role is nobody signed in. Raises Refused."""
    allowed(by, Act.SEE_AUDIT)
    refused = AuditRow.objects.filter(outcome=AuditRow.Outcome.REFUSED)
    counted = refused.values_list("role").annotate(n=Count("number")).order_by("-n", "role")
    return [(role_name(role), count) for role, count in counted]


def known_acts(*, by: Asker) -> list[tuple[str, object]]:
    """The acts that stand in the log, by name and in words. Raises Refused."""
    allowed(by, Act.SEE_AUDIT)
    names = AuditRow.objects.order_by("act").values_list("act", "outcome").distinct()
    return [(act, act_in_words(act, outcome)) for act, outcome in dict(names).items()]


def people(*, by: Asker) -> list[Account]:
    """Everybody who may stand in the log. Raises Refused."""
    allowed(by, Act.SEE_AUDIT)
    return list(Account.objects.all())


def last_verified() -> AuditRow | None:
    """The newest row that says the log was verified."""
    return AuditRow.objects.filter(act="audit.verify").first()


def role_name(role: str) -> str:
    """A role in the reader's language; blank for nobody signed in."""
    return str(Role(role).label) if role in Role.values else role


def _asked(filters: Filters) -> QuerySet[AuditRow]:
    found = AuditRow.objects.all()
    if filters.act:
        found = found.filter(act=filters.act)
    if filters.account is not None:
        found = found.filter(actor=filters.account)
    if filters.outcome:
        found = found.filter(outcome=filters.outcome)
    if filters.about:
        exact = ":" in filters.about
        found = (
            found.filter(about=filters.about)
            if exact
            else found.filter(about__startswith=f"{filters.about}:")
        )
    if filters.since is not None:
        found = found.filter(at__gte=filters.since)
    return found


def _lines(rows: Sequence[AuditRow]) -> list[Line]:
    actors = {row.actor for row in rows if row.actor is not None}
    names = dict(Account.objects.filter(pk__in=actors).values_list("pk", "name"))
    return [
        Line(row, act_in_words(row.act, row.outcome), names.get(row.actor or 0, ""), role_name(row.role))
        for row in rows
    ]
