"""The bundled sample put into a home: posts by the one way in, brands and topics by the app's own acts."""

from __future__ import annotations

from django.db import transaction

from outlisten import sample
from outlisten.app.listening.actions.names import keep
from outlisten.app.listening.actions.workspace import change_workspace
from outlisten.app.listening.models import Brand, Topic
from outlisten.app.listening.queries.names import workspace
from outlisten.app.listening.store import pipeline, posts
from outlisten.app.people.actions import DEMO_EMAIL
from outlisten.app.people.models import Account
from outlisten.app.people.queries import owner
from outlisten.cli.endings import Refused
from outlisten.cli.progress import progress
from outlisten.cli.sample_story import tell
from outlisten.cli.session import Session


def fill(session: Session) -> Account:
    """Put the sample into the open home; returns the account that looks at it.

    Safe to repeat, also after a demo that was killed while it loaded: what is there already stays as it is.
    Raises Refused for a home that holds data of its own: the sample must not mix with it.
    """
    account = _sample_owner(session)
    _take_posts_in(session)
    keep_names(account)
    with progress(session, session.words("Telling the story")) as advance:
        tell(account, advance)
    return account


def _sample_owner(session: Session) -> Account:
    """The owner of a sample home; a fresh home is made one."""
    account = owner()
    if account is not None and workspace().sample:
        return account
    if account is not None or posts().count(None).value:
        _ = session.words
        raise Refused(
            _(
                "The home {home} holds data of its own, with which the sample must not mix. "
                "Choose an empty folder."
            ).format(home=session.home.path)
        )
    return _make_sample_home(session)


@transaction.atomic
def _make_sample_home(session: Session) -> Account:
    _ = session.words
    account = Account.objects.create_user(
        DEMO_EMAIL, name=_("Demo"), language=session.locale, role=Account.Role.OWNER
    )
    here = workspace()
    here.name, here.company, here.language = _("Sample"), sample.COMPANY, session.locale
    here.as_of, here.sample = here.AsOf.NEWEST, True
    change_workspace(here, by=account)
    return account


def _take_posts_in(session: Session) -> None:
    tables = list(sample.posts())
    total = sum(table.num_rows for table in tables)
    done = 0
    with progress(session, session.words("Loading the sample")) as advance:
        for table in tables:
            advance(done, total, "")
            pipeline().ingest(table)
            done += table.num_rows


def keep_names(account: Account) -> None:
    """Keep the sample's brands and topics, named in the account's language; those that are there stay."""
    chinese = account.language == Account.Language.CHINESE
    for brand in sample.brands():
        if not Brand.objects.filter(name=brand.name).exists():
            side = Brand.Side.OWN if brand.own else Brand.Side.COMPETITOR
            group = brand.group_zh if chinese else brand.group
            keep(Brand(name=brand.name, group=group, side=side, query=brand.query), by=account)
    for topic in sample.topics():
        if not Topic.objects.filter(query=topic.query).exists():
            keep(
                Topic(name=topic.name_zh if chinese else topic.name, query=topic.query, owner=account),
                by=account,
            )
