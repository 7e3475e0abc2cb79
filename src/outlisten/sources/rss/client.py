"""Fetching a feed: conditional requests, moved addresses, and finding the feed of a site."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import etree, html

from outlisten.sources.fetching import Answer, Fetcher
from outlisten.sources.problems import (
    AddressRefused,
    CredentialRefused,
    NotAllowed,
    NotThere,
    ShapeChanged,
    SourceProblem,
)
from outlisten.sources.rss.documents import Feed, parsed

KINDS = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/json;q=0.9, application/xml;q=0.9, "
    "text/html;q=0.5, */*;q=0.1"
)
FEED_TYPES = frozenset({
    "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "application/json",
})  # fmt: skip
# Where sites put feeds that they do not name: WordPress, Hugo, Jekyll and Ghost, Discourse, old habits.
USUAL_PLACES = ("feed", "rss", "feed.xml", "atom.xml", "rss.xml", "index.xml", "feed.json", "latest.rss")
MOST_NAMED = 8  # a page may name any number of feeds, each a request


@dataclass(frozen=True, slots=True)
class Fetched:
    """A feed, where it lies, and what makes the next request conditional; `feed` is None when it is unchanged."""

    address: str
    validators: Mapping[str, str]
    feed: Feed | None


class FeedClient:
    """Fetches feeds, as `user` where the feed asks for a name."""

    def __init__(self, fetcher: Fetcher, *, user: str = "", password: str = "") -> None:
        self._fetcher = fetcher
        token = b64encode(f"{user}:{password}".encode()).decode()
        self._headers = {"Accept": KINDS, **({"Authorization": f"Basic {token}"} if user or password else {})}

    def fetch(self, address: str, validators: Mapping[str, str] | None = None, of: str = "") -> Fetched:
        """The feed at an address, or a page of the feed that `of` names. Raises SourceProblem; ShapeChanged when there is no
        feed at that address."""
        answer = self._fetcher.get(address, headers=self._headers | dict(validators or {}))
        if answer.unchanged:
            return Fetched(address, validators or {}, None)
        feed = parsed(answer, of)
        if feed is None:
            raise ShapeChanged(host=answer.host, reason="no feed")
        return Fetched(answer.stands_at or answer.address, _validators(answer), feed)

    def find(self, address: str) -> Fetched:
        """The feed at an address, or the one that the page there names, or one in a usual place. Raises SourceProblem."""
        answer = self._fetcher.get(address, headers=self._headers)
        if feed := parsed(answer):
            return Fetched(answer.stands_at or answer.address, _validators(answer), feed)
        named = named_feeds(answer)[:MOST_NAMED]
        refused: SourceProblem | None = None
        for candidate in dict.fromkeys([*named, *_usual_places(answer.address)]):
            try:
                return self.fetch(candidate)
            except (NotThere, ShapeChanged):
                continue
            except (AddressRefused, CredentialRefused, NotAllowed) as problem:
                # Told only where the page itself named the feed: hosts refuse usual places for reasons of their own.
                refused = refused or (problem if candidate in named else None)
        raise refused or NotThere(address=address, status="no feed")


def named_feeds(answer: Answer) -> list[str]:
    """The feeds a page names in its head (`<link rel="alternate">`), those of comments last."""
    page = _page(answer)
    named = [
        link
        for link in (page.iter("link") if page is not None else ())
        if "alternate" in str(link.get("rel") or "").lower().split()
        and str(link.get("type") or "").split(";")[0].strip().lower() in FEED_TYPES
        and link.get("href")
    ]
    named.sort(key=lambda link: "comment" in f"{link.get('title')} {link.get('href')}".lower())
    bases = page.iter("base") if page is not None else ()
    base = next((str(one.get("href")) for one in bases if one.get("href")), "")
    joined = (_joined(_joined(answer.address, base), str(link.get("href")).strip()) for link in named)
    return [address for address in joined if address]


def _page(answer: Answer) -> html.HtmlElement | None:
    """The answer as HTML, in the encoding it names where there is one of that name, else in UTF-8 where it is that."""
    known = "utf-8" if _is_utf8(answer.body) else None
    for encoding in (_encoding(answer) or known, known):
        try:
            return html.document_fromstring(answer.body, parser=html.HTMLParser(encoding=encoding))
        except LookupError:
            continue
        except (etree.LxmlError, ValueError):
            return None
    return None


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _joined(base: str, address: str) -> str:
    """An address of a page, whole; the base where it is none."""
    try:
        return urljoin(base, address)
    except ValueError:
        return base


def _usual_places(address: str) -> list[str]:
    return [urljoin(_folder(address), place) for place in USUAL_PLACES]


def _folder(address: str) -> str:
    return address.split("?", maxsplit=1)[0].rstrip("/") + "/"


def _encoding(answer: Answer) -> str | None:
    kind = answer.headers.get("content-type", "")
    return kind.partition("charset=")[2].split(";")[0].strip("\"' ") or None


def _validators(answer: Answer) -> dict[str, str]:
    """Headers that ask for the feed only if it changed (RFC 9110, 13.1)."""
    found = {
        "If-None-Match": answer.headers.get("etag"),
        "If-Modified-Since": answer.headers.get("last-modified"),
    }
    return {name: value for name, value in found.items() if value}
