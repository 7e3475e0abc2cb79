"""`outlisten case rules`: the rules by which posts become cases, and what each would have done."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from outlisten.cli.application import open_application
from outlisten.cli.commands.case import day, who
from outlisten.cli.endings import Refused, WrongUsage
from outlisten.cli.frame import command
from outlisten.cli.locales import help_words as _
from outlisten.cli.safe_text import on_one_line
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.app.care.models import Rule
    from outlisten.app.people.models import Account


@command(where="store")
def rules(
    session: Session,
    test: Annotated[
        int | None,
        typer.Option("--test", metavar="RULE", help=_("Say what this rule would have done; change nothing.")),
    ] = None,
    apply: Annotated[
        int | None,
        typer.Option("--apply", metavar="RULE", help=_("Open cases from posts kept already, by this rule.")),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DAY", help=_("Posts from this day on; else the last month.")),
    ] = None,
) -> int:
    """Without options: the rules of your departments. A rule that is on opens cases from posts that arrive."""
    if test is not None and apply is not None:
        raise WrongUsage(session.words("Use --test or --apply, not both."))
    app = open_application(session, "manage_care")
    from outlisten.app.care.queries.rules import last_month

    me = who(session, app)
    start = day(session, "--since", since) if since else last_month()
    if apply is not None:
        return _apply(session, me, apply, start)
    return _list(session, me) if test is None else _try(session, me, test, start)


def _list(session: Session, me: Account) -> int:
    from outlisten.app.care.queries.rules import rules as kept

    found, _ = list(kept(me)), session.words
    if session.json:
        session.emit({"rules": [_as_json(rule) for rule in found]})
        return 0
    for rule in found:
        on = _("on") if rule.on else _("off")
        session.print(f"{rule.pk}\t{rule.department.label}\t{on}\t{rule.name}\t{on_one_line(rule.query)}")
    if not found:
        session.say(_("There is no rule yet. The page Care, Rules offers some to begin with."))
    return 0


def _as_json(rule: Rule) -> dict[str, object]:
    return {
        "number": rule.pk, "name": rule.name, "department": rule.department.key, "on": rule.on, "need": rule.need,
        "addressed": rule.addressed, "query": rule.query,
    }  # fmt: skip


def _apply(session: Session, me: Account, number: int, start: date | None) -> int:
    from outlisten.app.care.actions.rules import apply_rule

    _known(session, me, number)
    opened = apply_rule(number, start, by=me)
    if session.json:
        session.emit({"rule": number, "opened": opened})
    else:
        session.print(session.words("Cases opened: {n}.").format(n=opened))
    return 0


def _try(session: Session, me: Account, number: int, start: date | None) -> int:
    from outlisten.app.care.queries.rules import tried

    trial = tried(me, _known(session, me, number), start)
    if trial.problem:
        raise Refused(trial.problem)
    if session.json:
        counts = {"cases": trial.cases, "in_cases": trial.in_cases, "more": trial.more}
        session.emit({"rule": number, **counts, "since": trial.since})
        return 0
    session.print(trial.meaning)
    said = session.words("Cases it would have opened: {n}. Posts that are in a case already: {m}.")
    session.print(said.format(n=trial.cases, m=trial.in_cases))
    return 0


def _known(session: Session, me: Account, number: int) -> Rule:
    from django.http import Http404

    from outlisten.app.care.queries.rules import rule_for

    try:
        return rule_for(me, number)
    except Http404:
        raise Refused(
            session.words("There is no rule {number} in your departments.").format(number=number)
        ) from None
