"""The application as a command sees it: who acts, which moment counts as now, and the open store."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.app.listening.clock import AsOf
    from outlisten.app.people.models import Account
    from outlisten.posts.store import PostStore


@dataclass(frozen=True, slots=True)
class Application:
    """What a command works with. Before there is an owner `account` is None: the home's reader acts."""

    store: PostStore
    account: Account | None
    as_of: AsOf


def open_application(session: Session, act: str) -> Application:
    """The application on this session's home, for somebody who may do `act` (a name of people.rules.Act).

    Raises HomeBusy, StoreError, Refused for an unknown account, and people.rules.Refused for a forbidden act.
    """
    store = session.posts()
    load_django(session)
    bring_up_to_date(session)
    from outlisten.app.listening.clock import as_of
    from outlisten.app.listening.queries.names import workspace
    from outlisten.app.listening.sight import as_seen
    from outlisten.app.listening.store import pipeline, use

    if session.terminal.serving is None:
        use(store)
        session.at_end(lambda: use(None))
        session.at_end(lambda: pipeline().close())
    _write_down(session)
    account = acting(session)
    if account is not None:
        from outlisten.app.people.rules import Act, require

        require(account, Act(act))
        _read_as(session, account)
    seen = as_seen(store)
    return Application(seen, account, as_of(workspace(), seen))


def _read_as(session: Session, account: Account) -> None:
    """Posts are read with this account's eyes until the command ends."""
    from outlisten.app.listening.sight import reading_as

    eyes = reading_as(account)
    eyes.__enter__()
    session.at_end(lambda: eyes.__exit__(None, None, None))


def _write_down(session: Session) -> None:
    """Acts of this command stand in the audit log as a command's, and so does its refusal."""
    from outlisten.app.people.rules import Refused as RefusedByRule
    from outlisten.app.trust.audit import record_refusal, through
    from outlisten.app.trust.models import AuditRow

    def refused(error: BaseException) -> None:
        if isinstance(error, RefusedByRule):
            record_refusal(error)

    channel = through(AuditRow.Channel.COMMAND)
    channel.__enter__()
    session.at_end(lambda: channel.__exit__(None, None, None))
    session.on_failure(refused)


def load_django(session: Session) -> None:
    """Django on this session's home and in its language."""
    from django.utils import translation

    if session.terminal.serving is None:
        os.environ["OUTLISTEN_HOME"] = str(session.home.path)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "outlisten.app.settings")
        import django

        session.home.secret_key()
        django.setup()
    override = translation.override(session.locale)
    override.__enter__()
    session.at_end(lambda: override.__exit__(None, None, None))


def bring_up_to_date(session: Session) -> None:
    """Give the database the shape of this version; a server did so when it started."""
    if session.terminal.serving is None and unapplied_migrations():
        # Looked at first: that is much quicker than Django's command.
        from outlisten.app.start import update_database

        update_database()


def unapplied_migrations() -> int:
    """How many changes of the database's shape are still to be made."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def acting(session: Session) -> Account | None:
    """The account that `--as` names by e-mail, else the owner; None before there is an owner."""
    from outlisten.app.people.queries import owner
    from outlisten.cli.accounts import open_account

    return owner() if session.account is None else open_account(session, session.account)
