"""Limits of an answer: its size unpacked, the time it takes however slowly it comes, and where it sends us on to."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import httpcore2
import httpx2
import pytest

from outlisten.sources.fetching import Fetcher, Guard, Politeness
from outlisten.sources.problems import NotThere, TooMuch, Unreachable

MEGABYTE = 1_000_000


class Ticking:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Slow(httpx2.SyncByteStream):
    """A body that comes in pieces, each some seconds after the one before."""

    def __init__(self, clock: Ticking, seconds: float, piece: bytes = b".") -> None:
        self.clock, self.seconds, self.piece, self.sent = clock, seconds, piece, 0

    def __iter__(self) -> Iterator[bytes]:
        while self.sent < 10_000:
            self.clock.now += self.seconds
            self.sent += 1
            yield self.piece


class Web(httpx2.BaseTransport):
    """Stands for the network where the clock must be ours."""

    def __init__(self, answer: Callable[[httpx2.Request], httpx2.Response]) -> None:
        self._answer = answer

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        return self._answer(request)


def bomb(megabytes: int, pack: Callable[[], zlib._Compress]) -> bytes:
    """Zeros packed a thousand to one."""
    packer = pack()
    return b"".join(packer.compress(bytes(MEGABYTE)) for _ in range(megabytes)) + packer.flush()


def gzipped() -> zlib._Compress:
    return zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)


def test_an_answer_as_large_as_allowed_is_taken_and_a_byte_more_is_not(site):
    with Fetcher(guard=Guard.naming([site.host]), politeness=Politeness(0), largest=1000) as fetcher:
        site.says("/", b"x" * 1000)
        assert len(fetcher.get(site.at("/")).body) == 1000
        site.says("/", b"x" * 1001)
        with pytest.raises(TooMuch) as found:
            fetcher.get(site.at("/"))
        assert len(fetcher.get(site.at("/"), largest=2000).body) == 1001
    assert "超出合理范围" in found.value.text("zh-hans")


@pytest.mark.parametrize(
    ("coding", "pack"),
    [("gzip", gzipped), ("deflate", zlib.compressobj), ("deflate", lambda: zlib.compressobj(9, wbits=-15))],
)
def test_a_small_answer_that_unpacks_into_a_huge_one_is_refused_early_and_with_little_memory(
    site, fetcher, coding, pack
):
    packed = bomb(200, pack)
    assert len(packed) < MEGABYTE
    site.says("/", packed, Content_Encoding=coding)
    tracemalloc.start()
    try:
        with pytest.raises(TooMuch, match="more than 16"):
            fetcher.get(site.at("/"))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 60 * MEGABYTE


def test_a_bomb_inside_a_bomb_is_refused_too(site, fetcher):
    site.says("/", gzip.compress(bomb(100, gzipped)), Content_Encoding="gzip, gzip")
    with pytest.raises(TooMuch):
        fetcher.get(site.at("/"))


@pytest.mark.parametrize(
    "body", [b"not packed at all", gzip.compress("好".encode(), mtime=0)[:8] + b"broken"]
)
def test_what_cannot_be_unpacked_is_said_so(site, fetcher, body):
    site.says("/", body, Content_Encoding="gzip")
    with pytest.raises(TooMuch, match="cannot be unpacked") as found:
        fetcher.get(site.at("/"))
    assert "无法解压" in found.value.text("zh-hans")


def test_packed_chinese_comes_out_as_it_was(site, fetcher):
    site.says("/", gzip.compress("我们先听，再说。".encode()), Content_Encoding="gzip")
    assert fetcher.get(site.at("/")).body.decode() == "我们先听，再说。"


@pytest.mark.parametrize("seconds", [1.0, 15.0, 61.0])
def test_a_body_that_trickles_ends_at_the_time_limit(seconds):
    clock = Ticking()
    slow = Slow(clock, seconds)
    web = Web(lambda request: httpx2.Response(200, stream=slow))
    with (
        Fetcher(transport=web, politeness=Politeness(0), clock=clock) as fetcher,
        pytest.raises(TooMuch, match="60 s") as no,
    ):
        fetcher.get("https://slow.example/")
    assert slow.sent <= 61 / seconds + 1
    assert "60 秒" in no.value.text("zh-hans")


def test_a_body_within_the_time_limit_is_taken_whole():
    clock = Ticking()
    slow = Slow(clock, 0.001, "字".encode())
    web = Web(lambda request: httpx2.Response(200, stream=slow))
    with Fetcher(transport=web, politeness=Politeness(0), clock=clock) as fetcher:
        assert fetcher.get("https://quick.example/").body.decode() == "字" * 10_000


class Trickle(httpcore2.NetworkStream):
    """A connection over which a head comes a byte at a time, each ten seconds after the one before, without an end."""

    def __init__(self, clock: Ticking) -> None:
        self.clock, self.patience = clock, list[float | None]()

    def connect_tcp(self, *_: object) -> httpcore2.NetworkStream:
        return self

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self.patience.append(timeout)
        self.clock.now += 10
        assert len(self.patience) < 100, "nothing ends it"
        return b"HTTP/1.1 200 OK\r\nX-Padding: "[len(self.patience) - 1 :][:1] or b"."

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Whatever is asked."""

    def close(self) -> None:
        """Nothing is open."""

    def get_extra_info(self, info: str) -> object:
        return None


