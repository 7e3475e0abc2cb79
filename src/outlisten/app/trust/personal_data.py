"""What this room keeps about a person: the requests that were made for them, by pseudonym, and the watch's findings."""

from __future__ import annotations

from importlib.util import find_spec

from outlisten.app.trust.models import PrivacyRequest
from outlisten.app.trust.persons import Person
from outlisten.app.trust.privacy.finding import person_pseudonym

WATCH = "outlisten.app.trust.disclosure.personal_data"


def held(person: Person) -> list[dict[str, object]]:
    """Earlier requests for this person."""
    earlier = PrivacyRequest.objects.filter(person=person_pseudonym(person)).order_by("id")
    found: list[dict[str, object]] = [
        {"request": request.pk, "kind": request.kind, "asked_at": request.asked_at} for request in earlier
    ]
    return [*found, *_watch_held(person)]


def erase(person: Person) -> int:
    """Requests stay: they name nobody, and they are the proof that the person's wish was followed."""
    return _watch_erase(person)


def _watch_held(person: Person) -> list[dict[str, object]]:
    if not _watching():
        return []
    from outlisten.app.trust.disclosure import personal_data

    return list(personal_data.held(person))


def _watch_erase(person: Person) -> int:
    if not _watching():
        return 0
    from outlisten.app.trust.disclosure import personal_data

    return int(personal_data.erase(person))


def _watching() -> bool:
    try:
        return find_spec(WATCH) is not None
    except ModuleNotFoundError:
        return False
