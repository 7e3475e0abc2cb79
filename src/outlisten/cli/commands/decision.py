"""`outlisten decision`: what was decided, and what came of it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from outlisten.cli.application import Application, open_application
from outlisten.cli.commands.insight import who
from outlisten.cli.endings import Refused, WrongUsage
from outlisten.cli.frame import command
from outlisten.cli.locales import help_words as _
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.app.decisions.models import Claim, Decision, Insight
    from outlisten.app.people.models import Account, Department


LARGEST = 2**63  # no number of a row reaches it


class Level(StrEnum):
    """How far a decision reaches."""

    STRATEGIC = "strategic"
    TACTICAL = "tactical"


class Horizon(StrEnum):
    """How long it is for."""

    SHORT = "short"
    LONG = "long"


class State(StrEnum):
    """Where it stands."""

    PROPOSED = "proposed"
    DECIDED = "decided"
    IN_PROGRESS = "in_progress"
    REVIEWED = "reviewed"
    DROPPED = "dropped"


class Verdict(StrEnum):
    """What came of it."""

    BETTER = "better"
    AS_EXPECTED = "as_expected"
    WORSE = "worse"
    CANNOT_TELL = "cannot_tell"


Number = Annotated[int, typer.Argument(metavar="NUMBER", help=_("The number of the decision."))]
Text = Annotated[str, typer.Argument(metavar="TEXT", help=_("What is decided, in one sentence."))]
From = Annotated[
    list[int] | None,
    typer.Option("--insight", metavar="NUMBER", help=_("An insight behind it; repeat for more.")),
]
FromNone = Annotated[bool, typer.Option("--no-insight", help=_("Say that no insight stands behind it."))]
Why = Annotated[str, typer.Option(metavar="TEXT", help=_("The reason."))]
GivenLevel = Annotated[Level, typer.Option("--level", metavar="LEVEL", help=_("strategic or tactical."))]
GivenHorizon = Annotated[Horizon, typer.Option("--horizon", metavar="HORIZON", help=_("short or long."))]
Owner = Annotated[str | None, typer.Option(metavar="EMAIL", help=_("Who owns it; you unless you say so."))]
InDepartment = Annotated[
    str | None, typer.Option("--department", metavar="KEY", help=_("Whose it is, such as support."))
]
Expect = Annotated[str, typer.Option(metavar="TEXT", help=_("What should change."))]
Amount = Annotated[str, typer.Option(metavar="TEXT", help=_("By how much."))]
By = Annotated[str | None, typer.Option(metavar="DATE", help=_("By which day."))]
Review = Annotated[
    str | None, typer.Option(metavar="DATE", help=_("When somebody looks what came of it; in 30 days."))
]
GivenState = Annotated[
    State, typer.Option("--state", metavar="STATE", help=_("proposed, decided or in_progress."))
]
OnlyState = Annotated[
    State | None, typer.Option("--state", metavar="STATE", help=_("Only those in this state."))
]
Due = Annotated[bool, typer.Option("--due", help=_("Only those whose review is due."))]
Outcome = Annotated[str, typer.Option("--outcome", metavar="TEXT", help=_("What came of it."))]
GivenVerdict = Annotated[
    Verdict,
    typer.Option("--verdict", metavar="VERDICT", help=_("better, as_expected, worse or cannot_tell.")),
]
Value = Annotated[float | None, typer.Option(metavar="X", help=_("The measured value."))]
Low = Annotated[float | None, typer.Option(metavar="X", help=_("Lower end of its interval."))]
High = Annotated[float | None, typer.Option(metavar="X", help=_("Upper end of its interval."))]
Unit = Annotated[str, typer.Option(metavar="TEXT", help=_("The unit of the value."))]
Shown = Annotated[
    int | None, typer.Option("--insight", metavar="NUMBER", help=_("The pinned figure that shows it."))
]
Tested = Annotated[int | None, typer.Option("--claim", metavar="NUMBER", help=_("The claim that tests it."))]
NewState = Annotated[
    State, typer.Argument(metavar="STATE", help=_("proposed, decided, in_progress or dropped."))
]


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
    expected_by, review_on = _day(session, "--by", by), _day(session, "--review", review)
    app = open_application(session, "decide")
    from outlisten.app.decisions.actions.decisions import add as record
    from outlisten.app.decisions.clock import today
    from outlisten.app.decisions.forms import REVIEW_AFTER
    from outlisten.app.decisions.models import Decision

    made = Decision(
        text=text, why=why, level=level.value, horizon=horizon.value, state=state.value,
        owner=_account(session, owner) if owner else app.account,
        department=_department(session, department) if department else None,
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


def _account(session: Session, email: str) -> Account:
    from outlisten.app.people.models import Account

    found = Account.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if found is None:
        _ = session.words
        raise Refused(
            _("There is no open account {email} in this home. `outlisten user list` shows them.").format(
                email=email
            )
        )
    return found


def _department(session: Session, key: str) -> Department:
    from outlisten.app.people.models import Department

    found = Department.objects.filter(key=key.strip().lower()).first()
    if found is None:
        _ = session.words
        known = ", ".join(Department.objects.values_list("key", flat=True))
        raise Refused(_("There is no department {key}. There are: {known}.").format(key=key, known=known))
    return found


def _day(session: Session, option: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        _ = session.words
        raise WrongUsage(
            _("{option} {text} is not a day. Write it as 2026-07-31.").format(option=option, text=text)
        ) from None


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
