"""Seconds from a post written on a server that streams to its words in an open page, in a real browser.

Starts mastodon_mock (an imitation of Mastodon 4.6 that streams; `make .peers/.installed` installs it) and `outlisten serve` on a
fresh home, adds the hashtag as a source, opens Today and leaves it alone. Posts are written one after the other, at random
moments; each is waited for in the page, which nobody touches.

    python benchmarks/post_to_page.py [--posts 40] [--browser /usr/bin/chromium] [--write PAGE.md]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))
from machine import machine
from playwright.sync_api import Page, sync_playwright
from tests.peers.conftest import Peer
from tests.peers.mastodon.people import Person, registered

RUN = [sys.executable, "-c", "from outlisten.cli.main import run; run()"]
OWNER = {
    "name": "林一",
    "email": "lin@example.org",
    "password": "a quiet morning walk",
    "workspace": "Axi Tea",
}
GOAL, PATIENCE = 5.0, 60.0  # seconds
SHOWN = "words => document.querySelector('#today-newest')?.innerText.includes(words)"
TEXTS = ("充电宝又坏了", "The kettle leaks again", "等了两个小时", "They never answered my mail")


@contextmanager
def mastodon(folder: Path) -> Iterator[Person]:
    """The server, and somebody who writes there."""
    peer = Peer("peer_mastodon_mock.sh", folder, host="localhost", answers_at="/api/v1/instance")
    peer.start()
    try:
        yield registered(peer.address, "alice")
    finally:
        peer.stop()


@contextmanager
def served(home: Path, own: str) -> Iterator[dict[str, Any]]:
    """`outlisten serve` on a fresh home: its address and its set-up link."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OUTLISTEN_")}
    command = [*RUN, "serve", "--home", str(home), "--port", "0", "--json"]
    environment["OUTLISTEN_OWN_SERVERS"] = own
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as process:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())
        process.terminate()
        process.wait(30)


def add_source(home: Path, writer: Person, tag: str) -> None:
    """The hashtag as a source, with a token, as streams need one."""
    command = [
        *RUN,
        "sources",
        "add",
        "mastodon",
        f"server={writer.server}",
        f"hashtags={tag}",
        "--home",
        str(home),
    ]
    command += ["--name", "Mastodon", "--secret", "token=@TOKEN", "--as", OWNER["email"]]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "TOKEN": writer.token})


def owner_s_page(page: Page, told: dict[str, Any]) -> None:
    """Goes through set-up, and stays on Today."""
    page.goto(told["set_up"])
    for name, value in OWNER.items():
        page.fill(f"[name={name}]", value)
    page.click("main button[type=submit]")
    page.wait_for_url(f"{told['address']}/")


def seconds_to_page(page: Page, writer: Person, tag: str, number: int) -> float:
    """One post: from the moment its writer's app is answered to its words in the page."""
    words = f"{TEXTS[number % len(TEXTS)]} {secrets.token_hex(4)}"
    writer.writes(f"{words} #{tag}")
    began = time.monotonic()
    page.wait_for_function(SHOWN, arg=words, timeout=PATIENCE * 1000, polling=50)
    return time.monotonic() - began


def measured(posts: int, browser: str) -> list[float]:
    """The seconds of each post."""
    tag, chance = f"acme{secrets.token_hex(4)}", random.Random(20260101)
    with ExitStack() as open_now:
        folder = Path(open_now.enter_context(tempfile.TemporaryDirectory()))
        (folder / "mock").mkdir()
        writer = open_now.enter_context(mastodon(folder / "mock"))
        told = open_now.enter_context(served(folder / "home", writer.server.removeprefix("http://")))
        chromium = open_now.enter_context(sync_playwright()).chromium
        page = chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"]).new_page()
        owner_s_page(page, told)
        add_source(folder / "home", writer, tag)
        for _ in range(3):  # until the stream is open, and the page has a first post to stand above
            warmed(page, writer, tag)
        found = []
        for number in range(posts):
            time.sleep(chance.uniform(0.5, 4.0))
            found.append(seconds_to_page(page, writer, tag, number))
        return found


def warmed(page: Page, writer: Person, tag: str) -> None:
    """A post that is not counted. The first one turns the empty page into another."""
    words = f"开始 {secrets.token_hex(4)}"
    writer.writes(f"{words} #{tag}")
    page.wait_for_function(
        "words => document.body.innerText.includes(words)", arg=words, timeout=PATIENCE * 2000
    )


def report(found: list[float]) -> str:
    """The page."""
    ordered = sorted(found)
    p95 = ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]
    return "\n".join(
        [
            "# From a post to the page",
            "",
            f"{len(found)} posts written on mastodon_mock, an imitation of Mastodon that streams, each waited for on the page",
            "Today in Chromium, which nobody touched. Seconds from the answer to the writer to the words in the page.",
            "",
            "| median | 95th percentile | slowest | goal, median |",
            "|---:|---:|---:|---:|",
            f"| **{statistics.median(found):.2f}** | {p95:.2f} | {max(found):.2f} | {GOAL:.0f} |",
            "",
            f"{machine()}",
            f"Made by `python benchmarks/post_to_page.py --posts {len(found)}`.",
            "",
        ]
    )


def main() -> None:
    """Measure, print, and write the page when asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--posts", type=int, default=40)
    parser.add_argument("--browser", default="/usr/bin/chromium")
    parser.add_argument("--write", type=Path, help="the page to write")
    options = parser.parse_args()
    page = report(measured(options.posts, options.browser))
    print(page)
    if options.write:
        options.write.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
