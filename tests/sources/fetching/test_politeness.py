"""Turns: no host is asked sooner than its pace allows, whoever asks, and none waits for another host."""

from __future__ import annotations

from threading import Barrier, Lock, Thread

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outlisten.sources.fetching import Fetcher, Politeness


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now, self.slept = 1000.0, list[float]()

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def test_the_first_turn_is_at_once_and_the_second_a_pace_later():
    clock = Clock()
    polite = Politeness(2.0, clock=clock, sleep=clock.sleep)
    assert [polite.turn("论坛.example") for _ in range(3)] == [0, 2, 2]
    clock.now += 1.5
    assert polite.turn("论坛.example") == 0.5
    clock.now += 60
    assert polite.turn("论坛.example") == 0


def test_no_host_waits_for_another():
    clock = Clock()
    polite = Politeness(5.0, clock=clock, sleep=clock.sleep)
    assert [polite.turn(host) for host in ("weibo.example", "x.example", "豆瓣.example")] == [0, 0, 0]


def test_an_interface_may_ask_for_a_pace_of_its_own():
    clock = Clock()
    polite = Politeness(1.0, clock=clock, sleep=clock.sleep)
    assert [polite.turn("slow.example", 10.0) for _ in range(3)] == [0, 10, 10]
    assert [polite.turn("own.example", 0) for _ in range(3)] == [0, 0, 0]


def test_a_host_that_asked_for_a_pause_rests_for_everybody():
    clock = Clock()
    polite = Politeness(1.0, clock=clock, sleep=clock.sleep)
    polite.turn("api.example")
    polite.rest("API.example:443", 30)
    polite.rest("api.example", 10)
    assert polite.turn("论坛.example") == 0
    assert polite.turn("api.example") == 30, "a shorter pause does not end a longer one"


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "微博"]), st.floats(0, 5)), max_size=40))
def test_two_turns_of_a_host_are_never_nearer_than_its_pace(asks):
    clock = Clock()
    polite = Politeness(1.0, clock=clock, sleep=clock.sleep)
    had: dict[str, float] = {}
    for host, pause in asks:
        clock.now += pause
        polite.turn(host)
        assert clock.now - had.get(host, -10) >= 1.0 - 1e-9
        had[host] = clock.now


def test_threads_share_the_turns_and_each_gets_one_of_its_own():
    waits: list[float] = []
    lock, together = Lock(), Barrier(16)
    # The clock stands still: who waits is told how long, and comes back at once.
    polite = Politeness(1.0, clock=lambda: 50.0, sleep=lambda _: None)

    def ask() -> None:
        together.wait()
        waited = polite.turn("busy.example")
        with lock:
            waits.append(waited)

    threads = [Thread(target=ask) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(waits) == [float(number) for number in range(16)]


def test_hosts_that_are_free_again_are_forgotten():
    clock = Clock()
    polite = Politeness(1.0, clock=clock, sleep=clock.sleep)
    for number in range(10_001):
        polite.turn(f"{number}.example")
        clock.now += 0.001
    assert len(polite._free) <= 1_100
    assert polite.turn("10000.example") > 0, "one that is not free yet is remembered"


@pytest.mark.parametrize(
    "other", ["https://Feeds.Example/2", "https://name@feeds.example/", "https://feeds.example:8443/"]
)
def test_a_host_is_one_however_its_address_is_written(other):
    clock = Clock()
    web = httpx2.MockTransport(lambda request: httpx2.Response(200))
    polite = Politeness(3.0, clock=clock, sleep=clock.sleep)
    with Fetcher(transport=web, politeness=polite) as fetcher:
        fetcher.get("https://feeds.example/1")
        fetcher.get(other)
    assert clock.slept == [3.0]


@pytest.mark.parametrize(("before", "asked", "waits"), [(0, 10.0, 10.0), (2, 10.0, 10.0), (2, 0.5, 1.0)])
def test_a_host_that_asks_for_a_pause_has_it_and_no_other_host_waits(before, asked, waits):
    clock = Clock()
    polite = Politeness(1.0, clock=clock, sleep=clock.sleep)
    for _ in range(before):
        polite.turn("api.例子.example")
    polite.rest("API.例子.example:443", asked)
    assert polite.turn("api.例子.example") == waits
    assert polite.turn("other.example") == 0
