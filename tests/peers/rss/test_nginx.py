"""Feeds on nginx: asked again only for what is new, moved, gone, behind a password, packed, restarted, killed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.peers.rss.conftest import Feeds, Listen

from outlisten.sources.connector import Cursor
from outlisten.sources.problems import (
    CredentialRefused,
    NotThere,
    Throttled,
    TooMuch,
    Unavailable,
    Unreachable,
)
from outlisten.sources.rss.connector import Rss

pytestmark = pytest.mark.peers

COLLECT = Path(__file__).parent / "collect_feed.py"


def brought(source: Rss, cursor: Cursor | None = None) -> tuple[list[str], Cursor]:
    """The titles that one ask brings, and the cursor after it."""
    [page] = source.pages(cursor or {})
    return [source.post(record)["title"] for record in page.records], page.cursor


def test_a_feed_that_did_not_change_is_not_sent_again_and_one_that_did_is(
    feeds: Feeds, listen: Listen
) -> None:
    feeds.says("/told.rss", "充电宝又坏了", "fine")
    source = listen("/told.rss")
    first, cursor = brought(source)
    second, cursor = brought(source, cursor)
    feeds.says("/told.rss", "退款了", "充电宝又坏了", "fine")
    third, cursor = brought(source, cursor)
    assert (first, second, third) == (
        ["充电宝又坏了", "fine"], [], ["退款了", "充电宝又坏了", "fine"],
    )  # fmt: skip
    answered = feeds.answered("/told.rss")
    assert [one.status for one in answered] == [200, 304, 200]
    assert answered[0].condition == "-"
    assert answered[1].condition not in {"-", ""}


def test_a_condition_stays_right_though_the_answer_came_packed(feeds: Feeds, listen: Listen) -> None:
    feeds.says("/packed.rss", "很长的一条", long=20_000)
    source = listen("/packed.rss")
    titles, cursor = brought(source)
    assert titles == ["很长的一条"]
    assert brought(source, cursor)[0] == []
    first, again = feeds.answered("/packed.rss")
    assert (first.packed, again.status) == ("gzip", 304)
    assert first.sent < 5_000, "sixty thousand bytes went over the wire in a few"


def test_a_feed_that_moved_for_good_is_asked_for_at_its_new_place(feeds: Feeds, listen: Listen) -> None:
    feeds.says("/feed.rss", "搬家了")
    source, asked = listen("/moved.rss"), len(feeds.answered("/moved.rss"))
    titles, cursor = brought(source)
    assert (titles, cursor["feed"]) == (["搬家了"], f"{feeds.peer.address}/feed.rss")
    assert brought(source, cursor)[0] == []
    assert len(feeds.answered("/moved.rss")) == asked + 1


def test_a_feed_that_is_elsewhere_for_now_is_asked_for_where_it_was(feeds: Feeds, listen: Listen) -> None:
    feeds.says("/feed.rss", "暂时在这里")
    _titles, cursor = brought(listen("/lent.rss"))
    assert cursor["feed"] == f"{feeds.peer.address}/lent.rss"


def test_a_feed_that_is_gone_waits_for_a_person(listen: Listen) -> None:
    with pytest.raises(NotThere) as told:
        brought(listen("/gone.rss"))
    assert told.value.pause
    assert "410" in str(told.value)


@pytest.mark.parametrize(
    ("path", "problem", "wait"), [("/limited.rss", Throttled, 30.0), ("/later.rss", Unavailable, 45.0)]
)
def test_the_wait_that_the_server_asks_for_is_kept(
    listen: Listen, path: str, problem: type[Unavailable], wait: float
) -> None:
    with pytest.raises(problem) as told:
        brought(listen(path))
    assert told.value.wait == wait


@pytest.mark.parametrize(("user", "password"), [("", ""), ("kefu", "wrong"), ("别人", "secret")])
def test_a_feed_behind_a_password_refuses_whoever_does_not_know_it(
    feeds: Feeds, listen: Listen, user: str, password: str
) -> None:
    feeds.says("/private.rss", "内部消息")
    with pytest.raises(CredentialRefused) as told:
        brought(listen("/private.rss", user=user, password=password))
    assert "wrong" not in str(told.value)


def test_a_feed_behind_a_password_is_read_by_whoever_knows_it(feeds: Feeds, listen: Listen) -> None:
    feeds.says("/private.rss", "内部消息")
    source = listen("/private.rss", user="kefu", password="secret")
    titles, cursor = brought(source)
    assert titles == ["内部消息"]
    assert "secret" not in str(cursor)
    assert brought(source, cursor)[0] == []


def test_a_feed_that_does_not_end_in_time_is_given_up_and_nothing_of_it_is_kept(
    feeds: Feeds, listen: Listen
) -> None:
    feeds.says("/slow.rss", *(f"第{number}条" for number in range(400)), long=200)
    with pytest.raises((TooMuch, Unreachable)):
        brought(listen("/slow.rss"))


def test_a_server_that_stands_still_is_no_problem_of_the_feed_and_its_return_brings_no_double(
    feeds: Feeds, listen: Listen
) -> None:
    feeds.says("/stays.rss", "之前")
    source = listen("/stays.rss")
    _titles, cursor = brought(source)
    feeds.peer.stop(at_once=True)
    with pytest.raises(Unreachable) as told:
        brought(source, cursor)
    assert not told.value.pause
    feeds.peer.start()
    assert brought(source, cursor)[0] == [], "its ETag is that of the file, and outlives the server"
    feeds.says("/stays.rss", "之后", "之前")
    assert brought(source, cursor)[0] == ["之后", "之前"]


def test_a_collector_killed_in_the_middle_of_a_page_keeps_every_post_once(
    feeds: Feeds, tmp_path: Path
) -> None:
    command = [sys.executable, str(COLLECT), f"{feeds.peer.address}/killed.rss", str(tmp_path)]
    feeds.says("/killed.rss", *(f"第{number}条" for number in range(45)))
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as killed:
        assert killed.stdout
        assert killed.stdout.readline() == "kept\n"
        killed.kill()  # its page is in the store, its cursor may not be kept
    feeds.says("/killed.rss", *(f"第{number}条" for number in range(50)))
    again = subprocess.run(command, check=False, capture_output=True, text=True)
    assert again.stdout.split()[-1:] == ["50"], again.stderr
