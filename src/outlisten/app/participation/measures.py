"""What statements 6, 8 and 9 are measured by here: who takes part, from which trades, and how much talk is with customers."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from outlisten.app.listening.queries.names import calendar_limits
from outlisten.app.participation import wording
from outlisten.app.participation.queries.takes_part import takes_part
from outlisten.app.participation.queries.talk import talk
from outlisten.app.people.rules import Actor
from outlisten.app.web.measure import Measure, Point, Step


def departments(reader: Actor) -> Measure:
    """Statement 6: which share of the departments that have people here took part this week."""
    name, found = _("Departments that took part this week"), takes_part(reader)
    if not found.staffed:
        return Measure(name, missing=_("Nobody belongs to a department yet."), next_step=_people())
    return Measure(
        name, wording.part_sentence(found), found.active / len(found.staffed), unit="share",
        evidence=[_page()], next_step=_page(),
    )  # fmt: skip


def hands(reader: Actor) -> Measure:
    """Statement 6: in how few hands the work of four weeks is."""
    name, found = _("Share of the work done by three people"), takes_part(reader).concentration
    sentence = wording.concentration_sentence(found)
    if found.top is None:
        return Measure(name, missing=sentence, evidence=[_page()], next_step=_page())
    return Measure(
        name, sentence, found.top.value, found.top.low, found.top.high, "share", evidence=[_page()], next_step=_page()
    )  # fmt: skip


def backgrounds(reader: Actor) -> Measure:
    """Statement 8: how many trades are among those who listened, answered or decided this week, of those there are."""
    name, found = _("Backgrounds that took part this week"), takes_part(reader)
    told = [part for part in found.backgrounds if part.people and part.name != _("not told")]
    if not told:
        return Measure(name, missing=_("Nobody's background is told yet."), next_step=_people())
    active = [part for part in told if part.took_part]
    sentence = _("%(took)d of %(all)d backgrounds took part this week: %(names)s.") % {
        "took": len(active), "all": len(told), "names": str(_(", ")).join(part.name for part in active) or _("none"),
    }  # fmt: skip
    return Measure(
        name, sentence, len(active) / len(told), unit="share", evidence=[_page()], next_step=_page(),
        limits=[_("A mix of trades says who was asked in, not how well they did.")],
    )  # fmt: skip


def talk_balance(reader: Actor) -> Measure:
    """Statement 9: which share of the talk is with customers; `low` and `high` are what unknown meetings could make of it."""
    name, found = _("Talk balance"), talk(reader)
    sentence = wording.talk_sentence(found.whole)
    if found.whole.share is None or not found.calendars:
        # Time on cases alone is time with customers: without meetings the share would be all of it.
        lacking = (
            sentence
            if found.whole.share is None
            else _("No calendar was brought in yet, so meetings are missing.")
        )
        return Measure(
            name,
            missing=lacking,
            next_step=Step(_("Bring in a calendar"), reverse("participation_calendars")),
        )
    trend = [Point(week, one.share, one.low, one.high) for week, one in found.weeks if one.share is not None]
    return Measure(
        name, sentence, found.whole.share, found.whole.low, found.whole.high, "share", trend=trend,
        evidence=[_page()], next_step=_page(), limits=calendar_limits(),
    )  # fmt: skip


def _page() -> Step:
    return Step(_("See who takes part"), reverse("participation"))


def _people() -> Step:
    return Step(_("Put people into departments"), reverse("people"))
