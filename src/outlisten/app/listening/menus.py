"""The row of filters on a page: what each menu offers, what is chosen, where each choice leads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from outlisten.app.listening.filters import Filters
from outlisten.app.listening.labels import field_label, value_label
from outlisten.app.listening.periods import ALL, PRESETS, Period
from outlisten.app.listening.questions import Question
from outlisten.app.listening.speakers import LISTED
from outlisten.language.provenance import LISTENED


@dataclass(frozen=True, slots=True)
class Choice:
    """A value a menu offers; its address has it put in, or taken out when it is chosen."""

    label: str
    chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class Menu:
    """One menu; `summary` says in a word or two what is chosen, `hint` what that is; `without` is the address that takes
    the whole filter away, blank where it is not on."""

    name: str
    label: str
    summary: str
    choices: list[Choice]
    without: str = ""
    hint: str = ""

    @property
    def active(self) -> bool:
        return any(choice.chosen for choice in self.choices)


def filter_menu(question: Question, name: str, known: Iterable[str]) -> Menu:
    """A menu of the known values, and of the chosen ones even when no post has them."""
    chosen = question.filters.values(name)
    values = dict.fromkeys([*known, *chosen])
    choices = [Choice(value_label(name, v), v in chosen, question.with_filter(name, v)) for v in values]
    summary = _(", ").join(value_label(name, v) for v in chosen[:2]) + (" …" if len(chosen) > 2 else "")
    return Menu(name, field_label(name), summary or _("all"), choices)


def voice_menu(question: Question) -> Menu:
    """Whose voices are counted: all, those who do not speak for a company, or each by itself."""
    filters = question.filters
    usual = set(filters.voices) == set(LISTENED)
    choices = [
        Choice(_("all voices"), not filters.voices, question.with_voices()),
        Choice(_("those who speak for no company"), usual, question.with_voices(LISTENED)),
        *filter_menu(question, "voice", LISTED).choices,
    ]
    summary = _(", ").join(value_label("voice", voice) for voice in filters.voices) or _("all")
    without = question.with_voices() if filters.voices else ""
    return Menu("voice", field_label("voice"), summary, choices, without, str(HINT))


def short_voice_menu(filters: Filters) -> Menu:
    """The same two choices for a page that has no other filter."""
    usual = set(filters.voices) == set(LISTENED)
    choices = [
        Choice(_("all voices"), not filters.voices, urlencode(filters.with_voices().address())),
        Choice(_("those who speak for no company"), usual, ""),
    ]
    summary = _(", ").join(value_label("voice", voice) for voice in filters.voices) or _("all")
    without = choices[0].address if filters.voices else ""
    return Menu("voice", field_label("voice"), summary, choices, without, str(HINT))


HINT = gettext_lazy(
    "Earned: people who speak for no company. Unknown: the source names no author, or the evidence contradicts itself."
)


def period_menu(question: Question) -> Menu:
    """The presets, counted back from the as-of day, and all time."""
    offered = [*(Period(days=days) for days in PRESETS), ALL]
    choices = [Choice(period_label(p), p == question.period, question.with_period(p)) for p in offered]
    return Menu("period", _("Period"), period_label(question.period), choices)


def period_label(period: Period) -> str:
    """The period in words."""
    if period.days:
        return ngettext("the last day", "last %(days)d days", period.days) % {"days": period.days}
    if period.all:
        return _("all time")
    ends = {"since": _day(period.since), "until": _day(period.until)}
    if period.since and period.until:
        return _("%(since)s to %(until)s") % ends
    return _("since %(since)s") % ends if period.since else _("until %(until)s") % ends


def _day(day: date | None) -> str:
    """A day as the reader writes one; blank when that end is open."""
    return date_format(day, "DATE_FORMAT") if day else ""
