"""A process that is killed at any moment, and a network that goes away: nothing is lost, nothing comes twice."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.db import connection
from tests.app.sources.numbered.server import Numbers

from outlisten.app.sources.models import Outage, Source
from outlisten.app.sources.running import worker
from outlisten.home import Home
from outlisten.posts import open_store
from outlisten.posts.identity import post_id

ROOT = Path(__file__).parents[3]
PATIENCE = 120.0  # seconds for a process to start and ask, on a machine that has other things to do
Killed = Callable[[Numbers, int, int], None]


class Collecting:
    """A home with one source of numbered posts, and the processes that collect for it."""

    def __init__(self, home: Home, numbers: Numbers) -> None:
        self.home, self.numbers = home.create(), numbers
        self.home.secret_key()
        Source.objects.create(name="编号", connector="numbered", options={"address": numbers.address})
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(home.path / "outlisten.sqlite3")])

    @contextmanager
    def process(self) -> Iterator[None]:
        """A process that collects, killed without warning at the end of the block."""
        environment = {
            **os.environ, "OUTLISTEN_HOME": str(self.home.path), "OUTLISTEN_OWN_SERVERS": self.numbers.host,
            "OUTLISTEN_DATABASE_URL": "", "OUTLISTEN_POSTS_URL": "",
        }  # fmt: skip
        started = subprocess.Popen(
            [sys.executable, "-m", "tests.app.sources.numbered.collecting"], env=environment, cwd=ROOT
        )
        try:
            yield
            assert started.poll() is None, "the process ended by itself"
        finally:
            started.kill()
            started.wait()

    def cursor(self) -> int:
        """The last number that counts as durable."""
        (told,) = self._database("SELECT cursor FROM sources_source")
        return int(json.loads(told).get("after", 0))

    def let_the_lease_run_out(self) -> None:
        """The three minutes after which another process may take what a killed one held."""
        self._database("UPDATE sources_source SET lease_until = '2026-01-01 00:00:00', next_at = NULL")

    def kept(self) -> tuple[int, int]:
        """How many of the numbers are in the store, and how many posts in all."""
        ids = [
            post_id("numbered", str(n + 1), author=None, created_at=None, text="")
            for n in range(self.numbers.last)
        ]
        with closing(open_store(f"chdb://{self.home.path / 'posts'}")) as store:
            return len(store.known(ids)), int(store.count(None).value)

    def _database(self, statement: str) -> tuple[str, ...]:
        with closing(sqlite3.connect(self.home.path / "outlisten.sqlite3", timeout=30)) as database:
            row = database.execute(statement).fetchone()
            database.commit()
        return tuple(row or ())


@pytest.fixture
def killed(tmp_path: Path, transactional_db: None) -> Killed:
    """Collect the numbers with so many kills in between, and look at what is there."""
    if connection.vendor != "sqlite":
        pytest.skip(
            "the killed process has a home with its own SQLite; leases are tested on PostgreSQL beside it"
        )

    def collect(numbers: Numbers, kills: int, seed: int) -> None:
        collecting, chance = Collecting(Home(tmp_path / "h"), numbers), random.Random(seed)
        reached = [0]
        for _ in range(kills):
            with collecting.process():
                assert numbers.wait_for(len(numbers.asked) + chance.randint(1, 3), PATIENCE)
                time.sleep(chance.uniform(0, 0.1))  # anywhere between a page asked for and its cursor kept
            reached.append(collecting.cursor())
            collecting.let_the_lease_run_out()
        assert reached == sorted(reached), "a cursor went back"
        assert reached[-1] < numbers.last, "the last kill came too late to interrupt anything"
        with collecting.process():
            until = time.monotonic() + PATIENCE + kills * 5
            while collecting.cursor() < numbers.last and time.monotonic() < until:
                time.sleep(0.1)
        assert collecting.cursor() == numbers.last
        assert collecting.kept() == (numbers.last, numbers.last)
        assert set(numbers.asked) == numbers.places

    return collect


@pytest.fixture
def many() -> Iterator[Callable[[int], Numbers]]:
    """A network of that many posts, four a page."""
    served: list[Numbers] = []

    def make(last: int) -> Numbers:
        served.append(Numbers(last=last, size=4, seconds=0.02))
        return served[-1]

    yield make
    for one in served:
        one.unplug()


def test_five_kills_lose_nothing_and_double_nothing(killed: Killed, many) -> None:
    killed(many(200), 5, 20261201)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_forty_kills_lose_nothing_and_double_nothing(killed: Killed, many, seed: int) -> None:
    killed(many(1_600), 40, seed)


def asked(source: Source) -> Source:
    """The source after a worker asked it."""
    Source.objects.filter(pk=source.pk).update(next_at=None)
    worker.work_off()
    source.refresh_from_db()
    return source


@pytest.mark.django_db
@pytest.mark.parametrize("place", [0, 15, 30])
def test_a_network_unplugged_in_the_middle_of_a_page_goes_on_where_it_stood(
    pages_store, numbers, place
) -> None:
    source = Source.objects.create(name="编号", connector="numbered", options={"address": numbers.address})
    numbers.cut_at = {place}
    asked(source)
    assert (source.problem, source.cursor.get("after", 0), pages_store.count(None).value) == (
        "unreachable",
        place,
        place,
    )
    numbers.unplug()
    asked(source)
    assert (source.problem, source.failures, source.cursor.get("after", 0)) == ("unreachable", 2, place)
    numbers.plug()
    asked(source)
    assert (source.problem, source.failures, source.cursor["after"]) == ("", 0, 35)
    assert pages_store.count(None).value == 35
    assert Outage.objects.get(source=source).until is not None
    assert numbers.asked.count(place) == 2
