"""Posts read back: one, a page, a conversation, a sample."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from time import monotonic
from typing import TYPE_CHECKING

import pyarrow as pa

from outlisten.posts.chdb.asking import where
from outlisten.posts.chdb.conditions import Where, after, cursor, second_of, within
from outlisten.posts.chdb.engine import Answer, Engine
from outlisten.posts.chdb.figures import first
from outlisten.posts.chdb.rows import published
from outlisten.posts.chdb.tables import quoted
from outlisten.posts.errors import BadColumn
from outlisten.posts.identity import key
from outlisten.posts.schema import arrow_schema, names
from outlisten.posts.store import Budget, Page, Rows, TimeRange

if TYPE_CHECKING:
    from outlisten.query import Query

# What a list of posts shows: everything but the raw record and the columns that only the machine reads.
UNLISTED = {
    "raw",
    "stream",
    "title_tokens",
    "sentences",
    "paragraphs",
    "author_names",
    "to_names",
    "fingerprint",
}
# What tells to which conversation a post belongs.
NAMES = ("native_id", "thread", "reply_to")
PLACED = ("id", "platform", *NAMES)
LISTED = tuple(name for name in names() if name not in UNLISTED)
AT_ONCE = 1_000  # posts one statement asks for
# A conversation is followed at most this many steps from the asked post.
THREAD_STEPS = 50
FIRST_REACH_SECONDS = 31 * 86_400


def get(engine: Engine, number: int, created_at: int, columns: Sequence[str]) -> dict[str, object] | None:
    """These columns of a post, by its place in the sort key."""
    found = Where().also(
        "created_at = {created_at:UInt32} AND id = {id:UInt64}", created_at=created_at, id=number
    )
    # An edit stands beside the text it replaces until that is removed.
    sql = f"SELECT {_columns(columns)} FROM posts {found.clause} ORDER BY revision DESC LIMIT 1"
    posts = published(engine.ask(sql, found.params).table)
    return posts.to_pylist()[0] if posts.num_rows else None


def some(engine: Engine, places: Mapping[int, int]) -> dict[str, dict[str, object]]:
    """What a list shows of the posts of these numbers and moments, by id."""
    found: dict[str, dict[str, object]] = {}
    left = iter(places.items())
    while part := list(islice(left, AT_ONCE)):
        numbers, moments = zip(*part, strict=True)
        sql = f"""
            SELECT {_columns(LISTED)} FROM posts
            WHERE created_at IN {{moments:Array(UInt32)}} AND id IN {{numbers:Array(UInt64)}}
            ORDER BY revision DESC LIMIT 1 BY id"""
        given = {"numbers": list(numbers), "moments": sorted(set(moments))}
        found.update({str(post["id"]): post for post in published(engine.ask(sql, given).table).to_pylist()})
    return found


def search(
    engine: Engine, query: Query | None, *, window: TimeRange, limit: int, at: str | None,
    columns: Sequence[str] | None, budget: Budget,
) -> Page:  # fmt: skip
    """Newest first, undated last; `at` is the address of the page."""
    began = monotonic()
    found = after(where(engine, query, window, budget), at)
    reach = _month_before(engine, window, at) if query is not None else None
    if reach is not None:
        recent = found.also("created_at >= {reach:UInt32}", reach=reach)
        newest = page(engine, recent, limit=limit, columns=columns, budget=budget)
        if newest.after or newest.cut:
            return newest
    left = max(budget.seconds - (monotonic() - began), budget.seconds / 100)
    return page(engine, found, limit=limit, columns=columns, budget=Budget(budget.rows, left))


def read_by_others(
    engine: Engine, models: Sequence[str], *, window: TimeRange, limit: int, at: str | None,
    columns: Sequence[str] | None, budget: Budget,
) -> Page:  # fmt: skip
    """Posts that none of these models read, newest first, undated last."""
    others = Where().also("model NOT IN {models:Array(String)}", models=list(models))
    return page(engine, after(within(others, window), at), limit=limit, columns=columns, budget=budget)


def _month_before(engine: Engine, window: TimeRange, at: str | None) -> int | None:
    """Where to look first: the engine looks a word up in every month it may need, and a page rarely needs many."""
    top = (
        second_of(at)
        if at
        else first(engine.ask("SELECT max(created_at) AS newest FROM posts").table, "newest")
    )
    if window.end is not None:
        top = min(top, int(window.end.timestamp()))
    reach = top - FIRST_REACH_SECONDS
    return reach if reach > 0 else None


def page(engine: Engine, found: Where, *, limit: int, columns: Sequence[str] | None, budget: Budget) -> Page:
    """One page of what a condition selects, read backwards along the sort key."""
    size = max(0, min(limit, budget.rows))
    wanted = chosen(columns)
    asked = list(dict.fromkeys([*wanted, "created_at", "id"]))
    # One more than shown tells whether there is a next page.
    sql = f"""
        SELECT {_columns(asked)} FROM posts
        {found.clause}
        ORDER BY created_at DESC, id DESC
        LIMIT {{limit:UInt64}}"""
    answer = engine.ask(
        sql, {**found.params, "limit": size + 1}, seconds=budget.seconds, settings=found.settings
    )
    rows = answer.table.slice(0, size)
    more = answer.table.num_rows > size
    last = cursor(rows["created_at"][-1].as_py(), rows["id"][-1].as_py()) if more and rows.num_rows else None
    return Page(
        published(rows.select(wanted)), after=last, cut=found.cut or answer.cut or (more and size < limit)
    )


def sample(
    engine: Engine, query: Query | None, *, size: int, seed: int, columns: Sequence[str] | None,
    window: TimeRange, budget: Budget,
) -> Rows:  # fmt: skip
    """The `size` posts with the smallest seeded hashes of their ids: a simple random sample, in random order."""
    found, wanted = where(engine, query, window, budget), chosen(columns)
    asked = list(dict.fromkeys([*wanted, "id"]))
    sql = f"""
        SELECT {_columns(asked)} FROM posts
        {found.clause}
        ORDER BY sipHash64(id, {{seed:UInt64}}), id
        LIMIT {{size:UInt64}}"""
    params = {**found.params, "seed": seed % 2**64, "size": max(0, min(size, budget.rows))}
    answer = engine.ask(sql, params, seconds=budget.seconds, settings=found.settings)
    return Rows(published(answer.table.select(wanted)), cut=found.cut or answer.cut or size > budget.rows)


def thread(
    engine: Engine, post: dict[str, object] | None, *, columns: Sequence[str] | None, budget: Budget
) -> Rows:
    """Everything on the platform that shares a post's conversation or answers within it, oldest first.

    Of `post` the columns PLACED are asked. Follows native ids, conversation ids and replies in both directions until
    nothing new is found.
    """
    wanted = chosen(columns)
    if post is None:
        return Rows(arrow_schema().empty_table().select(wanted))
    asked = {name for name in (post["native_id"], post["thread"], post["reply_to"]) if isinstance(name, str)}
    if not asked:
        alone = Where().also("id = {id:UInt64}", id=key(str(post["id"])))
        return _conversation(engine, alone, wanted, budget)
    platform = str(post["platform"])
    # Most posts stand alone: then the first look is the whole conversation, and the only question.
    near = _conversation(engine, _members(platform, asked), list(dict.fromkeys([*wanted, *NAMES])), budget)
    edge = _named(near.table.select(NAMES)) - asked
    if not edge:
        return Rows(near.table.select(wanted), cut=near.cut)
    members, cut = _followed(engine, platform, asked | edge, edge, budget)
    return _conversation(engine, _members(platform, members), wanted, budget, cut=cut)


def _followed(
    engine: Engine, platform: str, members: set[str], edge: set[str], budget: Budget
) -> tuple[set[str], bool]:
    """Every native id that belongs to the conversation, found from its `edge` on, and whether that was cut."""
    cut = False
    for _ in range(THREAD_STEPS):
        if len(members) > budget.rows:
            return members, True
        answer = _step(engine, _members(platform, edge), budget)
        edge, cut = _named(answer.table) - members, cut or answer.cut
        if not edge:
            return members, cut
        members |= edge
    return members, True


def _named(posts: pa.Table) -> set[str]:
    return {name for column in posts.columns for name in column.to_pylist() if name}


def _step(engine: Engine, found: Where, budget: Budget) -> Answer:
    sql = f"SELECT {_columns(NAMES)} FROM posts {found.clause} LIMIT {{limit:UInt64}}"
    return engine.ask(sql, {**found.params, "limit": budget.rows}, seconds=budget.seconds)


def _members(platform: str, natives: set[str]) -> Where:
    sql = (
        "platform = {platform:String} AND (native_id IN {natives:Array(String)}"
        " OR thread IN {natives:Array(String)} OR reply_to IN {natives:Array(String)})"
    )
    return Where().also(sql, platform=platform, natives=sorted(natives))


def _conversation(
    engine: Engine, found: Where, wanted: Sequence[str], budget: Budget, *, cut: bool = False
) -> Rows:
    sql = f"""
        SELECT {_columns(wanted)} FROM posts
        {found.clause}
        ORDER BY created_at = 0, created_at, id
        LIMIT {{limit:UInt64}}"""
    answer = engine.ask(sql, {**found.params, "limit": budget.rows + 1}, seconds=budget.seconds)
    posts = published(answer.table.slice(0, budget.rows))
    return Rows(posts, cut=cut or answer.cut or answer.table.num_rows > budget.rows)


def chosen(columns: Sequence[str] | None) -> list[str]:
    """The asked columns, or those a list shows. Raises BadColumn for one that posts do not have."""
    if columns is None:
        return list(LISTED)
    unknown = [name for name in columns if name not in arrow_schema().names]
    if unknown:
        raise BadColumn(columns=", ".join(unknown))
    return list(dict.fromkeys(columns))


def _columns(wanted: Sequence[str]) -> str:
    return ", ".join(map(quoted, wanted))
