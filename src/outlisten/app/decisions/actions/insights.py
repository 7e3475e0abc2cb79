"""Pinning insights, putting them away, and bringing them back."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from outlisten.app.decisions.asked import asked, asked_nothing, page_named
from outlisten.app.decisions.models import Insight
from outlisten.app.decisions.pinnable import Pinnable
from outlisten.app.listening.queries.post import post as post_for
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.trust.audit import pseudonym, record

ASKING = ("listen", "compare")  # pages whose address is a question


@transaction.atomic
def pin_figure(figure: Pinnable, *, title: str = "", note: str = "", by: Actor) -> Insight:
    """Keep a figure as it stands. Raises Refused, ValidationError."""
    require(by, Act.PIN_INSIGHT)
    meant = asked(figure.address, by) if page_named(figure.address) in ASKING else asked_nothing()
    insight = Insight(
        kind=Insight.Kind.FIGURE, title=title.strip() or figure.title, note=note.strip(),
        sentence=figure.sentence, language=figure.language, measure=figure.measure, subject=figure.subject,
        value=figure.value, low=figure.low, high=figure.high, address=figure.address,
        query=meant.query, since=meant.since, until=meant.until, as_of=meant.as_of,
    )  # fmt: skip
    return _kept(insight, by)


@transaction.atomic
def pin_post(identifier: str, *, title: str, note: str = "", query: str = "", by: Actor) -> Insight:
    """Keep a post by its number; `query` is what it was found with. Raises Refused, ValidationError.

    404 for a post that we do not hold or that this person may not read.
    """
    require(by, Act.PIN_INSIGHT)
    kept = post_for(by, identifier)
    insight = Insight(
        kind=Insight.Kind.POST, title=title.strip(), note=note.strip(), language=get_language() or "en",
        post_id=kept["id"], query=query, as_of=asked_nothing().as_of,
    )  # fmt: skip
    return _kept(insight, by)


def _kept(insight: Insight, by: Actor) -> Insight:
    insight.pinned_by = by if isinstance(by, Account) else None
    insight.full_clean()
    insight.save()
    details = {"kind": insight.kind, "measure": insight.measure}
    if insight.post_id:
        details["post"] = pseudonym("post", insight.post_id)
    record("insight.pin", by=by, about=f"insight:{insight.pk}", **details)
    return insight


@transaction.atomic
def annotate(insight: Insight, *, title: str, note: str, by: Actor) -> None:
    """Change the title and the note; the figure itself never changes. Raises Refused, ValidationError."""
    require(by, Act.PIN_INSIGHT, about=f"insight:{insight.pk}")
    insight.title, insight.note = title.strip(), note.strip()
    insight.full_clean()
    insight.save(update_fields=["title", "note"])
    record("insight.annotate", by=by, about=f"insight:{insight.pk}")


@transaction.atomic
def archive(insight: Insight, *, by: Actor) -> None:
    """Put an insight away; it stays readable, and decisions made from it keep it. Raises Refused."""
    require(by, Act.PIN_INSIGHT, about=f"insight:{insight.pk}")
    _change_archived(insight, archived=True, by=by)


@transaction.atomic
def restore(insight: Insight, *, by: Actor) -> None:
    """Bring an archived insight back. Raises Refused."""
    require(by, Act.PIN_INSIGHT, about=f"insight:{insight.pk}")
    _change_archived(insight, archived=False, by=by)


def _change_archived(insight: Insight, *, archived: bool, by: Actor) -> None:
    found = Insight.objects.filter(pk=insight.pk, archived_at__isnull=archived)
    if found.update(archived_at=timezone.now() if archived else None):
        record("insight.archive" if archived else "insight.restore", by=by, about=f"insight:{insight.pk}")
    insight.refresh_from_db(fields=["archived_at"])


def usable(insights: list[Insight]) -> None:
    """Raise ValidationError when one of these was put away: nothing new is built on it."""
    away = next((insight for insight in insights if insight.archived), None)
    if away is not None:
        raise ValidationError(
            _("Insight %(number)d is archived; bring it back first, or choose another.") % {"number": away.pk}
        )
