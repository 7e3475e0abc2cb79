"""Listening, walked: pages and commands that search, export, import, and keep brands and topics."""

from __future__ import annotations

from collections.abc import Mapping

from tests.app.matrix import Walk

from outlisten.app.listening.models import Brand, Topic
from outlisten.app.people.acts import Act
from outlisten.app.people.models import Department


def a_brand(_department: Department) -> Mapping[str, object]:
    """A brand to change."""
    return {"brand": Brand.objects.create(name="Harbour", side="own", query="Harbour OR 海港").pk}


def a_topic(_department: Department) -> Mapping[str, object]:
    """A topic to change."""
    return {"topic": Topic.objects.create(name="排队", query="排队 OR queue").pk}


ROWS = (
    Walk(Act.SEARCH, get="/"),
    Walk(Act.SEARCH, get="/listen/?q=queue"),
    Walk(Act.SEARCH, get="/listen/result?q=排队"),
    Walk(Act.SEARCH, get="/compare/"),
    Walk(Act.SEARCH, get="/settings/names"),
    Walk(Act.SEARCH, command=("search", "排队", "--json")),
    Walk(Act.SEARCH, command=("search", "queue", "--count")),
    Walk(Act.SEARCH, command=("compare", "Harbour", "--against", "Valley", "--json")),
    Walk(Act.EXPORT, get="/listen/export/csv?q=queue"),
    Walk(Act.EXPORT, command=("search", "排队", "--format", "csv")),
    Walk(Act.IMPORT, get="/import/"),
    Walk(Act.EDIT_BRANDS, get="/settings/brands/new"),
    Walk(Act.EDIT_BRANDS, post="/settings/brands/new", send={"name": "Valley", "side": "own", "query": "Valley"}),
    Walk(Act.EDIT_BRANDS, post="/settings/brands/{brand}/remove", given=a_brand),
    Walk(Act.EDIT_TOPICS, get="/settings/topics/new"),
    Walk(Act.EDIT_TOPICS, post="/settings/topics/{topic}/remove", given=a_topic),
    Walk(Act.MANAGE_WORKSPACE, get="/settings/workspace"),
    Walk(Act.MANAGE_WORKSPACE, post="/settings/workspace", send={"name": "Harbour"}),
)  # fmt: skip
