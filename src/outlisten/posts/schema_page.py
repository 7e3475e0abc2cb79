"""The table of columns in `docs/reference/posts.md`, made from the schema; a test compares the two.

`python -m outlisten.posts.schema_page docs/reference/posts.md` writes it between the page's two marks.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow as pa

from outlisten.posts.schema import COLUMNS, WHEN, Column
from outlisten.words import Locale, words

BEGIN, END = "<!-- columns: made by outlisten.posts.schema_page -->", "<!-- end of columns -->"
HEADS: dict[Locale, str] = {
    "en": "| column | type | filled by | missing is | meaning |",
    "zh-hans": "| 列 | 类型 | 由谁填写 | 缺失时 | 含义 |",
}
FILLED_BY: dict[Locale, dict[str, str]] = {
    "en": {"given": "the source", "derived": "the pipeline", "reading": "the models", "kept": "the store"},
    "zh-hans": {"given": "来源", "derived": "流水线", "reading": "模型", "kept": "帖子库"},
}
NEVER: dict[Locale, str] = {"en": "never missing", "zh-hans": "从不缺失"}


def columns_table(locale: Locale) -> str:
    """Markdown: one row a column."""
    rows = [HEADS[locale], "|---|---|---|---|---|", *(_row(column, locale) for column in COLUMNS)]
    return "\n".join(rows)


def with_table(page: str, locale: Locale) -> str:
    """The page with the table of today between its marks."""
    before, rest = page.split(BEGIN, 1)
    _, after = rest.split(END, 1)
    return f"{before}{BEGIN}\n\n{columns_table(locale)}\n\n{END}{after}"


def _row(column: Column, locale: Locale) -> str:
    missing = NEVER[locale] if column.missing == "never" else "null"
    meaning = words("store", locale)(column.meaning)
    cells = (f"`{column.name}`", _type(column.arrow), FILLED_BY[locale][column.group], missing, meaning)
    return f"| {' | '.join(cells)} |"


def _type(kind: pa.DataType) -> str:
    if kind == WHEN:
        return "timestamp, seconds, UTC"
    if pa.types.is_list(kind):
        return f"list of {kind.value_type}"
    return str(kind)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        path = Path(name)
        locale: Locale = "zh-hans" if path.name.endswith(".zh.md") else "en"
        path.write_text(with_table(path.read_text(encoding="utf-8"), locale), encoding="utf-8")
