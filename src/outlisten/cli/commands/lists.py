"""`outlisten list`: lists of accounts and sites, which queries use as `list:NAME`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from outlisten.cli.application import open_application
from outlisten.cli.commands.case import who
from outlisten.cli.endings import Refused, WrongUsage
from outlisten.cli.frame import command
from outlisten.cli.input_files import input_files
from outlisten.cli.locales import help_words as _
from outlisten.cli.safe_text import on_one_line
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.app.listening.models import SavedList
    from outlisten.app.people.models import Account

Name = Annotated[str, typer.Argument(metavar="NAME", help=_("The list's name."))]
File = Annotated[
    str | None,
    typer.Option("--file", metavar="FILE", help=_("Text, one account or site a line; - is standard input.")),
]
Entry = Annotated[
    list[str] | None,
    typer.Option("--entry", metavar="ENTRY", help=_("An account or a site; repeat for more.")),
]
NewName = Annotated[
    str | None, typer.Option("--rename", metavar="NAME", help=_("What it is called from now on."))
]
Description = Annotated[str | None, typer.Option(metavar="TEXT", help=_("What the list is for."))]


@command(where="store")
def list_lists(session: Session) -> int:
    """Every list with how many accounts and sites stand in it."""
    open_application(session, "search")
    from outlisten.app.listening.queries.names import saved_lists

    found = list(saved_lists())
    if session.json:
        session.emit({"lists": [_as_json(one) for one in found]})
        return 0
    for one in found:
        _print(session, one)
    if not found:
        session.say(session.words("There is no list yet: outlisten list add NAME --file FILE"))
    return 0


@command(where="store")
def show(session: Session, *, name: Name) -> int:
    """What stands in it, one a line, to be read by `list add --file` again. It is written down who took it."""
    app = open_application(session, "export")
    from outlisten.app.listening.actions.lists import exported

    kept = _called(session, name)
    text = exported(kept, by=who(session, app))
    if session.json:
        session.emit({"name": kept.name, "accounts": kept.account_names, "sites": kept.site_names})
    else:
        session.write_to(session.terminal.out, text)
    return 0


@command(where="store")
def add(
    session: Session, *, name: Name, file: File = None, entry: Entry = None, description: Description = None
) -> int:
    """A new list of accounts and sites."""
    text = _entries(session, file, entry)
    if text is None:
        raise WrongUsage(session.words("Give what stands in it: --file FILE or --entry ENTRY."))
    app = open_application(session, "edit_topics")
    from outlisten.app.listening.models import SavedList

    me = who(session, app)
    return _keep(session, SavedList(name=name.strip(), description=description or "", owner=me), text, me)


@command(where="store")
def change(
    session: Session, *, name: Name, file: File = None, entry: Entry = None, rename: NewName = None,
    description: Description = None,
) -> int:  # fmt: skip
    """What is given replaces what was there. A list that a saved query uses keeps its name."""
    text = _entries(session, file, entry)
    if text is None and rename is None and description is None:
        raise WrongUsage(session.words("Say what changes: --file, --entry, --rename or --description."))
    app = open_application(session, "edit_topics")
    kept = _called(session, name)
    kept.name = rename.strip() if rename is not None else kept.name
    kept.description = description if description is not None else kept.description
    return _keep(session, kept, text, who(session, app))


@command(where="store")
def remove(session: Session, *, name: Name) -> int:
    """Refused while a saved query uses it."""
    app = open_application(session, "edit_topics")
    from outlisten.app.listening.actions import names

    kept = _called(session, name)
    told = _as_json(kept)
    names.remove(kept, by=who(session, app))
    if session.json:
        session.emit(told)
    else:
        session.print(session.words("{name} was removed.").format(name=on_one_line(str(told["name"]))))
    return 0


def _entries(session: Session, file: str | None, entry: list[str] | None) -> str | None:
    """The lines given; None when there are none. Raises Refused, WrongUsage."""
    if file is not None and entry:
        raise WrongUsage(session.words("Give --file or --entry, not both."))
    if file is None:
        return "\n".join(entry) if entry else None
    try:
        return input_files(session, [file])[0].read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(
            session.words("{file} is not text in UTF-8. Save it so, and try again.").format(file=file)
        ) from None


def _keep(session: Session, kept: SavedList, text: str | None, me: Account) -> int:
    from outlisten.app.listening.actions import names

    if text is not None:
        kept.fill(text)
    names.keep(kept, by=me)
    if session.json:
        session.emit(_as_json(kept))
    else:
        _print(session, kept)
    return 0


def _called(session: Session, name: str) -> SavedList:
    from outlisten.app.listening.queries.names import saved_lists
    from outlisten.query.folding import fold

    lists = list(saved_lists())
    found = next((one for one in lists if fold(one.name) == fold(name.strip())), None)
    if found is None:
        known = ", ".join(one.name for one in lists) or session.words("none yet")
        raise Refused(
            session.words("There is no list {name}. There are: {known}.").format(name=name, known=known)
        )
    return found


def _as_json(one: SavedList) -> dict[str, object]:
    return {
        "name": one.name, "accounts": len(one.account_names), "sites": len(one.site_names),
        "description": one.description,
    }  # fmt: skip


def _print(session: Session, one: SavedList) -> None:
    _ = session.words
    accounts = _("accounts: {n:,}").format(n=len(one.account_names))
    sites = _("sites: {n:,}").format(n=len(one.site_names))
    parts = (one.name, accounts, sites, one.description)
    session.print("\t".join(on_one_line(part) for part in parts if part))
