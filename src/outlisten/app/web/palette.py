"""What the command palette offers: rooms, settings, acts, brands and topics."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from outlisten.app.listening.long_queries import abridged
from outlisten.app.listening.models import Brand, Topic
from outlisten.app.people.rules import Act, may
from outlisten.app.trust.pages import pages_for
from outlisten.app.web.menu import rooms_for
from outlisten.app.web.settings_tabs import tabs_for

Entry = dict[str, object]


def entries(request: HttpRequest) -> list[Entry]:
    """Each entry: name, kind, icon, and either url (go there), open (a dialog) or post (a button of the
    header)."""
    return [
        *_rooms(request),
        *_pages_of_trust(request),
        *_acts(request),
        *_saved(),
        *_settings(request),
        *_appearance(),
    ]


def _rooms(request: HttpRequest) -> list[Entry]:
    kind = pgettext("command palette", "go to")
    return [
        {"name": str(room.label), "also": room.name, "kind": kind, "icon": room.icon, "url": room.address}
        for room in rooms_for(request.user)
    ]


def _pages_of_trust(request: HttpRequest) -> list[Entry]:
    return [
        {
            "name": str(page.label),
            "also": page.name,
            "kind": _("Trust"),
            "icon": "shield-check",
            "url": page.address,
        }
        for page in pages_for(request.user)
    ]


def _acts(request: HttpRequest) -> list[Entry]:
    kind = pgettext("command palette", "do")
    acts: list[Entry] = []
    if may(request.user, Act.IMPORT):
        acts.append(
            {"name": _("Import a file"), "kind": kind, "icon": "file-import", "url": reverse("imports")}
        )
    if may(request.user, Act.EDIT_BRANDS):
        acts.append({"name": _("Add a brand"), "kind": kind, "icon": "plus", "url": reverse("brand_new")})
    if may(request.user, Act.EDIT_TOPICS):
        acts.append({"name": _("Add a topic"), "kind": kind, "icon": "plus", "url": reverse("topic_new")})
    if may(request.user, Act.MANAGE_CARE):
        acts.append(
            {"name": _("Rules that make posts into cases"), "also": "rules", "kind": kind, "icon": "heart-handshake",
             "url": reverse("case_rules")}
        )  # fmt: skip
    if may(request.user, Act.DECIDE):
        acts.append(
            {"name": _("Record a decision"), "kind": kind, "icon": "gavel", "url": reverse("decision_new")}
        )
    if may(request.user, Act.MAKE_CLAIM):
        acts.append(
            {"name": _("Write a promise down"), "kind": kind, "icon": "flask", "url": reverse("claim_new")}
        )
    if may(request.user, Act.SEE_STATEMENTS):
        acts.append(
            {"name": _("See who takes part"), "also": "talk balance", "kind": kind, "icon": "users",
             "url": reverse("participation")}
        )  # fmt: skip
    if may(request.user, Act.IMPORT_CALENDAR):
        acts.append(
            {"name": _("Bring in a calendar"), "also": "ics", "kind": kind, "icon": "calendar",
             "url": reverse("participation_calendars")}
        )  # fmt: skip
    acts.append({"name": _("Keys of this page"), "kind": kind, "icon": "keyboard", "open": "keys"})
    return acts


def _saved() -> list[Entry]:
    """Brands and topics: choosing one runs its query."""
    listen = reverse("listen")
    brands: list[Entry] = [
        {
            "name": brand.name,
            "kind": _("brand"),
            "icon": "building-store",
            "url": f"{listen}?{urlencode({'q': abridged(brand.query)})}",
        }
        for brand in Brand.objects.all()
    ]
    topics: list[Entry] = [
        {
            "name": topic.name,
            "kind": _("topic"),
            "icon": "hash",
            "url": f"{listen}?{urlencode({'q': abridged(topic.query)})}",
        }
        for topic in Topic.objects.all()
    ]
    return brands + topics


def _settings(request: HttpRequest) -> list[Entry]:
    return [
        {"name": str(tab.label), "kind": _("Settings"), "icon": "settings", "url": tab.address}
        for tab in tabs_for(request.user)
    ]


def _appearance() -> list[Entry]:
    """The switches of the header, also under the names people type."""
    kind = pgettext("command palette", "do")
    other = ("en", "English") if get_language() == "zh-hans" else ("zh-hans", "简体中文")
    return [
        {"name": _("Dark theme"), "kind": kind, "icon": "moon", "post": {"name": "theme", "value": "dark"}},
        {"name": _("Light theme"), "kind": kind, "icon": "sun", "post": {"name": "theme", "value": "light"}},
        {"name": other[1], "also": _("language"), "kind": kind, "icon": "language",
         "post": {"name": "language", "value": other[0]}},
    ]  # fmt: skip
