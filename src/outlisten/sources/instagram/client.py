"""Asking the Instagram API of Meta about one professional account.

https://developers.facebook.com/docs/instagram-platform/ ; through Facebook Login it is graph.facebook.com with an account's
number, through Instagram Login graph.instagram.com, which knows neither tags nor hashtags.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from outlisten.sources.connector import Sent
from outlisten.sources.graph_api.client import GraphClient, Object, Place
from outlisten.sources.problems import ShapeChanged
from outlisten.sources.times import utc
from outlisten.sources.walking import Found, Listed

PAGE = 50  # the most that a list of comments or of a hashtag's media gives at once
MOST_PAGES = 10  # of the replies among which an answer is looked for
TAGGED, HASHTAG, OWN = "tagged", "hashtag", "media"
SHARED_FIELDS = "id,caption,media_type,permalink,timestamp,comments_count,like_count"
MEDIA_FIELDS = f"{SHARED_FIELDS},username,comments.limit(1){{id}}"
TAGGED_FIELDS = f"{SHARED_FIELDS},username"
SAID = "id,text,timestamp,username,from,like_count,parent_id"
COMMENT_FIELDS = f"{SAID},replies.limit({PAGE}){{{SAID}}}"


@dataclass(frozen=True, slots=True)
class Account:
    """The professional account that a source is for."""

    id: str
    name: str

    def as_json(self) -> dict[str, str]:
        """As records hold it."""
        return {"id": self.id, "name": self.name}


class InstagramClient:
    """Asks for one account: by its number, or as the one whose token it is."""

    def __init__(self, graph: GraphClient, number: str) -> None:
        self._graph, self._number = graph, number

    def account(self) -> Account:
        """The account. Raises SourceProblem."""
        if self._number:
            told = self._graph.get(self._number, fields="id,username")
            number = told.get("id")
        else:
            told = self._graph.get("me", fields="user_id,username")
            number = told.get("user_id")
        if not isinstance(number, str | int):
            raise ShapeChanged(host=self._graph.host, reason="no account")
        return Account(str(number), str(told.get("username") or ""))

    def media(self, account: Account, kind: str) -> Iterator[list[Object]]:
        """The account's own media, or those that tag it, page by page, newest first. Raises SourceProblem."""
        edge, fields = ("media", MEDIA_FIELDS) if kind == OWN else ("tags", TAGGED_FIELDS)
        at: Place | None = None
        while True:
            found, at = self._graph.listed(
                f"{account.id}/{edge}", at, until_empty=kind == TAGGED, fields=fields, limit=PAGE
            )
            yield found
            if at is None:
                return

    def comments(self, about: Mapping[str, Any], at: Any, _floor: int | None) -> Listed:
        """A page of the comments on a medium, each with all its replies: a new reply may stand under an old comment."""
        path = f"{about['media']['id']}/comments"
        found, following = self._graph.listed(path, at, fields=COMMENT_FIELDS, limit=PAGE)
        said = [one for comment in found for one in self._thread(comment)]
        return Listed([self.found(one, {**about, "comment": one}) for one in said], following)

    def found(self, told: Object, record: Mapping[str, Any]) -> Found:
        """A record with its id and its second. Raises ShapeChanged."""
        when, number = utc(told.get("timestamp")), told.get("id")
        if when is None or not isinstance(number, str):
            raise ShapeChanged(host=self._graph.host, reason="a record without its number or its date")
        return Found(int(when.timestamp()), number, record)

    def medium(self, number: str) -> Object:
        """A medium of the account as it stands. Raises NotThere, or another SourceProblem."""
        return self._graph.get(number, fields=MEDIA_FIELDS)

    def comment(self, number: str) -> Object:
        """A comment as it stands. Raises NotThere, or another SourceProblem."""
        return self._graph.get(number, fields=SAID)

    def check(self, account: Account) -> None:
        """Raises the SourceProblem that keeps us from reading comments: without the right for it all looks gone."""
        fields = f"id,comments.limit(1){{{SAID}}}"
        self._graph.listed(f"{account.id}/media", None, fields=fields, limit=1)

    def answer(self, to: str, text: str, *, under_comment: bool) -> Sent:
        """A reply to a comment, or a comment on a medium. Raises AnswerRefused, or another SourceProblem."""
        return Sent(self._graph.write(f"{to}/{'replies' if under_comment else 'comments'}", message=text))

    def under(self, to: str, *, under_comment: bool) -> Iterator[Object]:
        """What stands right under a comment or a medium."""
        edge = "replies" if under_comment else "comments"
        return self._graph.whole(f"{to}/{edge}", most_pages=MOST_PAGES, fields=SAID, limit=PAGE)

    def searched(self, account: Account) -> set[str]:
        """The hashtags that count against the account's thirty of seven days."""
        path = f"{account.id}/recently_searched_hashtags"
        told = self._graph.whole(path, most_pages=2, fields="id,name", limit=30)
        return {str(one.get("name") or "").lower() for one in told}

    def hashtag(self, account: Account, name: str) -> str:
        """The number of a hashtag. Raises SourceProblem."""
        found, _ = self._graph.listed("ig_hashtag_search", None, user_id=account.id, q=name)
        if not found or not isinstance(found[0].get("id"), str):
            raise ShapeChanged(host=self._graph.host, reason="no list of records")
        return str(found[0]["id"])

    def recent(self, account: Account, hashtag: str, at: Place | None) -> tuple[list[Object], Place | None]:
        """A page of the public media with a hashtag of the last day."""
        path = f"{hashtag}/recent_media"
        return self._graph.listed(path, at, user_id=account.id, fields=SHARED_FIELDS, limit=PAGE)

    def _thread(self, comment: Object) -> Sequence[Object]:
        """A comment and all its replies, each of which names it."""
        told = comment.get("replies") or {}
        replies = list(told.get("data") or [])
        if (told.get("paging") or {}).get("next"):
            replies = list(
                self._graph.whole(f"{comment['id']}/replies", most_pages=100, fields=SAID, limit=PAGE)
            )
        alone = {name: value for name, value in comment.items() if name != "replies"}
        return [alone, *({"parent_id": comment.get("id"), **reply} for reply in replies)]
