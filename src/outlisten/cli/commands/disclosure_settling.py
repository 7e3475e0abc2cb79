"""`outlisten disclosure ask`, `accept`, `mistaken`, `reopen` and `recheck`: what becomes of what the watch found."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from outlisten.cli.accounts import account_called
from outlisten.cli.application import open_application
from outlisten.cli.commands.case import day, who
from outlisten.cli.endings import Refused
from outlisten.cli.frame import command
from outlisten.cli.locales import help_words as _
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.app.people.models import Account
    from outlisten.app.trust.models import JudgedPost

Post = Annotated[str, typer.Argument(metavar="POST", help=_("The number of the post here, 16 signs."))]
Reason = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help=_("Why: it is what others will look for later."))
]
Due = Annotated[
    str | None, typer.Option("--due", metavar="DAY", help=_("Until when, as 2026-03-09; else in a week."))
]
Follows = Annotated[
    str | None, typer.Option("--owner", metavar="EMAIL", help=_("Who follows it up; else you do."))
]


@command(where="store")
def ask(session: Session, post: Post, due: Due = None, owner: Follows = None) -> int:
    """Notes that the writer was asked to mend a post; who follows it up, and until when."""
    app = open_application(session, "mend_disclosure")
    from outlisten.app.trust.disclosure.actions import ask_to_mend

    follows = account_called(session, owner) if owner else None
    until = day(session, "--due", due) if due else None
    asked = ask_to_mend(_found(session, post).pk, by=who(session, app), owner=follows, due=until)
    return _said(session, asked, session.words("Asked; due {due}."))


@command(where="store")
def accept(session: Session, post: Post, reason: Reason = "") -> int:
    """Leaves the post as it is."""
    return _settle(session, post, reason, "accept")


@command(where="store")
def mistaken(session: Session, post: Post, reason: Reason = "") -> int:
    """Says that the watch was wrong about the post."""
    return _settle(session, post, reason, "call_mistaken")


@command(where="store")
def reopen(session: Session, post: Post) -> int:
    """Takes back what was asked or settled."""
    app = open_application(session, "mend_disclosure")
    from outlisten.app.trust.disclosure.actions import reopen as act

    opened = act(_found(session, post).pk, by=who(session, app))
    return _said(session, opened, session.words("Open as before."))


@command(where="store")
def recheck(session: Session) -> int:
    """Judges every kept post of declared accounts afresh."""
    app = open_application(session, "mend_disclosure")
    from outlisten.app.trust.disclosure.actions import check_again

    judged, found = check_again(by=who(session, app))
    if session.json:
        session.emit({"judged": judged, "found": found})
    else:
        said = session.words("Judged: {judged}. Newly with signs: {found}.")
        session.print(said.format(judged=judged, found=found))
    return 0


def _settle(session: Session, post: str, reason: str, name: Literal["accept", "call_mistaken"]) -> int:
    app = open_application(session, "mend_disclosure")
    from outlisten.app.trust.disclosure import actions

    act: Callable[..., JudgedPost] = getattr(actions, name)
    settled = act(_found(session, post).pk, reason, by=who(session, app))
    return _said(session, settled, session.words("Settled."))


def _found(session: Session, post: str) -> JudgedPost:
    from outlisten.app.trust.models import JudgedPost

    found = JudgedPost.objects.filter(post_id=post.strip().lower()).first()
    if found is None:
        said = session.words(
            "The watch has not judged post {post}. `outlisten disclosure list` shows what it found."
        )
        raise Refused(said.format(post=post))
    return found


def _said(session: Session, judged: JudgedPost, sentence: str) -> int:
    if session.json:
        owner: Account | None = judged.owner
        session.emit({
            "id": judged.post_id, "state": judged.state, "owner": owner.email if owner else None, "due": judged.due,
            "note": judged.note,
        })  # fmt: skip
    else:
        session.print(sentence.format(due=judged.due))
    return 0