def test_a_head_that_trickles_ends_at_the_time_limit():
    """Each read has its own patience, which a byte at a time never tries: the deadline is one for the whole answer."""
    clock = Ticking()
    trickle = Trickle(clock)
    with Fetcher(
        guard=Guard(resolve=lambda *_: ["8.8.8.8"]), politeness=Politeness(0), clock=clock
    ) as fetcher:
        fetcher._client._transport._pool._network_backend._plain = trickle
        with pytest.raises(Unreachable, match="no answer in time") as found:
            fetcher.get("http://slow.example/")
        with pytest.raises(Unreachable, match="no answer in time"), fetcher.stream("http://slow.example/"):
            pass
    once, streamed = [20, 20, 20, 20, 20, 10], [60, 50, 40, 30, 20, 10]
    assert trickle.patience == once + streamed, "each read gets its own patience, or what is left of a minute"
    assert "超时" in found.value.text("zh-hans")


def test_a_redirect_in_a_circle_ends(site, fetcher):
    site.says("/a", status=302, Location="/b")
    site.says("/b", status=302, Location="/a")
    with pytest.raises(Unreachable, match="in a circle") as found:
        fetcher.get(site.at("/a"))
    assert len(site.asked) <= 7
    assert "循环" in found.value.text("zh-hans")


def test_some_redirects_are_followed_with_the_address_at_the_end_and_where_to_ask_next(site, fetcher):
    site.says("/old", status=301, Location="/new")
    site.says("/new", status=308, Location="/newer")
    site.says("/newer", status=302, Location="/today?sig=1")
    site.says("/today", "好")
    answer = fetcher.get(site.at("/old"))
    assert (answer.address, answer.stands_at) == (site.at("/today?sig=1"), site.at("/newer"))


@pytest.mark.parametrize(
    ("status", "stands_at"), [(301, "/new"), (308, "/new"), (302, "/old"), (303, "/old"), (307, "/old")]
)
def test_what_moved_for_good_is_asked_at_its_new_address_from_then_on(site, fetcher, status, stands_at):
    site.says("/old", status=status, Location="/new")
    site.says("/new", "好")
    assert fetcher.get(site.at("/old")).stands_at == site.at(stands_at)


@pytest.mark.parametrize("location", ["http://[", "http://exa mple.org/", "\\\\", "http://:80:80/"])
def test_a_redirect_to_nonsense_is_a_problem_like_others(site, fetcher, location):
    site.says("/", status=302, Location=location)
    with pytest.raises((Unreachable, NotThere)):
        fetcher.get(site.at("/"))
    assert len(site.asked) <= 2


def test_a_status_that_redirects_nowhere_is_no_circle(site, fetcher):
    site.says("/", "选择一个", status=300)
    assert fetcher.get(site.at("/")).status == 300
