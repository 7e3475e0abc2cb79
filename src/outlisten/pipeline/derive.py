"""What is made of a post once, at the door: its tokens and what the models read in it.

Runs in a worker process: everything goes in and comes out as one Arrow table.
"""

from __future__ import annotations

from itertools import repeat

import pyarrow as pa

from outlisten.language import read
from outlisten.language.provenance import voice
from outlisten.pipeline.normalise import fingerprints
from outlisten.posts.schema import arrow_schema
from outlisten.query.folding import fold
from outlisten.query.tokens import TokenStream, tokenise

ALL = arrow_schema()
FROM_TOKENS = (
    "stream", "title_tokens", "sentences", "paragraphs", "hashtags", "mentions", "codes", "links",
)  # fmt: skip


def derive(posts: pa.Table) -> pa.Table:
    """The given columns completed with the derived and reading ones, in the order of the whole schema.

    An extra column `links` (lists of addresses the source sent beside the text) is used when it is there.
    """
    streams = [tokenise(*post) for post in _said(posts)]
    columns: dict[str, pa.Array | pa.ChunkedArray] = {name: posts[name] for name in arrow_schema("given").names}
    for name in FROM_TOKENS:
        columns[name] = pa.array((getattr(stream, name) for stream in streams), ALL.field(name).type)
    columns["has"] = pa.array(map(_has, posts["has"].to_pylist(), streams), ALL.field("has").type)
    columns["author_names"] = _author_names(posts)
    columns["fingerprint"] = pa.array(fingerprints(posts), pa.uint64())
    readings = read(posts["text"].to_pylist(), posts["title"].to_pylist(), posts["lang_given"].to_pylist())
    for name in readings.column_names:
        columns[name] = readings[name]
    columns["voice"] = _voices(posts)
    return pa.table([columns[name].cast(ALL.field(name).type) for name in ALL.names], schema=ALL)


def _said(posts: pa.Table) -> zip[tuple[str | None, str, list[str]]]:
    sent = posts["links"].to_pylist() if "links" in posts.column_names else repeat(None, posts.num_rows)
    return zip(posts["title"].to_pylist(), posts["text"].to_pylist(), (links or [] for links in sent), strict=True)


def _has(given: list[str] | None, stream: TokenStream) -> list[str]:
    """What the source says the post has, and what its text shows."""
    shown = {"link": stream.links, "tag": stream.hashtags, "mention": stream.mentions}
    return sorted({*(given or ()), *(kind for kind, found in shown.items() if found)})


def _author_names(posts: pa.Table) -> pa.Array:
    people = zip(*(posts[name].to_pylist() for name in ("author", "author_handle", "author_id")), strict=True)
    return pa.array((sorted({fold(name) for name in names if name}) for names in people), pa.list_(pa.string()))


def _voices(posts: pa.Table) -> pa.Array:
    people = zip(*(posts[n].to_pylist() for n in ("voice_given", "author", "author_handle", "author_id")), strict=True)
    return pa.array((voice(given, has_author=any(names)) for given, *names in people), pa.string())
