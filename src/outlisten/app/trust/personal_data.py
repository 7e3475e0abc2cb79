"""What this room keeps about a person: the requests that were made for them, by pseudonym, and the watch's verdicts."""

from __future__ import annotations

from outlisten.app.trust.disclosure import personal_data as watch
from outlisten.app.trust.models import PrivacyRequest
from outlisten.app.trust.persons import Person
from outlisten.app.trust.privacy.finding import person_pseudonym


def held(person: Person) -> list[dict[str, object]]:
    """Earlier requests for this person, and verdicts on their posts."""
    earlier = PrivacyRequest.objects.filter(person=person_pseudonym(person)).order_by("id")
    requests: list[dict[str, object]] = [
        {"request": request.pk, "kind": request.kind, "asked_at": request.asked_at} for request in earlier
    ]
    return [*requests, *watch.held(person)]


def erase(person: Person) -> int:
    """Remove the verdicts. Requests stay: they name nobody, and they prove that the person's wish was followed."""
    return watch.erase(person)


def forget_posts(ids: frozenset[str]) -> int:
    """The posts are kept no longer: what the watch noted on them goes."""
    return watch.forget_posts(ids)
