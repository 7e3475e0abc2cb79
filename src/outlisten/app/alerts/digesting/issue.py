"""One issue: a section for each topic, for what fired, and for the customers who wait; each sentence with its posts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from outlisten.app.alerts.digesting.rhythm import span
from outlisten.app.alerts.digesting.sections import Section, alerts_section, care_section, topic_section
from outlisten.app.alerts.models import Digest, DigestIssue
from outlisten.app.alerts.sending.telling import language_of
from outlisten.app.listening.clock import AsOf, as_of
from outlisten.app.listening.queries.names import workspace
from outlisten.app.listening.sight import reading_as
from outlisten.app.listening.store import posts
from outlisten.posts.store import PostStore, TimeRange


def write_issue(digest: Digest, until: datetime) -> DigestIssue:
    """The issue that is due at that moment, written once. Raises StoreError."""
    moment = as_of(workspace(), seen_by_anybody())
    until = _end(until, moment)
    there = DigestIssue.objects.filter(digest=digest, until=until).first()
    if there:  # also of an archive to which nothing was added: it would say the same again
        return there
    language = language_of(digest.language, workspace())
    with translation.override(language):
        title, sections = issue_of(digest, until)
    return DigestIssue.objects.get_or_create(
        digest=digest, until=until,
        defaults={
            "since": until - span(digest), "language": language, "title": title,
            "sections": [section.as_json() for section in sections],
        },
    )[0]  # fmt: skip


def seen_by_anybody() -> PostStore:
    """The posts without private messages."""
    with reading_as(AnonymousUser()):
        return posts()


def issue_of(digest: Digest, until: datetime) -> tuple[str, list[Section]]:
    """Title and sections in the language that is active, as somebody reads who may not see private messages."""
    with reading_as(AnonymousUser()):
        moment = as_of(workspace(), posts())
        with timezone.override(moment.zone):
            window = window_of(digest, until, moment)
            sections = [topic_section(topic, window, moment) for topic in digest.topics.all()]
            sections += [alerts_section(digest, window)]
            if digest.department:
                sections.append(care_section(digest.department))
            return _title(digest, window), [section for section in sections if section.sentences]


def window_of(digest: Digest, until: datetime, moment: AsOf) -> TimeRange:
    """The time that is looked back on; in an archive it ends with the newest post."""
    end = _end(until, moment)
    return TimeRange(end - span(digest), end)


def _end(until: datetime, moment: AsOf) -> datetime:
    return min(until, moment.moment) if moment.newest else until


def _title(digest: Digest, window: TimeRange) -> str:
    said: dict[str, Any] = {
        "name": digest.name,
        "since": date_format(localtime(window.start), "DATE_FORMAT"),
        "until": date_format(localtime(window.end), "DATE_FORMAT"),
    }
    return _("%(name)s: %(since)s to %(until)s") % said
