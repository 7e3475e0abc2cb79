"""Alerts as a message: what happened, why it is told, and a few of the posts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from outlisten.app.alerts.models import Alert, Kind
from outlisten.app.alerts.writing.quoting import quoted_lines
from outlisten.app.alerts.writing.sentences import Sentence, heading, reasons, said
from outlisten.app.listening.clock import zone_of
from outlisten.app.listening.queries.names import workspace
from outlisten.sinks.message import Line, Link, Message
from outlisten.words import Locale

QUOTED = 3  # posts of one alert
MOST_IN_FULL = 3  # alerts of one message that are told with their reasons


def alert_message(alerts: Sequence[Alert], key: str, base: str, locale: Locale, now: datetime) -> Message:
    """One message about one or several alerts; `base` is the address of this installation."""
    from django.utils import timezone

    with translation.override(locale), timezone.override(zone_of(workspace())):
        lines: list[Line] = []
        for alert in alerts:
            lines += _lines(alert, base, named=len(alerts) > 1, full=len(alerts) <= MOST_IN_FULL)
        several = _("%(n)d alerts: %(names)s") % {
            "n": len(alerts), "names": _(", ").join(dict.fromkeys(alert.rule.name for alert in alerts))
        }  # fmt: skip
        title = heading(alerts[0]) if len(alerts) == 1 else several
        page = reverse("alert", args=[alerts[0].pk]) if len(alerts) == 1 else reverse("alerts")
    urgent = any(alert.kind == Kind.URGENT for alert in alerts)
    return Message(
        key=key,
        kind="alert",
        title=title,
        lines=tuple(lines),
        url=base + page,
        locale=locale,
        at=now,
        urgent=urgent,
    )


def _lines(alert: Alert, base: str, *, named: bool, full: bool) -> list[Line]:
    first = line(said(alert), base, _("See the posts") if alert.kind != Kind.SOURCE else _("See the source"))
    made = [Line(f"{heading(alert)}{_(': ')}{first.text}", first.links) if named else first]
    grouped = alert.grouped.count()
    if grouped:
        made.append(
            Line(
                _("Other rules found the same posts: %(names)s.")
                % {"names": _(", ").join(one.rule.name for one in alert.grouped.select_related("rule"))}
            )
        )
    if full:
        made += quoted_lines(alert.posts[:QUOTED], base)
        made += [line(reason, base) for reason in reasons(alert)] if alert.kind != Kind.URGENT else []
    return made


def line(sentence: Sentence, base: str, label: str = "") -> Line:
    """A sentence as a line of a message, with its link where the installation's address is known."""
    links = (Link(label or _("See the posts"), base + sentence.address),) if sentence.address and base else ()
    return Line(sentence.text, links)
