"""A bot on telegram-test-api, which somebody else made: requests it takes, answers it gives. And our fixtures in the shapes
that aiogram reads, which are generated from Telegram's documentation.

It cannot show that nothing is lost: it forgets an update as soon as it is fetched. tests/sources/telegram shows that.
"""

from __future__ import annotations

import json
import subprocess
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from tests.peers.conftest import missing
from tests.peers.telegram.conftest import PYTHON, Bot
from tests.sources.network import Network
from tests.sources.telegram.server import TOKEN, BotApi

from outlisten.pipeline.ingest import Pipeline
from outlisten.posts import open_store
from outlisten.sources.collecting import take
from outlisten.sources.telegram.connector import Telegram

pytestmark = pytest.mark.peers

FIXTURE = Path(__file__).parents[2] / "sources/telegram/fixtures/updates-2026-12-01.json"
READ = """
import json, sys
from aiogram import methods
from aiogram.types import Update
told = json.load(sys.stdin)
for update in told["updates"]:
    read = Update.model_validate(update)
    for event in (read.event, read.event.reply_to_message):
        strange = set(event.model_extra or {}) if event else set()
        assert strange <= {"all_members_are_administrators"}, strange
for method, asked in told["asked"]:
    read = getattr(methods, method[0].upper() + method[1:]).model_validate(asked)
    assert not read.model_extra, read.model_extra
print(len(told["updates"]))
"""


def test_what_people_write_to_a_bot_comes_once(bot: Bot, source: Telegram) -> None:
    bot.hears("水壶漏水了")
    bot.hears("The kettle leaks", chat=-1001234567890, kind="supergroup")
    (page,) = source.pages({})
    posts = [source.post(record) for record in page.records]
    assert [(post["text"], post["type"]) for post in posts] == [
        ("水壶漏水了", "message"),
        ("The kettle leaks", "post"),
    ]
    assert posts[0]["to"] == "TestNameBot"
    assert posts[0]["created_at"].year == 2026
    (later,) = source.pages(page.cursor)
    assert not later.records


def test_posts_of_a_bot_reach_the_store(bot: Bot, source: Telegram, tmp_path: Path) -> None:
    bot.hears("第一条")
    bot.hears("second")
    store = open_store(f"chdb://{tmp_path / 'posts'}")
    pipeline = Pipeline(store)
    for page in source.pages({}):
        take(page, source, pipeline.ingest, "source:1")
        take(page, source, pipeline.ingest, "source:1")
    assert store.count(None).value == 2
    pipeline.close()
    store.close()


def test_a_stream_brings_what_is_written_meanwhile(bot: Bot, source: Telegram) -> None:
    pages = source.stream({})
    assert not next(pages).records
    bot.hears("在吗")
    assert [source.post(one)["text"] for page in islice(pages, 1) for one in page.records] == ["在吗"]


def test_an_answer_arrives_in_the_chat_under_the_message(bot: Bot, source: Telegram) -> None:
    bot.hears("水壶漏水了")
    (page,) = source.pages({})
    sent = source.answer(source.post(page.records[0])["native_id"], "抱歉 Sorry")
    (arrived,) = bot.said()
    assert arrived["message"]["text"] == "抱歉 Sorry"
    assert sent.native_id == f"9001:{arrived['messageId']}"


def test_a_test_names_the_bot(source: Telegram) -> None:
    assert source.welcome().account == "@TestNameBot"


def test_fixtures_and_requests_have_the_shapes_of_telegrams_documentation() -> None:
    if not PYTHON.exists():
        missing("aiogram is not installed (tests/system/install_peers.sh installs it)")
    updates = [one["update"] for one in json.loads(FIXTURE.read_text("utf-8"))]
    told = json.dumps({"updates": updates, "asked": _asked()})
    read = subprocess.run([PYTHON, "-c", READ], input=told, capture_output=True, text=True, check=False)
    assert read.stdout.strip() == str(len(updates)), read.stderr


def _asked() -> list[tuple[str, dict[str, Any]]]:
    """Every request that the connector makes, as it is sent."""
    api = BotApi()
    api.hears("水壶漏水了", "还在漏")
    source = Network(api).connector(Telegram, {}, {"token": TOKEN})
    cursor = next(source.pages({})).cursor
    next(source.stream(cursor))
    source.answer("-1001234567890:1", "抱歉")
    assert {method for method, _ in api.asked} == {"getMe", "getUpdates", "sendMessage"}
    return api.asked
