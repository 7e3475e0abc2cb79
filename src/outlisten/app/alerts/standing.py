"""How a rule stands: one sentence."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from outlisten.app.alerts.models import AlertRule, Kind
from outlisten.app.listening.wording import locale
from outlisten.insights.figures_in_words import count_in_words, percent


def standing(rule: AlertRule) -> str:
    """What the last look found, and when that was."""
    if not rule.on:
        return _("Switched off.")
    if rule.kind == Kind.URGENT:
        return _("It looks at each post as it comes in.")
    if rule.judged_at is None:
        return _("It is looked at for the first time in a moment.")
    sentence = _sentence(rule)
    moment = date_format(localtime(rule.judged_at), "SHORT_DATETIME_FORMAT")
    return _("%(sentence)s Looked at %(moment)s.") % {"sentence": sentence, "moment": moment}


def _sentence(rule: AlertRule) -> str:
    told = rule.standing
    match told.get("state"):
        case "learning":
            return _("It learns what is usual first: that takes a week of posts.")
        case "no topic":
            return _("Its topic is gone: choose another.")
        case "unreadable" | "too broad":
            return _("Its topic’s query cannot be asked every few minutes: change the topic.")
        case "watching" if rule.kind == Kind.SOURCE:
            unwell = told.get("unwell", 0)
            return _("%(n)d sources need a look.") % {"n": unwell} if unwell else _("All sources are well.")
        case "watching" if rule.kind == Kind.COMPLAINTS:
            return _("Lately %(share)s complain; usual are %(usual)s.") % {
                "share": percent(told["complaining"] / max(told["of"], 1), locale()),
                "usual": percent(told["usual"], locale()),
            }  # fmt: skip
        case "watching":
            return _("In the last %(hours)d hours %(seen)s, where %(low)d–%(high)d are usual.") % {
                "hours": told["hours"], "seen": count_in_words(told["seen"]), "low": told["low"], "high": told["high"],
            }  # fmt: skip
    return ""
