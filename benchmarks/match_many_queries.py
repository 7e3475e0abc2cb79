"""The live matcher with 100 to 10,000 saved queries, beside its peers, on posts as the pipeline hands them.

Grows posts from real Chinese and English texts, half of each, draws queries as brands keep them from their words, checks
that every peer finds the same, and prints speeds and ratios. Times are of one process, in processor time.

    uv pip install --group benchmarks
    python benchmarks/match_many_queries.py --shared ../shared --write docs/explanation/measured/match-many-queries.md
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import pyarrow as pa

sys.path.insert(0, str(Path(__file__).parent))
from drawn_queries import Vocabulary, drawn, vocabulary
from grown_posts import Plan, chunk, clauses_of
from machine import machine
from match_peers import Eldar, Expressions, Fts5, Pairs, all_needles, bare, reference
from timing import Timed, side_by_side, timed

from outlisten.query import Matcher, Query, parse
from outlisten.query.watch import Watch

SIZES = (100, 1_000, 10_000)
RATE = 2.0  # queries that find a post, on average, however many there are
POSTS, SEEN, BATCH = 50_000, 20_000, 2_000  # grown; seen before measuring; rows in a batch of the pipeline
MEASURED, RUNS = 10_000, 10
SMALL = 200  # posts of a batch whose time is looked at while queries are built


def in_batches(posts: pa.Table, size: int = BATCH) -> list[pa.Table]:
    """As the pipeline hands them."""
    return [posts.slice(start, size) for start in range(0, posts.num_rows, size)]


def watching(queries: Sequence[Query], seen: pa.Table) -> Matcher:
    """A matcher that has seen some posts already."""
    matcher = Matcher()
    for place, query in enumerate(queries):
        matcher.add(str(place), query)
    for batch in in_batches(seen):
        matcher.match(batch)
        settle(matcher)
    return matcher


def settle(matcher: Matcher) -> None:
    """Wait for what is built beside."""
    if matcher._builder is not None:
        matcher._builder.join()


class Bench:
    """Posts, and the words queries are drawn from."""

    def __init__(self, shared: str) -> None:
        posts = chunk(Plan(shared, POSTS, zh_share=0.5), 0)
        self.words: Vocabulary = vocabulary(posts)
        clauses_of.cache_clear()
        gc.collect()
        gc.freeze()  # what the benchmark itself holds would make every collection of garbage slow
        self.seen, self.posts = posts.slice(0, SEEN), posts.slice(SEEN, MEASURED)

    def some(self, count: int) -> list[dict[str, object]]:
        """A few posts for those that are slow, from all over."""
        step = MEASURED // count
        return self.posts.take(list(range(0, count * step, step))).to_pylist()

    def ours(self, queries: Sequence[Query]) -> tuple[Timed, Timed, float]:
        """The matcher, the bare automaton, and how many queries find a post."""
        matcher, alone = watching(queries, self.seen), bare(all_needles(queries))
        found = sum(len(matcher.match(batch)) for batch in in_batches(self.posts))
        settle(matcher)
        batches = in_batches(self.posts)
        streams = {id(batch): batch["stream"].to_pylist() for batch in batches}
        full, bare_alone = side_by_side(batches, RUNS, matcher.match, lambda batch: alone(streams[id(batch)]))
        return full, bare_alone, found / MEASURED

    def pairs(self, queries: Sequence[Query], posts: Sequence[dict[str, object]]) -> Pairs:
        """What the matcher finds among a few posts."""
        matcher = watching(queries, self.seen.slice(0, BATCH))
        numbered = [post | {"id": str(place)} for place, post in enumerate(posts)]
        return {(int(query), int(post)) for query, post in matcher.match(numbered)}


def growth(bench: Bench, sets: dict[int, list[Query]]) -> Iterator[str]:
    """From 100 to 10,000 queries at an equal number of hits."""
    yield "| queries | needles | hits a post | µs a post | posts a second | bare automaton, µs | our speed against it |"
    yield "|---:|---:|---:|---:|---:|---:|---:|"
    speeds = []
    for count, queries in sets.items():
        full, alone, found = bench.ours(queries)
        speeds.append(full.micros)
        yield (
            f"| {count:,} | {len(all_needles(queries)):,} | {found:.2f} | **{full.micros:.1f}** | {1e6 / full.micros:,.0f}"
            f" | {alone.micros:.1f} | **{alone.micros / full.micros:.0%}** |"
        )
    yield ""
    yield f"From {SIZES[0]} to {SIZES[-1]:,} queries a post takes {speeds[-1] / speeds[0]:.1f} times as long."


def loops(bench: Bench, queries: list[Query]) -> Iterator[str]:
    """Beside loops over all queries."""
    some = bench.some(40)
    expected = bench.pairs(queries, some)
    expressions = Expressions(queries)
    assert reference(queries, some) == expected
    assert expressions(some) == expected
    full, _, _ = bench.ours(queries)
    yield f"| {len(queries):,} queries | µs a post | ours is quicker by |"
    yield "|---|---:|---:|"
    yield f"| Outlisten, live matcher | {full.micros:,.1f} | |"
    for name, work in (
        ("loop over queries, our reference evaluator", lambda: reference(queries, some)),
        ("loop over queries, compiled regular expressions", lambda: expressions(some)),
    ):
        slow = timed(len(some), work, 1)
        yield f"| {name} | {slow.micros:,.0f} | **{full.times(slow)}** |"
    yield ""
    yield f"All three found the same {len(expected):,} pairs of query and post among {len(some)} posts."


def peers(bench: Bench, queries: list[Query]) -> Iterator[str]:
    """eldar on what it can say, FTS5 on all."""
    sayable = [query for query in queries if Eldar.can_say(query)]
    some, more = bench.some(100), bench.posts.slice(0, BATCH).to_pylist()
    ours, (all_of_ours, _, _) = bench.ours(sayable)[0], bench.ours(queries)
    plain, streams, fts5 = Eldar(sayable, on_streams=False), Eldar(sayable, on_streams=True), Fts5(queries)
    expected, theirs = bench.pairs(sayable, some), plain(some)
    assert streams(some) == expected
    found, looser = bench.pairs(queries, more), fts5(more)
    assert found <= looser
    assert all("NEAR" in queries[query].text for query, _ in looser - found)
    yield "| | queries | µs a post | ours on the same | ours is quicker by |"
    yield "|---|---:|---:|---:|---:|"
    for name, work, posts, asked, mine in (
        ("eldar, on the texts", lambda: plain(some), some, sayable, ours),
        ("eldar, on our token stream", lambda: streams(some), some, sayable, ours),
        (
            "SQLite FTS5, a table in memory for each batch of 2,000",
            lambda: fts5(more),
            more,
            queries,
            all_of_ours,
        ),
    ):
        slow = timed(len(posts), work, 1)
        yield f"| {name} | {len(asked):,} | {slow.micros:,.0f} | {mine.micros:.1f} | **{mine.times(slow)}** |"
    yield ""
    yield (
        f"eldar has neither NEAR nor fields: {len(queries) - len(sayable)} of {len(queries):,} queries are left out. On our"
        f" token stream it found the same {len(expected)} pairs among {len(some)} posts. On the texts it found"
        f" {len(theirs - expected)} pairs that we did not and missed {len(expected - theirs)}: where a query holds Chinese or"
        " a phrase it can only look for parts of the text, so it mostly finds words inside longer ones; what it misses is"
        " mostly written in traditional characters or over a line break, which it does not fold. FTS5 found"
        f" all of our {len(found):,} pairs among {len(more):,} posts and {len(looser - found):,} more, each by a NEAR whose sides"
        " overlap: to it a word is near itself."
    )


def building(queries: list[Query], bench: Bench) -> Iterator[str]:
    """Reading, building, and whoever matches meanwhile."""
    texts = [query.text for query in queries]
    read = timed(len(texts), lambda: [parse(text) for text in texts], 1)
    named = {str(place): query for place, query in enumerate(queries)}
    built = timed(len(texts), lambda: Watch(named))
    matcher = watching(queries, bench.seen)
    again = timed(len(texts), lambda: Watch(named, matcher._watches[0].learned()))
    small = in_batches(bench.posts, SMALL)
    idle = [_wall(matcher, batch) for batch in small]
    more = [parse(f"新{place} OR new{place}") for place in range(len(queries) // 50)]
    for place, query in enumerate(more):
        matcher.add(f"more {place}", query)
    first = _wall(matcher, small[0])
    builder, busy = matcher._builder, []
    started = perf_counter()
    assert builder is not None
    while builder.is_alive():
        busy.append(_wall(matcher, small[len(busy) % len(small)]))
    beside = perf_counter() - started
    yield f"| {len(queries):,} queries | |"
    yield "|---|---:|"
    yield f"| reading their text (`parse`) | {read.cpu:.2f} s |"
    yield f"| building the watch, nothing known of posts | {built.cpu:.2f} s |"
    yield f"| building it again, frequencies known | {again.cpu:.2f} s |"
    yield f"| the same in a thread beside, while another matches without pause (wall time) | {beside:.2f} s |"
    yield f"| {SMALL} posts while nothing is built: median, longest | {_ms(idle)} |"
    yield f"| {SMALL} posts while it is built beside: median, longest ({len(busy)} batches) | {_ms(busy)} |"
    yield f"| {SMALL} posts by whoever matches first after {len(more)} queries were added | {first * 1000:.0f} ms |"
    yield ""
    yield (
        "Nobody waits for the building itself, which shares the interpreter with those who match. The longest wait is a full"
        " collection of Python's garbage, or the moment in which the automaton is made."
    )


def _wall(matcher: Matcher, batch: pa.Table) -> float:
    start = perf_counter()
    matcher.match(batch)
    return perf_counter() - start


def _ms(seconds: Sequence[float]) -> str:
    return f"{statistics.median(seconds) * 1000:.1f}, {max(seconds) * 1000:.1f} ms"


def report(shared: str) -> str:
    """The page."""
    bench = Bench(shared)
    sets = {count: drawn(bench.words, bench.seen.slice(0, 10_000), count, RATE) for count in SIZES}
    sections = [growth(bench, sets), loops(bench, sets[SIZES[-1]]), peers(bench, sets[1_000]),
                building(sets[SIZES[-1]], bench)]  # fmt: skip
    titles = ["More queries, as many hits", "Loops", "Peers", "Building"]
    lines = []
    for title, section in zip(titles, sections, strict=True):
        lines += [f"## {title}", ""]
        for line in section:
            print(line, file=sys.stderr, flush=True)
            lines.append(line)
        lines.append("")
    return "\n".join([
        "# Matching posts against many queries", "",
        f"Which of many saved queries find a post. {MEASURED:,} posts grown from real Weibo posts and tweets, half of each, in",
        f"batches of {BATCH:,} kept rows as the pipeline hands them; queries drawn from the posts' own words: single words",
        "30 %, lists of 3 to 15 words 22 %, two lists joined 20 %, such with words left out 16 %, phrases 5 %, NEAR 4 %, with",
        "language, network or tone 3 %; half Chinese, half English. One thread, processor time, the best of ten runs; the",
        f"matcher had seen {SEEN:,} other posts. The bare automaton is ahocorasick_rs, which finds every word of every query",
        "in the same streams and does nothing with them.", "",
        f"Written by `benchmarks/match_many_queries.py` on {datetime.now(UTC).date()}. {machine()}", "",
        *lines,
    ])  # fmt: skip


def main() -> None:
    """Measure, print, and write the page when asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", default=os.environ.get("OUTLISTEN_SHARED", "../shared"))
    parser.add_argument("--write", type=Path, help="the page to write")
    options = parser.parse_args()
    page = report(options.shared)
    print(page)
    if options.write:
        options.write.write_text(page.rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
