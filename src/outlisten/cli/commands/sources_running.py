"""`outlisten sources run`: ask now, and wait until everything that is there has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from outlisten.cli.application import open_application
from outlisten.cli.commands.case import who
from outlisten.cli.endings import DONE, NOTHING_DONE, SOME_REJECTED, Refused
from outlisten.cli.frame import command
from outlisten.cli.progress import progress
from outlisten.cli.safe_text import on_one_line
from outlisten.cli.session import Session
from outlisten.cli.source_options import SomeSources
from outlisten.cli.sources_shown import COUNTED, counts_of, source_called

if TYPE_CHECKING:
    from outlisten.app.people.models import Account
    from outlisten.app.sources.models import Run, Source

LOOK_AGAIN = 0.2  # seconds, while a worker of the server holds the source
SUMMED = ("records", *COUNTED)


@dataclass(slots=True)
class Ran:
    """What asking a source came to; `sentence` is what to tell of it, blank when all went well."""

    source: Source
    total: Run
    sentence: str = ""
    failed: bool = False
    problem: str = ""
    asks: int = field(default=0)


@command(where="store")
def run(session: Session, *, sources: SomeSources = None) -> int:
    """The status is 3 when records were rejected or one of several sources failed, 1 when all failed."""
    app = open_application(session, "manage_sources")
    me = who(session, app)
    ran = []
    for source in _chosen(session, me, sources or []):
        session.check_stop()
        ran.append(_asked(session, source, me))
        if not session.json:
            _show(session, ran[-1])
    if session.json:
        session.emit(_as_json(ran))
    elif not ran:
        session.say(session.words("No source is on: outlisten sources add makes one."))
    return _status(ran)


def _chosen(session: Session, me: Account, named: Sequence[str]) -> list[Source]:
    """The sources named, each once, or all that are on. Raises Refused for one that is paused."""
    from outlisten.app.sources.models import Source
    from outlisten.app.sources.queries import sources

    if not named:
        return list(sources(me).filter(state=Source.State.ON))
    found = list({one.pk: one for one in (source_called(session, me, name) for name in named)}.values())
    for one in found:
        if one.state != Source.State.ON:
            said = session.words("{name} is paused. First: outlisten sources resume {number}")
            raise Refused(said.format(name=on_one_line(one.name), number=one.pk))
    return found


def _asked(session: Session, source: Source, me: Account) -> Ran:
    """Ask it until the network has no more, adding up what came."""
    from django.utils import timezone

    from outlisten.app.sources.models import Run
    from outlisten.app.sources.running.at_once import Streaming, ask_until_done
    from outlisten.app.sources.running.leases import LeaseLost

    _ = session.words
    ran = Ran(source, Run(source=source, at=timezone.now()))

    def wait() -> None:
        session.terminal.stop.wait(LOOK_AGAIN)
        session.check_stop()

    with progress(session, source.name) as advance:
        try:
            for one in ask_until_done(source, by=me, wait=wait):
                _add(ran, one)
                advance(ran.asks, None, counts_of(session, ran.total))
        except Streaming:
            ran.sentence = _("it is listened to at this moment; its posts arrive by themselves")
        except LeaseLost:
            ran.sentence, ran.failed = _("it was paused or changed while it was asked"), True
    if ran.problem:
        source.refresh_from_db()
        ran.failed = True
        ran.sentence = source.problem_said.get(session.locale) or source.problem_said.get("en", ran.problem)
    return ran


def _add(ran: Ran, one: Run) -> None:
    for name in SUMMED:
        setattr(ran.total, name, getattr(ran.total, name) + getattr(one, name))
    ran.total.seconds = round(ran.total.seconds + one.seconds, 3)
    ran.problem = one.problem
    ran.asks += 1


def _show(session: Session, ran: Ran) -> None:
    session.print(
        f"{on_one_line(ran.source.name)}: {counts_of(session, ran.total)} ({ran.total.seconds:.1f} s)"
    )
    if ran.sentence:
        session.say(f"{on_one_line(ran.source.name)}: {on_one_line(ran.sentence)}")


def _as_json(ran: Sequence[Ran]) -> dict[str, object]:
    """The sums over all sources, then each."""
    each = [
        {"id": one.source.pk, "name": one.source.name, **_counts(one.total), "seconds": one.total.seconds,
         "problem": one.problem or None, "sentence": one.sentence or None}
        for one in ran
    ]  # fmt: skip
    totals = [_counts(one.total) for one in ran]
    sums = {name: sum(total[name] for total in totals) for name in ("read", *COUNTED)}
    return {**sums, "seconds": round(sum(one.total.seconds for one in ran), 3), "sources": each}


def _counts(total: Run) -> dict[str, int]:
    return {"read": total.records, **{name: int(getattr(total, name)) for name in COUNTED}}


def _status(ran: Sequence[Ran]) -> int:
    failed = [one for one in ran if one.failed]
    if failed and len(failed) == len(ran) and not any(one.total.records for one in ran):
        return NOTHING_DONE
    return SOME_REJECTED if failed or any(one.total.rejected for one in ran) else DONE
