"""What the page can be narrowed to: lists, markets and accounts, each with its address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outlisten.app.listening.wording import locale
from outlisten.app.trust.disclosure.queries import Filter, Watch
from outlisten.language.disclosure import MARKETS
from outlisten.language.disclosure.telling import markets
from outlisten.words import words

LIST_NAMES: dict[str, Promise] = {
    "to-mend": _("To mend"), "mended": _("Mended"), "settled": _("Accepted or mistaken"), "unknown": _("Unknown"),
    "disclosed": _("Disclosed"), "all": _("All"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a menu."""

    label: str | Promise
    value: str
    address: str
    chosen: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Menus:
    """The tabs over the list, and the two menus beside it."""

    lists: list[Choice]
    markets: list[Choice]
    accounts: list[Choice]


def menus(watch: Watch, asked: Filter) -> Menus:
    """Every choice as it would change the page."""
    tabs = [
        Choice(LIST_NAMES[name], name, replace(asked, show=name).query or "?", name == asked.show, count)
        for name, count in watch.lists
    ]
    return Menus(tabs, list(_markets(asked)), list(_accounts(watch, asked)))


def _markets(asked: Filter) -> Iterator[Choice]:
    yield Choice(_("All markets"), "", "", not asked.market)
    names = markets(words("disclosure", locale()))
    for market in MARKETS:
        yield Choice(names[market], market, "", market == asked.market)


def _accounts(watch: Watch, asked: Filter) -> Iterator[Choice]:
    yield Choice(_("All accounts"), "", "", not asked.account)
    for account in watch.accounts:
        yield Choice(str(account), str(account.pk), "", account.pk == asked.account)
