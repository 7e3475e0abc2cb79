"""Imports a file and says so, until somebody kills it: `python importer.py STORE FILE`."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from outlisten.pipeline import FolderJournal, Hooks, Pipeline, Readers
from outlisten.posts import open_store
from outlisten.posts.files import plan_import, read_batches

if __name__ == "__main__":
    folder, file = map(Path, sys.argv[1:])
    acted = (folder / "acted").open("a")

    def act(posts, matches):
        acted.writelines(f"{identifier}\n" for identifier in posts["id"].to_pylist())
        acted.flush()

    store = open_store(f"chdb://{folder / 'posts'}")
    way_in = Pipeline(
        store, readers=Readers(0), hooks=Hooks(act=act), journal=FolderJournal(folder / "journal")
    )
    way_in.recover()
    print("open", flush=True)
    plan = plan_import(file, network="x", now=datetime(2026, 6, 1, tzinfo=UTC))
    for result in way_in.ingest_many(batch.posts for batch in read_batches(plan, rows=40)):
        print(result.added, flush=True)
    store.close()
