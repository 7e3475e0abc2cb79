"""What the first page of Trust says: one sentence for the log, one for how long posts are kept, one for requests."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from outlisten.app.people.rules import Actor
from outlisten.app.trust.disclosure.headline import headline
from outlisten.app.trust.disclosure.queries import counts
from outlisten.app.trust.log import last_verified
from outlisten.app.trust.models import AuditRow, PrivacyRequest, RefusedAuthor, RetentionRule
from outlisten.app.trust.pages import AUDIT, DISCLOSURE, PRIVACY, RETENTION, Page, pages_for
from outlisten.app.trust.retention.ages import measured_ages
from outlisten.app.trust.verification import misfit_of_kept_head
from outlisten.insights.figures_in_words import count_in_words


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the room: its page, what stands in it now, and whether it is in order.

    `ok` is None where nothing was looked at yet, or nothing is there to be in order.
    """

    page: Page
    sentence: str
    ok: bool | None = None


def parts(reader: Actor) -> list[Part]:
    """The parts this person may open; none for who has nothing to do here."""
    every = {AUDIT: _audit, DISCLOSURE: _disclosure, RETENTION: _retention, PRIVACY: _privacy}
    return [every[page]() for page in pages_for(reader)]


def verified_sentence() -> tuple[str, bool | None]:
    """When the log was last verified, up to where, and whether it was whole."""
    misfit = misfit_of_kept_head()
    if misfit is not None:
        return misfit.sentence, False
    row = last_verified()
    if row is None:
        return _("It was not verified yet."), None
    when = date_format(localtime(row.at), "DATETIME_FORMAT")
    count = count_in_words(int(row.details.get("rows") or 0))
    if row.details.get("ok"):
        said = _("Verified on %(when)s: whole up to row %(count)s.")
    else:
        said = _("Verified on %(when)s: something does not fit. It is vouched for up to row %(count)s.")
    return said % {"when": when, "count": count}, bool(row.details.get("ok"))


def _audit() -> Part:
    rows = AuditRow.objects.count()
    held = ngettext("The log holds %(n)s act.", "The log holds %(n)s acts.", rows) % {
        "n": count_in_words(rows)
    }
    verified, ok = verified_sentence()
    return Part(AUDIT, _("%(first)s %(second)s") % {"first": held, "second": verified}, ok)


def _disclosure() -> Part:
    return Part(DISCLOSURE, headline(counts()))


def _retention() -> Part:
    if not RetentionRule.objects.filter(on=True).exists():
        return Part(RETENTION, _("No rule is in force: every post is kept without limit."))
    late = sum(age.overdue for age in measured_ages() if age.rule.on)
    said = ngettext(
        "%(n)s post is older than promised and goes with the next sweep.",
        "%(n)s posts are older than promised and go with the next sweep.",
        late,
    ) % {"n": count_in_words(late)}
    return Part(RETENTION, said if late else _("No post is kept longer than promised."), not late)


def _privacy() -> Part:
    answered = PrivacyRequest.objects.exclude(done_at=None).count()
    refused = RefusedAuthor.objects.values("request__person").distinct().count()
    said = _("Requests answered: %(answered)s. People who are not collected any more: %(refused)s.")
    numbers = {"answered": count_in_words(answered), "refused": count_in_words(refused)}
    unfinished = PrivacyRequest.objects.filter(done_at=None).exists()
    return Part(PRIVACY, said % numbers, not unfinished if answered else None)
