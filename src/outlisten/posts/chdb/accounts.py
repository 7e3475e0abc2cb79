"""Who wrote: the accounts behind a name, and every post of one account."""

from __future__ import annotations

import pyarrow as pa

from outlisten.posts.chdb.conditions import Where
from outlisten.posts.chdb.engine import Engine
from outlisten.posts.chdb.rows import identifiers
from outlisten.posts.schema import WHEN
from outlisten.posts.store import Account, Budget, Rows
from outlisten.query.folding import fold

NAMED = ("platform", "author_id", "author_handle", "author")


def accounts(engine: Engine, name: str, *, platform: str | None, budget: Budget) -> Rows:
    """(platform, author_id, author_handle, author, posts, first, last) of each account of that name, handle or id.

    Those with most posts come first; missing names and dates are null.
    """
    found = Where().also("has(author_names, {name:String})", name=fold(name.strip().removeprefix("@")))
    if platform:
        found = found.also("platform = {platform:String}", platform=platform)
    sql = f"""
        SELECT {", ".join(NAMED)}, count() AS posts,
               minIf(created_at, created_at > 0) AS first, max(created_at) AS last
        FROM posts WHERE {found.sql}
        GROUP BY {", ".join(NAMED)} ORDER BY posts DESC, {", ".join(NAMED)}
        LIMIT {{limit:UInt64}}"""
    answer = engine.ask(sql, {**found.params, "limit": budget.rows + 1}, seconds=budget.seconds)
    rows = answer.table.slice(0, budget.rows)
    columns = {column: pa.array([value or None for value in rows[column].to_pylist()]) for column in NAMED}
    moments = {
        column: pa.array([value or None for value in rows[column].cast(pa.int64()).to_pylist()], pa.int64())
        for column in ("first", "last")
    }
    table = pa.table(
        {**{name: column.cast(pa.string()) for name, column in columns.items()}, "posts": rows["posts"].cast(pa.int64()),
         **{name: column.cast(WHEN) for name, column in moments.items()}}
    )  # fmt: skip
    return Rows(table, cut=answer.cut or answer.table.num_rows > budget.rows)


def posts_of(engine: Engine, account: Account) -> list[str]:
    """The ids of every post of the account: by its stable id, by its handle, or, when it has neither, by its name."""
    either: list[str] = []
    params: dict[str, object] = {"platform": account.platform}
    if account.author_id:
        either.append("author_id = {author_id:String}")
        params["author_id"] = account.author_id
    if account.handle:
        # A post that carries another stable id is another account's, that had the handle before or after.
        same = "author_id = ''" if account.author_id else "1"
        either.append(f"(lowerUTF8(author_handle) = lowerUTF8({{handle:String}}) AND {same})")
        params["handle"] = account.handle
    if not either:
        either.append("(author = {name:String} AND author_id = '' AND author_handle = '')")
        params["name"] = account.name or ""
    sql = f"SELECT id FROM posts WHERE platform = {{platform:String}} AND ({' OR '.join(either)}) ORDER BY id"
    return [str(name) for name in identifiers(engine.ask(sql, params).table["id"]).to_pylist()]


def at_address(engine: Engine, url: str) -> str | None:
    """The id of the post with this link, a slash at its end or not; None when we hold none."""
    plain = url.strip().rstrip("/")
    sql = (
        "SELECT id FROM posts WHERE url IN ({plain:String}, concat({plain:String}, '/')) ORDER BY id LIMIT 1"
    )
    found = identifiers(engine.ask(sql, {"plain": plain}).table["id"]).to_pylist()
    return str(found[0]) if found else None
