"""One post as a query sees it: what was given is taken, what is missing and asked for is computed.

Posts come in two shapes: kept rows with the columns of the store, and posts as `match` takes them (query
language, part 5), where a key is named as its field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from functools import cached_property

from outlisten.query.exact import occurrences
from outlisten.query.fields import COLUMN_OF, label_form
from outlisten.query.folding import fold
from outlisten.query.location import Located, locate
from outlisten.query.moments import written_at
from outlisten.query.segmenting import word_edges
from outlisten.query.tokens import FIELD, TokenStream, tokenise
from outlisten.query.tree import Span

Post = Mapping[str, object]
NAMES = ("author", "author_name", "author_handle", "author_id")
COUNTED = ("likes", "comments", "shares")  # what engagement adds up; views are not an act of anybody


class View:
    """A post. Lists are empty and labels blank where nothing is known; numbers are None."""

    def __init__(self, post: Post) -> None:
        self.post = post
        self._located: dict[str, Located] = {}

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
        return self.items.index(FIELD) + 1 if FIELD in self.stream and FIELD in self.items else 0

    @cached_property
    def sentences(self) -> Sequence[int]:
        """The positions where a sentence starts."""
        return self._starts("sentences")

    @cached_property
    def paragraphs(self) -> Sequence[int]:
        """The positions where a paragraph starts."""
        return self._starts("paragraphs")

    def _starts(self, name: str) -> Sequence[int]:
        if name in self.post and "stream" in self.post:
            return [int(str(start)) for start in self._list(name)]
        starts: list[int] = getattr(self.tokens, name)
        return starts

    @cached_property
    def quoted(self) -> View:
        """The quoted post's text as a post of its own."""
        return View({"text": self.text("quoted")})

    @cached_property
    def word_edges(self) -> frozenset[int]:
        """The positions where a word begins or ends."""
        return word_edges(self.items, self.body_start, [str(word) for word in self._list("words")])

    def holds_exactly(self, characters: str, scope: str | None) -> bool:
        """Whether these very characters stand in the original title or body."""
        fields = ("title", "text") if scope is None else (scope,)
        return any(any(occurrences(self.text(field), characters)) for field in fields)

    def exact_places(self, characters: str) -> Iterator[Span]:
        """The items that an exact form covers; none where it stands inside an address or a mention."""
        for start, located in self._fields:
            for found in occurrences(located.text, characters):
                yield from located.covered(found, start)

    def hashtag_places(self, name: str, *, prefix: bool) -> Iterator[Span]:
        """The items of the words of a hashtag."""
        for start, located in self._fields:
            for tag in located.entities:
                folded = fold(tag.name) if tag.kind == "hashtag" else ""
                if folded and (folded.startswith(name) if prefix else folded == name):
                    yield from located.covered((tag.name_start, tag.name_end), start)

    @property
    def _fields(self) -> Iterator[tuple[int, Located]]:
        """Title and body with the places of their items, each with where its items begin in the stream."""
        for start, field in ((0, "title"), (self.body_start, "text")):
            if self.text(field):
                yield start, self.located(field)

    def located(self, field: str) -> Located:
        """Title or body with the places of its items."""
        if field not in self._located:
            self._located[field] = locate(self.text(field))
        return self._located[field]

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

    def names(self, kind: str) -> set[str]:
        """Folded hashtags, mentions or codes, or the names of its authors (`author`) or addressees (`to`)."""
        if kind in {"author", "to"}:
            return self.addressees if kind == "to" else self.authors
        return self.entities(kind)

    def labels(self, field: str) -> set[str]:
        """The values of a label field, in the form in which they are compared."""
        given = [*self._list(field), *(self._list(COLUMN_OF[field]) if field in COLUMN_OF else ())]
        return {label_form(field, str(label)) for label in given if label}

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
