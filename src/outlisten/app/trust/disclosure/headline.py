"""The watch in one sentence."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from outlisten.app.trust.disclosure.queries import Counts


def headline(counts: Counts) -> str:
    """“3 of 41 posts by declared partners, employees and paid accounts show signs but no disclosure.”"""
    if not counts.judged:
        return _("No post by a declared partner, employee or paid account is kept yet.")
    said = ngettext(
        "%(signs)d of %(judged)d post by declared partners, employees and paid accounts shows signs but no disclosure.",
        "%(signs)d of %(judged)d posts by declared partners, employees and paid accounts show signs but no disclosure.",
        counts.judged,
    )  # fmt: skip
    return said % {"signs": counts.signs, "judged": counts.judged}


def declare_address() -> str:
    """Where accounts are declared."""
    return reverse("voices")
