"""The words that are kept: the dictionary of the text index."""

from __future__ import annotations

from outlisten.posts.chdb.engine import Engine
from outlisten.query.wildcards import literal_start, regex_source


def words_like(engine: Engine, pattern: str, most: int) -> list[tuple[str, int]]:
    """(token, posts) of the kept tokens that a pattern with `*` and `?` stands for, most frequent first.

    A token of posts that are hidden or were edited may still be among them until their part is rewritten.
    """
    sql = """
        SELECT token, sum(cardinality) AS posts FROM mergeTreeTextIndex(currentDatabase(), 'posts', 'ix')
        WHERE startsWith(token, {start:String}) AND match(token, {pattern:String})
        GROUP BY token ORDER BY posts DESC, token LIMIT {most:UInt64}"""
    params = {"start": literal_start(pattern), "pattern": f"^{regex_source(pattern)}$", "most": most}
    found = engine.ask(sql, params).table
    return (
        list(zip(found["token"].to_pylist(), found["posts"].to_pylist(), strict=True))
        if found.num_rows
        else []
    )
