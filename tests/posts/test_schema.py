"""One list of columns makes the Arrow schema, the table and the page about it."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from outlisten.posts.schema import COLUMNS, arrow_schema, names
from outlisten.posts.schema_page import columns_table, with_table

DOCS = Path(__file__).parents[2] / "docs/reference"


@pytest.mark.parametrize(("page", "locale"), [("posts.md", "en"), ("posts.zh.md", "zh-hans")])
def test_the_page_of_columns_is_the_schema_of_today(page, locale):
    text = (DOCS / page).read_text(encoding="utf-8")
    assert with_table(text, locale) == text


def test_every_meaning_exists_in_chinese():
    english, chinese = (columns_table(locale).splitlines() for locale in ("en", "zh-hans"))
    for column, row, translated in zip(COLUMNS, english[2:], chinese[2:], strict=True):
        same = row.split("|")[-2] == translated.split("|")[-2]
        assert not same or not any(letter.isalpha() for letter in column.meaning.split("–")[0]), column.name


def test_the_table_has_the_columns_of_the_list(store):
    columns = store._engine.ask(
        "SELECT name FROM system.columns WHERE table = 'posts' ORDER BY position"
    ).table
    assert columns["name"].to_pylist() == [column.name for column in COLUMNS]


def test_what_the_store_adds_is_not_part_of_a_batch():
    assert not {"revision", "author_key"} & set(names())
    assert arrow_schema("given").names[0] == "id"


def test_a_batch_comes_back_in_the_types_of_the_schema(store, make_posts):
    store.add(make_posts({"text": "好", "topic": ["a"], "rating": 1.5}))
    posts = store.search(None, columns=names()).posts
    assert posts.schema.equals(pa.schema([pa.field(f.name, f.type) for f in arrow_schema()]))
