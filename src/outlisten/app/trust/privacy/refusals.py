"""Authors who are not to be collected again: known by keyed hashes alone, asked of every post that comes in."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
from django.conf import settings

from outlisten.app.trust.audit import pseudonym
from outlisten.app.trust.models import PrivacyRequest, RefusedAuthor
from outlisten.app.trust.persons import Person
from outlisten.query.folding import fold

AUTHOR = ("platform", "author_id", "author_handle", "author")


def remember(person: Person, request: PrivacyRequest) -> None:
    """Refuse this author from now on. Two requests of one author leave one set of marks."""
    for mark in _marks_of(person):
        RefusedAuthor.objects.get_or_create(mark=mark, defaults={"request": request})


def refused(posts: pa.Table) -> list[int]:
    """The places of the posts whose authors asked not to be collected: what the pipeline's `refuse` hook asks."""
    marks = frozenset(RefusedAuthor.objects.values_list("mark", flat=True))
    if not marks:
        return []
    key = settings.HOME.audit_key()
    authors = list(zip(*(posts[name].to_pylist() for name in AUTHOR), strict=True))
    unwanted = {author for author in set(authors) if not marks.isdisjoint(_marks_on(*author, key=key))}
    return [place for place, author in enumerate(authors) if author in unwanted]


def _marks_of(person: Person) -> Iterator[str]:
    """By what they are told again. Where we know a stable id, a post that carries another id is somebody else's,
    who took the handle over."""
    if person.author_id:
        yield _mark(person.platform, "id", person.author_id)
    if person.handle:
        yield _mark(person.platform, "handle-without-id" if person.author_id else "handle", person.handle)
    if not person.author_id and not person.handle and person.name:
        yield _mark(person.platform, "name", person.name)


def _marks_on(
    platform: str, author_id: str | None, handle: str | None, name: str | None, *, key: str
) -> Iterator[str]:
    """Every mark by which the author of a post may have been refused."""
    if author_id:
        yield _mark(platform, "id", author_id, key)
    if handle:
        yield _mark(platform, "handle", handle, key)
        if not author_id:
            yield _mark(platform, "handle-without-id", handle, key)
    if not author_id and not handle and name:
        yield _mark(platform, "name", name, key)


def _mark(platform: str, kind: str, name: str, key: str | None = None) -> str:
    plain = name if kind == "id" else fold(name.strip().removeprefix("@"))
    return pseudonym("author", f"{platform}:{kind}:{plain}", key=key)
