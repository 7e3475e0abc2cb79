"""Whom the page Compare compares: the menu of who stands first, and of who stands beside."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from outlisten.app.listening.menus import Choice, Menu
from outlisten.app.listening.queries.compare import Compared


def us_menu(asked: Compared) -> Menu:
    """Who stands first."""
    first, *rest = _keys(asked) or [""]
    choices = [
        Choice(n.name, n.key == first, asked.address([n.key, *(key for key in rest if key != n.key)]))
        for n in asked.offered
    ]
    return Menu("us", _("Us"), asked.sides[0].named.name if asked.sides else _("choose"), choices)


def others_menu(asked: Compared) -> Menu:
    """Who stands beside; choosing one again takes it away."""
    keys = _keys(asked)
    choices = []
    for named in asked.offered:
        if keys and named.key == keys[0]:
            continue
        after = [key for key in keys if key != named.key] if named.key in keys else [*keys, named.key]
        choices.append(Choice(named.name, named.key in keys, asked.address(after)))
    summary = _(", ").join(side.named.name for side in asked.sides[1:]) or _("choose")
    return Menu("others", _("beside"), summary, choices)


def with_sides(menu: Menu, asked: Compared) -> Menu:
    """A menu of the question, its addresses keeping whom the page compares."""
    who = "".join(f"who={key}&" for key in _keys(asked))
    choices = [replace(choice, address=who + choice.address) for choice in menu.choices]
    return replace(menu, choices=choices, without=who + menu.without if menu.without else "")


def tabs(asked: Compared, against: str) -> list[Choice]:
    """Against whom words are told apart: all the others together, then each; nothing for a single other."""
    others = asked.sides[1:]
    if len(others) < 2:
        return []
    keys = {side.named.key for side in others}
    each = [Choice(s.named.name, s.named.key == against, asked.address(against=s.named.key)) for s in others]
    return [Choice(_("all the others"), against not in keys, asked.address()), *each]


def _keys(asked: Compared) -> list[str]:
    return [side.named.key for side in asked.sides]
