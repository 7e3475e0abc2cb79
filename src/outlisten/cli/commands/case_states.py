"""`outlisten case wait`, `close` and `reopen`: where a case stands."""

from __future__ import annotations

from outlisten.cli.application import open_application
from outlisten.cli.commands.case import Number, said, who
from outlisten.cli.frame import command
from outlisten.cli.session import Session


@command(where="store")
def wait(session: Session, number: Number) -> int:
    """Waits for the customer's word: the clock stands still until they write."""
    app = open_application(session, "work_on_case")
    from outlisten.app.care.actions.states import wait as act

    return said(
        session, act(number, by=who(session, app)), session.words("Case {number} waits for the customer.")
    )


@command(where="store")
def close(session: Session, number: Number) -> int:
    """Says that the customer has what they need."""
    app = open_application(session, "close_case")
    from outlisten.app.care.actions.states import solve

    return said(session, solve(number, by=who(session, app)), session.words("Case {number} is solved."))


@command(where="store")
def reopen(session: Session, number: Number) -> int:
    """Opens a solved case again."""
    app = open_application(session, "close_case")
    from outlisten.app.care.actions.states import reopen as act

    return said(session, act(number, by=who(session, app)), session.words("Case {number} is open again."))
