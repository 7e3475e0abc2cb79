"""Sources, walked: pages that list, add, change and run them."""

from __future__ import annotations

from collections.abc import Mapping

from tests.app.matrix import Walk

from outlisten.app.people.acts import Act
from outlisten.app.people.models import Department
from outlisten.app.sources.models import Source


def a_source(_department: Department) -> Mapping[str, object]:
    """A source to change; nothing answers at its address."""
    made = Source.objects.create(
        name="店铺 feed", connector="rss", options={"address": "http://127.0.0.1:9/feed"}
    )
    return {"source": made.pk}


ROWS = (
    Walk(Act.SEARCH, get="/settings/sources"),
    Walk(Act.SEARCH, get="/settings/sources/{source}", given=a_source),
    Walk(Act.SEARCH, get="/settings/sources/list"),
    Walk(Act.SEARCH, get="/settings/sources/ailing"),
    Walk(Act.SEARCH, get="/settings/sources/mark"),
    Walk(Act.SEARCH, get="/settings/sources/marks"),
    Walk(Act.MANAGE_SOURCES, get="/settings/sources/add/rss"),
    Walk(
        Act.MANAGE_SOURCES, post="/settings/sources/add/rss", send={"o-address": "https://example.org/feed"}
    ),
    Walk(
        Act.MANAGE_SOURCES,
        post="/settings/sources/add/rss/test",
        send={"o-address": "http://127.0.0.1:9/feed"},
    ),
    Walk(Act.MANAGE_SOURCES, post="/settings/sources/listen", send={"words": "海港"}),
    Walk(Act.MANAGE_SOURCES, get="/settings/sources/{source}/change", given=a_source),
    Walk(
        Act.MANAGE_SOURCES,
        post="/settings/sources/{source}/change/test",
        send={"o-address": "http://127.0.0.1:9/"},
        given=a_source,
    ),
    Walk(Act.MANAGE_SOURCES, post="/settings/sources/{source}/pause", given=a_source),
    Walk(Act.MANAGE_SOURCES, post="/settings/sources/{source}/remove", given=a_source),
    Walk(Act.SEARCH, command=("sources", "list", "--json")),
    Walk(Act.SEARCH, command=("sources", "show", "{source}"), given=a_source),
    Walk(Act.MANAGE_SOURCES, command=("sources", "add", "rss", "address=https://example.org/feed")),
    Walk(Act.MANAGE_SOURCES, command=("sources", "run", "--json")),
    Walk(Act.MANAGE_SOURCES, command=("sources", "pause", "{source}"), given=a_source),
    Walk(Act.MANAGE_SOURCES, command=("sources", "resume", "{source}"), given=a_source),
    Walk(Act.MANAGE_SOURCES, command=("sources", "remove", "{source}"), given=a_source),
    Walk(Act.MANAGE_SOURCES, command=("sources", "replay", "{source}"), given=a_source),
)
