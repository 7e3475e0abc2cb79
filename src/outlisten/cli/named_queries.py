"""Brands and saved topics by their names, and queries without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outlisten.cli.endings import Refused
from outlisten.cli.queries import read_query
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.app.listening.queries.names import Named
    from outlisten.charts.report import Subject
    from outlisten.query import Context


def called(name: str) -> Named | None:
    """The brand or topic of this name, however it is capitalised."""
    from outlisten.app.listening.queries.names import comparable

    wanted = name.strip().casefold()
    return next((named for named in comparable() if named.name.casefold() == wanted), None)


def subject_called(session: Session, name: str, context: Context) -> Subject:
    """The brand or topic of this name. Raises Refused with the names there are."""
    from outlisten.app.listening.queries.names import comparable

    named = called(name)
    if named is None:
        _ = session.words
        known = ", ".join(other.name for other in comparable()) or _("none yet")
        raise Refused(_("There is no topic {name}. There are: {known}.").format(name=name, known=known))
    return _subject(session, named, context)


def subject_of(session: Session, name_or_query: str, context: Context) -> Subject:
    """The brand or topic of this name, else the query of these words. Raises Refused."""
    from outlisten.charts.report import Subject

    named = called(name_or_query)
    if named is not None:
        return _subject(session, named, context)
    return Subject(name_or_query, read_query(session, name_or_query, context))


def own_subject(session: Session, context: Context) -> Subject:
    """The own brand, for a question that names nothing. Raises Refused when there is none."""
    from outlisten.app.listening.queries.names import comparable

    own = next((named for named in comparable() if named.own), None)
    if own is None:
        _ = session.words
        raise Refused(
            _("Say what the report is about: --topic NAME or --query QUERY. No brand is marked as yours yet.")
        )
    return _subject(session, own, context)


def rivals_of(session: Session, name: str, context: Context) -> list[Subject]:
    """The other brands of the group that a brand is in; none for a topic."""
    from outlisten.app.listening.queries.names import comparable

    named = called(name)
    if named is None or not named.group:
        return []
    others = [other for other in comparable() if other.group == named.group and other.key != named.key]
    return [_subject(session, other, context) for other in others]


def _subject(session: Session, named: Named, context: Context) -> Subject:
    from outlisten.charts.report import Subject

    return Subject(named.name, read_query(session, named.query, context))
