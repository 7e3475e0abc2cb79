"""The filters above the list of decisions, read from the address and written into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from outlisten.app.decisions.models import Decision
from outlisten.app.decisions.queries.decisions import COLUMNS, Wanted
from outlisten.app.people.models import Account, Department
from outlisten.app.web.address_values import short_text


@dataclass(frozen=True, slots=True)
class Menu:
    """One filter: the name in the address, its label, what can be chosen, and what is."""

    name: str
    label: str
    choices: list[tuple[str, str]]
    chosen: str


def read_wanted(address: QueryDict) -> Wanted:
    """The filters of an address; an unknown value finds nothing rather than everything."""
    chosen = {name: short_text(address.get(name, ""), 254) for name in COLUMNS}
    return Wanted(
        search=short_text(address.get("q", ""), 200), chosen=chosen,
        due="due" in address, withdrawn="withdrawn" in address,
    )  # fmt: skip


def menus(wanted: Wanted) -> list[Menu]:
    """The menus, with those owners alone who own something."""
    owners = Account.objects.filter(decisions__isnull=False).distinct()
    offered: dict[str, tuple[str, list[tuple[str, str]]]] = {
        "state": (_("State"), _texts(Decision.State.choices)),
        "level": (_("Level"), _texts(Decision.Level.choices)),
        "horizon": (_("Horizon"), _texts(Decision.Horizon.choices)),
        "department": (_("Department"), [(one.key, one.label) for one in Department.objects.all()]),
        "owner": (pgettext("of a decision", "Owner"), [(one.email, one.name) for one in owners]),
    }
    return [
        Menu(name, label, choices, wanted.chosen.get(name, "")) for name, (label, choices) in offered.items()
    ]


def _texts(choices: Sequence[tuple[str, object]]) -> list[tuple[str, str]]:
    return [(value, str(label)) for value, label in choices]
