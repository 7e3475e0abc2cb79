"""Tokens and their positions, cut once at the door (query language, parts 2.3 and 5).

The stream is one string: tokens joined by single spaces, with `|` where the language asks for an extra gap
between two neighbours and `¶` between title and body. Index, live matcher and reference evaluator read the
same stream, so a phrase is a run of items and the distance of two items is the difference of their positions
less one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat

import pyarrow as pa

from outlisten.query.characters import SURROGATES
from outlisten.query.entities import find_entities
from outlisten.query.folding import fold
from outlisten.query.spelling import EDGE, END, ENTITY, LINE, SEPARATORS, SHORT, SIGN, SPACE, spelled

GAP, FIELD = "|", "¶"

_SENTENCE, _PARAGRAPH = "\x02", "\x03"
_SURROGATE = re.compile(f"[{SURROGATES}]")
_BREAK = re.compile(rf"[{SIGN}.{END}{LINE}{ENTITY}][{SEPARATORS}]*+")
_ENDS_SENTENCE = re.compile(rf"[{END}{LINE}]|\.(?= )")


@dataclass(frozen=True, slots=True)
class TokenStream:
    """A post's tokens and entities: what the store keeps of its words.

    `title_tokens` counts the items of the title, the field marker included (0 without a title); `sentences`
    and `paragraphs` are the positions where one starts. Hashtags, mentions and codes are folded and bare of
    their signs; `links` are the addresses in title and body, then those the source sent.
    """

    stream: str
    title_tokens: int
    sentences: list[int]
    paragraphs: list[int]
    hashtags: list[str]
    mentions: list[str]
    codes: list[str]
    links: list[str]


class _Found:
    """Entities met while cutting."""

    def __init__(self, links: Sequence[str]) -> None:
        self.hashtag: list[str] = []
        self.mention: list[str] = []
        self.code: list[str] = []
        self.address: list[str] = []
        self.sent = links

    def add(self, kind: str, name: str) -> None:
        # Surrogates cannot leave Python: an entity's name is stored, so they are replaced.
        name = _SURROGATE.sub("\ufffd", name)
        names: list[str] = getattr(self, kind)
        names.append(name if kind == "address" else fold(name))

    def links(self) -> list[str]:
        return _distinct([*self.address, *self.sent]) if self.address or self.sent else []


def _distinct(names: list[str]) -> list[str]:
    return list(dict.fromkeys(names)) if len(names) > 1 else names


def _settle(found: re.Match[str]) -> str:
    """A run of separators between two tokens as stream items."""
    run, text, before = found.group(), found.string, found.start() - 1
    while text[before] == SPACE:
        before -= 1
    if text[before] == EDGE:
        run = EDGE + run
    return _settled_short(run) if len(run) <= SHORT else _settled(run)


def _settled(run: str) -> str:
    """The gap if there is one, then the marks of a new sentence or paragraph."""
    gap = f" {GAP} " if EDGE in run or ENTITY in run else " "
    if LINE in run:
        return gap + _SENTENCE + _PARAGRAPH
    return gap + _SENTENCE if _ENDS_SENTENCE.search(run) else gap


_settled_short = lru_cache(4096)(_settled)


def _items(text: str, sentences: list[int], paragraphs: list[int], start: int) -> list[str]:
    """The stream items of a spelled text; where its sentences and paragraphs start is added to the lists."""
    settled = _BREAK.sub(_settle, text.strip(SEPARATORS))
    items: list[str] = []
    new_paragraph = True
    for part in settled.split(_SENTENCE):
        new_paragraph = new_paragraph or part.startswith(_PARAGRAPH)
        found = part.removeprefix(_PARAGRAPH).split()
        if found:
            sentences.append(start + len(items))
            if new_paragraph:
                paragraphs.append(start + len(items))
                new_paragraph = False
            items += found
    return items


def _spelled_with_entities(text: str, found: _Found) -> str:
    pieces, at = [], 0
    for entity in find_entities(text):
        found.add(entity.kind, entity.name)
        inside = spelled(text[entity.name_start : entity.name_end]) if entity.kind == "hashtag" else ""
        pieces += [spelled(text[at : entity.start]), ENTITY, inside, ENTITY]
        at = entity.end
    if not at:
        return spelled(text)
    pieces.append(spelled(text[at:]))
    return "".join(pieces)


def tokenise(title: str | None, text: str, links: Sequence[str] = ()) -> TokenStream:
    """The token stream of a post. Any string is welcome: control characters, lone surrogates, megabytes.

    `links` are addresses the source sent beside the text.
    """
    found = _Found(links)
    sentences: list[int] = []
    paragraphs: list[int] = []
    items: list[str] = []
    if title:
        items = [*_items(_spelled_with_entities(title, found), sentences, paragraphs, 0), FIELD]
    title_tokens = len(items)
    items += _items(_spelled_with_entities(text, found), sentences, paragraphs, title_tokens)
    return TokenStream(
        " ".join(items), title_tokens, sentences, paragraphs,
        _distinct(found.hashtag), _distinct(found.mention), _distinct(found.code), found.links(),
    )  # fmt: skip


STREAM_SCHEMA = pa.schema(
    [
        ("stream", pa.string()),
        ("title_tokens", pa.uint32()),
        ("sentences", pa.list_(pa.uint32())),
        ("paragraphs", pa.list_(pa.uint32())),
        ("hashtags", pa.list_(pa.string())),
        ("mentions", pa.list_(pa.string())),
        ("codes", pa.list_(pa.string())),
        ("links", pa.list_(pa.string())),
    ]
)


def tokenise_batch(
    titles: Iterable[str | None], texts: Iterable[str], links: Iterable[Sequence[str] | None] | None = None
) -> pa.Table:
    """The token streams of many posts as one table, columns as in `TokenStream`."""
    sent = repeat(()) if links is None else (given or () for given in links)
    streams = [tokenise(title, text, given) for title, text, given in zip(titles, texts, sent, strict=False)]
    columns = ([getattr(stream, name) for stream in streams] for name in STREAM_SCHEMA.names)
    return pa.table(list(map(pa.array, columns, STREAM_SCHEMA.types)), schema=STREAM_SCHEMA)


def stream_items(text: str) -> list[str]:
    """The items of one text by itself: how a phrase of a query is cut."""
    return _items(_spelled_with_entities(text, _Found(())), [], [], 0)


def word_items(text: str) -> list[str]:
    """The items of words in which nothing is an entity: how a term of a query is cut."""
    return _items(spelled(text), [], [], 0)
