"""A new user adds a Mastodon account, a Bluesky account, a mailbox and three feeds by clicking, unplugs the network and plugs
it in again: nothing is missing, and nothing is double.

The servers are real ones and go on while the wires to them are cut, so that people go on writing meanwhile.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect, sync_playwright
from tests.browser.conftest import CHROMIUM, OWNER, RUN
from tests.peers.bluesky.conftest import network
from tests.peers.bluesky.people import a_person
from tests.peers.conftest import ROOT, Peer, missing
from tests.peers.email.conftest import server as mail_server
from tests.peers.email.server import PASSWORD, MailServer, mail
from tests.peers.mastodon.listening import a_tag
from tests.peers.mastodon.people import registered
from tests.peers.relay import Relay
from tests.peers.rss.conftest import Feeds, nginx

from outlisten.posts.identity import post_id

__all__ = ["mail_server", "network", "nginx"]  # fixtures: this file has servers of its own

pytestmark = pytest.mark.peers
Until = Callable[..., None]
Unplugged = dict[str, Relay]
PATIENCE = 120_000  # milliseconds: what failed is tried again by itself after up to a minute
TAG = ".so-standing .ol-tag"
CARE = "care@brand.test"
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("OUTLISTEN_")}


@dataclass
class Place:
    """Where people write and the user listens: the connector, its platform, what the user enters, and how a post is written.

    `write` gives the native id of what it wrote.
    """

    connector: str
    platform: str
    entries: dict[str, str | bool]
    write: Callable[[str], str]
    streams: bool = False
    address: str = ""  # of its page, once it is added
    written: list[str] = field(default_factory=list)

    def people_write(self, text: str) -> None:
        native = self.write(text)
        self.written.append(post_id(self.platform, native, author=None, created_at=None, text=""))


@dataclass
class World:
    """The places, the wires to them, and the word that every post holds."""

    word: str
    wires: list[Relay]
    places: list[Place]
    settled: Callable[[], bool]

    @property
    def written(self) -> list[str]:
        return sorted(one for place in self.places for one in place.written)

    def people_write(self, number: int, *, only: Callable[[Place], bool] = lambda _: True) -> None:
        """In every place one in Chinese, one in English."""
        for place in filter(only, self.places):
            place.people_write(f"水壶漏水了，第{number}次 #{self.word}")
            place.people_write(f"My kettle leaks, number {number} #{self.word}")


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A page of the installed browser."""
    if not CHROMIUM:
        missing("OUTLISTEN_TEST_BROWSER names no Chromium (tests/system/with_browser.sh finds it)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB")
        chromium.close()


@pytest.fixture(scope="module")
def world(
    page: Page, run_peer: Callable[..., Peer], network: Peer, mail_server: MailServer, nginx: Peer, until: Until,
) -> Iterator[World]:  # fmt: skip
    """All servers, each behind a wire."""
    word = a_tag()
    wires = [Relay(), Relay(network.port), Relay(mail_server.imaps), Relay(nginx.port)]
    skyer = a_person(network.address, "alice")
    made = World(
        word, wires,
        [
            _mastodon(word, wires[0], run_peer),
            _bluesky(word, wires[1], network, lambda text: str(skyer.writes(text)["uri"])),
            _mailbox(wires[2], mail_server),
            *(_feed(path, wires[3], Feeds(nginx)) for path in ("news.rss", "论坛.rss", "blog.rss")),
        ],
        # Posts are found a moment after they were written.
        settled=lambda: len(skyer.sees("app.bsky.feed.searchPosts", q=word)["posts"]) == len(made.places[1].written),
    )  # fmt: skip
    yield made
    for wire in wires:
        wire.unplug()


def _mastodon(tag: str, wire: Relay, run_peer: Callable[..., Peer]) -> Place:
    if not (ROOT / ".peers/mastodon_mock/bin/mastodon_mock").exists():
        missing("mastodon_mock is not installed (tests/system/install_peers.sh installs it)")
    here = f"localhost:{wire.port}"
    peer = run_peer(
        "peer_mastodon_mock.sh", host="localhost", answers_at="/api/v1/instance", more=(here,)
    )  # it sends whoever wants a stream to where it says that it is
    wire.to = peer.port
    brand, alice = registered(peer.address, "brand"), registered(peer.address, "alice")
    entries: dict[str, str | bool] = {
        "server": f"http://{here}",
        "token": brand.token,
        "hashtags": tag,
        "mentions": True,
    }

    def write(text: str) -> str:
        return str(alice.writes(f"@brand {text}")["uri"])  # it comes with its hashtag and as a mention

    return Place("mastodon", "mastodon", entries, write, streams=True)


def _bluesky(word: str, wire: Relay, network: Peer, write: Callable[[str], str]) -> Place:
    brand = a_person(network.address, "brand")
    service = f"http://localhost:{wire.port}"
    entries = {"handle": brand.handle, "password": brand.app_password, "words": word, "service": service}
    return Place("bluesky", "bluesky", {**entries}, write)


