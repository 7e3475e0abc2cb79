"""The data: the home, the store, its index, and the database."""

from __future__ import annotations

import re
import stat
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import available_timezones

from outlisten.cli.application import unapplied_migrations
from outlisten.cli.checks.check import Check
from outlisten.cli.session import Session

# Posts looked up by one of their own words: few enough to be quick, enough to notice a damaged part.
LOOKED_UP = 20
WORD = re.compile(r"[a-z]{1,30}|[\u4e00-\u9fff]")
AT_MOST = 6


def home(session: Session) -> Check:
    """The folder exists, is ours alone, and can be written."""
    _ = session.words
    path = session.home.path
    if not path.exists():
        return Check(
            "home", True, _("{path} does not exist yet; the first start makes it.").format(path=path)
        )
    session.home.create()
    open_to_others = stat.S_IMODE(path.stat().st_mode) & 0o077
    detail = _("{path} is readable by its owner alone.").format(path=path)
    if not open_to_others:
        return Check("home", True, detail)
    detail = _("{path} can be entered by other users of this machine.").format(path=path)
    return Check("home", False, detail, f"chmod 700 {path}")


def store(session: Session) -> Check:
    """The store opens and counts."""
    _ = session.words
    count = session.posts().count(None)
    days = session.posts().days()
    detail = _("posts: {n:,}").format(n=count.value)
    if days:
        detail += f" · {days[0]} – {days[1]}"
    return Check("store", True, detail)


def readings(session: Session) -> Check:
    """Which posts today's models read, and how many wait to be read thoroughly; posts of older models are no fault."""
    from outlisten.app.listening.queries.models_read import deepens
    from outlisten.app.listening.rereading.current import read_by

    _ = session.words
    found, deep = read_by(session.posts()), deepens()
    detail = _("read by other models than today's: {n:,} of {total:,}").format(
        n=found.others, total=found.total
    )
    if deep.available:
        detail += _("; waiting to be read thoroughly: {n:,}").format(n=deep.waiting)
    if found.others:
        detail += _(" (`outlisten reread` reads them again)")
    return Check("readings", True, detail)


def index(session: Session) -> Check:
    """Posts drawn at random are found by their own words."""
    _ = session.words
    rows = session.posts().sample(None, size=LOOKED_UP, seed=1, columns=["id", "created_at", "text"]).table
    lost = [post["id"] for post in rows.to_pylist() if not _found(session, post)]
    detail = _("looked up by their own words: {n}, not found: {lost}").format(n=rows.num_rows, lost=len(lost))
    cure = _("Import the files again into a new home, and report this with the ids: {ids}").format(
        ids=", ".join(lost)
    )
    return Check("index", not lost, detail, cure if lost else None)


def _found(session: Session, post: dict[str, object]) -> bool:
    """Whether a search for some of its words, in the second it was written, finds the post."""
    from outlisten.posts.store import ALL_TIME, TimeRange
    from outlisten.query import parse

    words = _some_words(str(post["text"]))
    if not words:
        return True
    when = post["created_at"]
    span = TimeRange(when, when + timedelta(seconds=1)) if isinstance(when, datetime) else ALL_TIME
    after: str | None = None
    while True:
        page = session.posts().search(
            parse(f'"{words}"'), window=span, limit=1000, after=after, columns=["id"]
        )
        if post["id"] in page.posts["id"].to_pylist():
            return True
        after = page.after
        if after is None:
            return False


def _some_words(text: str) -> str:
    """The post's first run of plain words, up to a handful: rare enough to be found soon."""
    from outlisten.query.tokens import tokenise

    runs = groupby(tokenise(None, text).stream.split(" "), key=lambda item: bool(WORD.fullmatch(item)))
    plain: list[list[str]] = [[*items][:AT_MOST] for is_word, items in runs if is_word]
    return " ".join(sorted(plain, key=len)[-1]) if plain else ""


def database(session: Session) -> Check:
    """The database has the shape this version needs."""
    _ = session.words
    left = unapplied_migrations()
    detail = _("up to date") if not left else _("changes still to be made: {n}").format(n=left)
    return Check("database", not left, detail, _("Start the server once: outlisten serve") if left else None)


def audit_log(session: Session) -> Check:
    """Every row of the log of acts is as it was written, and none is missing."""
    from outlisten.app.trust.verification import verify

    _ = session.words
    if unapplied_migrations():
        return Check("audit log", False, _("not known before the database is up to date"))
    found = verify()
    if found.ok:
        return Check("audit log", True, _("whole up to row {n:,}").format(n=found.upto.count))
    return Check("audit log", False, str(found.problem), _("Look at it with: outlisten audit verify"))


def zone(session: Session) -> Check:
    """The workspace's time zone is known on this machine."""
    from outlisten.app.listening.queries.names import workspace

    _ = session.words
    if unapplied_migrations():
        return Check("time zone", False, _("not known before the database is up to date"))
    name = workspace().zone
    known = name in available_timezones()
    cure = None if known else _("Choose another time zone under Settings.")
    return Check("time zone", known, name, cure)
