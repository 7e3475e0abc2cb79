"""The gateway, on a small server that says what Discord's documentation says it does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pytest
from tests.sources.discord.gateway_server import RESUMED, Gateway, created, event, serving
from tests.sources.discord.server import CLOSED, FORUM, GUILD, NEWS, TALK, Server, at, message, thread
from tests.sources.network import NOW

from outlisten.sources.connector import Page, Setting
from outlisten.sources.discord import client, gateway
from outlisten.sources.discord.connector import Discord
from outlisten.sources.fetching import Fetcher, Guard, Politeness
from outlisten.sources.problems import CredentialRefused, NotAllowed, SourceProblem, Unreachable


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "TOGETHER", 0.1)
    monkeypatch.setattr(gateway, "SILENCE", 0.3)
    monkeypatch.setattr(client, "PACE", 0.0)


@pytest.fixture
def discord(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    with serving(Gateway(Server())) as found:
        monkeypatch.setattr(client, "INTERFACE", f"http://127.0.0.1:{found.port}/api/v10")
        yield found


def bot(**options: tuple[str, ...]) -> Discord:
    fetcher = Fetcher(guard=Guard.naming(["127.0.0.1"]), politeness=Politeness(0.0))
    return Discord(Setting(options, {"token": "MTIz.s3cr3t"}, fetcher, NOW))


def told(source: Discord, pages: list[Page]) -> list[str]:
    return [source.post(record)["text"] for page in pages for record in page.records]


def until(pages: Iterator[Page], text: str, source: Discord) -> list[Page]:
    """Pages up to the one with that text."""
    found: list[Page] = []
    for page in islice(pages, 12):
        found.append(page)
        if text in told(source, [page]):
            return found
    raise AssertionError(f"{text} did not come, but {told(source, found)}")


def ending(pages: Iterator[Page]) -> SourceProblem:
    with pytest.raises(SourceProblem) as found:
        list(islice(pages, 12))
    return found.value


def test_what_was_written_until_now_comes_first_and_then_what_is_written(discord: Gateway) -> None:
    discord.rest.says(message(at(-1), "之前"))
    discord.says = [[discord.ready(), created(message(at(1), "之后"))]]
    source = bot()
    pages = until(source.stream({}), "之后", source)
    assert told(source, pages) == ["之前", "之后"]
    assert pages[-1].cursor["read"] == {TALK: str(at(1))}
    (identify, *_) = discord.heard[0]
    assert (identify["op"], identify["d"]["intents"]) == (2, (1 << 9) | (1 << 15))
    assert discord.places[0].endswith("?v=10&encoding=json")


def test_the_cursor_of_a_stream_is_one_for_asking(discord: Gateway) -> None:
    discord.says = [[discord.ready(), created(message(at(1), "流中"))]]
    source = bot()
    pages = until(source.stream({}), "流中", source)
    discord.rest.says(message(at(1), "流中"), message(at(2), "问到"))
    assert told(source, list(bot().pages(pages[-1].cursor))) == ["问到"]


def test_edits_and_deletions_come_as_they_happen(discord: Gateway) -> None:
    edited = message(at(-2), "改过了", edited_timestamp="2026-12-01T12:01:00+00:00")
    discord.rest.says(edited)
    part = event(
        "MESSAGE_UPDATE", {"id": str(at(-2)), "channel_id": TALK, "guild_id": GUILD, "embeds": []}, 3
    )
    deleted = {"id": str(at(-3)), "channel_id": TALK, "guild_id": GUILD}
    bulk = {"ids": ["7", "8"], "channel_id": NEWS, "guild_id": GUILD}
    discord.says = [[discord.ready(), part, created(edited, 4, "MESSAGE_UPDATE"), event("MESSAGE_DELETE", deleted, 5),
                     event("MESSAGE_DELETE_BULK", bulk, 6)]]  # fmt: skip
    source = bot()
    pages = list(islice(source.stream({}), 4))
    assert told(source, pages).count("改过了") == 3, "by the first round, by asking, and whole"
    assert [one for page in pages for one in page.gone] == [f"{TALK}:{at(-3)}", f"{NEWS}:7", f"{NEWS}:8"]


def test_a_connection_that_broke_off_is_resumed_and_nothing_is_asked_for_again(discord: Gateway) -> None:
    discord.says = [
        [discord.ready(), created(message(at(1), "断线前"), 4), 4000],
        [created(message(at(2), "断线时"), 5), RESUMED],
    ]
    source = bot()
    pages = source.stream({})
    until(pages, "断线前", source)
    discord.rest.asked.clear()
    until(pages, "断线时", source)
    assert discord.heard[1][0] == {
        "op": 6,
        "d": {"token": "MTIz.s3cr3t", "session_id": "session-1", "seq": 4},
    }
    assert discord.places[1].startswith("/resumed")
    assert discord.rest.asked == []


def test_when_it_is_asked_to_reconnect_it_closes_so_that_the_session_goes_on(discord: Gateway) -> None:
    discord.says = [[discord.ready(), {"op": 7, "d": None}], [RESUMED, created(message(at(3), "接着来"), 10)]]
    source = bot()
    until(source.stream({}), "接着来", source)
    assert discord.closed[0] not in {1000, 1001}
    assert discord.heard[1][0]["op"] == 6


def test_a_session_that_cannot_be_resumed_ends_the_stream_and_asking_fills_the_gap(discord: Gateway) -> None:
    discord.says = [[discord.ready(), created(message(at(1), "断线前")), 4000], [{"op": 9, "d": False}]]
    source = bot()
    pages = source.stream({})
    cursor = until(pages, "断线前", source)[-1].cursor
    assert isinstance(ending(pages), Unreachable)
    discord.rest.says(message(at(1), "断线前"), message(at(2), "断线时"))
    discord.says = [[discord.ready()]]
    again = bot()
    assert told(again, until(again.stream(cursor), "断线时", again)) == ["断线时"]


def test_a_connection_that_never_comes_up_is_not_tried_for_ever(discord: Gateway) -> None:
    discord.says = [[discord.ready(), 4000], [4000], [4000]]
    assert isinstance(ending(bot().stream({})), Unreachable)
    assert len(discord.heard) == 2


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        (4004, CredentialRefused),
        (4014, NotAllowed),
        (4013, NotAllowed),
        (4009, Unreachable),
        (4011, Unreachable),
    ],
)
def test_why_it_was_closed_is_told(discord: Gateway, code: int, problem: type[SourceProblem]) -> None:
    discord.says = [[code]]
    found = ending(bot().stream({}))
    assert type(found) is problem
    assert "s3cr3t" not in str(found) + found.text("zh-hans")
    assert ("Message Content Intent" in str(found)) == (problem is NotAllowed)


def test_it_says_that_it_is_there_when_it_is_time_and_when_it_is_asked(discord: Gateway) -> None:
    discord.interval = 200
    discord.says = [[discord.ready(), {"op": 1, "d": None}]]
    pages = bot().stream({})
    assert [list(page.records) for page in islice(pages, 5)] == [[]] * 5, "a quiet server gives empty pages"
    beats = [said["d"] for said in discord.heard[0] if said["op"] == 1]
    assert len(beats) >= 3
    assert set(beats) <= {1, None}


def test_rooms_that_are_met_on_the_way_are_looked_up_and_unwanted_ones_left_out(discord: Gateway) -> None:
    post = thread(at(1), "水壶无法通电", FORUM)
    discord.rest.threads = [post]
    discord.says = [
        [
            discord.ready(),
            created(message(at(2), "不在范围内", NEWS), 2),
            event("MESSAGE_CREATE", {**message(at(2), "私信", "77")}, 3),
            created(message(at(2), "不可读", CLOSED), 3),
            created(message(at(1), "没有反应", post["id"]), 4),
        ]
    ]
    source = bot(channels=("help-forum",))
    pages = until(source.stream({}), "没有反应", source)
    assert told(source, pages) == ["没有反应"]
    (record,) = pages[-1].records
    assert source.post(record)["title"] == "水壶无法通电"
