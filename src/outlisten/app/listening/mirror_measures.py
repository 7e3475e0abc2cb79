"""What statements 1 and 4 are measured by: how we look, how we answer, and how we talk."""

from __future__ import annotations

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from outlisten.app.listening import reflection
from outlisten.app.listening.queries import mirror as queries
from outlisten.app.listening.queries.mirror import Asked
from outlisten.app.people.rules import Actor
from outlisten.app.web.measure import Measure, Point, Step


def image_distance(reader: Actor) -> Measure:
    """Statement 1: how far the words we use are from those customers use of us."""
    name, asked = _("Distance between self-image and customer image"), _ours(reader)
    if asked is None or asked.company is None:
        return _without_brand(name)
    found = queries.distance(asked)
    if found.distance is None:
        return _missing(name, asked, reflection.distance_sentence(asked.company.name, found))
    low, high = found.distance.low, found.distance.high
    return Measure(
        name, reflection.distance_sentence(asked.company.name, found), found.distance.value, low, high, "share",
        evidence=[_page(asked)], next_step=_page(asked),
        limits=[_("The words are compared, not what is meant by them.")],
    )  # fmt: skip


def answered(reader: Actor) -> Measure:
    """Statement 1: which share of those who addressed us in public got an answer."""
    name, asked = _("People who addressed us and got an answer"), _ours(reader)
    if asked is None or asked.company is None:
        return _without_brand(name)
    found = queries.behaviour(asked)
    if found is None or found.answers.share is None:
        sentence = reflection.answers_sentence(asked.company.name, found.answers) if found else ""
        return _missing(name, asked, sentence)
    share = found.answers.share
    return Measure(
        name, reflection.answers_sentence(asked.company.name, found.answers), share.value, share.low, share.high,
        "share", evidence=[_page(asked)], next_step=_page(asked),
        limits=[_("Answers given in private cannot be seen, and automatic ones cannot be told from a person's.")],
    )  # fmt: skip


def time_to_answer(reader: Actor) -> Measure:
    """Statement 1: after how many minutes half of those who addressed us in public had an answer."""
    name, asked = _("Time to a public answer"), _ours(reader)
    if asked is None or asked.company is None:
        return _without_brand(name)
    found = queries.behaviour(asked)
    waiting = found.answers.waiting if found else None
    if found is None or waiting is None or waiting.median.value is None:
        sentence = reflection.answers_sentence(asked.company.name, found.answers) if found else ""
        return _missing(name, asked, sentence)
    median = waiting.median
    return Measure(
        name, reflection.answers_sentence(asked.company.name, found.answers), median.value, median.low, median.high,
        "minutes", evidence=[_page(asked)], next_step=_page(asked),
    )  # fmt: skip


def conversation(reader: Actor) -> Measure:
    """Statement 4: which share of our own posts is conversation, month by month."""
    name, asked = _("Conversation among our own posts"), _ours(reader)
    if asked is None or asked.company is None:
        return _without_brand(name)
    found = queries.behaviour(asked)
    share = found.broadcast.share if found else None
    if found is None or share is None:
        sentence = reflection.broadcast_sentence(asked.company.name, found.broadcast) if found else ""
        return _missing(name, asked, sentence)
    told = [(month.start, month.share) for month in found.broadcast.months if month.share]
    return Measure(
        name, reflection.broadcast_sentence(asked.company.name, found.broadcast), share.value, share.low, share.high,
        "share", trend=[Point(start, one.value, one.low, one.high) for start, one in told],
        evidence=[_page(asked)], next_step=_page(asked),
        limits=[_("Rules read the posts; how well is said on the page.")],
    )  # fmt: skip


def _ours(reader: Actor) -> Asked | None:
    """The mirror of our first brand; None without a brand of ours. Raises Refused."""
    asked = queries.mirror(reader, QueryDict())
    return asked if asked.company is not None and asked.company.ours else None


def _page(asked: Asked) -> Step:
    return Step(_("Look into the mirror"), f"{reverse('mirror')}?{asked.address()}")


def _without_brand(name: str) -> Measure:
    missing = _("No brand of our own is named yet.")
    return Measure(name, missing=missing, next_step=Step(_("Add a brand"), reverse("brand_new")))


def _missing(name: str, asked: Asked, sentence: str) -> Measure:
    step = Step(_("Import a file"), reverse("imports"))
    return Measure(name, missing=sentence, evidence=[_page(asked)], next_step=step)
