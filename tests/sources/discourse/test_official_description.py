"""The fixtures have the shape that Discourse's own description of its interface gives."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.sources.network import fixture

SHARED = Path(os.environ.get("OUTLISTEN_SHARED", Path(__file__).parents[4] / "shared"))
DESCRIPTION = SHARED / "reference" / "openapi" / "discourse.openapi.json.gz"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not DESCRIPTION.is_file(), reason="the official description is not beside the repository"
    ),
]


@pytest.fixture(scope="module")
def described():
    """The schema of an answer, by its path."""
    paths = json.loads(gzip.decompress(DESCRIPTION.read_bytes()))["paths"]
    return lambda path: paths[path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]


def test_the_newest_posts_are_as_described(described):
    posts = [record["post"] for record in fixture(__file__, "posts-2026-12-01")]
    Draft202012Validator(described("/posts.json")).validate({"latest_posts": posts})


def test_a_single_post_is_as_described(described):
    (record,) = fixture(__file__, "single-2026-12-01")
    Draft202012Validator(described("/posts/{id}.json")).validate(record["post"])


def test_what_is_asked_for_is_described(described):
    for path in ("/posts.json", "/search.json", "/site.json", "/t/{id}.json"):
        assert described(path)["properties"]


def test_the_fields_that_are_read_are_described(described):
    posts = described("/posts.json")["properties"]["latest_posts"]["items"]["properties"]
    read = """id topic_id post_number post_type topic_title cooked raw created_at updated_at version name username user_id
        post_url reply_to_post_number posts_count reply_count actions_summary category_id user_deleted deleted_at hidden"""
    assert set(read.split()) <= posts.keys()
    topic = described("/t/{id}.json")["properties"]
    assert {"title", "post_stream"} <= topic.keys()
    assert "cooked" in topic["post_stream"]["properties"]["posts"]["items"]["properties"]
    search = described("/search.json")["properties"]
    assert {"posts", "grouped_search_result"} <= search.keys()
    assert "more_full_page_results" in search["grouped_search_result"]["properties"]
    category = described("/site.json")["properties"]["categories"]["items"]["properties"]
    assert {"id", "name", "slug", "parent_category_id"} <= category.keys()
