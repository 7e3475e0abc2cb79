"""`outlisten search`: the posts that a query finds, newest first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from outlisten.cli.application import open_application
from outlisten.cli.commands.search_meaning import search_by_meaning
from outlisten.cli.endings import WrongUsage
from outlisten.cli.frame import command
from outlisten.cli.locales import help_words as _
from outlisten.cli.options import Since, Until
from outlisten.cli.queries import check_query, read_query
from outlisten.cli.session import Session

if TYPE_CHECKING:
    import pyarrow as pa

    from outlisten.cli.application import Application
    from outlisten.posts.store import PostStore, TimeRange
    from outlisten.query import Query

# Posts fetched at once: few enough to show progress and stop soon, many enough to be quick.
AT_ONCE = 1_000


class Format(StrEnum):
    """How the posts are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"


QueryText = Annotated[
    str,
    typer.Argument(
        metavar="QUERY", help=_("A query, in quotation marks; one that begins with - goes after --.")
    ),
]
Meaning = Annotated[
    str | None,
    typer.Option(
        metavar="TEXT", help=_("Find posts that mean this, in either language; QUERY then narrows them.")
    ),
]
Limit = Annotated[int, typer.Option(metavar="N", min=1, help=_("How many posts at most."))]
JustCount = Annotated[bool, typer.Option("--count", help=_("Only count them."))]
As = Annotated[Format, typer.Option("--format", metavar="FORMAT", help=_("table, json, csv or parquet."))]


@command(where="store")
def search(
    session: Session, *, query: QueryText = "", meaning: Meaning = None, since: Since = None, until: Until = None,
    limit: Limit = 50, count: JustCount = False, output: As = Format.TABLE,
) -> int:  # fmt: skip
    """What is wrong with the query or the dates is said before the home is opened."""
    from outlisten.cli.periods import check_window, window

    kind = Format.JSON if session.json else output
    _refuse_screen(session, kind)
    _refuse_mixed(session, query, meaning, kind, count=count)
    if query or meaning is None:
        check_query(session, query)
    check_window(since, until, session.locale)
    app = open_application(session, "export" if kind in (Format.CSV, Format.PARQUET) else "search")
    _listens(app)
    read = read_query(session, query, app.as_of.context) if query or meaning is None else None
    span = window(since, until, now=app.as_of.moment, zone=app.as_of.zone, locale=session.locale)
    if meaning is not None:
        return search_by_meaning(session, app, meaning, read, span, limit, as_json=kind == Format.JSON)
    assert read is not None
    if count:
        return _count(session, app.store, read, span, kind)
    found = _Found(session, app.store, read, span, limit)
    if kind == Format.TABLE:
        _table(session, found, read)
    elif kind == Format.JSON:
        _json(session, found)
    else:
        _file(session, app, found, kind)
    return 0


def _listens(app: Application) -> None:
    from outlisten.app.listening.listened import listens

    if app.account is not None:
        listens(app.account)


def _refuse_screen(session: Session, kind: Format) -> None:
    if kind == Format.PARQUET and session.terminal.out_is_screen:
        _ = session.words
        raise WrongUsage(
            _("Parquet is not for a screen. Send it to a file: --format parquet > posts.parquet")
        )


def _refuse_mixed(session: Session, query: str, meaning: str | None, kind: Format, *, count: bool) -> None:
    _ = session.words
    if meaning is None and not query.strip():
        raise WrongUsage(_("Say what to search for: a query, or --meaning and a sentence."))
    if meaning is not None and (count or kind in (Format.CSV, Format.PARQUET)):
        raise WrongUsage(
            _("--meaning lists the nearest posts as a table or JSON; it does not count or export them.")
        )


def _count(session: Session, store: PostStore, query: Query, span: TimeRange, kind: Format) -> int:
    found = store.count(query, window=span)
    if kind == Format.JSON:
        session.emit({"count": found.value, "cut": found.cut})
    else:
        session.print(str(found.value))
        if found.cut:
            session.say(session.words("The time ran out: there are more."))
    return 0


class _Found:
    """The pages of a search, newest first; `cut` says afterwards whether the time budget ended it early."""

    def __init__(self, session: Session, store: PostStore, query: Query, span: TimeRange, limit: int) -> None:
        self._session = session
        self._store = store
        self._query = query
        self._span = span
        self._limit = limit
        self.cut = False

    def pages(self) -> Iterator[pa.Table]:
        """Tables of posts in the schema's given and reading columns, without the raw record."""
        from outlisten.posts.schema import names

        columns = [name for name in names("given", "reading") if name != "raw"]
        left, after = self._limit, None
        while left > 0:
            self._session.check_stop()
            page = self._store.search(
                self._query, window=self._span, limit=min(left, AT_ONCE), after=after, columns=columns
            )
            yield page.posts
            self.cut = self.cut or page.cut
            left, after = left - page.posts.num_rows, page.after
            if after is None or page.cut:
                return


def _json(session: Session, found: _Found) -> None:
    """Written page by page, so that a million posts never stand in memory."""
    out = session.terminal.out
    session.write_to(out, '{"posts": [')
    first = True
    for page in found.pages():
        for post in page.to_pylist():
            session.write_to(
                out, ("" if first else ", ") + json.dumps(post, ensure_ascii=False, default=_iso)
            )
            first = False
    session.write_to(out, f'], "cut": {json.dumps(found.cut)}}}\n')


def _iso(value: Any) -> str:
    return cast("str", value.strftime("%Y-%m-%dT%H:%M:%SZ"))


def _file(session: Session, app: Application, found: _Found, kind: Format) -> None:
    from outlisten.app.trust.audit import record
    from outlisten.posts.files import write_posts

    rows = write_posts(found.pages(), session.terminal.out, cast("Any", kind.value))
    record("export", by=app.account, posts=rows, form=kind.value, cut=found.cut)
    _say_cut(session, found)


def _table(session: Session, found: _Found, query: Query) -> None:
    from outlisten.cli.post_table import post_table

    console = session.console()
    shown = 0
    for page in found.pages():
        if page.num_rows:
            console.print(
                post_table(page, query, session.locale, headed=shown == 0, width=session.terminal.width)
            )
        shown += page.num_rows
    _ = session.words
    session.say(_("Posts shown, newest first: {n:,}").format(n=shown) if shown else _("No post matches."))
    _say_cut(session, found)


def _say_cut(session: Session, found: _Found) -> None:
    if found.cut:
        session.say(
            session.words("The time ran out before all posts were found. Narrow the dates and ask again.")
        )
