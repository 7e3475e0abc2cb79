"""One post as a query sees it: what was given is taken, what is missing and asked for is computed.

Posts come in two shapes: kept rows with the columns of the store, and posts as `match` takes them (query
language, part 5), where a key is named as its field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from functools import cached_property

from outlisten.query.fields import label_form
from outlisten.query.folding import fold
from outlisten.query.moments import written_at
from outlisten.query.tokens import FIELD, TokenStream, tokenise

Post = Mapping[str, object]
NAMES = ("author", "author_name", "author_handle", "author_id")
COUNTED = ("likes", "comments", "shares")  # what engagement adds up; views are not an act of anybody


class View:
    """A post. Lists are empty and labels blank where nothing is known; numbers are None."""

    def __init__(self, post: Post) -> None:
        self.post = post

    @cached_property
    def tokens(self) -> TokenStream:
        """The post's tokens and entities."""
        title, text = self.post.get("title"), self.post.get("text")
        links = [str(link) for link in self._list("links")]
        return tokenise(str(title) if title else None, str(text or ""), links)

    @cached_property
    def stream(self) -> str:
        """The token stream, title and body."""
        given = self.post.get("stream")
        return given if isinstance(given, str) else self.tokens.stream

    @cached_property
    def items(self) -> list[str]:
        """The items of the stream."""
        return self.stream.split(" ") if self.stream else []

    @cached_property
    def body_start(self) -> int:
        """Where in the stream the body begins; 0 without a title."""
        return self.items.index(FIELD) + 1 if FIELD in self.items else 0

    def _list(self, name: str) -> Sequence[object]:
        given = self.post.get(name)
        if isinstance(given, str):
            return [given] if given else []
        return list(given) if isinstance(given, Iterable) else []

    def entities(self, name: str) -> set[str]:
        """Folded hashtags, mentions or codes, or the addresses in `links`."""
        if name in self.post and "stream" in self.post:
            return set(map(str, self._list(name)))
        computed: list[str] = getattr(self.tokens, name)
        given = self._list(name) if name != "links" else ()
        return {*computed, *(fold(str(entity)) for entity in given)}

    @cached_property
    def authors(self) -> set[str]:
        """Every folded name of who wrote it."""
        if "author_names" in self.post:
            return set(map(str, self._list("author_names")))
        return {fold(str(name)) for key in NAMES for name in self._list(key) if name}

    @cached_property
    def addressees(self) -> set[str]:
        """The folded name of the account it is addressed to."""
        return {fold(str(name).removeprefix("@")) for name in self._list("to")}

    def labels(self, field: str) -> set[str]:
        """The values of a label field, in the form in which they are compared."""
        return {label_form(field, str(label)) for label in self._list(field) if label}

    def text(self, field: str) -> str:
        """A text field as given; blank when missing."""
        given = self.post.get(field)
        return given if isinstance(given, str) else ""

    def number(self, field: str) -> float | None:
        """A number, or None when it is unknown."""
        given = self.post.get(field)
        if given is None and field == "engagement":
            known = [number for name in COUNTED if (number := self.number(name)) is not None]
            return sum(known) if known else None
        return float(given) if isinstance(given, int | float) else None

    def written_at(self, zone: tzinfo) -> int | None:
        """When it was written, in seconds since 1970; None when unknown. A time without a zone is in `zone`."""
        given = self.post.get("created_at")
        return written_at(given if given is not None else self.post.get("date"), zone)
