"""Collects a feed as a process of its own, so that a test can kill it: collect_feed.py ADDRESS FOLDER.

It prints "kept" when the page is durable and before its cursor is, and at its end how many posts the store holds.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from outlisten.pipeline.ingest import Pipeline
from outlisten.posts import open_store
from outlisten.sources.collecting import take
from outlisten.sources.connector import Setting
from outlisten.sources.fetching import Fetcher, Guard, Politeness
from outlisten.sources.rss.connector import Rss


def main(address: str, folder: Path) -> None:
    store, kept = open_store(f"chdb://{folder / 'posts'}"), folder / "cursor.json"
    fetcher = Fetcher(guard=Guard.naming(["127.0.0.1"]), politeness=Politeness(0.0))
    source = Rss(Setting({"address": address}, {}, fetcher))
    pipeline = Pipeline(store)
    for page in source.pages(json.loads(kept.read_text()) if kept.exists() else {}):
        take(page, source, pipeline.ingest, "source:1")
        print("kept", flush=True)
        draft = kept.with_suffix(".new")
        draft.write_text(json.dumps(page.cursor))
        draft.replace(kept)  # as a row of the database: wholly or not at all
    print(store.count(None).value, flush=True)
    pipeline.close()
    store.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
