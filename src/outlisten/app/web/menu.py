"""The rooms of the house in the order of the menu, and which have been built."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outlisten.app.people.rules import Act, Actor, may


@dataclass(frozen=True, slots=True)
class Room:
    """One entry of the menu. `key` follows `g` on the keyboard; `quiet` rooms are not built yet and say
    what for."""

    name: str
    label: str | Promise
    icon: str
    key: str
    quiet: str | Promise = ""
    in_bar: bool = False  # in the bottom bar of a narrow screen
    act: Act | None = None  # what its reader must be allowed; others do not see it

    @property
    def address(self) -> str:
        """Where it is."""
        return reverse("room_to_come", args=[self.name]) if self.quiet else reverse(self.name)


MENU = (
    Room("ten-statements", _("Ten statements"), "list-numbers", "1", act=Act.SEE_STATEMENTS),
    Room("today", _("Today"), "news", "t", in_bar=True),
    Room("listen", _("Listen"), "ear", "l", in_bar=True),
    Room("compare", _("Compare"), "scale", "c", in_bar=True),
    Room("themes", _("Themes"), "hash", "h",
         _("What people talk about, what is new and what grows will live "
           "here, each theme in customers' own words.")),
    Room("care", _("Care"), "heart-handshake", "a", in_bar=True, act=Act.SEE_CASES),
    Room("decisions", _("Decisions"), "gavel", "d", act=Act.SEE_DECISIONS),
    Room("mirror", _("Mirror"), "flip-vertical", "m"),
    Room("trust", _("Trust"), "shield-check", "u"),
    Room("settings", _("Settings"), "settings", "s"),
)  # fmt: skip


def rooms_for(actor: Actor) -> list[Room]:
    """The rooms this person may enter."""
    return [room for room in MENU if room.act is None or may(actor, room.act)]
