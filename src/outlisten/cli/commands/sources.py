"""`outlisten sources`: what is collected, how it fares, and what can be added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outlisten.cli.application import open_application
from outlisten.cli.commands.case import who
from outlisten.cli.endings import DONE, SOME_REJECTED
from outlisten.cli.frame import command
from outlisten.cli.safe_text import on_one_line
from outlisten.cli.session import Session
from outlisten.cli.source_options import Which
from outlisten.cli.sources_shown import (
    counts_of,
    listed_json,
    run_json,
    say_source,
    source_called,
    source_json,
    source_line,
)

if TYPE_CHECKING:
    from outlisten.app.people.models import Account
    from outlisten.app.sources.models import Run, Source
    from outlisten.sources.manifest import Manifest


@command(where="store")
def list_sources(session: Session) -> int:
    """Every source that was not removed, with how it fares."""
    app = open_application(session, "search")
    from outlisten.app.sources.queries import overview

    found = overview(who(session, app))
    if session.json:
        session.emit({"sources": [listed_json(one) for one in found]})
        return DONE
    for one in found:
        session.print(source_line(session, one.source))
    if not found:
        session.say(
            session.words("There is no source yet: outlisten sources connectors shows what can be added.")
        )
    return DONE


@command(where="anywhere")
def list_connectors(session: Session) -> int:
    """What can be added, each with how far it was tested."""
    from outlisten.sources.registry import broken, manifests

    found = manifests().values()
    if session.json:
        session.emit({"connectors": [_connector_json(session, one) for one in found], "broken": broken()})
        return DONE
    for one in found:
        session.print(_connector_line(session, one))
    for name, reason in broken().items():
        said = session.words("{name} cannot be loaded: {reason}")
        session.say(said.format(name=name, reason=on_one_line(reason)))
    return DONE


@command(where="store")
def show(session: Session, *, source: Which) -> int:
    """How a source fares, its newest asks, and what it could not use."""
    app = open_application(session, "search")
    me = who(session, app)
    found = source_called(session, me, source)
    if session.json:
        session.emit(_whole(found, me))
        return DONE
    _ = session.words
    session.print(source_line(session, found))
    for run in _newest_asks(found):
        parts = (f"{run.at:%Y-%m-%d %H:%M} UTC", counts_of(session, run), run.problem)
        session.print("\t".join(part for part in parts if part))
    rejected = found.rejected_records.count()
    if rejected:
        newest = found.rejected_records.first()
        reason = on_one_line(newest.reason) if newest else ""
        session.print(
            _("rejected and kept: {n:,}; the newest because: {reason}").format(n=rejected, reason=reason)
        )
    return DONE


@command(where="store")
def pause(session: Session, *, source: Which) -> int:
    """Ask it no more until it is resumed."""
    from outlisten.app.sources import actions

    found, me = _to_change(session, source)
    actions.pause(found, by=me)
    return _said(session, found, session.words("{name} is paused. What was collected stays."))


@command(where="store")
def resume(session: Session, *, source: Which) -> int:
    """It goes on from where it stood."""
    from outlisten.app.sources import actions

    found, me = _to_change(session, source)
    actions.resume(found, by=me)
    return _said(session, found, session.words("{name} is asked again, from where it stood."))


@command(where="store")
def remove(session: Session, *, source: Which) -> int:
    """Its posts stay, its secrets are forgotten."""
    from outlisten.app.sources import actions

    found, me = _to_change(session, source)
    actions.remove(found, by=me)
    return _said(session, found, session.words("{name} was removed. Its posts stay."))


@command(where="store")
def replay(session: Session, *, source: Which) -> int:
    """Rejected records become posts where they can now; the status is 3 while some cannot."""
    from outlisten.app.sources import actions

    found, me = _to_change(session, source)
    good, still = actions.replay(found, by=me)
    if session.json:
        session.emit({"id": found.pk, "name": found.name, "posts": good, "rejected": still})
    else:
        said = session.words("{good:,} became posts, {still:,} are still rejected.")
        session.print(said.format(good=good, still=still))
    return SOME_REJECTED if still else DONE


def _to_change(session: Session, named: str) -> tuple[Source, Account]:
    app = open_application(session, "manage_sources")
    me = who(session, app)
    return source_called(session, me, named), me


def _said(session: Session, source: Source, sentence: str) -> int:
    source.refresh_from_db()
    return say_source(session, source, sentence)


def _newest_asks(source: Source) -> list[Run]:
    from outlisten.app.sources.queries import runs

    return runs(source)


def _whole(source: Source, me: Account) -> dict[str, object]:
    """A source with its asks, outages and reasons; what it asks for only for who may change it."""
    from outlisten.app.people.rules import Act, may

    told = source_json(source)
    if may(me, Act.MANAGE_SOURCES):
        told["options"] = source.options
    return {
        **told,
        "made_by": source.made_by.email if source.made_by else None,
        "runs": [run_json(run) for run in _newest_asks(source)],
        "outages": [
            {"kind": one.kind, "since": one.since, "until": one.until} for one in source.outages.all()[:20]
        ],
        "rejected": source.rejected_records.count(),
        "reasons": [one.reason for one in source.rejected_records.all()[:20]],
    }


def _connector_json(session: Session, one: Manifest) -> dict[str, object]:
    locale = session.locale
    return {
        "name": one.name, "title": one.title.text(locale), "brings": one.brings.text(locale), "kind": one.kind,
        "credentials": one.credentials, "tested": one.tested, "tested_on": one.tested_on, "deletions": one.deletions,
        "streams": one.streams, "history": one.history, "answers": one.answers,
        "options": [
            {"name": option.name, "kind": option.kind, "title": option.title.text(locale), "needed": option.needed,
             "secret": option.secret, "default": option.default, "choices": [name for name, _title in option.choices]}
            for option in one.options
        ],
    }  # fmt: skip


def _connector_line(session: Session, one: Manifest) -> str:
    """Name, title, what it asks for (a star: needed), and the label of how it was tested."""
    from outlisten.sources.manifest import TESTED

    asks = " ".join(
        f"--secret {option.name}" if option.secret else f"{option.name}=…" + ("*" if option.needed else "")
        for option in one.options
    )
    label = f"{TESTED[one.tested].text(session.locale)} ({one.tested_on.isoformat()})"
    return "\t".join(on_one_line(part) for part in (one.name, one.title.text(session.locale), asks, label))
