"""Public media with a hashtag: what was published within a day, in an order that is not sure.

https://developers.facebook.com/docs/instagram-platform/instagram-api-with-facebook-login/hashtag-search
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from outlisten.sources.connector import Cursor, Page
from outlisten.sources.graph_api.client import Place
from outlisten.sources.instagram.client import HASHTAG, Account, InstagramClient
from outlisten.sources.problems import QuotaUsedUp
from outlisten.sources.under_posts import all_since
from outlisten.sources.walking import Listed

MOST = 30  # hashtags of an account in seven days
MOST_PAGES = 20  # of one hashtag in one run
DAY = 24 * 3_600  # seconds for which the interface knows of a medium
HOST = "graph.facebook.com"


def recent(client: InstagramClient, account: Account, name: str, cursor: Cursor) -> Iterator[Page]:
    """What is new with a hashtag. Raises QuotaUsedUp rather than ask for a thirty-first one, or another SourceProblem."""
    searched = client.searched(account)
    if name.lower() not in searched and len(searched) >= MOST:
        raise QuotaUsedUp(host=HOST)
    listing = Listing(client, account, client.hashtag(account, name))
    return all_since(cursor, listing.page, late=DAY)


class Listing:
    """The pages of one run. Their place is the same for each page, so that a run that stopped begins at the top again, and
    only a page without anything that is new to this run is the end."""

    def __init__(self, client: InstagramClient, account: Account, hashtag: str) -> None:
        self._client, self._account, self._hashtag = client, account, hashtag
        self._place: Place | None = None
        self._seen: set[str] = set()
        self._pages = 0

    def page(self, _at: Any, _floor: int | None) -> Listed:
        """The next page. Raises SourceProblem."""
        media, self._place = self._client.recent(self._account, self._hashtag, self._place)
        self._pages += 1
        about = {"account": self._account.as_json(), "by": HASHTAG}
        found = [self._client.found(one, {**about, "media": one}) for one in media]
        new = [one for one in found if one.id not in self._seen]
        self._seen.update(one.id for one in new)
        done = not new or self._place is None or self._pages >= MOST_PAGES
        return Listed(new, None if done else self._pages)
