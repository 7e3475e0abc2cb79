"""`outlisten insight`: figures and posts that were kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlencode

import typer

from outlisten.cli.application import Application, open_application
from outlisten.cli.endings import Refused, WrongUsage
from outlisten.cli.frame import command
from outlisten.cli.locales import help_words as _
from outlisten.cli.options import Since, Until
from outlisten.cli.queries import check_query, read_query
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from outlisten.app.decisions.models import Insight
    from outlisten.app.people.models import Account

Search = Annotated[str, typer.Option(metavar="WORDS", help=_("Only those that say these words."))]
Archived = Annotated[bool, typer.Option("--archived", help=_("Those that were put away."))]
Query = Annotated[
    str | None, typer.Argument(metavar="QUERY", help=_("The query whose headline is pinned; or give --post."))
]
Post = Annotated[str | None, typer.Option(metavar="ID", help=_("Pin this post instead, by its number here."))]
Title = Annotated[str, typer.Option(metavar="TEXT", help=_("What the insight is called."))]
Note = Annotated[str, typer.Option(metavar="TEXT", help=_("What you conclude from it."))]


@command(where="store")
def list_insights(session: Session, *, search: Search = "", archived: Archived = False) -> int:
    """Pinned insights, newest first."""
    app = open_application(session, "see_decisions")
    from outlisten.app.decisions.as_json import insight_json
    from outlisten.app.decisions.queries.insights import insights

    found = list(insights(who(app), search=search, archived=archived))
    if session.json:
        session.emit({"insights": [insight_json(one) for one in found]})
        return 0
    for one in found:
        _print(session, one)
    if not found:
        session.say(session.words("No insight fits."))
    return 0


@command(where="store")
def pin(
    session: Session, *, query: Query = None, post: Post = None, since: Since = None, until: Until = None,
    title: Title = "", note: Note = "",
) -> int:  # fmt: skip
    """Keeps the headline of a query, or a post, as it stands now."""
    from outlisten.cli.periods import check_window

    if (query is None) == (post is None):
        raise WrongUsage(session.words("Give either a query or --post ID."))
    if query is not None:
        check_query(session, query)
    check_window(since, until, session.locale)
    app = open_application(session, "pin_insight")
    from outlisten.app.decisions.as_json import insight_json

    kept = (
        _pin_query(session, app, query, since, until, title, note)
        if query is not None
        else _pin_post(session, app, str(post), title, note)
    )
    if session.json:
        session.emit(insight_json(kept))
    else:
        _print(session, kept)
    return 0


def _pin_query(
    session: Session,
    app: Application,
    query: str,
    since: str | None,
    until: str | None,
    title: str,
    note: str,
) -> Insight:
    """The same figure, by the same way, as the first sentence of Listen."""
    from django.http import QueryDict

    from outlisten.app.decisions.actions.insights import pin_figure
    from outlisten.app.decisions.pinnable import Pinnable
    from outlisten.app.listening.filters import ALL_VOICES
    from outlisten.app.listening.queries.listen import ask
    from outlisten.app.listening.queries.telling import facts
    from outlisten.app.listening.said import title_of_query

    read_query(session, query, app.as_of.context)
    # The pages leave out what companies say of themselves unless asked; a command adds nothing to its query.
    asked = urlencode({"q": query, **_days(session, app, since, until), "voice": ALL_VOICES})
    found = facts(ask(who(app), QueryDict(asked)))
    figure = Pinnable(
        title=title_of_query(query), sentence=found.sentence(session.locale), address=f"/listen/?{asked}",
        language=session.locale, measure="headline", value=found.posts,
    )  # fmt: skip
    return pin_figure(figure, title=title, note=note, by=who(app))


def _days(session: Session, app: Application, since: str | None, until: str | None) -> dict[str, str]:
    """The days of the two options as the pages write them: both ends included, in the workspace's zone."""
    from datetime import timedelta

    from outlisten.cli.periods import window

    if since is None and until is None:
        return dict(app.as_of.default_period.address())
    zone = app.as_of.zone
    span = window(since, until, now=app.as_of.moment, zone=zone, locale=session.locale)
    first = span.start.astimezone(zone).date() if span.start else None
    last = (span.end - timedelta(microseconds=1)).astimezone(zone).date() if span.end else None
    return {name: day.isoformat() for name, day in (("since", first), ("until", last)) if day}


def _pin_post(session: Session, app: Application, post: str, title: str, note: str) -> Insight:
    from django.http import Http404

    from outlisten.app.decisions.actions.insights import pin_post
    from outlisten.app.decisions.titles import title_of_post
    from outlisten.app.listening.queries.post import post as post_for

    try:
        found = post_for(who(app), post)
    except Http404:
        raise Refused(session.words("There is no post {post} here.").format(post=post)) from None
    return pin_post(post, title=title or title_of_post(found), note=note, by=who(app))


def who(app: Application) -> Account | AnonymousUser:
    """Who acts; before there is an owner nobody does, and the rules refuse."""
    from django.contrib.auth.models import AnonymousUser

    return app.account or AnonymousUser()


def _print(session: Session, one: Insight) -> None:
    from outlisten.cli.safe_text import on_one_line

    said = one.sentence or session.words("post {post}").format(post=one.post_id)
    session.print(on_one_line(f"{one.pk}\t{one.as_of}\t{one.title}\t{said}"))
