"""`outlisten reread`: read kept posts again with today's models."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer

from outlisten.cli.application import Application, open_application
from outlisten.cli.endings import DONE, NOTHING_DONE, Refused, Stopped
from outlisten.cli.frame import command
from outlisten.cli.locales import help_words as _
from outlisten.cli.options import Since, Until
from outlisten.cli.progress import progress
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.app.listening.models import Rereading
    from outlisten.app.listening.queries.models_read import ModelsRead
    from outlisten.app.people.models import Account

Status = Annotated[
    bool,
    typer.Option("--status", help=_("Say which models read the posts, and how far it is; start nothing.")),
]
Pause = Annotated[bool, typer.Option("--pause", help=_("Pause it; without any option it goes on."))]


@command(where="store")
def reread(
    session: Session,
    *,
    since: Since = None,
    until: Until = None,
    status: Status = False,
    pause: Pause = False,
) -> int:
    """Posts that today's models read are passed over; what people corrected, declared and tagged stays."""
    from outlisten.cli.periods import check_window

    check_window(since, until, session.locale)
    app = open_application(session, "search" if status else "manage_workspace")
    who = _person(session, app)
    if pause:
        from outlisten.app.listening.actions.rereading import pause as let_rest

        let_rest(by=who)
    elif not status:
        _begin(session, app, who, since, until)
        if session.terminal.serving is None:
            _work_off(session)
    return _say(session, who)


def _begin(session: Session, app: Application, who: Account, since: str | None, until: str | None) -> None:
    """Go on with a round that is open, or start one. Raises Refused when it is open and other days are asked for."""
    from outlisten.app.listening.actions.rereading import reread_with_models, resume
    from outlisten.app.listening.models import Rereading
    from outlisten.cli.periods import window

    last = Rereading.objects.filter(kind=Rereading.Kind.MODELS).order_by("-id").first()
    unfinished = last is not None and last.state not in (Rereading.State.DONE, Rereading.State.FAILED)
    if unfinished and (since or until):
        raise Refused(
            session.words("A re-reading is under way; leave --since and --until out to go on with it.")
        )
    if unfinished:
        resume(by=who)
        return
    asked = window(since, until, now=app.as_of.moment, zone=app.as_of.zone, locale=session.locale)
    reread_with_models(asked, by=who)


def _person(session: Session, app: Application) -> Account:
    if app.account is None:
        raise Refused(
            session.words("There is no account yet. `outlisten serve` prints the link that makes the first.")
        )
    return app.account


def _work_off(session: Session) -> None:
    """Nobody else works here: without rests, to the end or until Ctrl-C."""
    from outlisten.app.listening import rereading

    ending = Event()
    with progress(session, session.words("Reading posts again")) as advance:

        def on_page(at: Rereading) -> None:
            try:
                advance(at.read, at.total, "")
            except Stopped:
                ending.set()

        rereading.work_off_models(on_page, ending=ending)
    session.check_stop()


def _say(session: Session, who: Account) -> int:
    from outlisten.app.listening.queries.models_read import models_read

    found = models_read(who)
    failed = found.round is not None and found.round.state == "failed"
    if session.json:
        session.emit(_as_json(found))
    else:
        for line in _lines(session, found):
            session.print(line)
    return NOTHING_DONE if failed else DONE


def _lines(session: Session, found: ModelsRead) -> list[str]:
    _ = session.words
    lines = [
        _("{model}\tposts: {n:,}").format(model=m.model or _("no model"), n=m.posts) for m in found.models
    ]
    lines.append(
        _("Read by other models than today's: {n:,} of {total:,}").format(n=found.left, total=found.posts)
    )
    at = found.round
    if at is not None:
        said = _("Last re-reading: {state}; read: {read:,}, read otherwise now: {changed:,}")
        lines.append(said.format(state=at.get_state_display(), read=at.read, changed=at.changed))
        if at.problem:
            lines.append(at.problem)
    if found.seconds is not None:
        lines.append(
            _("Beside a server it takes about {n:,} minutes.").format(n=max(1, round(found.seconds / 60)))
        )
    return lines


def _as_json(found: ModelsRead) -> dict[str, object]:
    at = found.round
    models = [{"model": m.model, "posts": m.posts, "current": m.current} for m in found.models]
    last = at and {
        "state": at.state, "read": at.read, "total": at.total, "changed": at.changed, "since": at.since,
        "until": at.until, "problem": at.problem or None,
    }  # fmt: skip
    return {
        "posts": found.posts, "left": found.left, "models": models, "seconds": found.seconds,
        "measured_on": found.measured, "last": last,
    }  # fmt: skip
