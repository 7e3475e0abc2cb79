"""The tabs of Settings and who sees them."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from outlisten.app.people.rules import Act, Actor, may


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: the name of its address, its label, the act that its reader must be allowed, if any.

    `pages` are the names of further addresses that belong to it.
    """

    name: str
    label: str | Promise
    act: Act | None = None
    pages: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """Where it is."""
        return reverse(self.name)


ALERT_PAGES = (
    "alert_rule",
    "alert_rule_new",
    "digest",
    "digest_new",
    "channel",
    "channel_new",
    "channel_change",
)
TABS = (
    Tab("workspace", _("Workspace"), Act.MANAGE_WORKSPACE),
    Tab("names", _("Brands and topics"), pages=("brand", "brand_new", "topic", "topic_new")),
    Tab("lists", pgettext_lazy("of accounts", "Lists"), pages=("list", "list_new")),
    Tab("voices", _("Voices")),
    Tab("imports", _("Import"), Act.IMPORT),
    Tab("sources", _("Sources"), pages=("source", "source_add", "source_change")),
    Tab("alert_settings", _("Alerts"), pages=ALERT_PAGES),
    Tab("people", _("People"), Act.MANAGE_ACCOUNTS, pages=("person", "invite", "invitation_send")),
    Tab("departments", _("Departments"), Act.MANAGE_ACCOUNTS),
    Tab("roles", _("Roles")),
    Tab("service_levels", _("Service levels"), Act.MANAGE_CARE, pages=("service_level",)),
    Tab("settings_account", _("Account")),
    Tab("settings_models", _("Models")),
    Tab("labelling", _("Labelling"), Act.LABEL),
    Tab("settings_about", _("About")),
)


def tabs_for(actor: Actor) -> list[Tab]:
    """The tabs this person may open."""
    return [tab for tab in TABS if tab.act is None or may(actor, tab.act)]
