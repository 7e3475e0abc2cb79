"""The sections of an issue."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from outlisten.app.alerts.judging.asked import COMPLAINS, COUNTED
from outlisten.app.alerts.models import Alert, Digest
from outlisten.app.alerts.queries.alerts import OF_PRIVATE
from outlisten.app.alerts.writing.sentences import heading, said
from outlisten.app.care.models import Case
from outlisten.app.listening.clock import AsOf
from outlisten.app.listening.filters import both
from outlisten.app.listening.labels import value_label
from outlisten.app.listening.models import Topic
from outlisten.app.listening.queries.too_broad import too_broad
from outlisten.app.listening.store import posts
from outlisten.app.listening.wording import locale
from outlisten.app.people.acts import Act
from outlisten.app.people.models import Department
from outlisten.insights.authors import count_authors
from outlisten.insights.evidence import narrowed
from outlisten.insights.figures_in_words import count_in_words, share_in_words
from outlisten.insights.headlines import headline
from outlisten.insights.key_terms import keyness
from outlisten.insights.proportions import wilson
from outlisten.insights.windows import previous
from outlisten.posts.store import TimeRange
from outlisten.query import Query, parse
from outlisten.sinks.message import on_one_line

TERMS = 6
QUOTED = 2
LONGEST = 160
FEWEST = 10  # people below whom a share says nothing


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence and where its posts are, within Outlisten; `label` is the link's words where they are others."""

    text: str
    address: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what is said under it; `needs` is the act of those who may read it, blank for everybody."""

    heading: str
    sentences: tuple[Told, ...]
    needs: str = ""

    def as_json(self) -> dict[str, Any]:
        """As a row of the database holds it."""
        return asdict(self)


def topic_section(topic: Topic, window: TimeRange, moment: AsOf) -> Section:
    """How much was said of a topic, how many complain, in which new words, and two posts."""
    query = parse(both(topic.query, COUNTED), moment.context)
    if not query.valid or too_broad(query):
        said_so = Told(
            _("Its query cannot be asked; change it on its page."),
            reverse("topic", args=[topic.pk]),
            _("Open the topic"),
        )
        return Section(topic.name, (said_so,))
    if not posts().count(query, window=window).value:
        return Section(topic.name, (Told(_("Nobody wrote about it."), _listen(query, window, moment)),))
    facts = headline(posts(), query, window, zone=moment.zone)
    told = [Told(facts.sentence(locale()), _listen(query, window, moment))]
    told += [*_complaints(query, window, moment), *_new_words(query, window, moment)]
    return Section(topic.name, (*told, *_quoted(query, window, moment)))


def alerts_section(digest: Digest, window: TimeRange) -> Section:
    """The alerts of its topics and of its department's rules; none of a private message, which not every reader may know of."""
    of_rules = Q(rule__topic__in=digest.topics.all())
    if digest.department_id:
        of_rules |= Q(rule__department=digest.department_id)
    lately = Q(fired_at__gt=window.start, fired_at__lte=window.end)
    fired = Alert.objects.filter(of_rules & lately, group=None).exclude(OF_PRIVATE)
    told = [
        Told(
            f"{heading(alert)}{_(': ')}{said(alert).text}",
            reverse("alert", args=[alert.pk]),
            _("Open the alert"),
        )
        for alert in fired.select_related("rule", "rule__topic").distinct().order_by("fired_at")[:10]
    ]
    return Section(_("Alerts"), tuple(told))


def care_section(department: Department) -> Section:
    """How many customers wait for the department, and since when."""
    waiting = Case.objects.filter(
        department=department, state__in=[Case.State.NEW, Case.State.WAITING_US, Case.State.REOPENED]
    )
    count, oldest = waiting.count(), waiting.order_by("opened_at").first()
    address = f"{reverse('care')}?{urlencode({'department': department.key})}"
    if oldest is None:
        return Section(
            _("Care"),
            (Told(_("No customer waits for an answer."), address, _("Open the queue")),),
            Act.SEE_CASES.value,
        )
    text = ngettext(
        "%(n)s customer waits for an answer, for %(span)s.",
        "%(n)s customers wait for an answer, the first for %(span)s.",
        count,
    ) % {"n": count_in_words(count), "span": timesince(oldest.opened_at)}  # fmt: skip
    return Section(_("Care"), (Told(text, address, _("Open the queue")),), Act.SEE_CASES.value)


def _complaints(query: Query, window: TimeRange, moment: AsOf) -> list[Told]:
    """The share of people who complain, as the model reads them, with the interval of so few people."""
    complaining = parse(both(query.text, COMPLAINS), moment.context)
    people = count_authors(posts(), query, window)
    some = min(count_authors(posts(), complaining, window), people)
    share = wilson(some, people)
    if share is None or people < FEWEST:
        return []
    said_so = _("%(share)s of them complain, as the model reads it.") % {
        "share": share_in_words(share, locale())
    }
    return [Told(said_so, _listen(complaining, window, moment))]


def _new_words(query: Query, window: TimeRange, moment: AsOf) -> list[Told]:
    before = previous(window)
    if before is None or before.start is None:
        return []
    longer = TimeRange(before.start - 3 * (window.end - window.start), before.end)  # type: ignore[operator]  # both ends are known
    table = keyness(posts(), query, window=window, against_window=longer).table.to_pylist()
    terms = [row["term"] for row in table if row["side"] == "query" and row["distinctive"]][:TERMS]
    if not terms:
        return []
    words = _("Words that set this time apart: %(terms)s.") % {"terms": " · ".join(terms)}
    return [Told(words, _listen(query, window, moment))]


def _quoted(query: Query, window: TimeRange, moment: AsOf) -> list[Told]:
    """The newest posts that complain; where none does, the newest."""
    complaining = parse(both(query.text, COMPLAINS), moment.context)
    found = posts().search(complaining, window=window, limit=QUOTED).posts.to_pylist()
    found = found or posts().search(query, window=window, limit=QUOTED).posts.to_pylist()
    return [
        Told(
            _("%(who)s on %(platform)s: “%(words)s”") % {
                "who": on_one_line(post["author"] or post["author_handle"] or "") or _("somebody"),
                "platform": value_label("platform", post["platform"]),
                "words": Truncator(on_one_line(str(post["text"]))).chars(LONGEST),
            },
            reverse("post", args=[post["id"]]), _("Open the post"),
        )
        for post in found
    ]  # fmt: skip


def _listen(query: Query, window: TimeRange, moment: AsOf) -> str:
    asked = narrowed(query, window=window, zone=moment.zone)
    return f"{reverse('listen')}?{urlencode({'q': asked, 'voice': 'all', 'period': 'all'})}"
