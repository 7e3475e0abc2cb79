"""From an address to an open store."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from outlisten.posts.errors import NotYetAvailable, UnknownAddress
from outlisten.posts.store import PostStore


def open_store(url: str, *, create: bool = True) -> PostStore:
    """The store at `chdb:///absolute/path`, made when absent and `create`.

    `?durable=1` waits for the disk after every write (survives a power cut, slower); without it a killed process
    loses nothing, a power cut may lose the last seconds.

    Raises StoreBusy when another process holds it, StoreMissing, StoreFull, or another StoreError with one sentence.
    """
    parts = urlsplit(url)
    if parts.scheme in {"clickhouse", "clickhouses"}:
        raise NotYetAvailable(url=f"{parts.scheme}://{parts.hostname or ''}")
    path = unquote(parts.path)
    if parts.scheme != "chdb" or parts.netloc or not path.startswith("/") or path == "/":
        raise UnknownAddress(url=url)
    from outlisten.posts.chdb.store import ChdbStore

    durable = parse_qs(parts.query).get("durable", ["0"])[-1] == "1"
    return ChdbStore(Path(path), url=url, create=create, durable=durable)
