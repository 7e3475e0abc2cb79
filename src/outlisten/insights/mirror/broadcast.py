"""What a company's own posts are: promotion or conversation, and whether anybody answered them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import polars as pl

from outlisten.insights.estimate import Estimate
from outlisten.insights.mirror.talk import CompanyPosts
from outlisten.insights.proportions import wilson
from outlisten.insights.windows import UTC_ZONE
from outlisten.language.promotion import read_promotion

KINDS = ("promotion", "conversation", "neither")
MINIMUM = 10  # posts in a month: below it the interval spans most of the scale


@dataclass(frozen=True, slots=True)
class Month:
    """One month: its first day, posts, and the share of conversation, None below ten posts."""

    start: date
    posts: int
    conversation: int
    share: Estimate | None


@dataclass(frozen=True, slots=True)
class Broadcast:
    """`posts` counts by kind; `share` is that of conversation. `opening` counts posts that begin a conversation and whose
    replies were all read, `heard` those of them which people answered, `answered_back` those where the company then wrote
    again. `cut` says that older posts were not read.

    `rows` has a row for each post, newest first: `id`, `kind`, `replies` (people's posts under it), `back`, `signs` (the
    words that are the evidence).
    """

    posts: dict[str, int]
    share: Estimate | None
    months: tuple[Month, ...]
    opening: int
    heard: int
    answered_back: int
    rows: pl.DataFrame
    cut: bool = False

    @property
    def total(self) -> int:
        """All posts read."""
        return sum(self.posts.values())


def broadcast(posts: CompanyPosts, zone: ZoneInfo = UTC_ZONE) -> Broadcast:
    """Read each owned post of a company (employees' are left out) by the rules of `language.promotion`.

    A post that replies to somebody outside is read as an answer; one that continues a post of the company is not.
    """
    owned = posts.written.filter(pl.col("voice") == "owned")
    read = _with_replies(_read(owned), posts.asked, posts.written)
    kinds = {kind: int((read["kind"] == kind).sum()) for kind in KINDS}
    opening = read.filter(~pl.col("answers"))
    if posts.replies_since is not None:
        opening = opening.filter(pl.col("created_at") >= posts.replies_since)
    heard = opening.filter(pl.col("replies") > 0)
    return Broadcast(
        kinds,
        wilson(kinds["conversation"], read.height),
        _months(read, zone),
        opening.height,
        heard.height,
        int(heard["back"].sum()),
        read.sort("created_at", descending=True, nulls_last=True),
        posts.cut,
    )


def _read(owned: pl.DataFrame) -> pl.DataFrame:
    """Each post with its kind and the words that say so."""
    mine = set(owned.select("platform", "native_id").drop_nulls().iter_rows())
    names = set(owned["author_names"].explode().drop_nulls())
    columns = owned.select("platform", "reply_to", "to_names", "text", "title")
    answer = [
        _answers(platform, reply, set(to or ()) - names, mine)
        for platform, reply, to, *_ in columns.iter_rows()
    ]
    readings = [
        read_promotion(text or "", title, answers=known)
        for (*_, text, title), known in zip(columns.iter_rows(), answer, strict=True)
    ]
    return owned.with_columns(
        answers=pl.Series(answer, dtype=pl.Boolean),
        kind=pl.Series([reading.kind for reading in readings], dtype=pl.String),
        signs=pl.Series(
            [
                [one.words for one in reading.signs if one.words and one.side == reading.kind]
                for reading in readings
            ],
            dtype=pl.List(pl.String),
        ),
    )


def _answers(platform: str, reply_to: str | None, others: set[str], mine: set[tuple[str, str]]) -> bool:
    """Whether a post is written to somebody else, by name or as a reply to a post that is not the company's."""
    return bool(others) or (reply_to is not None and (platform, reply_to) not in mine)


def _with_replies(read: pl.DataFrame, asked: pl.DataFrame, written: pl.DataFrame) -> pl.DataFrame:
    """Each post with how many people's posts reply to it, and whether the company wrote under one of those."""
    replies = asked.filter(pl.col("reply_to").is_not_null()).select(
        "platform", pl.col("reply_to").alias("native_id"), reply=pl.col("native_id"), at=pl.col("created_at")
    )
    backs = written.select("platform", reply=pl.col("reply_to")).drop_nulls().unique().with_columns(back=True)
    told = replies.join(backs, on=["platform", "reply"], how="left")
    counted = told.group_by("platform", "native_id").agg(replies=pl.len(), back=pl.col("back").any())
    return read.join(counted, on=["platform", "native_id"], how="left").with_columns(
        pl.col("replies").fill_null(0), pl.col("back").fill_null(value=False)
    )


def _months(read: pl.DataFrame, zone: ZoneInfo) -> tuple[Month, ...]:
    local = pl.col("created_at").dt.convert_time_zone(zone.key).dt.date().dt.truncate("1mo")
    grouped = (
        read.drop_nulls("created_at")
        .group_by(month=local)
        .agg(posts=pl.len(), talk=(pl.col("kind") == "conversation").sum())
        .sort("month")
    )
    return tuple(
        Month(start, posts, talk, wilson(talk, posts) if posts >= MINIMUM else None)
        for start, posts, talk in grouped.iter_rows()
    )
