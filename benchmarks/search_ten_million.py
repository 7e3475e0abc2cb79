"""The data of one *Listen* page (count, authors, 365-day time line, four facets, newest 50) among many posts.

Grows posts from real Chinese and English texts, loads them into Outlisten's store, SQLite FTS5 and DuckDB, asks each for
rare, middling and frequent words and Chinese terms, checks that all agree, and prints times and ratios.

    uv pip install duckdb
    python benchmarks/search_ten_million.py --posts 10000000 --shared ../shared \
        --write docs/explanation/measured/search-ten-million.md
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).parent))
from grown_posts import DAYS, FIRST, Plan, grow
from machine import machine
from search_peers import FIELDS, Answer, DuckDb, Fts5

from outlisten.posts import open_store
from outlisten.posts.chdb import engine_config
from outlisten.posts.schema import arrow_schema
from outlisten.posts.store import TimeRange
from outlisten.query import parse

ZONE = ZoneInfo("Asia/Shanghai")
YEAR = TimeRange(FIRST - timedelta(days=1), FIRST + timedelta(days=DAYS + 1))
# The columns that the page lists (`outlisten.app.listening.rows.COLUMNS`).
SHOWN = (
    "id", "platform", "created_at", "date_only", "title", "text", "author", "author_handle", "to", "url",
    "lang", "sentiment", "voice", "intent", "is", "native_id", "reply_to",
)  # fmt: skip
WARM_UP, SECONDS_A_TERM = 2, 30.0


class Outlisten:
    """The product's own store, asked through its own call."""

    name = "Outlisten"

    def __init__(self, folder: Path) -> None:
        # Remembering which granules matched would flatter a benchmark that repeats itself.
        engine_config.SESSION["use_query_condition_cache"] = 0
        self.folder = folder / "posts"
        self.store = open_store(f"chdb://{self.folder}")

    def load(self, files: list[Path]) -> None:
        """Every post through `add`, then what the store does by itself a minute later."""
        for file in files:
            table = pq.read_table(file)
            for field in arrow_schema():
                if field.name not in table.column_names:
                    table = table.append_column(field, pa.nulls(table.num_rows, field.type))
            for start in range(0, table.num_rows, 10_000):
                self.store.add(table.slice(start, 10_000))
        self.store.rest()

    def ask(self, term: str, newest: int = 50) -> Answer:
        """One call, as the page makes it."""
        board = self.store.dashboard(
            parse(term), zone=ZONE, fields=FIELDS, window=YEAR, newest=newest, columns=SHOWN
        )
        assert not board.cut
        days = {
            str(day): posts
            for day, posts in zip(*(c.to_pylist() for c in board.histogram.columns), strict=True)
        }
        facets = {
            field: dict(zip(*(column.to_pylist() for column in table.columns), strict=True))
            for field, table in board.facets.items()
        }
        return Answer(board.count, board.authors, days, facets, board.newest.posts["id"].to_pylist())

    def bytes(self) -> int:
        """On disk, the raw record included."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())


Engine = Outlisten | Fts5 | DuckDb
ENGINES: tuple[type[Outlisten] | type[Fts5] | type[DuckDb], ...] = (Outlisten, Fts5, DuckDb)


@dataclass(frozen=True)
class Term:
    """What is asked: the words a person types, and why they were picked."""

    lang: str
    kind: str
    words: str


def pick_terms(files: list[Path]) -> list[Term]:
    """By document frequency in a sample: about 1 in 50,000, about 1 in 100, and the most frequent of all."""
    sample = files[:: max(1, len(files) // 4)]
    frequency: dict[str, Counter[str]] = {"zh": Counter(), "en": Counter()}
    posts = 0
    for file in sample:
        for stream in pq.read_table(file, columns=["stream"])["stream"].to_pylist():
            posts += 1
            frequency["en"].update(set(re.findall(r"(?<![^ ])[a-z]{3,}(?![^ ])", stream)))
            frequency["zh"].update(
                {a + b for a, b in re.findall(r"(?=([\u4e00-\u9fff]) ([\u4e00-\u9fff]))", stream)}
            )
    terms = []
    for lang, counts in frequency.items():
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        for kind, share in (("rare", 1 / 50_000), ("middling", 1 / 100), ("frequent", 1.0)):
            word = min(ranked, key=lambda item: abs(item[1] - share * posts))[0]
            terms.append(Term(lang, kind, word))
    return terms


@dataclass(frozen=True)
class Timed:
    """Milliseconds."""

    p50: float
    p95: float
    rounds: int


def timed(ask: Callable[[], Answer], rounds: int, seconds: float = SECONDS_A_TERM) -> Timed:
    """Warm times of a question; at least five rounds, beyond them at most so many seconds."""
    for _ in range(WARM_UP):
        ask()
    times: list[float] = []
    began = perf_counter()
    while len(times) < rounds and (len(times) < 5 or perf_counter() - began < seconds):
        start = perf_counter()
        ask()
        times.append((perf_counter() - start) * 1000)
    return Timed(statistics.median(times), statistics.quantiles(times, n=20)[-1], len(times))


def measure(files: list[Path], folder: Path, rounds: int, seconds: float) -> list[str]:
    """Markdown lines: loading, then every term in every engine."""
    engines = [kind(folder) for kind in ENGINES]
    lines = ["| engine | loaded in | bytes a post | what it keeps |", "|---|---|---|---|"]
    posts = sum(pq.read_metadata(file).num_rows for file in files)
    keeps = (
        "everything, raw record included",
        "text, figures' columns, index",
        "text, figures' columns, stream",
    )
    for engine, kept in zip(engines, keeps, strict=True):
        taken = loaded(engine, files, folder)
        loading = f"{taken:,.0f} s" if taken is not None else "in another run"
        lines.append(f"| {engine.name} | {loading} | {engine.bytes() / posts:,.0f} | {kept} |")
        print(lines[-1], file=sys.stderr, flush=True)
    lines += ["", "| term | posts found | Outlisten p50 / p95 | SQLite FTS5 | DuckDB scan | FTS5 ÷ ours | DuckDB ÷ ours |",
              "|---|---|---|---|---|---|---|"]  # fmt: skip
    for term in pick_terms(files):
        lines.append(_row(term, engines, rounds, seconds))
        print(lines[-1], file=sys.stderr, flush=True)
    return lines


def loaded(engine: Engine, files: list[Path], folder: Path) -> float | None:
    """How many seconds loading took; None where an earlier run left its data in this folder."""
    note = folder / f"{type(engine).__name__}.loaded"
    if note.exists():
        return None
    start = perf_counter()
    engine.load(files)
    note.touch()
    return perf_counter() - start


def difference(ours: Answer, theirs: Answer) -> str:
    """The first part in which two answers differ."""
    pairs = ((name, getattr(ours, name), getattr(theirs, name)) for name in Answer.__dataclass_fields__)
    return next(f"{name}: {str(a)[:300]} or {str(b)[:300]}" for name, a, b in pairs if a != b)


def _row(term: Term, engines: list, rounds: int, seconds: float) -> str:
    tree = parse(term.words).tree
    questions = [term.words, tree, tree]
    answers = [engine.ask(words) for engine, words in zip(engines, questions, strict=True)]
    for engine, answer in zip(engines[1:], answers[1:], strict=True):
        assert answer == answers[0], (
            f"{engine.name} disagrees on {term.words}: {difference(answers[0], answer)}"
        )
    times = [
        timed(lambda e=e, w=w: e.ask(w), rounds, seconds) for e, w in zip(engines, questions, strict=True)
    ]
    cells = [f"{t.p50:,.0f} / {t.p95:,.0f} ms" for t in times]
    ratios = [f"{t.p50 / times[0].p50:,.1f}×" for t in times[1:]]
    name = f"{term.kind}, {'Chinese' if term.lang == 'zh' else 'English'}"
    return f"| {name} | {answers[0].count:,} | {' | '.join(cells)} | {' | '.join(ratios)} |"


def report(plan: Plan, lines: list[str]) -> str:
    """The page."""
    today = datetime.now(ZONE).date()
    return "\n".join([
        "# Searching ten million posts" if plan.posts == 10_000_000 else f"# Searching {plan.posts:,} posts", "",
        "The data of one *Listen* page: number of posts, distinct authors (exact), posts a day over 365 days in a time",
        "zone, four facets, the 50 newest posts with their text. One question at a time, warm, condition cache off.",
        "Every engine got the same token stream; all answers agreed (count, authors, every day, every facet value,",
        "the 50 ids). Ratios are of medians. FTS5 is contentless with positions; DuckDB scans, for its full-text",
        "extension has no phrases.", "",
        f"Written by `benchmarks/search_ten_million.py --posts {plan.posts}` on {today}. {machine()}", "",
        *lines, "",
    ])  # fmt: skip


@contextmanager
def place(options: argparse.Namespace) -> Iterator[Path]:
    """Where to work: the folder to keep, or one that is removed afterwards."""
    if options.keep:
        Path(options.keep).mkdir(parents=True, exist_ok=True)
        yield Path(options.keep)
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        yield Path(name)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--posts", type=int, default=300_000)
    parser.add_argument("--shared", default=os.environ.get("OUTLISTEN_SHARED", "../shared"))
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument(
        "--seconds", type=float, default=SECONDS_A_TERM, help="a term and engine, after five rounds"
    )
    parser.add_argument("--folder", help="where to work (default: a temporary folder, removed afterwards)")
    parser.add_argument("--keep", help="a folder in which what was loaded stays for the next run")
    parser.add_argument(
        "--load-only", action="store_true", help="with --keep: load, and measure in another run"
    )
    parser.add_argument("--grown", help="a folder of posts grown earlier with the same --posts")
    parser.add_argument("--write", help="the page to write")
    options = parser.parse_args()
    plan = Plan(options.shared, options.posts)
    with place(options) as folder:
        files = sorted(Path(options.grown).glob("*.parquet")) if options.grown else grow(plan, folder)
        if options.load_only:
            for kind in ENGINES:
                loaded(kind(folder), files, folder)
            return
        page = report(plan, measure(files, folder, options.rounds, options.seconds))
    print(page)
    if options.write:
        Path(options.write).write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
