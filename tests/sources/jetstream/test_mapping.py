"""Events of Jetstream (its documented first wire format) as posts."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from outlisten.sources.connector import Skipped
from outlisten.sources.jetstream.events import Event, event
from outlisten.sources.jetstream.mapping import post

EVENTS = (Path(__file__).parent / "fixtures/2026-12_jetstream_v1_events.jsonl").read_text().splitlines()
LIN = "did:plc:eygmaihciaxprqvxpfvl6flk"


def told(number: int) -> Event:
    found = event(EVENTS[number - 1])
    assert found
    return found


def test_a_post_becomes_one_with_all_that_it_says() -> None:
    assert post(told(1).record) == {
        "native_id": f"at://{LIN}/app.bsky.feed.post/3m6post0001",
        "type": "post",
        "created_at": datetime(2025, 11, 30, 7, 55, 41, 102000, UTC),
        "text": "新买的水壶漏水了！the Acme kettle leaks #acme shop.example/kettl...",
        "author_id": LIN,
        "url": f"https://bsky.app/profile/{LIN}/post/3m6post0001",
        "to": None,
        "reply_to": None,
        "thread": None,
        "lang_given": "zh",
        "is": [],
        "has": ["image", "link", "tag"],
        "links": ["https://shop.example/kettles/1000"],
    }


@pytest.mark.parametrize(
    ("number", "column", "value"),
    [
        (2, "type", "reply"),
        (2, "to", "did:plc:acme"),
        (2, "reply_to", "at://did:plc:acme/app.bsky.feed.post/3m6answer"),
        (2, "thread", f"at://{LIN}/app.bsky.feed.post/3m6post0001"),
        (2, "is", ["reply"]),
        (2, "has", ["mention"]),
        (3, "is", ["quote"]),
        (3, "has", ["video"]),
        (3, "lang_given", "en"),
        (4, "text", "水壶在漏水"),
        (6, "text", "水壶不漏了"),
        (6, "is", ["edited"]),
        (6, "edited_at", datetime(2025, 11, 30, 7, 55, 48, 831000, UTC)),
    ],
)
def test_an_event_tells(number: int, column: str, value: object) -> None:
    assert post(told(number).record)[column] == value


def test_pictures_without_a_word_are_left_out() -> None:
    with pytest.raises(Skipped):
        post(told(5).record)


@pytest.mark.parametrize(
    ("number", "does"),
    [(1, "writes"), (6, "writes"), (7, "deletes"), (8, "other"), (9, "other"), (10, "other")],
)
def test_an_event_says_what_was_done(number: int, does: str) -> None:
    assert told(number).does == does


def test_a_post_that_tells_no_words_is_not_taken_for_one():
    changed = json.loads(EVENTS[0])
    del changed["commit"]["record"]
    found = event(json.dumps(changed))
    assert found
    assert (found.does, found.time_us) == ("other", changed["time_us"])


def test_a_deletion_names_the_post_as_it_was_kept() -> None:
    assert told(7).uri == post(told(1).record)["native_id"]


def test_a_date_ahead_of_the_network_is_not_believed() -> None:
    changed = json.loads(EVENTS[0])
    changed["commit"]["record"]["createdAt"] = "2099-01-01T00:00:00Z"
    assert post({"event": changed})["created_at"] == datetime(2025, 11, 30, 7, 55, 43, 831000, UTC)
    changed["commit"]["record"]["createdAt"] = "昨天"
    assert post({"event": changed})["created_at"] == datetime(2025, 11, 30, 7, 55, 43, 831000, UTC)


def test_a_name_that_was_looked_up_is_the_authors() -> None:
    found = post(
        {
            **told(1).record,
            "author": {"did": LIN, "handle": "lin.example", "displayName": "林小雨", "followersCount": 84},
        }
    )
    assert (found["author"], found["author_handle"], found["followers"]) == ("林小雨", "lin.example", 84)


def test_an_account_whose_name_leads_elsewhere_has_no_handle() -> None:
    found = post({**told(1).record, "author": {"did": LIN, "handle": "handle.invalid"}})
    assert found["author_handle"] is None


@pytest.mark.parametrize(
    "message",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"time_us":"x"}',
        '{"did":"d","time_us":1,"kind":"commit","commit":{"collection":"app.bsky.feed.post"}}',
    ],
)
def test_a_message_of_another_shape_is_no_event(message: str) -> None:
    assert event(message) is None


def test_half_an_emoji_in_a_message_loses_no_post() -> None:
    broken = EVENTS[0].replace("水壶漏水了", "水壶漏水了\\ud83d")
    found = event(broken)
    assert found
    assert "水壶漏水了" in post(found.record)["text"]
