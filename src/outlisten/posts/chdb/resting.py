"""What is due when nothing comes in: each month in one part, and memory given back.

A question asks the text index of every part; inserts leave four or five parts a month, and a month in one part is asked
in half the time. Joining costs about 30 microseconds a post, so it waits until an import has ended.
"""

from __future__ import annotations

from contextlib import suppress

from outlisten.posts.chdb.engine import Engine
from outlisten.posts.errors import StoreError


def rest(engine: Engine) -> None:
    """Join the parts of each month, newest month first, until posts come in again; then give memory back."""
    before = engine.rows_inserted
    for month in _in_parts(engine):
        if engine.rows_inserted != before:
            return
        # Ended by the store's closing, or refused while another change of the month is under way: it is due again later.
        with suppress(StoreError):
            engine.ask(f"OPTIMIZE TABLE posts PARTITION ID '{month}' FINAL")
    engine.give_back_memory()


def _in_parts(engine: Engine) -> list[str]:
    """The months that stand in more than one part."""
    sql = """
        SELECT partition_id AS month FROM system.parts
        WHERE active AND database = currentDatabase() AND table = 'posts'
        GROUP BY month HAVING count() > 1 ORDER BY month DESC"""
    table = engine.ask(sql).table
    return [str(month) for month in table["month"].to_pylist()] if table.num_rows else []
