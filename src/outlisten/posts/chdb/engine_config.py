"""How the embedded engine is set up: small caches, prompt background work, one definition for every connection."""

from __future__ import annotations

from pathlib import Path

MEGABYTE = 1024 * 1024

# Caches are capped because the engine's defaults (5 GB of marks alone) would grow the server past its 700 MB.
# The background delays are the engine's wish to rest between merges; with its defaults (up to 10 s) a change of one
# post waits 0.3-3 s for its turn, with these 0.1 s.
SERVER = {
    "mark_cache_size": 64 * MEGABYTE,
    "index_mark_cache_size": 32 * MEGABYTE,
    "uncompressed_cache_size": 0,
    "index_uncompressed_cache_size": 0,
    "query_condition_cache_size": 8 * MEGABYTE,
    "text_index_tokens_cache_size": 16 * MEGABYTE,
    "text_index_header_cache_size": 16 * MEGABYTE,
    "text_index_postings_cache_size": 64 * MEGABYTE,
    "compiled_expression_cache_size": 16 * MEGABYTE,
    "background_pool_size": 2,
    "background_schedule_pool_size": 4,
    "background_processing_pool_thread_sleep_seconds": 0.05,
    "background_processing_pool_thread_sleep_seconds_random_part": 0.01,
    "background_processing_pool_thread_sleep_seconds_if_nothing_to_do": 0.05,
    "background_processing_pool_task_sleep_seconds_when_no_work_min": 1,
    "background_processing_pool_task_sleep_seconds_when_no_work_max": 10,
    "background_processing_pool_task_sleep_seconds_when_no_work_random_part": 0.05,
}

# Sent with every statement.
SESSION: dict[str, str | int | float] = {
    # Without it a very common token falls back to reading every row (engine notes, trap 1).
    "text_index_hint_max_selectivity": 1,
    # The statements of one page look up the same words; decoding their positions again costs a phrase 3 times as much.
    "use_text_index_postings_cache": 1,
    "timeout_overflow_mode": "break",
    "max_memory_usage": 2048 * MEGABYTE,
    "max_bytes_before_external_group_by": 1024 * MEGABYTE,
    "max_query_size": 16 * MEGABYTE,
    "max_ast_elements": 1_000_000,
    "max_expanded_ast_elements": 2_000_000,
    # One flat result, values as plain strings.
    "output_format_arrow_low_cardinality_as_dictionary": 0,
    # Patch parts make text search about 170 times slower until merged (engine notes, trap 7).
    "lightweight_delete_mode": "alter_update",
    # They are waited for together (mutations.py).
    "mutations_sync": 0,
    "lightweight_deletes_sync": 0,
}


def write_config(path: Path) -> Path:
    """Write the server's part where the engine reads it at its start."""
    lines = [f"  <{name}>{value}</{name}>" for name, value in SERVER.items()]
    path.write_text("\n".join(["<clickhouse>", *lines, "</clickhouse>", ""]), encoding="utf-8")
    return path


def session_clause(**more: str | int | float) -> str:
    """The SETTINGS clause of one statement."""
    settings = {**SESSION, **more}
    return "SETTINGS " + ", ".join(f"{name} = {value!r}" for name, value in settings.items())
