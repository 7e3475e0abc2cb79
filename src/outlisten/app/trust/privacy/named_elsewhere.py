"""Where words of the company still name a person: they are ours, and stay until somebody changes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from outlisten.app.care.models import Rule
from outlisten.app.decisions.models import Claim
from outlisten.app.decisions.quotations import without_quotations
from outlisten.app.listening.models import Brand, Campaign, Topic
from outlisten.app.trust.persons import Person

# What may hold a name, and the page where it is changed.
FIELDS: tuple[tuple[type[Model], str, tuple[str, ...]], ...] = (
    (Brand, "brand", ("name", "query")),
    (Topic, "topic", ("name", "query")),
    (Campaign, "voice_campaign", ("name", "query", "note")),
    (Rule, "case_rule", ("name", "query")),
    (Claim, "claim", ("text", "promised_by")),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A thing that names the person: what it is, and the address of its page."""

    title: str
    address: str


def still_named(person: Person) -> list[Place]:
    """Brands, topics, campaigns, rules of care and frozen claims that hold the handle or the name, as a whole word."""
    names = [name for name in (person.handle, person.name) if name]
    return [
        Place(_title(thing), reverse(page, args=[thing.pk]))
        for model, page, fields in (FIELDS if names else ())
        for thing in _kept(model)
        if any(without_quotations(said, frozenset(), names) != said for said in _said(thing, fields))
    ]


def _kept(model: type[Model]) -> Iterator[Model]:
    """Claims that are not frozen yet are erased by their room."""
    kept = model._default_manager.order_by("pk")
    return iter(kept.exclude(frozen_at=None) if model is Claim else kept)


def _said(thing: Model, fields: tuple[str, ...]) -> list[str]:
    return [str(getattr(thing, field)) for field in fields]


def _title(thing: Model) -> str:
    forms = {
        Brand: _("brand “%(name)s”"), Topic: _("topic “%(name)s”"), Campaign: _("campaign “%(name)s”"),
        Rule: _("rule of care “%(name)s”"), Claim: _("claim %(number)d"),
    }  # fmt: skip
    return forms[type(thing)] % {"name": str(thing), "number": thing.pk}
