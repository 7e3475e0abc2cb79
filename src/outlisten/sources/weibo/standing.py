"""Whether kept posts and comments still stand on Weibo, with few of a day's hundred requests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from outlisten.sources.connector import Standing
from outlisten.sources.problems import NotAllowed
from outlisten.sources.weibo.client import PAGE, WeiboClient

MOST = 2  # requests of one run; what is left is due with the next time of each post


def numbers(native_id: str) -> tuple[str, str]:
    """The post and the comment in a native id; a post has no comment."""
    if not native_id.startswith("comment/"):
        return native_id, ""
    _, status, comment = native_id.split("/")
    return status, comment


class Standings:
    """Asks how kept posts stand as long as requests are left for it: comments first, as fifty of them cost one."""

    def __init__(self, client: WeiboClient) -> None:
        self._client, self._left = client, MOST

    def of(self, uid: str, native_ids: Sequence[str]) -> Iterator[Standing]:
        """How each stands; it is not known of those for which no request was left. Raises SourceProblem."""
        comments = [name for name in native_ids if numbers(name)[1]]
        for first in range(0, len(comments), PAGE):
            yield from self._comments(uid, comments[first : first + PAGE])
        for name in native_ids:
            if not numbers(name)[1]:
                yield self._post(uid, name)

    def _comments(self, uid: str, names: Sequence[str]) -> Iterator[Standing]:
        found = self._client.comments([numbers(name)[1] for name in names]) if self._may_ask() else None
        for name in names:
            status, number = numbers(name)
            told = (found or {}).get(number)
            record = {"comments": told, "status": {"id": status}, "uid": uid} if told else None
            yield Standing(name, gone=found is not None and told is None, record=record)

    def _post(self, uid: str, name: str) -> Standing:
        """Of a post that is shown to some only it is not known whether it went."""
        if not self._may_ask():
            return Standing(name)
        try:
            told = self._client.status(name)
        except NotAllowed:
            return Standing(name)
        return Standing(name, gone=told is None, record={"statuses": told, "uid": uid} if told else None)

    def _may_ask(self) -> bool:
        self._left -= 1
        return self._left >= 0
