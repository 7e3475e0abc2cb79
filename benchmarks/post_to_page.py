"""Seconds from a post written on a server that streams to an open page, in a real browser.

Starts a server that streams (mastodon_mock, an imitation of Mastodon 4.6, or Synapse, the homeserver of Matrix; `make
.peers/.installed` installs both) and `outlisten serve` on a fresh home, adds it as a source, opens Today and Listen and leaves
them alone. Posts are written one after the other, at random moments. Each is waited for in a page that nobody touches: on Today
its words, on Listen the bar that says that a post came in. Then the bar is pressed, and its words are waited for.

    python benchmarks/post_to_page.py [--server mastodon_mock] [--posts 40] [--browser /usr/bin/chromium] [--write PAGE.md]
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
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))
from machine import machine
from playwright.sync_api import Page, sync_playwright
from tests.peers.conftest import Peer
from tests.peers.mastodon import people as mastodon_people
from tests.peers.matrix import people as matrix_people

RUN = [sys.executable, "-c", "from outlisten.cli.main import run; run()"]
OWNER = {
    "name": "林一",
    "email": "lin@example.org",
    "password": "a quiet morning walk",
    "workspace": "Axi Tea",
}
GOAL, PATIENCE = 5.0, 60.0  # seconds
ON_TODAY = "words => document.querySelector('#today-newest')?.innerText.includes(words)"
ON_LISTEN = "words => document.querySelector('#posts')?.innerText.includes(words)"
BAR = "() => document.querySelector('#arrivals-show')?.checkVisibility()"
TEXTS = ("充电宝又坏了", "The kettle leaks again", "等了两个小时", "They never answered my mail")


@dataclass(frozen=True)
class Written:
    """A server to write on, and how it becomes a source."""

    connector: str
    host: str
    options: Mapping[str, str]
    token: str
    writes: Callable[[str], object]


@dataclass
class Seconds:
    """What was measured, one number a post."""

    today: list[float] = field(default_factory=list)
    bar: list[float] = field(default_factory=list)
    pressed: list[float] = field(default_factory=list)


@contextmanager
def mastodon_mock(folder: Path, tag: str) -> Iterator[Written]:
    """The server, and somebody who writes there under a hashtag."""
    peer = Peer("peer_mastodon_mock.sh", folder, host="localhost", answers_at="/api/v1/instance")
    peer.start()
    try:
        writer = mastodon_people.registered(peer.address, "alice")
        options = {"server": writer.server, "hashtags": tag}
        yield Written(
            "mastodon", peer.address, options, writer.token, lambda words: writer.writes(f"{words} #{tag}")
        )
    finally:
        peer.stop()


@contextmanager
def synapse(folder: Path, tag: str) -> Iterator[Written]:
    """The server, somebody who writes there in a room, and an account of ours that is in it."""
    peer = Peer("peer_synapse.sh", folder, answers_at="/_matrix/client/versions")
    peer.start()
    try:
        writer, ours = (matrix_people.registered(peer.address, name) for name in ("alice", "brand"))
        room = writer.makes_room(ours)
        options = {"server": peer.address, "rooms": room}
        yield Written(
            "matrix", peer.address, options, ours.token, lambda words: writer.writes(room, f"{words} #{tag}")
        )
    finally:
        peer.stop()


SERVERS = {
    "mastodon_mock": (mastodon_mock, "an imitation of Mastodon that streams"),
    "synapse": (synapse, "the homeserver of Matrix"),
}


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


def add_source(home: Path, written: Written) -> None:
    """The server as a source, with a token, as streams need one."""
    options = [f"{name}={value}" for name, value in written.options.items()]
    command = [*RUN, "sources", "add", written.connector, *options, "--home", str(home), "--name", "Peer"]
    secret = "secret" if written.connector == "matrix" else "token"
    command += ["--secret", f"{secret}=@TOKEN", "--as", OWNER["email"]]
    environment = {**os.environ, "TOKEN": written.token}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)


def owner_s_page(page: Page, told: dict[str, Any]) -> None:
    """Goes through set-up, and stays on Today."""
    page.goto(told["set_up"])
    for name, value in OWNER.items():
        page.fill(f"[name={name}]", value)
    page.click("main button[type=submit]")
    page.wait_for_url(f"{told['address']}/")


def writes_one(written: Written, number: int) -> tuple[str, float]:
    """A post's words, and the moment its writer's app was answered."""
    words = f"{TEXTS[number % len(TEXTS)]} {secrets.token_hex(4)}"
    written.writes(words)
    return words, time.monotonic()


def waits(page: Page, true: str, words: str = "", *, since: float, patience: float = PATIENCE) -> float:
    """The seconds until something is true of a page."""
    page.wait_for_function(true, arg=words, timeout=patience * 1000, polling=50)
    return time.monotonic() - since


def on_listen(page: Page, written: Written, number: int) -> tuple[float, float]:
    """One post: the seconds until the bar says so, and from pressing it to the words."""
    words, began = writes_one(written, number)
    bar = waits(page, BAR, since=began)
    pressed = time.monotonic()
    page.click("#arrivals-show")
    return bar, waits(page, ON_LISTEN, words, since=pressed)


def measured(server: str, posts: int, browser: str) -> Seconds:
    """The seconds of each post: first on Today, then on Listen, each with posts of its own."""
    tag, chance, found = f"acme{secrets.token_hex(4)}", random.Random(20260101), Seconds()
    with ExitStack() as open_now:
        folder = Path(open_now.enter_context(tempfile.TemporaryDirectory()))
        (folder / "peer").mkdir()
        written = open_now.enter_context(SERVERS[server][0](folder / "peer", tag))
        told = open_now.enter_context(served(folder / "home", written.host.removeprefix("http://")))
        chromium = open_now.enter_context(sync_playwright()).chromium
        context = chromium.launch(
            executable_path=browser, args=["--no-sandbox", "--disable-gpu"]
        ).new_context()
        today, listen = context.new_page(), context.new_page()
        owner_s_page(today, told)
        add_source(folder / "home", written)
        for number in range(3):  # until the stream is open, and the page has a first post to stand above
            words, began = writes_one(written, number)
            waits(today, "words => document.body.innerText.includes(words)", words, since=began, patience=120)
        for number in range(posts):
            time.sleep(chance.uniform(0.5, 4.0))
            words, began = writes_one(written, number)
            found.today.append(waits(today, ON_TODAY, words, since=began))
        listen.goto(f"{told['address']}/listen/?q={tag}")
        listen.wait_for_selector("#posts .ol-post")
        for number in range(posts):
            time.sleep(chance.uniform(0.5, 4.0))
            bar, pressed = on_listen(listen, written, number)
            found.bar.append(bar)
            found.pressed.append(pressed)
        return found


def row(name: str, found: list[float]) -> str:
    """A line of the table."""
    ordered = sorted(found)
    p95 = ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]
    return f"| {name} | **{statistics.median(found):.2f}** | {p95:.2f} | {max(found):.2f} | {GOAL:.0f} |"


def report(server: str, found: Seconds) -> str:
    """The page."""
    posts = len(found.today)
    return "\n".join(
        [
            "# From a post to the page",
            "",
            f"{posts} posts a page, written on {server}, {SERVERS[server][1]}, each waited for in Chromium. Seconds from the",
            "answer to the writer to the words on Today, which nobody touched, and to the bar on Listen that says so; and from",
            "pressing that bar to the words.",
            "",
            "| | median | 95th percentile | slowest | goal, median |",
            "|---|---:|---:|---:|---:|",
            row("Today: the words", found.today),
            row("Listen: “1 new post – show”", found.bar),
            row("Listen: pressed, the words", found.pressed),
            "",
            f"{machine()}",
            f"Made by `python benchmarks/post_to_page.py --server {server} --posts {posts}`.",
            "",
        ]
    )


def main() -> None:
    """Measure, print, and write the page when asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--server", choices=SERVERS, default="mastodon_mock")
    parser.add_argument("--posts", type=int, default=40)
    parser.add_argument("--browser", default="/usr/bin/chromium")
    parser.add_argument("--write", type=Path, help="the page to write")
    options = parser.parse_args()
    page = report(options.server, measured(options.server, options.posts, options.browser))
    print(page)
    if options.write:
        options.write.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
