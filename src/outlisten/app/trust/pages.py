"""The pages inside Trust: who may open each, its address, and what it is called."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outlisten.app.people.rules import Act, Actor, may


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the room."""

    name: str
    label: Promise
    act: Act

    @property
    def address(self) -> str:
        return reverse(self.name)


AUDIT = Page("audit", _("Audit log"), Act.SEE_AUDIT)
DISCLOSURE = Page("disclosure", _("Disclosure watch"), Act.SEE_DISCLOSURE)
RETENTION = Page("retention", _("How long posts are kept"), Act.SET_RETENTION)
PRIVACY = Page("privacy", _("Requests of people"), Act.ANSWER_PRIVACY)
PAGES = (AUDIT, DISCLOSURE, RETENTION, PRIVACY)


def pages_for(reader: Actor) -> list[Page]:
    """Those that this person may open."""
    return [page for page in PAGES if may(reader, page.act)]
