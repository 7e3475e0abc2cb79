"""Answers that never end, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import httpx2
import pytest

from outlisten.sources.fetching import Fetcher, Politeness
from outlisten.sources.problems import CredentialRefused, Throttled, TooMuch, Unreachable


class Pieces(httpx2.SyncByteStream):
    """A body in these pieces; a problem among them is raised."""

    def __init__(self, pieces: Sequence[bytes | Exception]) -> None:
        self.pieces, self.closed = pieces, False

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.pieces:
            if isinstance(piece, Exception):
                raise piece
            yield piece

    def close(self) -> None:
        self.closed = True


def streaming(*pieces: bytes | Exception, status: int = 200, largest: int = 1000, **headers: str):
    """A fetcher of a network that answers so, and the answer's body."""
    body = Pieces(pieces)
    transport = httpx2.MockTransport(lambda request: httpx2.Response(status, headers=headers, stream=body))
    return Fetcher(transport=transport, politeness=Politeness(0), largest=largest), body


@pytest.mark.parametrize(
    ("pieces", "lines"),
    [
        ([b"data: 1\ndata: 2\n"], ["data: 1", "data: 2"]),
        ([b"da", b"ta: 1", b"\n", b"\n"], ["data: 1", ""]),
        ([b"a\r\nb\r", b"\nc\n"], ["a", "b", "c"]),
        ([("帖子\n" * 2).encode()], ["帖子", "帖子"]),
        ([b"\xe5\xb8", b"\x96\n"], ["帖"]),
        ([b"\xe5\xb8\n"], ["\ufffd"]),
        (["好\u2028吗\x0b\x85呢\n".encode()], ["好\u2028吗\x0b\x85呢"]),
        ([b":keep-alive\n", b"unfinished"], [":keep-alive"]),
        ([], []),
    ],
)
def test_lines_come_whole_however_they_are_cut(pieces, lines):
    fetcher, _ = streaming(*pieces)
    with fetcher.stream("https://stream.example/") as came:
        assert list(came) == lines


def test_a_line_is_given_before_the_next_one_comes():
    fetcher, body = streaming("第一条\n".encode(), httpx2.ReadTimeout("silence"))
    with fetcher.stream("https://stream.example/") as came:
        assert next(came) == "第一条"
    assert body.closed


def test_a_stream_that_breaks_off_is_unreachable_until_it_is_asked_again():
    fetcher, _ = streaming(b"a\n", httpx2.ReadError("reset"))
    with (
        pytest.raises(Unreachable, match="broke off") as found,
        fetcher.stream("https://stream.example/") as came,
    ):
        list(came)
    assert not found.value.pause


def test_a_line_without_an_end_is_too_much():
    fetcher, _ = streaming(*([b"x" * 100] * 20))
    with (
        pytest.raises(TooMuch, match="line without an end") as found,
        fetcher.stream("https://stream.example/") as came,
    ):
        list(came)
    assert "没有结尾" in found.value.text("zh-hans")


@pytest.mark.parametrize(("status", "problem"), [(401, CredentialRefused), (429, Throttled)])
def test_a_refused_stream_is_the_problem_that_its_status_means(status, problem):
    fetcher, body = streaming("不行".encode(), status=status, **{"Retry-After": "30"})
    with pytest.raises(problem) as found, fetcher.stream("https://stream.example/"):
        pass
    assert body.closed
    assert getattr(found.value, "wait", 30) == 30


def test_leaving_a_stream_closes_it():
    fetcher, body = streaming(b"a\n", b"b\n")
    with fetcher.stream("https://stream.example/") as came:
        next(came)
    assert body.closed


def test_a_problem_of_the_reader_stays_its_own():
    fetcher, body = streaming(b"a\n")
    with pytest.raises(KeyError), fetcher.stream("https://stream.example/"):
        raise KeyError("mine")
    assert body.closed


def test_a_real_server_streams_its_lines(site, fetcher):
    site.says("/", "event: update\n\ndata: 你好\n")
    with fetcher.stream(site.at("/"), headers={"Accept": "text/event-stream"}) as came:
        assert list(came) == ["event: update", "", "data: 你好"]
    assert site.asked[0].headers["accept"] == "text/event-stream"


def test_a_stream_that_falls_silent_is_unreachable():
    fetcher, _ = streaming(b"a\n", httpx2.ReadTimeout("silence"))
    with (
        pytest.raises(Unreachable, match="no answer in time"),
        fetcher.stream("https://stream.example/") as came,
    ):
        list(came)


def test_a_refusal_of_a_stream_is_shown_to_those_who_know_the_network():
    fetcher, body = streaming("连接已满".encode(), status=429)
    seen = []
    with pytest.raises(Throttled), fetcher.stream("https://stream.example/", judge=seen.append):
        pass
    assert [(answer.status, answer.body.decode()) for answer in seen] == [(429, "连接已满")]
    assert body.closed


def test_what_the_judge_of_a_stream_raises_is_what_is_told():
    def judge(answer):
        raise KeyError("mine")

    fetcher, _ = streaming(b"", status=429)
    with pytest.raises(KeyError), fetcher.stream("https://stream.example/", judge=judge):
        pass
