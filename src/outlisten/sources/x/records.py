"""Posts as X gives them, each with those of its page that belong to it: author, posts referred to, media.

https://docs.x.com/x-api/fundamentals/expansions
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from outlisten.sources.connector import Record

By = Literal["search", "mention", "before", "again"]
Tweet = Mapping[str, Any]


def records(told: Mapping[str, Any], by: By, account: str = "") -> list[Record]:
    """A record for each post of an answer: `by` says why it came, `account` whom it is written to where that is us."""
    data = told.get("data")
    tweets = [data] if isinstance(data, dict) else data if isinstance(data, list) else []
    included = told.get("includes")
    sides = Sides(included if isinstance(included, Mapping) else {})
    return [
        sides.record(tweet, by, account if by == "mention" or mentions(tweet, account) else "")
        for tweet in tweets
        if isinstance(tweet, dict)
    ]


def before(record: Record) -> Iterator[Record]:
    """The post that one answers, where it came along, as a record of its own."""
    tweet = record["tweet"]
    for identifier in referred(tweet, "replied_to"):
        if parent := record["tweets"].get(identifier):
            sides = Sides({"users": list(record["users"].values())})
            yield sides.record(parent, "before", "")


def first_id(tweet: Tweet) -> str:
    """The id that stays through all edits: each gives a post a new one."""
    return versions(tweet)[0]


def versions(tweet: Tweet) -> list[str]:
    """The ids of a post's versions, oldest first."""
    return [str(one) for one in tweet.get("edit_history_tweet_ids") or [tweet["id"]]]


def referred(tweet: Tweet, kind: str) -> list[str]:
    """The ids of the posts that one refers to in this way: replied_to, quoted, retweeted."""
    listed = tweet.get("referenced_tweets") or []
    return [str(one["id"]) for one in listed if one.get("type") == kind]


def mentions(tweet: Tweet, account: str) -> bool:
    """Whether a post mentions an account by its name."""
    listed = (tweet.get("entities") or {}).get("mentions") or []
    return bool(account) and account.lower() in {str(one.get("username")).lower() for one in listed}


class Sides:
    """What an answer holds beside its posts, by id."""

    def __init__(self, included: Mapping[str, Any]) -> None:
        self._users = _by(included.get("users"), "id")
        self._tweets = _by(included.get("tweets"), "id")
        self._media = _by(included.get("media"), "media_key")

    def record(self, tweet: Tweet, by: By, account: str) -> Record:
        """A post with its own of these."""
        told = [str(one["id"]) for one in tweet.get("referenced_tweets") or []]
        tweets = {name: self._tweets[name] for name in told if name in self._tweets}
        people = [tweet.get("author_id"), tweet.get("in_reply_to_user_id")]
        people += [one.get("author_id") for one in tweets.values()]
        keys = (tweet.get("attachments") or {}).get("media_keys") or []
        return {
            "by": by,
            **({"account": account} if account else {}),
            "tweet": tweet,
            "tweets": tweets,
            "users": {str(name): self._users[str(name)] for name in people if str(name) in self._users},
            "media": [self._media[str(name)] for name in keys if str(name) in self._media],
        }


def _by(listed: Any, name: str) -> dict[str, Any]:
    found: Sequence[Any] = listed if isinstance(listed, list) else []
    return {str(one[name]): one for one in found if isinstance(one, dict) and name in one}
