"""Which kept posts a declaration may concern, as queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from outlisten.app.listening.models import Campaign, DeclaredAccount
from outlisten.insights.evidence import bracketed, having, phrase
from outlisten.query import parse

# Accounts asked for in one query: far below the language's own limit of terms and characters.
TOGETHER = 50


def affected(accounts: Iterable[DeclaredAccount], campaigns: Iterable[Campaign] = ()) -> Iterator[str]:
    """Queries that together find every post of these accounts and campaigns, on any day."""
    by_platform = sorted({(account.platform, account.account) for account in accounts})
    for platform, group in groupby(by_platform, key=lambda pair: pair[0]):
        names = [name for _platform, name in group]
        for start in range(0, len(names), TOGETHER):
            yield posts_of(platform, names[start : start + TOGETHER])
    yield from dict.fromkeys(campaign.query for campaign in campaigns)


def written_by(accounts: Iterable[str], sites: Iterable[str]) -> Iterator[str]:
    """Queries that together find every post of some accounts, on any platform, and of some sites."""
    clauses = [*(having("author", name) for name in accounts), *(having("site", site) for site in sites)]
    for start in range(0, len(clauses), TOGETHER):
        yield " OR ".join(clauses[start : start + TOGETHER])


def naming(names: Iterable[str]) -> Iterator[str]:
    """Queries that find the posts which hold a company's name: whom a writer is tied to is told by it."""
    for text in dict.fromkeys(phrase(name.strip()) for name in names if len(name.strip()) > 1):
        if parse(text).valid:
            yield text


def posts_of(platform: str, names: Iterable[str]) -> str:
    """The posts of some accounts on a platform."""
    authors = " OR ".join(having("author", name) for name in names)
    return f"{bracketed(authors)} {having('platform', platform)}"
