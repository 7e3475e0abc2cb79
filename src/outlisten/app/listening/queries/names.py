"""The workspace, its brands and its topics."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from outlisten.app.listening.models import Brand, SavedList, Topic, Workspace
from outlisten.app.listening.wording import locale


def workspace() -> Workspace:
    """The one workspace, made with its defaults on first use."""
    return Workspace.objects.get_or_create(pk=1)[0]


def brands() -> QuerySet[Brand]:
    """All brands by group, groups with a brand of ours first, and in each ours before the competitors."""
    ours = Brand.objects.filter(group=OuterRef("group"), side=Brand.Side.OWN)
    return Brand.objects.annotate(elsewhere=~Exists(ours)).order_by(
        "elsewhere", "group", "-side", "position", "id"
    )


def topics() -> QuerySet[Topic]:
    """All saved queries by name."""
    return Topic.objects.select_related("owner").order_by("name")


def brand(pk: int) -> Brand:
    """One brand, or 404."""
    return get_object_or_404(Brand, pk=pk)


def topic(pk: int) -> Topic:
    """One saved query, or 404."""
    return get_object_or_404(Topic, pk=pk)


def saved_lists() -> QuerySet[SavedList]:
    """All lists by name."""
    return SavedList.objects.select_related("owner").order_by("name")


def saved_list(pk: int) -> SavedList:
    """One list, or 404."""
    return get_object_or_404(SavedList, pk=pk)


def sample_limits() -> tuple[str, ...]:
    """What must be said wherever the bundled sample is shown; nothing in a workspace of one's own."""
    if not workspace().sample:
        return ()
    from outlisten.sample import limits

    return limits(locale())


def volume_limits() -> tuple[str, ...]:
    """What must be said beside counts over time: that those of the bundled sample are an artefact."""
    if not workspace().sample:
        return ()
    from outlisten.sample import volume_limit

    return (volume_limit(locale()),)


def calendar_limits() -> tuple[str, ...]:
    """What must be said beside hours of talk: that the calendars of the bundled sample are made up."""
    if not workspace().sample:
        return ()
    from outlisten.sample import calendar_limit

    return (calendar_limit(locale()),)


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name and a query, to be compared: `key` is `brand-3` or `topic-7` in an address."""

    key: str
    name: str
    query: str
    own: bool = False
    group: str = ""


def comparable() -> list[Named]:
    """Every brand, then every topic."""
    own = Brand.Side.OWN
    named = [Named(f"brand-{b.pk}", b.name, b.query, b.side == own, b.group) for b in brands()]
    taken = {brand.name for brand in named}
    return [*named, *(Named(f"topic-{t.pk}", _told_apart(t.name, taken), t.query) for t in topics())]


def _told_apart(name: str, taken: set[str]) -> str:
    """A topic's name; where a brand has the same one, it says that it is a topic."""
    return _("%(name)s (topic)") % {"name": name} if name in taken else name
