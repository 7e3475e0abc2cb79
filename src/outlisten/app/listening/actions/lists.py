"""Taking a list away as text."""

from __future__ import annotations

from django.db import transaction

from outlisten.app.listening.models import SavedList
from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.trust.audit import record


@transaction.atomic
def exported(kept: SavedList, *, by: Actor) -> str:
    """What stands in it, one a line; it is written down who took it. Raises Refused."""
    require(by, Act.EXPORT)
    accounts, sites = len(kept.account_names), len(kept.site_names)
    record("list.export", by=by, about=f"list:{kept.pk}", accounts=accounts, sites=sites)
    return f"{kept.entries}\n"
