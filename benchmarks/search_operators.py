"""What each operator of the query language costs on history, beside a DuckDB scan, SQLite FTS5 and Tantivy.

The data of one *Listen* page for a word, a phrase, a beginning of a word, a Han term, a boolean and NEAR, in English and
Chinese. All engines get the same token stream and must give the same answers.

    uv pip install --group benchmarks
    python benchmarks/search_operators.py --posts 1000000 --shared ../shared --write docs/explanation/measured/search-operators.md
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).parent))
from grown_posts import Plan, grow
from machine import machine
from peer_queries import Unable
from search_peers import DuckDb, Fts5
from search_ten_million import ZONE, Outlisten, difference, loaded, place, timed
from tantivy_peer import Tantivy

from outlisten.query import parse

QUESTIONS = (
    ("word", "coffee"),
    ("phrase", '"new york"'),
    ("beginning of a word", "celebrat*"),
    ("boolean", '(coffee OR breakfast OR "good morning") (love OR best OR happy) NOT (christmas OR beach)'),
    ("NEAR, few posts", "(love OR happy) NEAR/5 birthday"),
    ("NEAR, many posts", "the NEAR/4 day"),
    ("Han term", "口罩"),
    ("long Han term", "医用外科口罩"),
    ("Han boolean", "(武汉 OR 湖北) (口罩 OR 防护服) NOT (捐赠 OR 捐款)"),
    ("Han NEAR, few posts", "(口罩 OR 酒精) NEAR/8 (没有 OR 买不到)"),
    ("Han NEAR, many posts", "疫情 NEAR/10 我们"),
)
PEERS = (DuckDb, Fts5, Tantivy)


@dataclass(frozen=True, slots=True)
class Row:
    """One question: posts found, our milliseconds, and those of each peer that can ask it (None where it cannot)."""

    kind: str
    query: str
    posts: int
    ours: float
    peers: tuple[float | None, ...]

    def line(self) -> str:
        """The row as Markdown."""
        cells = [f"{self.ours:,.0f} ms"]
        for time in self.peers:
            cells.append("cannot say it" if time is None else f"{time:,.0f} ms ({time / self.ours:,.1f}×)")
        return f"| {self.kind} | `{self.query}` | {self.posts:,} | {' | '.join(cells)} |"


def asked(engines: list, kind: str, query: str, rounds: int) -> Row:
    """Ask everybody, see that they agree, take medians."""
    tree = parse(query).tree
    assert tree is not None, query
    ours, *peers = engines
    answer = ours.ask(query)
    times: list[float | None] = []
    for peer in peers:
        try:
            theirs = peer.ask(tree)
        except Unable:
            times.append(None)
            continue
        theirs = replace(theirs, authors=theirs.authors or answer.authors)
        assert theirs == answer, f"{peer.name} disagrees on {query}: {difference(answer, theirs)}"
        times.append(timed(lambda peer=peer: peer.ask(tree), rounds).p50)
    return Row(kind, query, answer.count, timed(lambda: ours.ask(query), rounds).p50, tuple(times))


def report(posts: int, rows: list[Row], loads: list[str]) -> str:
    """The page."""
    today = datetime.now(ZONE).date()
    words = [row.ours for row in rows if row.kind in {"word", "Han term", "phrase", "long Han term"}]
    return "\n".join([
        f"# Operators on {posts:,} posts", "",
        "The data of one *Listen* page: count, distinct authors, posts a day over a year, four facets, the 50 newest posts",
        "with their text. Medians, warm, one question at a time; in brackets the peer's time over ours. All answers agreed.",
        "Tantivy gives no exact number of authors and is asked for none; its slop is not a distance, and DuckDB scans.", "",
        f"Written by `benchmarks/search_operators.py --posts {posts}` on {today}. {machine()}", "",
        "| engine | loaded in | bytes a post |", "|---|---|---|", *loads, "",
        "| operator | query | posts found | Outlisten | DuckDB scan | SQLite FTS5 | Tantivy |", "|---|---|---|---|---|---|---|",
        *(row.line() for row in rows), "",
        f"The dearest plain term takes {max(words) / statistics.median(words):.1f} times as long as their median.", "",
    ])  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--posts", type=int, default=300_000)
    parser.add_argument("--shared", default=os.environ.get("OUTLISTEN_SHARED", "../shared"))
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--folder", help="where to work (default: a temporary folder, removed afterwards)")
    parser.add_argument("--keep", help="a folder in which what was loaded stays for the next run")
    parser.add_argument(
        "--load-only", action="store_true", help="with --keep: load, and measure in another run"
    )
    parser.add_argument("--ours-alone", action="store_true", help="ask no peer")
    parser.add_argument("--write", help="the page to write")
    options = parser.parse_args()
    plan = Plan(options.shared, options.posts)
    with place(options) as folder:
        files = sorted(folder.glob("*.parquet")) or grow(plan, folder)
        posts = sum(pq.read_metadata(file).num_rows for file in files)
        engines = [kind(folder) for kind in (Outlisten, *(() if options.ours_alone else PEERS))]
        loads = []
        for engine in engines:
            seconds = loaded(engine, files, folder)
            loads.append(f"| {engine.name} | {seconds:,.0f} s | {engine.bytes() / posts:,.0f} |")
            print(loads[-1], file=sys.stderr, flush=True)
        if options.load_only:
            return
        rows = []
        for kind, query in QUESTIONS:
            rows.append(asked(engines, kind, query, options.rounds))
            print(rows[-1].line(), file=sys.stderr, flush=True)
    page = report(posts, rows, loads)
    print(page)
    if options.write:
        Path(options.write).write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
