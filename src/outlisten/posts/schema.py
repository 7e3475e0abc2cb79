"""The post: one list of columns from which the Arrow schema and the table definition are both made.

A column the network did not send is *missing* (null in Arrow), never zero or empty. In the table, `text`-like
strings store missing as NULL only where missing and empty differ; everywhere else the empty string stands for it
and is turned back into null on the way out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

Group = Literal["given", "derived", "reading", "kept"]
Missing = Literal["never", "null", "blank"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a post: its Arrow type, its ClickHouse type, who fills it, and how *missing* is stored."""

    name: str
    arrow: pa.DataType
    clickhouse: str
    group: Group
    missing: Missing
    meaning: str


TEXT, TEXTS = pa.string(), pa.list_(pa.string())
WHEN = pa.timestamp("s", tz="UTC")
LABEL, LABELS = "LowCardinality(String)", "Array(LowCardinality(String))"
STRING, STRINGS = "String CODEC(ZSTD(1))", "Array(String) CODEC(ZSTD(1))"
COUNT = "Nullable(UInt64) CODEC(ZSTD(1))"
# An account is its network's stable id, else its handle, else its name; a post without any is an author of its own.
AUTHOR_KEY = """UInt64 MATERIALIZED multiIf(
    author_id != '', cityHash64(platform, 'id', author_id),
    author_handle != '', cityHash64(platform, 'handle', lowerUTF8(author_handle)),
    author != '', cityHash64(platform, 'name', author),
    id) CODEC(NONE)"""

