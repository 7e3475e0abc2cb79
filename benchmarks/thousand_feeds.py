"""A thousand feeds and one worker: how evenly they are asked, how often nothing was sent, and whether memory stays flat.

A server on this machine serves each feed at an address of its own (127.0.1.1 and so on, all loopback), for no host is asked twice
in a second. Most feeds are quiet, some bring eight entries an hour. The worker is the application's own, on a fresh home; its
schedule runs quicker than the clock by `--times`, nothing else is changed.

    python benchmarks/thousand_feeds.py [--minutes 8] [--times 60] [--write PAGE.md]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from threading import Thread

sys.path.insert(0, str(Path(__file__).parent))
from import_speed import resident_megabytes
from machine import machine

FEEDS, LIVELY = 1_000, 200  # of which so many bring entries every hour
LIVELY_HOUR, QUIET_DAY = 8.0, 1.0  # entries
WINDOW = 10.0  # seconds
ITEM = (
    "<item><guid>{guid}</guid><title>Entry {n} 第{n}条</title><description>The queue was long. 排队太久了。</description>"
    "<pubDate>{at}</pubDate></item>"
)


def addresses() -> list[str]:
    """A loopback address for each feed."""
    return [f"127.0.{1 + number // 250}.{1 + number % 250}" for number in range(FEEDS)]


@dataclass
class Feeds:
    """The server: what it is asked is noted as (seconds since it began, status)."""

    times: float
    port: int = 0
    asked: list[tuple[float, int, int]] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)
    started: datetime = field(default_factory=lambda: datetime.now(UTC))

    def start(self) -> None:
        """Serve in a thread until the process ends."""
        Thread(target=lambda: asyncio.run(self._serve()), daemon=True).start()
        while not self.port:
            time.sleep(0.05)

    async def _serve(self) -> None:
        first, *others = addresses()
        one = await asyncio.start_server(self._answer, first, 0)
        port = one.sockets[0].getsockname()[1]
        await asyncio.start_server(self._answer, others, port)
        self.port = port
        await asyncio.Event().wait()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                number = addresses_by_name()[writer.get_extra_info("sockname")[0]]
                status, headers, body = self._said(number, head.decode("latin-1"))
                self.asked.append((time.monotonic() - self.began, status, number))
                writer.write(
                    f"HTTP/1.1 {status} OK\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body
                )
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def _said(self, number: int, head: str) -> tuple[int, str, bytes]:
        newest = self._newest(number)
        etag = f'"{number}-{newest}"'
        if f"if-none-match: {etag}" in head.lower().replace("\r\n", "\n"):
            return 304, f"ETag: {etag}\r\n", b""
        items = "".join(
            ITEM.format(guid=f"{number}-{n}", n=n, at=format_datetime(self.started + timedelta(seconds=n)))
            for n in range(newest, max(newest - 20, -1), -1)
        )
        body = f'<rss version="2.0"><channel><title>Feed {number}</title>{items}</channel></rss>'
        return 200, f"Content-Type: application/rss+xml\r\nETag: {etag}\r\n", body.encode()

    def _newest(self, number: int) -> int:
        """The number of the feed's newest entry; each feed has its own moment in the hour or day."""
        hours = (time.monotonic() - self.began) * self.times / 3600
        each = 1 / LIVELY_HOUR if number < LIVELY else 24 / QUIET_DAY
        return 10 + int(hours / each + number * 0.618 % 1)


_by_name: dict[str, int] = {}


def addresses_by_name() -> dict[str, int]:
    """Address → the feed's number."""
    if not _by_name:
        _by_name.update({address: number for number, address in enumerate(addresses())})
    return _by_name


def work(port: int, times: float) -> None:
    """The worker's process: the application with a thousand sources, until it is ended."""
    from outlisten.app.start import prepare

    prepare()
    from outlisten.app.sources import running
    from outlisten.app.sources.models import Source
    from outlisten.app.sources.running import asking
    from outlisten.sources import schedule

    # An hour of the schedule takes 1/times of an hour.
    asking.rate = lambda before, new, since: schedule.rate(before, new, since * times)
    asking.wait = lambda per_hour, **bounds: schedule.wait(per_hour, **bounds) / times
    asking.scattered = lambda pause, least, chance: schedule.scattered(pause, least / times, chance)
    Source.objects.bulk_create(
        Source(name=f"Feed {number}", connector="rss", options={"address": f"http://{address}:{port}/feed"})
        for number, address in enumerate(addresses())
    )
    running.start()
    print("ready", flush=True)
    sys.stdin.read()
    running.stop()