def _mailbox(wire: Relay, server: MailServer) -> Place:
    entries = {"host": "localhost", "user": CARE, "password": PASSWORD, "port": str(wire.port)}
    return Place(
        "email", "email", {**entries}, lambda text: server.send(mail(CARE, text, text)), streams=True
    )


def _feed(path: str, wire: Relay, feeds: Feeds) -> Place:
    entries: list[str] = []

    def write(text: str) -> str:
        entries.insert(0, text)
        feeds.says(path, *entries, name=path)
        return f"//localhost:{wire.port}/{quote(path)}#{text}"

    return Place("rss", "web", {"address": f"http://localhost:{wire.port}/{path}", "name": path}, write)


@pytest.fixture(scope="module")
def home(
    page: Page, world: World, mail_server: MailServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The home of `outlisten serve`, which was just set up in the browser."""
    folder = tmp_path_factory.mktemp("new") / "home"
    command = [sys.executable, "-c", RUN, "serve", "--home", str(folder), "--port", "0", "--json"]
    here = {"OUTLISTEN_OWN_SERVERS": "localhost", "SSL_CERT_FILE": str(mail_server.folder / "cert.pem")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=ENVIRONMENT | here, text=True) as process:
        assert process.stdout is not None
        served = json.loads(process.stdout.readline())
        page.goto(served["set_up"])
        for name, value in {**OWNER, "workspace": "Axi Tea"}.items():
            page.fill(f"[name={name}]", value)
        page.click("main button[type=submit]")
        page.wait_for_url(f"{served['address']}/")
        yield folder
        page.goto("about:blank")  # a page that listens would be waited for
        process.terminate()
        process.wait(timeout=30)


def kept(home: Path, *words: str) -> Any:
    """What `outlisten search` says."""
    command = [sys.executable, "-c", RUN, "search", *words, "--json", "--home", str(home)]
    return json.loads(
        subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=True, text=True).stdout
    )


def nothing_is_missing_or_double(home: Path, world: World, until: Until) -> None:
    """Every post that was written is kept, and no other."""
    until(lambda: kept(home, world.word, "--count")["count"] >= len(world.written))
    assert sorted(post["id"] for post in kept(home, world.word, "--limit", "500")["posts"]) == world.written
    assert kept(home, world.word, "--count")["count"] == len(world.written)


def add(page: Page, place: Place) -> None:
    """Choose the network, fill in its form, try it, add it."""
    page.click(
        "nav a[href='/settings/sources'], .nav-tabs a[href='/settings/sources'], a[href='/settings/sources']"
    )
    page.click(f"a.so-offer[href$='/add/{place.connector}']")
    for name, value in place.entries.items():
        entry = page.locator(f"[name=o-{name}]")
        entry.check() if value is True else entry.fill(str(value))
    page.click("main form button[hx-post]")
    expect(page.locator("#tested .so-tested .so-sample li").first).to_be_visible(timeout=PATIENCE)
    page.click("main form.ol-form button[type=submit]")
    page.wait_for_url(re.compile(r"/settings/sources/\d+$"))
    place.address = page.url
    expect(page.locator(TAG)).to_have_text("well", timeout=PATIENCE)


def test_six_sources_added_by_clicking_lose_and_double_nothing_when_the_network_is_unplugged(
    page: Page, world: World, home: Path, until: Until
) -> None:
    world.people_write(1)
    until(world.settled)
    page.goto(page.url + "settings/sources")
    for place in world.places:
        add(page, place)
    world.people_write(2, only=lambda place: place.streams)
    nothing_is_missing_or_double(home, world, until)
    page.click("a[href='/listen/']")
    page.fill("main [name=q]", world.word)
    page.keyboard.press("Enter")
    for said in ("水壶漏水了，第2次", "My kettle leaks, number 1"):
        expect(page.locator("main")).to_contain_text(said, timeout=PATIENCE)

    for wire in world.wires:
        wire.unplug()
    world.people_write(3)
    until(world.settled)
    for place in world.places:
        page.goto(place.address)
        if not place.streams:  # those that stream notice by themselves
            page.click("form[action$='/ask'] button")
        expect(page.locator(TAG)).to_have_text("problem", timeout=PATIENCE)
        expect(page.locator(".so-gaps strong")).to_have_text("still")
    page.click("a[href='/']")
    expect(page.locator(".ol-ailing h2")).to_have_text("6 sources need a look")

    for wire in world.wires:
        wire.plug_in()
    nothing_is_missing_or_double(home, world, until)
    for place in world.places:
        page.goto(place.address)
        expect(page.locator(TAG)).to_have_text("well", timeout=PATIENCE)
        expect(page.locator(".so-gaps li")).to_have_count(1)
        expect(page.locator(".so-gaps strong")).to_have_count(0)
    page.click("a[href='/']")
    expect(page.locator("main h1")).to_be_visible()
    expect(page.locator(".ol-ailing")).to_have_count(0)
    world.people_write(4, only=lambda place: place.streams)
    nothing_is_missing_or_double(home, world, until)