# fmt: off
COLUMNS: tuple[Column, ...] = (
    # What a network or a file gives.
    Column("id", TEXT, "UInt64 CODEC(NONE)", "given", "never", "stable key, 16 hex digits (posts.identity)"),
    Column("platform", TEXT, LABEL, "given", "never", "network or site family: x, weibo, cfpb, …"),
    Column("native_id", TEXT, STRING, "given", "blank", "the network's own id"),
    Column("source", TEXT, LABEL, "given", "blank", "which file or connector brought it first"),
    Column("created_at", WHEN, "DateTime('UTC') CODEC(Delta, LZ4)", "given", "blank",
           "when it was written; missing is stored as 0, so that newest-first puts it last"),
    Column("date_only", pa.bool_(), "Bool", "given", "never", "the source gave a day and no time of day"),
    Column("seen_at", WHEN, "DateTime('UTC') CODEC(Delta, LZ4)", "given", "never", "when we first got it"),
    Column("edited_at", WHEN, "DateTime('UTC') CODEC(ZSTD(1))", "given", "blank", "when the text we hold was written"),
    Column("type", TEXT, LABEL, "given", "blank", "post, comment, review, reply, repost, article, message"),
    Column("title", TEXT, "Nullable(String) CODEC(ZSTD(1))", "given", "null", "title, a sequence of its own"),
    Column("text", TEXT, "String CODEC(ZSTD(1))", "given", "never", "the original words, unchanged"),
    Column("author", TEXT, STRING, "given", "blank", "display name"),
    Column("author_handle", TEXT, STRING, "given", "blank", "handle without @"),
    Column("author_id", TEXT, STRING, "given", "blank", "the network's stable account id"),
    Column("to", TEXT, STRING, "given", "blank", "account the post is addressed to"),
    Column("url", TEXT, STRING, "given", "blank", "address of the post"),
    Column("site", TEXT, LABEL, "given", "blank", "host of the post, lower case"),
    Column("reply_to", TEXT, STRING, "given", "blank", "native id of the post answered"),
    Column("thread", TEXT, STRING, "given", "blank", "native id of the conversation's first post"),
    Column("quoted", TEXT, STRING, "given", "blank", "text of a quoted post, when delivered"),
    Column("lang_given", TEXT, LABEL, "given", "blank", "language the source declared, BCP 47"),
    Column("country", TEXT, LABEL, "given", "blank", "declared or IP country, never guessed"),
    Column("region", TEXT, LABEL, "given", "blank", "declared or IP region, never guessed"),
    Column("is", TEXTS, LABELS, "given", "blank", "repost, reply, quote, question, verified, edited"),
    Column("has", TEXTS, LABELS, "given", "blank", "link, image, video, audio, location, tag, mention"),
    Column("voice_given", TEXT, LABEL, "given", "blank", "voice the source declared: owned, employee, partner, paid"),
    Column("likes", pa.uint64(), COUNT, "given", "null", "likes; missing is not zero"),
    Column("comments", pa.uint64(), COUNT, "given", "null", "comments or replies"),
    Column("shares", pa.uint64(), COUNT, "given", "null", "reposts or shares"),
    Column("views", pa.uint64(), COUNT, "given", "null", "views"),
    Column("followers", pa.uint64(), COUNT, "given", "null", "followers of the author (never used to rank)"),
    Column("rating", pa.float32(), "Nullable(Float32)", "given", "null", "stars or score in the source's scale"),
    Column("raw", TEXT, "String CODEC(ZSTD(6))", "given", "blank", "the record as it came, JSON"),
    # What tokenising derives (query.tokens), once, at the door.
    # Read again for words near each other: as small as with ZSTD(1), and read in half its time.
    Column("stream", TEXT, "String CODEC(LZ4HC(4))", "derived", "never",
           "tokens of title, then of body, joined by single spaces, with gap and field markers"),
    Column("title_tokens", pa.uint32(), "UInt32 CODEC(ZSTD(1))", "derived", "never",
           "how many items of the stream belong to the title, the field marker included; 0 without a title"),
    Column("sentences", pa.list_(pa.uint32()), "Array(UInt32) CODEC(ZSTD(1))", "derived", "never",
           "stream positions where a sentence starts"),
    Column("paragraphs", pa.list_(pa.uint32()), "Array(UInt32) CODEC(ZSTD(1))", "derived", "never",
           "stream positions where a paragraph starts"),
    Column("hashtags", TEXTS, STRINGS, "derived", "never", "hashtags, folded, without #"),
    Column("mentions", TEXTS, STRINGS, "derived", "never", "mentioned handles, folded, without @"),
    Column("codes", TEXTS, STRINGS, "derived", "never", "emoticon codes such as [怒], folded, without brackets"),
    Column("links", TEXTS, STRINGS, "derived", "never", "addresses inside the text, plus those the source sent"),
    Column("author_names", TEXTS, STRINGS, "derived", "never", "name, handle and id, folded, for author:"),
    Column("to_names", TEXTS, STRINGS, "derived", "never", "the account addressed, folded, for to:"),
    Column("fingerprint", pa.uint64(), "UInt64 CODEC(NONE)", "derived", "never",
           "hash of the fields an edit can change (title, text, url, author, to, …), to tell an edit from a duplicate"),
    # What the models read. `voice` and `lang` are effective values: declared where declared, read otherwise.
    Column("lang", TEXT, LABEL, "reading", "blank", "zh, en, …; missing when it cannot be told"),
    Column("mixed", pa.bool_(), "Bool", "reading", "never", "more than one language"),
    Column("sentiment", TEXT, LABEL, "reading", "blank", "negative, neutral, positive; missing when not read"),
    Column("sentiment_score", pa.float32(), "Nullable(Float32)", "reading", "null", "probability of that class, 0–1"),
    Column("voice", TEXT, LABEL, "reading", "blank", "owned, employee, partner, paid, earned, unknown"),
    Column("intent", TEXTS, LABELS, "reading", "blank", "help, inquiry, complaint, …"),
    Column("emotion", TEXT, LABEL, "reading", "blank", "anger, joy, …"),
    Column("topic", TEXTS, LABELS, "reading", "blank", "topics given by the source or a person"),
    Column("urgency", pa.float32(), "Nullable(Float32)", "reading", "null", "0–1"),
    Column("flags", TEXTS, LABELS, "reading", "blank", "promotional, spam, sarcasm, offensive, disclosed"),
    Column("urgency_reasons", TEXTS, LABELS, "reading", "blank",
           "safety, money, deadline, anger, reach, contacted: why a post is urgent"),
    Column("model", TEXT, LABEL, "reading", "blank", "id and version of the models that read it"),
    # What the store adds for itself; never part of a batch or of an answer.
    Column("revision", pa.uint32(), "UInt32 CODEC(ZSTD(1))", "kept", "never", "how often the text was edited"),
    Column("author_key", pa.uint64(), AUTHOR_KEY, "kept", "never",
           "64-bit hash of the account, for counting distinct authors"),
)
# fmt: on
BY_NAME = {column.name: column for column in COLUMNS}


def arrow_schema(*groups: Group) -> pa.Schema:
    """The Arrow schema of posts; without arguments every published group: given, derived and reading."""
    wanted = groups or ("given", "derived", "reading")
    fields = [
        pa.field(c.name, c.arrow, metadata={"meaning": c.meaning}) for c in COLUMNS if c.group in wanted
    ]
    return pa.schema(fields)


def names(*groups: Group) -> list[str]:
    """The column names of the groups, in the schema's order."""
    return list(arrow_schema(*groups).names)
