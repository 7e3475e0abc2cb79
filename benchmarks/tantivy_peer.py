"""The page's figures from Tantivy, on the same token stream; without distinct authors, which it only estimates."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from peer_queries import tantivy_query
from search_peers import FIELDS, OFFSET, Answer, rows_of

from outlisten.query.tree import Node

MISSING = "\0"
DAY = 86_400


class Tantivy:
    """An index with positions and fast fields; texts are stored."""

    name = "Tantivy"

    def __init__(self, folder: Path) -> None:
        import tantivy

        self.tantivy, self.path = tantivy, folder / "tantivy"
        fields = tantivy.SchemaBuilder()
        # Only the space parts tokens, and the signs of the stream stay tokens.
        fields.add_text_field("stream", tokenizer_name="spaces", index_option="position")
        for name in FIELDS:
            fields.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        # Newest first and then by id, in one number: the engine sorts by one field.
        fields.add_integer_field("place", fast=True)
        fields.add_integer_field("day", fast=True)
        fields.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        fields.add_text_field("text", stored=True, tokenizer_name="raw", index_option="basic")
        self.schema = fields.build()
        self.path.mkdir(exist_ok=True)
        self.index = tantivy.Index(self.schema, path=str(self.path))
        analyser = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(r"[^ ]+")).build()
        self.index.register_tokenizer("spaces", analyser)

    def load(self, files: list[Path]) -> None:
        """All posts, oldest first, merged into few segments as the engine sees fit."""
        writer = self.index.writer(heap_size=512_000_000, num_threads=2)
        place = 0
        for file in files:
            table = rows_of(file).sort_by([("created_at", "ascending"), ("id", "ascending")])
            for row in table.to_pylist():
                document = self.tantivy.Document(
                    stream=row["stream"], place=place, day=(row["created_at"] + OFFSET) // DAY, id=row["id"],
                    text=row["text"] or "", **{name: row[name] or MISSING for name in FIELDS},
                )  # fmt: skip
                writer.add_document(document)
                place += 1
        writer.commit()
        writer.wait_merging_threads()

    def ask(self, tree: Node, newest: int = 50) -> Answer:
        """Count, days and facets in one aggregation, then the newest posts."""
        self.index.reload()
        searcher = self.index.searcher()
        query = tantivy_query(tree, self.schema)
        groups = {name: {"terms": {"field": name, "size": 10}} for name in FIELDS}
        groups["day"] = {"terms": {"field": "day", "size": 1_000}}
        found = searcher.aggregate(query, groups)
        hits = searcher.search(query, limit=newest, order_by_field="place")
        return Answer(
            hits.count, 0, {_day(bucket["key"]): bucket["doc_count"] for bucket in found["day"]["buckets"]},
            {name: {_value(b["key"]): b["doc_count"] for b in found[name]["buckets"]} for name in FIELDS},
            [self._shown(searcher, address) for _place, address in hits.hits],
        )  # fmt: skip

    def _shown(self, searcher: Any, address: Any) -> str:
        post = searcher.doc(address)
        assert post["text"]
        return str(post["id"][0])

    def bytes(self) -> int:
        """On disk."""
        return sum(path.stat().st_size for path in self.path.rglob("*") if path.is_file())


def _day(number: float) -> str:
    return str((datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=int(number))).date())


def _value(key: str) -> str | None:
    return None if key == MISSING else key
