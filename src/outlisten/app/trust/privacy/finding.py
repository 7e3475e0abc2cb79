"""Who is meant: the authors behind a handle, an id, a name, or the link or id of one of their posts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404

from outlisten.app.listening.store import whole
from outlisten.app.people.rules import Act
from outlisten.app.trust.audit import pseudonym, record
from outlisten.app.trust.home_reader import Asker, allowed
from outlisten.app.trust.persons import Person
from outlisten.posts.store import Account, Budget

POST_ID = re.compile("[0-9a-f]{16}")
# Enough to tell when somebody wrote; nobody reads the dates of more.
LOOKED_AT = 1_000
NOBODY = "0" * 16
# More authors of one name than these are told apart by typing a handle instead.
MOST = Budget(rows=200, seconds=20.0)


@dataclass(frozen=True, slots=True)
class Author:
    """An author as the posts show them: the account, how many posts, and when the first and last were written.

    `token` stands for the author in an address: the id of one of their posts, which names nobody in a log.
    """

    account: Account
    posts: int
    first: datetime | None
    last: datetime | None
    token: str

    @property
    def shown(self) -> str:
        """What a person types to confirm: the handle, else the name, else the id."""
        return shown(self.account)


def find(said: str, platform: str | None = None, *, by: Asker) -> list[Author]:
    """The authors that these words may mean, those with most posts first. Written down with a pseudonym.

    `said` is a handle, an id or a name of an author, or the link or id of a post. Raises Refused.
    """
    allowed(by, Act.ANSWER_PRIVACY)
    said, platform = said.strip(), (platform or "").strip() or None
    found = _of_a_post(said, platform) or _named(said, platform)
    record("person.find", by=by, about=pseudonym("person", f"{platform or ''}:{said}"), found=len(found))
    return found


def author_of(token: str) -> Author:
    """The author in an address, with what we hold of them now. Raises Http404 where there is no such post."""
    post = whole().get(token) if POST_ID.fullmatch(token) else None
    if post is None or not shown(_account(post)):
        raise Http404
    return _counted(_account(post))


def person(account: Account) -> Person:
    """The person of an account, with every post of theirs."""
    posts = frozenset(whole().posts_of(account))
    return Person(account.platform, account.handle, account.author_id, account.name, posts)


def shown(account: Account | Person) -> str:
    """How an account is called in a sentence."""
    return account.handle or account.name or account.author_id or ""


def person_pseudonym(account: Account | Person) -> str:
    """How an account is called in the audit log and on a receipt."""
    named = account.handle or account.author_id or account.name
    return pseudonym("person", f"{account.platform}:{named}")


def _of_a_post(said: str, platform: str | None) -> list[Author]:
    """The author of the post with this link or id."""
    store = whole()
    identifier = store.at_address(said) if said.startswith(("http://", "https://")) else None
    post = store.get(identifier or said) if identifier or POST_ID.fullmatch(said) else None
    if post is None or (platform and post["platform"] != platform):
        return []
    account = _account(post)
    return [_counted(account)] if shown(account) else []


def _named(said: str, platform: str | None) -> list[Author]:
    """Rows of one account under several names are one author; the spelling with most posts stands for it."""
    if not said:
        return []
    accounts: dict[tuple[str, str, str], Account] = {}
    for row in whole().accounts(said, platform=platform, budget=MOST).table.to_pylist():
        account = _account(row)
        kind, name = ("id", account.author_id) if account.author_id else ("said", shown(account).lower())
        accounts.setdefault((account.platform, kind, str(name)), account)
    return sorted((_counted(account) for account in accounts.values()), key=lambda author: -author.posts)


def _account(row: Mapping[str, Any]) -> Account:
    return Account(row["platform"], row["author_id"], row["author_handle"], row["author"])


def _counted(account: Account) -> Author:
    store = whole()
    ids = store.posts_of(account)
    posts = [post for post in map(store.get, ids[:LOOKED_AT]) if post]
    dates = [post["created_at"] for post in posts if isinstance(post["created_at"], datetime)]
    same = (str(post["id"]) for post in posts if _account(post) == account)
    return Author(
        account,
        len(ids),
        min(dates, default=None),
        max(dates, default=None),
        next(same, ids[0] if ids else NOBODY),
    )
