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
from dataclasses import dataclass, field, replace
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
PEERS = {kind.__name__: kind for kind in (DuckDb, Fts5, Tantivy)}


@dataclass(frozen=True, slots=True)
class Row:
    """One question: posts found, our milliseconds, and those of each peer that can ask it (None where it cannot)."""

    kind: str
    query: str
    posts: int
    ours: float
    peers: tuple[float | None, ...]

    def line(self, smaller: dict[str, float]) -> str:
        """The row as Markdown; with what the question took among fewer posts, how its cost grew."""
        cells = [f"{self.ours:,.0f} ms"]
        if smaller:
            cells.append(f"{self.ours / smaller[self.query]:.1f}×")
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


@dataclass(frozen=True, slots=True)
class Growth:
    """Our milliseconds for each question among fewer posts."""

    posts: int = 0
    times: dict[str, float] = field(default_factory=dict)


def measured_before(folder: Path | None, rounds: int) -> Growth:
    """The same questions asked of a store that an earlier run kept."""
    if folder is None:
        return Growth()
    store = Outlisten(folder)
    times = {query: timed(lambda query=query: store.ask(query), rounds).p50 for _kind, query in QUESTIONS}
    posts = store.store.count(None).value
    store.store.close()
    return Growth(posts, times)


def report(posts: int, rows: list[Row], loads: list[str], peers: list[str], growth: Growth) -> str:
    """The page."""
    today = datetime.now(ZONE).date()
    words = [row.ours for row in rows if row.kind in {"word", "Han term", "phrase", "long Han term"}]
    heads = ["operator", "query", "posts found", "Outlisten"]
    heads += [f"cost over that of {growth.posts:,} posts"] if growth.times else []
    heads += peers
    return "\n".join([
        f"# Operators on {posts:,} posts", "",
        "The data of one *Listen* page: count, distinct authors, posts a day over a year, four facets, the 50 newest posts",
        "with their text. Medians, warm, one question at a time; in brackets the peer's time over ours. All answers agreed.",
        "Tantivy gives no exact number of authors and is asked for none; its slop is not a distance. DuckDB scans.", "",
        f"Written by `benchmarks/search_operators.py --posts {posts}` on {today}. {machine()}", "",
        "| engine | loaded in | bytes a post |", "|---|---|---|", *loads, "",
        f"| {' | '.join(heads)} |", "|---" * len(heads) + "|", *(row.line(growth.times) for row in rows), "",
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
    parser.add_argument(
        "--peers", nargs="*", choices=sorted(PEERS), default=list(PEERS), help="who else is asked"
    )
    parser.add_argument(
        "--growth-from", type=Path, help="a folder kept by a run with fewer posts: how much dearer it is now"
    )
    parser.add_argument("--write", help="the page to write")
    options = parser.parse_args()
    plan = Plan(options.shared, options.posts)
    with place(options) as folder:
        files = sorted(folder.glob("*.parquet")) or grow(plan, folder)
        posts = sum(pq.read_metadata(file).num_rows for file in files)
        growth = measured_before(options.growth_from, options.rounds)
        engines = [kind(folder) for kind in (Outlisten, *(PEERS[name] for name in options.peers))]
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
            print(rows[-1].line(growth.times), file=sys.stderr, flush=True)
    page = report(posts, rows, loads, [engine.name for engine in engines[1:]], growth)
    print(page)
    if options.write:
        Path(options.write).write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