def measured(minutes: float, times: float) -> tuple[Feeds, list[tuple[float, float]]]:
    """What the server was asked, and (seconds, megabytes) of the worker."""
    feeds, memory = Feeds(times), []
    feeds.start()
    own = ",".join(f"{address}:{feeds.port}" for address in addresses())
    with tempfile.TemporaryDirectory() as home:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("OUTLISTEN_")}
        environment |= {
            "OUTLISTEN_HOME": f"{home}/home",
            "OUTLISTEN_OWN_SERVERS": own,
            "OUTLISTEN_LOG_LEVEL": "WARNING",
        }
        command = [sys.executable, __file__, "--worker", json.dumps([feeds.port, times])]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True
        ) as worker:
            assert worker.stdout
            assert worker.stdin
            assert worker.stdout.readline() == "ready\n"
            feeds.began = time.monotonic()
            while (at := time.monotonic() - feeds.began) < minutes * 60:
                memory.append((at, resident_megabytes(worker.pid)))
                time.sleep(WINDOW)
            worker.stdin.close()
            worker.wait(60)
    return feeds, memory


def report(feeds: Feeds, memory: list[tuple[float, float]], minutes: float) -> str:
    """The page."""
    first_asked = {number: at for at, _, number in reversed(feeds.asked)}
    if len(first_asked) < FEEDS:
        raise SystemExit(f"only {len(first_asked)} of {FEEDS} feeds were asked in {minutes} minutes")
    all_asked = max(first_asked.values())
    first, last = math.ceil(all_asked / WINDOW) + 1, int(minutes * 60 / WINDOW)
    counted = Counter(int(at / WINDOW) for at, _, _ in feeds.asked)
    windows = [counted[number] for number in range(first, last)]
    mean = statistics.mean(windows)
    spread = statistics.pstdev(windows) / mean
    after = [status for at, status, _ in feeds.asked if at > all_asked]
    settled = [size for at, size in memory if at > all_asked]
    third = max(1, len(settled) // 3)
    sizes = [
        statistics.median(part)
        for part in (settled[:third], settled[third : 2 * third], settled[2 * third :])
    ]
    return "\n".join(
        [
            "# A thousand feeds",
            "",
            f"{FEEDS:,} feeds on this machine and one worker for {minutes:g} minutes, its schedule {feeds.times:g} times as",
            f"quick as the clock ({minutes * feeds.times / 60:g} hours): {LIVELY} feeds bring eight entries an hour, the others",
            f"one a day. All were added at once and asked once within {all_asked:.0f} seconds; the windows are counted from then",
            "on.",
            "",
            "| | |",
            "|---|---:|",
            f"| requests in all | {len(feeds.asked):,} |",
            f"| windows of {WINDOW:g} seconds | {len(windows)} |",
            f"| requests a window: mean, least, most | {mean:.1f}, {min(windows)}, {max(windows)} |",
            f"| coefficient of variation | **{spread:.2f}** |",
            f"| the same of requests at random moments (Poisson) | {1 / math.sqrt(mean):.2f} |",
            f"| requests answered with 304, nothing sent | **{after.count(304) / len(after):.0%}** |",
            f"| memory of the worker, MB: first, second and last third | **{', '.join(f'{size:,.0f}' for size in sizes)}** |",
            "",
            "Requests in each window:",
            "",
            "```",
            *(
                f"{number * WINDOW:5.0f} s {counted[number]:4} {'#' * round(counted[number] / 2)}"
                for number in range(first, last)
            ),
            "```",
            "",
            f"{machine()}",
            f"Made by `python benchmarks/thousand_feeds.py --minutes {minutes:g} --times {feeds.times:g}`.",
            "",
        ]
    )


def main() -> None:
    """Measure, print, and write the page when asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=8.0)
    parser.add_argument(
        "--times", type=float, default=60.0, help="how much quicker than the clock the schedule runs"
    )
    parser.add_argument("--write", type=Path, help="the page to write")
    parser.add_argument("--worker", type=json.loads, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        return work(*options.worker)
    page = report(*measured(options.minutes, options.times), options.minutes)
    print(page)
    if options.write:
        options.write.write_text(page, encoding="utf-8")
    return None


if __name__ == "__main__":
    main()
