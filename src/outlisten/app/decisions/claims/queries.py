"""Reading claims: every one that was ever registered, with its tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from outlisten.app.decisions.claims.actions import written_afterwards
from outlisten.app.decisions.claims.content import Content, content_of, untouched
from outlisten.app.decisions.models import Claim, ClaimTest
from outlisten.app.people.rules import Act, Actor, require


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim in the list: what it promises, and the test that counts, None before there is one."""

    claim: Claim
    content: Content | None  # None for a draft whose brand or topic was deleted
    counts: ClaimTest | None
    afterwards: bool

    @property
    def untouched(self) -> bool:
        return not self.claim.frozen or untouched(self.claim)


def entries(reader: Actor) -> list[Entry]:
    """All claims, the newest first. Raises Refused."""
    require(reader, Act.SEE_DECISIONS)
    return [entry_of(one) for one in _claims()]


def claim(reader: Actor, pk: int) -> Claim:
    """One claim, or 404. Raises Refused."""
    require(reader, Act.SEE_DECISIONS, about=f"claim:{pk}")
    return get_object_or_404(_claims(), pk=pk)


def entry_of(one: Claim) -> Entry:
    """A claim with its content and the test that counts."""
    from django.core.exceptions import ValidationError

    try:
        content = content_of(one)
    except ValidationError:
        content = None
    return Entry(one, content, test_that_counts(one), written_afterwards(one))


def test_that_counts(one: Claim) -> ClaimTest | None:
    """The first test after the promise had ended: whoever tests again and again would find what they look for.

    Before there is one, the newest early test.
    """
    tests = sorted(one.tests.all(), key=lambda test: test.pk)
    final = next((test for test in tests if test.bar != ClaimTest.Bar.EARLY), None)
    return final or (tests[-1] if tests else None)


def due(one: Claim, today: date) -> bool:
    """Whether a frozen promise has ended."""
    return one.frozen and content_of(one).until < today


def _claims() -> QuerySet[Claim]:
    tests = Prefetch("tests", ClaimTest.objects.select_related("by"))
    people = ("made_by", "frozen_by", "replaces")
    return Claim.objects.select_related(*people).prefetch_related(tests, "replaced_by")
