"""`outlisten decision`: what was decided, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outlisten.cli.accounts import department_called, open_account
from outlisten.cli.application import Application, open_application
from outlisten.cli.commands.decision_options import (
    Amount,
    By,
    Due,
    Expect,
    From,
    FromNone,
    GivenHorizon,
    GivenLevel,
    GivenState,
    GivenVerdict,
    High,
    Horizon,
    InDepartment,
    Level,
    Low,
    NewState,
    Number,
    OnlyState,
    Outcome,
    Owner,
    Review,
    Shown,
    State,
    Tested,
    Text,
    Unit,
    Value,
    Why,
)
from outlisten.cli.commands.insight import who
from outlisten.cli.days import day_named
from outlisten.cli.endings import Refused
from outlisten.cli.frame import command
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.app.decisions.models import Claim, Decision, Insight

LARGEST = 2**63  # no number of a row reaches it


@command(where="store")
def list_decisions(session: Session, *, state: OnlyState = None, due: Due = False) -> int:
    """Due reviews first."""
    app = open_application(session, "see_decisions")
    from outlisten.app.decisions.as_json import decision_json
    from outlisten.app.decisions.queries.decisions import Wanted, decisions

    found = decisions(who(app), Wanted(chosen={"state": state.value if state else ""}, due=due))
    if session.json:
        session.emit({"decisions": [decision_json(one) for one in found]})
        return 0
    for one in found:
        _print_line(session, one)
    if not found:
        session.say(session.words("No decision fits."))
    return 0


@command(where="store")
def add(
    session: Session, *, text: Text, insight: From = None, no_insight: FromNone = False, why: Why = "",
    level: GivenLevel = Level.TACTICAL, horizon: GivenHorizon = Horizon.SHORT, owner: Owner = None,
    department: InDepartment = None, expect: Expect = "", amount: Amount = "", by: By = None,
    review: Review = None, state: GivenState = State.DECIDED,
) -> int:  # fmt: skip
    """Records a decision from insights, or from none where --no-insight says so."""
    expected_by = day_named(session, "--by", by) if by else None
    review_on = day_named(session, "--review", review) if review else None
    app = open_application(session, "decide")
    from outlisten.app.decisions.actions.decisions import add as record
    from outlisten.app.decisions.clock import today
    from outlisten.app.decisions.forms import REVIEW_AFTER
    from outlisten.app.decisions.models import Decision

    made = Decision(
        text=text, why=why, level=level.value, horizon=horizon.value, state=state.value,
        owner=open_account(session, owner) if owner else app.account,
        department=department_called(session, department) if department else None,
        expected=expect, expected_amount=amount, expected_by=expected_by,
        review_on=review_on or today() + REVIEW_AFTER,
    )  # fmt: skip
    record(made, _insights(session, insight or []), from_none=no_insight, by=who(app))
    return _answer(session, app, made.pk)


@command(where="store")
def show(session: Session, number: Number) -> int:
    """One decision with its insights, its outcomes and its history."""
    app = open_application(session, "see_decisions")
    return _answer(session, app, number)


@command(where="store")
def move(session: Session, number: Number, state: NewState) -> int:
    """Gives a decision another state; `decision review` makes it reviewed."""
    app = open_application(session, "decide")
    from outlisten.app.decisions.actions.decisions import move as move_on

    move_on(_decision(session, app, number), state.value, by=who(app))
    return _answer(session, app, number)


@command(where="store")
def review(
    session: Session, *, number: Number, outcome: Outcome, verdict: GivenVerdict, value: Value = None,
    low: Low = None, high: High = None, unit: Unit = "", insight: Shown = None, claim: Tested = None,
) -> int:  # fmt: skip
    """Records what came of a decision, which is reviewed by it."""
    app = open_application(session, "decide")
    from outlisten.app.decisions.actions.reviews import review as record
    from outlisten.app.decisions.models import Outcome as Found

    pinned = _insights(session, [insight])[0] if insight is not None else None
    found = Found(
        decision=_decision(session, app, number), text=outcome, verdict=verdict.value, value=value, low=low,
        high=high, unit=unit, insight=pinned, claim=_claim(session, claim) if claim is not None else None,
    )  # fmt: skip
    record(found, by=who(app))
    return _answer(session, app, number)


def _decision(session: Session, app: Application, number: int) -> Decision:
    from django.http import Http404

    from outlisten.app.decisions.queries.decisions import decision

    try:
        return decision(who(app), number)
    except Http404:
        _ = session.words
        raise Refused(
            _("There is no decision {number}. `outlisten decision list` shows them.").format(number=number)
        ) from None


def _insights(session: Session, numbers: list[int]) -> list[Insight]:
    """The insights of these numbers. Raises Refused with the one that is missing."""
    from outlisten.app.decisions.models import Insight

    found = Insight.objects.in_bulk([number for number in numbers if number < LARGEST])
    missing = next((number for number in numbers if number not in found), None)
    if missing is not None:
        _ = session.words
        raise Refused(
            _("There is no insight {number}. `outlisten insight list` shows them.").format(number=missing)
        )
    return list(found.values())


def _claim(session: Session, number: int) -> Claim:
    """A claim that was tested. Raises Refused."""
    from outlisten.app.decisions.models import Claim

    found = Claim.objects.concluded().filter(pk=number).first()
    if found is None:
        raise Refused(session.words("There is no tested claim {number}.").format(number=number))
    return found


def _answer(session: Session, app: Application, number: int) -> int:
    """The decision as it stands now."""
    from outlisten.app.decisions.as_json import decision_json

    found = _decision(session, app, number)
    if session.json:
        session.emit(decision_json(found) | {"history": _history(app, found)})
        return 0
    _print_line(session, found)
    _print_rest(session, found)
    return 0


def _history(app: Application, found: Decision) -> list[dict[str, object]]:
    from outlisten.app.decisions.queries.history import history

    return [
        {"at": told.change.at, "act": told.change.act, "by": told.change.by.email if told.change.by else None,
         "before": told.change.before, "after": told.change.after}
        for told in history(who(app), found)
    ]  # fmt: skip


def _print_line(session: Session, one: Decision) -> None:
    from outlisten.app.decisions.clock import today
    from outlisten.cli.safe_text import on_one_line

    when = str(one.review_on or "–")
    if one.due(today()):
        when = session.words("due {day}").format(day=when)
    owner = one.owner.name if one.owner else "–"
    session.print(on_one_line(f"{one.pk}\t{one.get_state_display()}\t{when}\t{owner}\t{one.text}"))


def _print_rest(session: Session, one: Decision) -> None:
    from outlisten.app.decisions.outcome_words import measured_in_words
    from outlisten.cli.safe_text import on_one_line

    _ = session.words
    pairs = [
        (_("why"), one.why),
        (_("expected"), f"{one.expected} {one.expected_amount} {one.expected_by or ''}"),
    ]
    pairs += [
        (_("insight"), f"{pinned.pk} {pinned.title} · {pinned.sentence}") for pinned in one.insights.all()
    ]
    for outcome in one.outcomes.all():
        if outcome.withdrawn_at is None:
            found = (outcome.get_verdict_display(), measured_in_words(outcome, session.locale), outcome.text)
            pairs.append((_("outcome"), " · ".join(part for part in found if part)))
    for name, said in pairs:
        if said.strip():
            session.print(on_one_line(f"  {name}: {said.strip()}"))
