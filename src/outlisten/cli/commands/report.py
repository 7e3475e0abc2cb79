"""`outlisten report`: the listening report as one file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import typer

from outlisten.cli.application import Application, open_application
from outlisten.cli.endings import WrongUsage
from outlisten.cli.frame import command
from outlisten.cli.locales import help_words as _
from outlisten.cli.named_queries import own_subject, rivals_of, subject_called, subject_of
from outlisten.cli.options import Since, Until
from outlisten.cli.output_files import check_folder, write_whole
from outlisten.cli.progress import progress
from outlisten.cli.session import Session
from outlisten.cli.voices import ALL, USUAL, Voices, counted, left_out, left_out_sentence, read_voices

if TYPE_CHECKING:
    from outlisten.charts.report import Subject
    from outlisten.posts.store import TimeRange

TopicName = Annotated[
    str | None,
    typer.Option("--topic", metavar="NAME", help=_("A brand or saved topic; else your own brand.")),
]
Query = Annotated[str | None, typer.Option(metavar="QUERY", help=_("A query instead of a topic."))]
Against = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help=_("A brand, topic or query to set beside it; repeat for more.")),
]
Out = Annotated[Path, typer.Option(metavar="FILE.html", help=_("The file to write."))]


@command(where="store")
def report(
    session: Session, *, out: Out, topic: TopicName = None, query: Query = None, against: Against = None,
    since: Since = None, until: Until = None, voices: Voices = USUAL,
) -> int:  # fmt: skip
    """A brand is set beside the others of its group unless --against names some."""
    from outlisten.cli.periods import check_window

    began = perf_counter()
    path = session.path(str(out))
    _check(session, path, topic, query)
    check_window(since, until, session.locale)
    wanted = read_voices(voices, session.locale)
    app = open_application(session, "search")
    subject, rivals = _subjects(session, app, topic, query, against or [])
    span = _window(session, app, since, until)
    gone = left_out(app.store, subject.query, wanted, span)
    html = _made(session, app, (subject, *rivals), wanted, span, gone)
    write_whole(path, html.encode("utf-8"))
    if session.json:
        session.emit(
            {"out": str(path), "pages": 1, "seconds": round(perf_counter() - began, 3),
             "voices": list(wanted) or [ALL], "left_out": gone}
        )  # fmt: skip
    else:
        if gone:
            session.say(left_out_sentence(gone, session.locale))
        session.print(session.words("The report is in {path}").format(path=path))
    return 0


def _check(session: Session, path: Path, topic: str | None, query: str | None) -> None:
    _ = session.words
    if topic and query:
        raise WrongUsage(_("Give --topic or --query, not both."))
    if path.suffix.lower() not in (".html", ".htm"):
        raise WrongUsage(
            _("The report is written as HTML. End the file's name in .html: {path}").format(path=path)
        )
    check_folder(path, session.locale)


def _subjects(
    session: Session, app: Application, topic: str | None, query: str | None, against: list[str]
) -> tuple[Subject, list[Subject]]:
    context = app.as_of.context
    if query:
        subject = subject_of(session, query, context)
    else:
        subject = subject_called(session, topic, context) if topic else own_subject(session, context)
    if against:
        return subject, [subject_of(session, other, context) for other in against]
    return subject, [] if query else rivals_of(session, subject.name, context)


def _window(session: Session, app: Application, since: str | None, until: str | None) -> TimeRange:
    """The days asked for, else the workspace's default: the last 90 days, of an archive everything."""
    from outlisten.cli.periods import window

    if since or until:
        return window(since, until, now=app.as_of.moment, zone=app.as_of.zone, locale=session.locale)
    return app.as_of.default_period.window(app.as_of.today, app.as_of.zone)


def _made(
    session: Session,
    app: Application,
    subjects: tuple[Subject, ...],
    voices: tuple[str, ...],
    span: TimeRange,
    gone: dict[str, int],
) -> str:
    from datetime import UTC, datetime

    from outlisten import sample
    from outlisten.app.listening.queries.names import workspace
    from outlisten.charts.report import report_html

    subject, *rivals = (replace(one, query=counted(one.query, voices)) for one in subjects)
    limits = sample.limits(session.locale) if workspace().sample else ()
    if gone:
        limits = (left_out_sentence(gone, session.locale), *limits)
    with progress(session, session.words("Making the report")) as advance:
        return report_html(
            app.store, subject, rivals, span, made_at=datetime.now(UTC), zone=app.as_of.zone,
            locale=session.locale, limits=limits, all_voices=subjects[0].query,
            on_step=lambda done, total: advance(done, total, ""),
        )  # fmt: skip
