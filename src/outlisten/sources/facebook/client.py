"""Asking the Graph API about one Page: its posts, the comments under them, single records, and answering.

https://developers.facebook.com/docs/pages-api/ and https://developers.facebook.com/docs/graph-api/reference/page/feed/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from outlisten.sources.connector import Sent
from outlisten.sources.fetching import Fetcher
from outlisten.sources.graph_api.client import GraphClient, Object
from outlisten.sources.problems import ShapeChanged
from outlisten.sources.times import utc
from outlisten.sources.under_posts import Topic
from outlisten.sources.walking import Found, Listed

POSTS, COMMENTS = (
    50,
    100,
)  # records a page: a post carries more with it, and the interface refuses what is too heavy
FEED, TAGGED = "feed", "tagged"  # all on the Page, and what names it anywhere
MOST_PAGES = 10  # of the comments among which an answer is looked for
POST_FIELDS = (
    "id,message,created_time,updated_time,from{id,name},permalink_url,message_tags,is_published,shares,"
    "attachments{media_type,title,unshimmed_url},reactions.limit(0).summary(true),"
    "comments.filter(stream).limit(0).summary(true)"
)
COMMENT_FIELDS = (
    "id,message,created_time,from{id,name},parent{id},permalink_url,message_tags,attachment,like_count,comment_count,"
    "is_private"
)


@dataclass(frozen=True, slots=True)
class Account:
    """The Page of a token."""

    id: str
    name: str

    def as_json(self) -> dict[str, str]:
        """As records hold it."""
        return {"id": self.id, "name": self.name}


class FacebookClient:
    """Asks with the token of one Page."""

    def __init__(self, fetcher: Fetcher, token: str, app_secret: str = "") -> None:
        self._graph = GraphClient(fetcher, token, app_secret=app_secret)

    def page(self) -> Account:
        """Whose token it is. Raises SourceProblem."""
        told = self._graph.get("me", fields="id,name")
        if not isinstance(told.get("id"), str):
            raise ShapeChanged(host=self._graph.host, reason="no account")
        return Account(told["id"], str(told.get("name") or ""))

    def posts(self, account: Account, edge: str, since: int) -> Iterator[Sequence[Topic]]:
        """The posts of the feed, or those that tag the Page, page by page. Raises SourceProblem."""
        at: Any = None
        while True:
            found, at = self._graph.listed(
                f"{account.id}/{edge}", at, fields=POST_FIELDS, limit=POSTS, since=since
            )
            yield [self._topic({"page": account.as_json(), "by": edge}, post) for post in found]
            if at is None:
                return

    def comments(self, account: Account, post: str, at: Any, floor: int | None) -> Listed:
        """A page of all comments and replies under a post: their order is not sure, whatever is asked for."""
        since: dict[str, Any] = {} if floor is None else {"since": floor}
        found, following = self._graph.listed(
            f"{post}/comments", at, fields=COMMENT_FIELDS, filter="stream", order="chronological",
            live_filter="no_filter", limit=COMMENTS, **since,
        )  # fmt: skip
        about = {"page": account.as_json(), "post_id": post}
        return Listed([self._found(comment, about) for comment in found], following)

    def post(self, number: str) -> Object:
        """A post as it stands. Raises NotThere, or another SourceProblem."""
        return self._graph.get(number, fields=POST_FIELDS)

    def comment(self, number: str) -> Object:
        """A comment as it stands. Raises NotThere, or another SourceProblem."""
        return self._graph.get(number, fields=COMMENT_FIELDS)

    def check(self, account: Account) -> None:
        """Raises the SourceProblem that keeps us from reading what people write: without the right for it all looks gone."""
        for edge in (FEED, TAGGED):
            self._graph.listed(f"{account.id}/{edge}", None, fields="id", limit=1)

    def answer(self, to: str, text: str) -> Sent:
        """A comment under a post or a comment. Raises AnswerRefused, or another SourceProblem."""
        number = self._graph.write(f"{to}/comments", message=text)
        return Sent(number)

    def under(self, to: str) -> Iterator[Object]:
        """The latest that stands right under a post or a comment."""
        return self._graph.whole(
            f"{to}/comments", most_pages=MOST_PAGES, fields=COMMENT_FIELDS, order="reverse_chronological",
            limit=COMMENTS,
        )  # fmt: skip

    def _topic(self, about: Mapping[str, Any], post: Object) -> Topic:
        if not isinstance(post.get("id"), str):
            raise ShapeChanged(host=self._graph.host, reason="a record without its number or its date")
        mark = f"{post.get('updated_time')} {comments_of(post)}"
        return Topic(post["id"], mark, {**about, "post": post})

    def _found(self, comment: Object, about: Mapping[str, Any]) -> Found:
        when, number = utc(comment.get("created_time")), comment.get("id")
        if when is None or not isinstance(number, str):
            raise ShapeChanged(host=self._graph.host, reason="a record without its number or its date")
        return Found(int(when.timestamp()), number, {**about, "comment": comment})


def comments_of(post: Object) -> int | None:
    """How many comments a post has, where that is told."""
    told = ((post.get("comments") or {}).get("summary") or {}).get("total_count")
    return told if isinstance(told, int) else None
