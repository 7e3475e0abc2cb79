"""With whose eyes posts are read: the one place that keeps private messages from those who may not read them.

Every request and every command says who reads (`reading_as`), and `store.posts()` then answers for that reader:
counts, facets, samples, quotations, exports and single posts alike. Work of the system itself, such as taking in a
file, reads for nobody and sees everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponseBase

from outlisten.app.people.rules import Act, Actor, may
from outlisten.posts.partial import PartialStore
from outlisten.posts.store import PostStore
from outlisten.query import parse

PRIVATE = parse("type:message")
_reader: ContextVar[Actor | None] = ContextVar("reader_of_posts", default=None)


@contextmanager
def reading_as(reader: Actor | None) -> Iterator[None]:
    """Inside this block posts are read with this person's eyes; None is the system itself."""
    before = _reader.set(reader)
    try:
        yield
    finally:
        _reader.reset(before)


def sees_private() -> bool:
    """Whether whoever reads now may read private messages."""
    reader = _reader.get()
    return reader is None or may(reader, Act.READ_PRIVATE)


def as_seen(store: PostStore) -> PostStore:
    """The store as whoever reads now may see it."""
    return store if sees_private() else PartialStore(store, PRIVATE)


class Reader:
    """What a request reads, it reads as the person who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with that person's eyes."""
        with reading_as(request.user):
            return self.get_response(request)
