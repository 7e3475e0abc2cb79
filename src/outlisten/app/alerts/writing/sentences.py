"""What is said of an alert, in the language that is active: on its page, on Today and in messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from outlisten.app.alerts.models import Alert, Kind
from outlisten.app.care.urgency import reasons_in_words
from outlisten.app.listening.labels import value_label
from outlisten.app.listening.wording import locale
from outlisten.insights.figures_in_words import count_in_words, percent

DECADE = 520  # weeks


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, and where its posts are (an address within Outlisten; blank: nowhere)."""

    text: str
    address: str = ""


def heading(alert: Alert) -> str:
    """What the alert is called in lists and as the title of a message."""
    said = {
        Kind.VOLUME: _("%(name)s: more people than usual"),
        Kind.COMPLAINTS: _("%(name)s: a larger share complains"),
        Kind.URGENT: _("%(name)s: an urgent post"),
        Kind.SOURCE: _("%(name)s: a source needs a look"),
    }
    return said[Kind(alert.kind)] % {"name": alert.rule.name}


def said(alert: Alert) -> Sentence:
    """What happened, in one sentence with its numbers, and where its posts are."""
    match alert.kind:
        case Kind.VOLUME:
            return Sentence(_volume(alert), posts_address(alert))
        case Kind.COMPLAINTS:
            return Sentence(_complaints(alert), posts_address(alert))
        case Kind.URGENT:
            return Sentence(_urgent(alert), posts_address(alert))
    source = _("“%(name)s”: %(said)s") % {
        "name": alert.facts.get("source", ""), "said": alert.facts.get("said", {}).get(locale(), ""),
    }  # fmt: skip
    return Sentence(source, reverse("source", args=[alert.about.removeprefix("source:")]))


def reasons(alert: Alert) -> list[Sentence]:
    """Why it fired: how unlikely it is, what is usual, in which words and where, and what else may explain it."""
    if alert.kind == Kind.SOURCE:
        return [Sentence(_("A problem or a silence is told when it has lasted for half an hour."))]
    if alert.kind == Kind.URGENT:
        return [
            Sentence(_("Reasons that make a post urgent are listed, with their words, in the docs of care."))
        ]
    facts = alert.facts
    told = [_chance(alert), _usual(alert), _extent(alert)]
    if facts.get("terms"):
        said = _("Words that were not usual before: %(terms)s.") % {"terms": " · ".join(facts["terms"])}
        told.append(said)
    if facts.get("new_sources"):
        names = _(", ").join(f"“{name}”" for name in facts["new_sources"])
        told.append(
            _("More is listened to than before, which can look like a rise: %(names)s.") % {"names": names}
        )
    if alert.kind == Kind.COMPLAINTS:
        told.append(_("Whether a post complains is the model’s reading. It errs, and erred as much before."))
    return [Sentence(text) for text in told]


def posts_address(alert: Alert) -> str:
    """Where its posts are: Listen with its question, or the one post."""
    if alert.kind == Kind.URGENT:
        return reverse("post", args=[alert.about])
    query = alert.facts.get("query", "")
    return f"{reverse('listen')}?{urlencode({'q': query, 'voice': 'all', 'period': 'all'})}" if query else ""


def about(alert: Alert) -> str:
    """The name of the topic it was found in, in quotation marks: the rule may watch another one by now."""
    rule = alert.rule
    return _("“%(name)s”") % {
        "name": alert.facts.get("topic") or (rule.topic.name if rule.topic else rule.name)
    }


def _volume(alert: Alert) -> str:
    facts = alert.facts
    numbers = {
        "people": count_in_words(facts["people"]), "topic": about(alert), "seen": count_in_words(facts["seen"]),
        "hours": facts["hours"], "until": _moment(facts["end"]), "usual": _usually(facts["expected"]),
        "low": facts["low"], "high": facts["high"],
    }  # fmt: skip
    if facts["hours"] == 1:
        return (
            _(
                "%(people)s people wrote about %(topic)s in the hour to %(until)s, where %(usual)s (%(low)d–%(high)d) are usual."
            )
            % numbers
        )
    return (
        _(
            "%(people)s people wrote about %(topic)s in the %(hours)d hours to %(until)s. Counted hour by hour that is "
            "%(seen)s, where %(usual)s (%(low)d–%(high)d) are usual."
        )
        % numbers
    )


def _complaints(alert: Alert) -> str:
    facts = alert.facts
    return _(
        "%(share)s of those who wrote about %(topic)s in the %(hours)d hours to %(until)s complain (%(complaining)d of %(of)d), "
        "where %(usual)s (%(low)s–%(high)s) are usual."
    ) % {
        "share": percent(facts["complaining"] / max(facts["of"], 1), locale()), "topic": about(alert),
        "hours": facts["hours"], "until": _moment(facts["end"]), "complaining": facts["complaining"], "of": facts["of"],
        "usual": percent(facts["usual"], locale()), "low": round(100 * facts["low"]), "high": round(100 * facts["high"]),
    }  # fmt: skip


def _urgent(alert: Alert) -> str:
    named = _list(reasons_in_words(alert.facts.get("reasons", []))) or _("it reads as urgent")
    if alert.facts.get("private"):
        return _("A private message cannot wait: %(reasons)s.") % {"reasons": named}
    return _("A post cannot wait: %(reasons)s.") % {"reasons": named}


def _chance(alert: Alert) -> str:
    weeks, every = float(alert.facts["weeks"]), alert.rule.every_weeks
    if weeks >= DECADE:
        often = _("Chance alone gives such hours less than once in ten years")
    else:
        often = ngettext(
            "Chance alone gives such hours about once in %(n)d week",
            "Chance alone gives such hours about once in %(n)d weeks",
            max(round(weeks), 1),
        ) % {"n": max(round(weeks), 1)}  # fmt: skip
    return _("%(often)s; this rule accepts one false alarm in about %(every)d weeks.") % {
        "often": often,
        "every": every,
    }


def _usual(alert: Alert) -> str:
    if alert.kind == Kind.COMPLAINTS:
        return _("Usual is the share of the last eight weeks, bursts and gaps in collecting left out.")
    return _(
        "Usual is what these hours of the week brought in the last eight weeks, bursts and gaps in collecting left out, at the "
        "level of the last seven days, or of the last four weeks where that is higher."
    )


def _extent(alert: Alert) -> str:
    posts, places = int(alert.facts.get("posts", 0)), alert.facts.get("places", [])
    named = _list([pgettext("a place and its posts", "%(place)s %(posts)s") % {
        "place": value_label("platform", place), "posts": count_in_words(n)} for place, n in places])  # fmt: skip
    began = _moment(alert.began_at.isoformat())
    said = ngettext(
        "It began about %(began)s and counts %(posts)s post",
        "It began about %(began)s and counts %(posts)s posts",
        posts,
    ) % {"began": began, "posts": count_in_words(posts)}
    return (
        _("%(said)s: %(places)s.") % {"said": said, "places": named}
        if named
        else _("%(said)s.") % {"said": said}
    )


def _usually(expected: float) -> str:
    return f"{expected:.1f}" if expected < 10 else count_in_words(round(expected))


def _moment(at: str) -> str:
    return date_format(localtime(datetime.fromisoformat(at)), "SHORT_DATETIME_FORMAT")


def _list(items: Sequence[str]) -> str:
    return _(", ").join(items)
