"""What the page says of talk and of who takes part."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from outlisten.app.listening.wording import locale
from outlisten.app.participation.actions import CalendarImport
from outlisten.app.participation.balance import TalkBalance
from outlisten.app.participation.concentration import Concentration
from outlisten.app.participation.queries.takes_part import TakesPart
from outlisten.app.web.templatetags.shell import sentence_gap
from outlisten.insights.figures_in_words import percent, share_in_words

NAMED = 5  # damaged events named in a sentence


def hours(amount: float) -> str:
    """12.5: hours to one decimal."""
    return f"{amount:,.1f}"


def talk_sentence(balance: TalkBalance) -> str:
    """The balance in words, said plainly when talk among ourselves takes more."""
    if balance.share is None:
        return _(
            "Nothing can be said yet: no meeting could be told internal or with customers, and no time on cases is known."
        )
    cases = _(" (%(cases)s of them on cases)") % {"cases": hours(balance.cases)} if balance.cases else ""
    said = _(
        "%(customers)s hours with customers%(on_cases)s, %(internal)s hours among ourselves: "
        "%(share)s of the talk is with customers."
    ) % {
        "customers": hours(balance.with_customers), "on_cases": cases, "internal": hours(balance.internal),
        "share": percent(balance.share, locale()),
    }  # fmt: skip
    if balance.below_even:
        said += _(" That is less than half: we talk more with each other than with customers.")
    if balance.unknown:
        said += _(
            " %(unknown)s more hours cannot be told; with them the share lies between %(low)s and %(high)s."
        ) % {
            "unknown": hours(balance.unknown),
            "low": percent(balance.low or 0.0, locale()),
            "high": percent(balance.high or 0.0, locale()),
        }
    return said


def part_sentence(found: TakesPart) -> str:
    """How many departments took part this week, and how many people did what."""
    if not found.whole.took_part:
        return _("Nobody has listened, answered or decided this week yet.")
    people = _("People who listened: %(listened)d, answered: %(answered)d, decided: %(decided)d.") % {
        "listened": found.whole.listened, "answered": found.whole.answered, "decided": found.whole.decided,
    }  # fmt: skip
    if not found.staffed:
        return people
    took = _("%(took)d of %(all)d departments that have people here took part this week.") % {
        "took": found.active, "all": len(found.staffed),
    }  # fmt: skip
    return f"{took}{sentence_gap()}{people}"


def concentration_sentence(found: Concentration) -> str:
    """How few hands the work of four weeks is in."""
    if found.top is None or found.departments is None:
        return _(
            "Too few to say how concentrated the work is: %(acts)d acts by %(people)d people in four weeks; "
            "20 acts by 5 people are needed."
        ) % {"acts": found.acts, "people": found.people}
    return _(
        "Three people did %(top)s of the work of four weeks. It is spread as if over %(departments).1f departments "
        "(%(low).1f to %(high).1f)."
    ) % {
        "top": share_in_words(found.top, locale()), "departments": found.departments.value,
        "low": found.departments.low, "high": found.departments.high,
    }  # fmt: skip


def import_sentence(found: CalendarImport) -> str:
    """What became of a calendar."""
    kinds = found.kinds
    said = ngettext(
        "%(n)d meeting of the last year: %(customers)d with customers, %(internal)d internal, %(unknown)d that cannot be told.",
        "%(n)d meetings of the last year: %(customers)d with customers, %(internal)d internal, %(unknown)d that cannot be told.",
        sum(kinds.values()),
    ) % {
        "n": sum(kinds.values()), "customers": kinds.get("customers", 0), "internal": kinds.get("internal", 0),
        "unknown": kinds.get("unknown", 0),
    }  # fmt: skip
    if found.known or found.updated:
        said += _(" %(known)d of them were here already.") % {"known": found.known + found.updated}
    if found.left_out:
        reasons = _(", ").join(f"{_reason(name)} {n}" for name, n in sorted(found.left_out.items()))
        said += _(" Left out: %(reasons)s.") % {"reasons": reasons}
    if found.damaged:
        names = _(", ").join(found.damaged[:NAMED])
        more = _(" and more") if len(found.damaged) > NAMED else ""
        said += _(" Damaged in the file: %(names)s%(more)s.") % {"names": names, "more": more}
    return said


def _reason(name: str) -> str:
    return {
        "cancelled": _("cancelled"), "declined": _("declined"), "all_day": _("all day"), "free": _("marked as free"),
        "alone": _("nobody else invited"), "undated": _("without a start"),
        "series": _("too long, too frequent or not understood"), "damaged": _("damaged"),
    }[name]  # fmt: skip
