"""Writing: domains, calendars, and the days on which somebody listened."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from outlisten.app.listening.clock import zone_of
from outlisten.app.listening.queries.names import workspace
from outlisten.app.participation.calendars import Domains, read_calendar
from outlisten.app.participation.models import ListeningDay, MailDomain, MeetingTime
from outlisten.app.people.models import Account, Department
from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.trust.audit import pseudonym, record

YEAR = timedelta(days=366)
DOMAIN = re.compile(r"(?!-)[\w-]{1,63}(\.[\w-]{1,63})+")
MOST_DOMAINS = 5_000


@dataclass(frozen=True, slots=True)
class CalendarImport:
    """What became of a calendar: meetings `added`, `updated` (known, and changed), `known` (as before), by kind, and events
    left out by reason; `damaged` names the events that could not be understood."""

    added: int
    updated: int
    known: int
    kinds: dict[str, int]
    left_out: dict[str, int]
    damaged: tuple[str, ...] = ()


def domains() -> Domains:
    """Which domains are ours and which are customers'."""
    whose = dict(MailDomain.objects.values_list("domain", "whose"))
    of = {side: frozenset(d for d, w in whose.items() if w == side) for side in MailDomain.Whose.values}
    return Domains(of[MailDomain.Whose.OURS], of[MailDomain.Whose.CUSTOMERS])


@transaction.atomic
def set_domains(ours: Iterable[str], customers: Iterable[str], *, by: Actor) -> None:
    """Say which domains are ours and which are customers'. Raises Refused, ValidationError with one sentence."""
    require(by, Act.IMPORT_CALENDAR)
    mine, theirs = ({_domain(one) for one in side if one.strip()} for side in (ours, customers))
    both = mine & theirs
    if both:
        raise ValidationError(_("%(domain)s cannot be both ours and a customer’s.") % {"domain": min(both)})
    if len(mine) + len(theirs) > MOST_DOMAINS:
        raise ValidationError(_("At most %(most)d domains can be kept.") % {"most": MOST_DOMAINS})
    MailDomain.objects.all().delete()
    sides = [(MailDomain.Whose.OURS, mine), (MailDomain.Whose.CUSTOMERS, theirs)]
    MailDomain.objects.bulk_create(
        MailDomain(domain=domain, whose=whose) for whose, found in sides for domain in sorted(found)
    )
    record("calendar.domains", by=by, ours=len(mine), customers=len(theirs))


def _domain(text: str) -> str:
    """A domain in small letters; an e-mail address gives its domain."""
    domain = text.strip().lower().rpartition("@")[2].removeprefix("www.").rstrip(".")
    if not DOMAIN.fullmatch(domain) or len(domain) > 253:
        raise ValidationError(
            _(
                "“%(text)s” is no domain; write what stands after the @ of an address, for example example.com."
            )
            % {"text": text.strip()[:60]}
        )
    return domain


def import_calendar(
    data: bytes, department: Department, *, by: Actor, whose: str = "", now: datetime | None = None
) -> CalendarImport:
    """Keep the minutes of a calendar's meetings of the last year for a department.

    Of each meeting only week, kind and minutes stay, with a keyed hash by which a second import finds it again. Raises
    Refused, BadCalendar, and ValidationError where no domain of ours is known.
    """
    require(by, Act.IMPORT_CALENDAR)
    known_domains = domains()
    if not known_domains.ours:
        raise ValidationError(
            _("Say first which e-mail domains are ours: without them no meeting can be told internal.")
        )
    until = now or timezone.now()
    read = read_calendar(
        data, known_domains, since=until - YEAR, until=until, zone=zone_of(workspace()), whose=whose
    )
    with transaction.atomic():
        meetings = {
            pseudonym("meeting", one.key).removeprefix("meeting:"): (one.week, one.kind, one.minutes)
            for one in read.meetings
        }
        done = _keep(meetings, department)
        kinds = {str(kind): n for kind, n in Counter(one.kind for one in read.meetings).items()}
        report = CalendarImport(*done, kinds, read.left_out, read.damaged)
        record(
            "calendar.import", by=by, about=f"department:{department.key}", added=report.added,
            updated=report.updated, known=report.known, left_out=sum(report.left_out.values()),
        )  # fmt: skip
    return report


def _keep(meetings: Mapping[str, tuple[date, str, int]], department: Department) -> tuple[int, int, int]:
    """Add what is new and change what changed; the numbers of both and of the rest."""
    kept = {row.digest: row for row in MeetingTime.objects.filter(department=department)}
    fresh = [
        MeetingTime(department=department, digest=digest, week=week, kind=kind, minutes=minutes)
        for digest, (week, kind, minutes) in meetings.items()
        if digest not in kept
    ]
    changed = []
    for digest in meetings.keys() & kept.keys():
        row = kept[digest]
        if (row.week, row.kind, row.minutes) != meetings[digest]:
            row.week, row.kind, row.minutes = meetings[digest]
            changed.append(row)
    MeetingTime.objects.bulk_create(fresh, batch_size=500)
    MeetingTime.objects.bulk_update(changed, ["week", "kind", "minutes"], batch_size=500)
    return len(fresh), len(changed), len(meetings) - len(fresh) - len(changed)


@transaction.atomic
def forget_meetings(department: Department, *, by: Actor) -> int:
    """Remove the minutes of a department's meetings; how many there were. Raises Refused."""
    require(by, Act.IMPORT_CALENDAR)
    gone = MeetingTime.objects.filter(department=department).delete()[0]
    record("calendar.forget", by=by, about=f"department:{department.key}", meetings=gone)
    return gone


def note_listening(account: Account) -> None:
    """That this account listened today, as the workspace counts days. What was asked is nobody's business."""
    today = timezone.now().astimezone(zone_of(workspace())).date()
    if cache.add(f"participation.listened.{account.pk}.{today}", 1, 86_400):
        ListeningDay.objects.get_or_create(account=account, day=today)
