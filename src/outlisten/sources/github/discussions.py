"""Discussions of a repository through GraphQL: a page of them as records, each with its comments and replies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from outlisten.sources.github.client import INTERFACE, GitHubClient, Order
from outlisten.sources.problems import NotThere, ShapeChanged
from outlisten.sources.times import utc
from outlisten.sources.walking import Found, Listed, by_page

QUERY = files(__package__).joinpath("discussions.graphql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Discussions:
    """The discussions of one repository, latest first."""

    client: GitHubClient
    repository: str
    order: Order

    def __call__(self, at: Mapping[str, Any] | None, _floor: int | None) -> Listed:
        """A page of discussions, as one record each; `flat` takes them apart. Raises SourceProblem."""
        owner, _, name = self.repository.partition("/")
        asked = {"owner": owner, "name": name, "after": at["place"] if at else None}
        data = self.client.graphql(QUERY, asked | {"field": f"{self.order.upper()}_AT"})
        repository = data.get("repository")
        if repository is None:
            raise NotThere(address=f"https://github.com/{self.repository}", status=404)
        try:
            listed = repository["discussions"]
            found = [self._found(node) for node in listed["nodes"]]
            info = listed["pageInfo"]
            return by_page(found, at, info["endCursor"] if info["hasNextPage"] else None)
        except (KeyError, TypeError) as problem:
            raise ShapeChanged(host=INTERFACE, reason="no list of records") from problem

    def _found(self, node: dict[str, Any]) -> Found:
        when = utc(node[f"{self.order}At"])
        if when is None:
            raise ShapeChanged(host=INTERFACE, reason="a record without its number or its date")
        return Found(int(when.timestamp()), node["url"], node)


def flat(discussion: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The discussion, its comments and their replies, each as a record of its own."""
    comments = _nodes(discussion.get("comments"))
    yield {**discussion, "comments": _count(discussion.get("comments"))}
    for comment in comments:
        yield {name: value for name, value in comment.items() if name != "replies"}
        yield from _nodes(comment.get("replies"))


def _nodes(connection: Any) -> list[dict[str, Any]]:
    nodes = connection.get("nodes") if isinstance(connection, Mapping) else None
    return [node for node in nodes or [] if isinstance(node, dict)]


def _count(connection: Any) -> dict[str, Any]:
    count = connection.get("totalCount") if isinstance(connection, Mapping) else None
    return {"totalCount": count}
