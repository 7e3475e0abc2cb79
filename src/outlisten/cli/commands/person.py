"""`outlisten person`: what is held of an author, to take along or to erase for good."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from outlisten.cli.application import Application, open_application
from outlisten.cli.endings import DONE, NOTHING_DONE, Refused
from outlisten.cli.frame import command
from outlisten.cli.locales import help_words as _
from outlisten.cli.output_files import check_folder, write_whole
from outlisten.cli.safe_text import on_one_line
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.app.trust.privacy.finding import Author

Who = Annotated[
    str,
    typer.Argument(metavar="WHO", help=_("A handle, id or name; or the link or id of one of their posts.")),
]
Platform = Annotated[str | None, typer.Option(metavar="NAME", help=_("Only on this platform."))]
Out = Annotated[str, typer.Option("--out", metavar="FILE", help=_("The ZIP file to write."))]
Confirm = Annotated[
    str | None,
    typer.Option(
        "--confirm", metavar="HANDLE", help=_("The handle again, so that nobody is erased by mistake.")
    ),
]
Receipt = Annotated[
    str | None, typer.Option("--receipt", metavar="FILE", help=_("Where to write the receipt, as JSON."))
]


@command(where="store")
def find(session: Session, who: Who, *, platform: Platform = None) -> int:
    """Every author these words may mean, with how many posts are held."""
    app = open_application(session, "answer_privacy")
    from outlisten.app.trust.privacy.finding import find as find_authors

    found = find_authors(who, platform, by=app.account)
    if session.json:
        session.emit({"people": [_as_json(author) for author in found]})
    for author in found if not session.json else ():
        session.print(_line(session, author))
    if not found:
        session.say(session.words("Nobody of that name has posts here."))
    return DONE if found else NOTHING_DONE


@command(where="store")
def export(session: Session, who: Who, *, out: Out, platform: Platform = None) -> int:
    """A ZIP: posts as kept and as they came, their history, what each room holds, and a manifest."""
    path = session.path(out)
    check_folder(path, session.locale)
    app = open_application(session, "answer_privacy")
    from outlisten.app.trust.privacy.finding import person
    from outlisten.app.trust.privacy.packages import package

    author = _the_one(session, app, who, platform)
    request, file = package(person(author.account), by=app.account)
    with file:
        write_whole(path, file.read())
    if session.json:
        session.emit({"out": str(path), "request": request.pk, "held": request.counts})
    else:
        text = session.words("{file}: request {number}, posts {posts:,}")
        session.print(text.format(file=path, number=request.pk, posts=author.posts))
    return DONE


@command(where="store")
def erase(
    session: Session, who: Who, *, platform: Platform = None, confirm: Confirm = None, receipt: Receipt = None
) -> int:
    """Without --confirm nothing is erased: the answer says what would be."""
    kept = session.path(receipt) if receipt else None
    if kept:
        check_folder(kept, session.locale)
    app = open_application(session, "answer_privacy")
    from outlisten.app.trust.privacy import receipts
    from outlisten.app.trust.privacy.erasing import erase as erase_person
    from outlisten.app.trust.privacy.finding import person

    author = _the_one(session, app, who, platform)
    if confirm is None:
        return _say_what_would_be(session, author)
    done = receipts.receipt(erase_person(person(author.account), typed=confirm, by=app.account))
    if kept:
        write_whole(kept, json.dumps(done, ensure_ascii=False, indent=2).encode())
    if session.json:
        session.emit(done)
        return DONE
    _ = session.words
    session.print(_("Erased. Request {number}; posts removed: {posts:,}.").format(
        number=done["number"], posts=author.posts))  # fmt: skip
    session.print(_("Posts of this author are refused from now on. What this does not reach:"))
    for sentence in receipts.not_reached():
        session.print(f"  {sentence}")
    return DONE


def _say_what_would_be(session: Session, author: Author) -> int:
    from outlisten.app.trust.privacy.finding import person
    from outlisten.app.trust.privacy.holdings import Holdings

    held = Holdings(person(author.account))
    named = [place.title for place in held.still_named]
    if session.json:
        session.emit({**_as_json(author), "held": held.counts, "named_elsewhere": named, "erased": False})
        return NOTHING_DONE
    _ = session.words
    session.print(_line(session, author))
    for place, count in held.counts.items():
        session.print(f"  {place}: {count:,}")
    if named:
        said = _("Words of ours that name this person; change them by hand: {places}")
        session.print(said.format(places=_(", ").join(named)))
    session.say(
        _("Nothing was erased. To erase all of this for good, repeat with --confirm {handle}").format(
            handle=author.shown
        )
    )
    return NOTHING_DONE


def _the_one(session: Session, app: Application, who: str, platform: str | None) -> Author:
    """The only author these words mean. Raises Refused when there is none, or when there are several."""
    from outlisten.app.trust.privacy.finding import find as find_authors

    found = find_authors(who, platform, by=app.account)
    _ = session.words
    if not found:
        raise Refused(_("Nobody of that name has posts here."))
    if len(found) > 1:
        raise Refused(
            _(
                "{n} authors fit. Name one by its id or by --platform; `outlisten person find` shows them."
            ).format(n=len(found))
        )
    return found[0]


def _line(session: Session, author: Author) -> str:
    account = author.account
    names = [account.platform, account.handle and f"@{account.handle}", account.name, account.author_id]
    count = session.words("posts: {n:,}").format(n=author.posts)
    return "\t".join(on_one_line(str(part)) for part in (*names, count) if part)


def _as_json(author: Author) -> dict[str, object]:
    account = author.account
    return {
        "platform": account.platform, "author_id": account.author_id, "handle": account.handle,
        "name": account.name, "posts": author.posts, "first": author.first, "last": author.last,
    }  # fmt: skip
