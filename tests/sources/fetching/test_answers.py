"""What an answer means: its status, how long the network wants us to wait, and whether it is JSON."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outlisten.sources import problems
from outlisten.sources.fetching import Answer, wait_asked
from outlisten.sources.fetching.answers import LONGEST_WAIT, checked

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
DAY = LONGEST_WAIT


def answer(status: int = 200, body: bytes = b"", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer("https://api.example/v1/posts?key=SECRET", status, named, body)


@pytest.mark.parametrize("status", [200, 201, 204, 206, 304])
def test_a_good_status_gives_the_answer_back(status):
    assert checked(answer(status), NOW).status == status
    assert answer(status).unchanged == (status == 304)


@pytest.mark.parametrize(
    ("status", "headers", "problem", "pause"),
    [
        (401, {}, problems.CredentialRefused, True),
        (403, {}, problems.NotAllowed, True),
        (403, {"x_ratelimit_remaining": "3"}, problems.NotAllowed, True),
        (403, {"x_ratelimit_remaining": "0"}, problems.Throttled, False),
        (404, {}, problems.NotThere, True),
        (410, {}, problems.NotThere, True),
        (408, {}, problems.Unavailable, False),
        (425, {}, problems.Unavailable, False),
        (429, {}, problems.Throttled, False),
        (500, {}, problems.Unavailable, False),
        (502, {}, problems.Unavailable, False),
        (503, {}, problems.Unavailable, False),
        (529, {}, problems.Unavailable, False),
        (400, {}, problems.ShapeChanged, False),
        (405, {}, problems.ShapeChanged, False),
        (418, {}, problems.ShapeChanged, False),
        (422, {}, problems.ShapeChanged, False),
    ],
)
def test_each_status_is_a_problem_of_its_own(status, headers, problem, pause):
    with pytest.raises(problems.SourceProblem) as found:
        checked(answer(status, **headers), NOW)
    assert type(found.value) is problem
    assert found.value.pause == pause
    assert "api.example" in found.value.text("zh-hans")
    assert "SECRET" not in str(found.value) + found.value.text("zh-hans")


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120), ("0", 0), (" 30 ", 30), ("1.5", 1.5), ("-5", 0), ("999999999", DAY), ("1e400", DAY), ("inf", DAY),
        ("Tue, 01 Dec 2026 12:02:00 GMT", 120), ("Tue, 01 Dec 2026 20:02:00 +0800", 120),
        ("Tuesday, 01-Dec-26 12:02:00 GMT", 120), ("Tue, 01 Dec 2026 11:00:00 GMT", 0),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 0), ("Fri, 31 Dec 9999 23:59:59 GMT", DAY),
        ("nan", None), ("", None), ("soon", None), ("稍后再试", None), ("两分钟", None), ("Tue, 99 Dec 2026", None),
        ("Mon, 01 Jan 99999999999 00:00:00 GMT", None), ("Mon, 01 Jan 2026 99:99:99 GMT", None), ("0x10", None),
    ],
)  # fmt: skip
def test_retry_after_is_seconds_or_a_date_and_nonsense_says_nothing(said, seconds):
    assert wait_asked({"retry-after": said}, NOW) == seconds


@pytest.mark.parametrize("name", ["x-ratelimit-reset", "ratelimit-reset", "x-rate-limit-reset"])
@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("45", 45), ("0", 0), ("45.5", 45.5),
        (str(int(NOW.timestamp()) + 90), 90), (str(int(NOW.timestamp()) - 90), 0), ("4000000000", DAY),
        ("2026-12-01T12:05:00.000Z", 300), ("2026-12-01T20:05:00+08:00", 300), ("2026-12-01T12:05:00", 300),
        ("2026-12-01T11:00:00Z", 0), ("nan", None), ("", None), ("later", None), ("明天", None),
    ],
)  # fmt: skip
def test_the_end_of_a_window_is_seconds_an_epoch_or_a_date(name, said, seconds):
    assert wait_asked({name: said}, NOW) == seconds


def test_retry_after_counts_before_the_window_unless_it_is_nonsense():
    assert wait_asked({"retry-after": "7", "x-ratelimit-reset": "60"}, NOW) == 7
    assert wait_asked({"retry-after": "稍后", "x-ratelimit-reset": "60"}, NOW) == 60
    assert wait_asked({}, NOW) is None


@given(st.text(max_size=40))
def test_whatever_a_header_says_the_wait_is_none_or_within_a_day(said):
    for name in ("retry-after", "x-ratelimit-reset"):
        wait = wait_asked({name: said}, NOW)
        assert wait is None or 0 <= wait <= DAY


@pytest.mark.parametrize("status", [429, 503])
def test_a_problem_carries_the_wait_that_the_network_asked_for(status):
    with pytest.raises(problems.Unavailable) as found:
        checked(answer(status, retry_after="90"), NOW)
    assert found.value.wait == 90


@pytest.mark.parametrize(
    "body", ['{"文": "好"}'.encode(), '\ufeff{"文": "好"}'.encode(), '{"文": "好"}'.encode("utf-16")]
)
def test_json_is_read_in_every_encoding_it_may_have(body):
    assert answer(body=body).json() == {"文": "好"}


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"{", '{"文": "好"}'.encode("gb18030"), b"[" * 100_000, b"9" * 5_000, "维护中".encode()],
)
def test_what_is_no_json_is_another_shape(body):
    with pytest.raises(problems.ShapeChanged, match="no JSON") as found:
        answer(body=body).json()
    assert "不是 JSON" in found.value.text("zh-hans")
