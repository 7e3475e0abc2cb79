"""What the page and the command show of the watch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from outlisten.app.listening.models import DeclaredAccount
from outlisten.app.listening.store import posts
from outlisten.app.people.models import Account
from outlisten.app.people.rules import MAY, Act, Actor, require
from outlisten.app.trust.disclosure.declared import connected_accounts
from outlisten.app.trust.disclosure.evidence import Shown, shown
from outlisten.app.trust.disclosure.ours import our_company
from outlisten.app.trust.models import JudgedPost
from outlisten.app.web.address_values import whole_number
from outlisten.language.disclosure import MARKETS, Company

State = JudgedPost.State
AT_ONCE = 20
# What a list can show, in the order of the menu; and the verdict of the chosen market that belongs to it, if any does.
LISTS: dict[str, tuple[Q, str]] = {
    "to-mend": (Q(state__in=(State.OPEN, State.ASKED)), "undisclosed"),
    "mended": (Q(state=State.MENDED), ""),
    "settled": (Q(state__in=(State.ACCEPTED, State.MISTAKEN)), ""),
    "unknown": (Q(outcome="unknown", state=State.NOTHING), "unknown"),
    "disclosed": (Q(outcome="disclosed"), "disclosed"),
    "all": (Q(), ""),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which judged posts to show; blank or None is no condition."""

    show: str = "to-mend"
    market: str = ""
    account: int | None = None

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Filter:
        """From an address; what it does not know counts as not given."""
        show, market, account = (
            str(given.get("show", "")),
            str(given.get("market", "")),
            str(given.get("account", "")),
        )
        return cls(
            show=show if show in LISTS else "to-mend",
            market=market if market in MARKETS else "",
            account=whole_number(account),
        )

    @property
    def query(self) -> str:
        """The part of an address that asks for this, with its question mark; blank for the usual list."""
        given = {
            "show": self.show if self.show != "to-mend" else "",
            "market": self.market,
            "account": self.account,
        }
        said = urlencode({name: value for name, value in given.items() if value})
        return f"?{said}" if said else ""


@dataclass(frozen=True, slots=True)
class Counts:
    """Posts of declared accounts, judged; `signs` are undisclosed now and neither accepted nor mistaken."""

    judged: int
    signs: int
    mended: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Watch:
    """The page: how many, which, and what could be chosen."""

    counts: Counts
    lists: list[tuple[str, int]]
    shown: list[Shown]
    page: Page[JudgedPost]
    accounts: list[DeclaredAccount]
    knows_us: bool  # a name of ours is known: without one nothing is about us


def watch_page(reader: Actor, asked: Filter, page: int = 1) -> Watch:
    """One page of judged posts with their evidence. Raises Refused."""
    require(reader, Act.SEE_DISCLOSURE)
    ours = our_company()
    this = Paginator(chosen(asked).select_related("account", "owner"), AT_ONCE).get_page(page)
    return Watch(
        counts=counts(asked),
        lists=[(name, chosen(replace(asked, show=name)).count()) for name in LISTS],
        shown=_with_posts(this, ours),
        page=this,
        accounts=connected_accounts(),
        knows_us=bool(ours.names),
    )


def counts(asked: Filter | None = None) -> Counts:
    """How many posts of a market and an account were judged, and what was found in them."""
    asked = asked or Filter()
    found = {
        name: chosen(replace(asked, show=name)).count() for name in ("all", "to-mend", "mended", "unknown")
    }
    return Counts(found["all"], found["to-mend"], found["mended"], found["unknown"])


def findings(reader: Actor | None, asked: Filter) -> list[Shown]:
    """All that a filter finds, for the command line; None is whoever may read the home before it has an owner.

    Raises Refused.
    """
    if reader is not None:
        require(reader, Act.SEE_DISCLOSURE)
    ours = our_company()
    return _with_posts(chosen(asked).select_related("account", "owner"), ours)


def _with_posts(found: Iterable[JudgedPost], ours: Company) -> list[Shown]:
    judged = list(found)
    kept = posts().some([one.post_id for one in judged])
    return [shown(one, kept.get(one.post_id), ours) for one in judged]


def owners() -> QuerySet[Account]:
    """Who can follow a finding up."""
    return Account.objects.filter(role__in=MAY[Act.MEND_DISCLOSURE], is_active=True).order_by("name")


def chosen(asked: Filter) -> QuerySet[JudgedPost]:
    """The judged posts of one list, the gravest first; for a market, those of which its own rules say so."""
    condition, outcome = LISTS[asked.show]
    if asked.account:
        condition &= Q(account_id=asked.account)
    if asked.market:
        condition &= Q(markets__market=asked.market)
        if outcome:
            condition &= Q(markets__outcome=outcome)  # in one filter: of the same market
    return JudgedPost.objects.filter(condition)
