"""Who addressed a company and got an answer, and how long it took, those who still wait included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import polars as pl

from outlisten.insights.estimate import Estimate
from outlisten.insights.mirror.talk import CompanyPosts
from outlisten.insights.proportions import wilson
from outlisten.insights.waiting import Wait, Waiting, waiting

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Answers:
    """One company's answers. A case is one person in one conversation.

    `asked` and `answered` count cases where an answer could be seen: on networks from which at least one answer of this
    company is kept. `unseen` counts the others by network; for them nothing is known, which is not the same as no answer.
    `waiting` is the Kaplan–Meier estimate over cases whose times are known, None without any. `rows` has a row for each
    case that could be seen, newest first: `id` of the post, `answer` (id) or null, `asked_at`, `minutes` or null. `cut`
    says that older posts were not read.
    """

    asked: int
    answered: int
    share: Estimate | None
    waiting: Waiting | None
    rows: pl.DataFrame
    unseen: dict[str, int]
    cut: bool = False

    @property
    def visible(self) -> bool:
        """Whether the source can show answers at all."""
        return self.asked > 0


def answers(posts: CompanyPosts, now: datetime) -> Answers:
    """What became of everybody who addressed the company; who has no answer has waited until `now`.

    An answer is a later post of the company, or of its employee, in the same conversation that replies to the person or
    names nobody else. Answers given out of public sight cannot be seen; automatic ones cannot be told from a person's.
    """
    cases = _cases(posts.asked)
    shows = posts.written.filter(_replies(pl.col("reply_to"), pl.col("to")))["platform"].unique().to_list()
    seen = cases.filter(pl.col("platform").is_in(shows))
    hidden = cases.filter(~pl.col("platform").is_in(shows))
    rows = _answered(seen, posts.written, now)
    answered = rows["answer"].drop_nulls().len()
    waits = [
        Wait(minutes, answer is not None)
        for minutes, answer in rows.filter(pl.col("waited").is_not_null())
        .select("waited", "answer")
        .iter_rows()
    ]
    counted = hidden.group_by("platform").len().sort("len", descending=True)
    return Answers(
        rows.height,
        answered,
        wilson(answered, rows.height),
        waiting(waits),
        rows.drop("waited"),
        dict(counted.iter_rows()),
        posts.cut,
    )


def _replies(reply_to: pl.Expr, to: pl.Expr) -> pl.Expr:
    return reply_to.is_not_null() | to.is_not_null()


def _cases(asked: pl.DataFrame) -> pl.DataFrame:
    """The first post of each person in each conversation, with the numbers of all their posts in it."""
    return (
        asked.group_by("conversation", "person", maintain_order=True)
        .agg(
            pl.col("platform", "id", "author_names").first(),
            pl.col("created_at").first().alias("asked_at"),
            pl.col("date_only").first(),
            pl.col("native_id").drop_nulls().alias("theirs"),
        )
        .sort("asked_at", descending=True, nulls_last=True)
    )


def _answered(cases: pl.DataFrame, written: pl.DataFrame, now: datetime) -> pl.DataFrame:
    """Each case with its first answer, the minutes to it, and the minutes waited so far."""
    replies = written.select(
        "conversation", "reply_to", "to", "to_names", answer="id", answered_at="created_at",
        answer_day="date_only",
    )  # fmt: skip
    paired = cases.join(replies, on="conversation", how="inner").filter(
        pl.col("answered_at").is_null()
        | pl.col("asked_at").is_null()
        | (pl.col("answered_at") >= pl.col("asked_at")),
        pl.col("reply_to").is_in(pl.col("theirs")).fill_null(value=False)
        | (pl.col("to_names").list.set_intersection("author_names").list.len() > 0).fill_null(value=False)
        | (pl.col("to").is_null() & pl.col("reply_to").is_null()),
    )
    first = paired.sort("answered_at", nulls_last=True).unique("id", keep="first", maintain_order=True)
    told = first.select("id", "answer", "answered_at", "answer_day")
    joined = cases.drop("theirs", "author_names").join(told, on="id", how="left", maintain_order="left")
    timed = ~pl.col("date_only") & ~pl.col("answer_day").fill_null(value=False)
    until_answer = _minutes(pl.col("answered_at") - pl.col("asked_at"))
    so_far = _minutes(pl.lit(now) - pl.col("asked_at")).clip(lower_bound=0.0)
    return joined.with_columns(minutes=pl.when(timed).then(until_answer)).with_columns(
        waited=pl.when(~timed)
        .then(None)
        .when(pl.col("answer").is_null())
        .then(so_far)
        .otherwise(pl.col("minutes"))
    )


def _minutes(span: pl.Expr) -> pl.Expr:
    return span.dt.total_seconds() / MINUTE
