"""The connector on the software that Bluesky runs. Its search there finds a part of the text, case and all."""

from __future__ import annotations

import json
import os
import secrets
import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.peers.bluesky.conftest import Listen
from tests.peers.bluesky.people import Person, a_person, reply_to
from tests.peers.conftest import Peer

from outlisten.pipeline.ingest import Pipeline
from outlisten.posts import PostStore
from outlisten.sources.bluesky.connector import Bluesky
from outlisten.sources.collecting import take
from outlisten.sources.connector import Cursor
from outlisten.sources.problems import AnswerRefused, CredentialRefused, NotThere, Unreachable

pytestmark = pytest.mark.peers

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
Until = Callable[..., None]


def a_word() -> str:
    return f"acme{secrets.token_hex(4)}"


def brought(source: Bluesky, cursor: Cursor | None = None) -> tuple[dict[str, dict[str, Any]], Cursor]:
    """Every post that a source brings until its end, by address, and the cursor after it."""
    posts, cursor = {}, cursor or {}
    for page in source.pages(cursor):
        for record in page.records:
            post = source.post(record)
            posts[str(post["native_id"])] = post
        cursor = page.cursor
    return posts, cursor


def test_a_search_brings_what_was_written(alice: Person, brand: Person, listen: Listen, until: Until) -> None:
    word = a_word()
    link = {
        "index": {"byteStart": 0, "byteEnd": 12},
        "features": [{"$type": "app.bsky.richtext.facet#link", "uri": "https://example.com/k"}],
    }
    written = alice.writes(f"水壶漏水了 the {word} kettle leaks", langs=["zh", "en"], facets=[link])
    source = listen(brand, words=(word,))
    until(lambda: written["uri"] in brought(source)[0])
    post = brought(source)[0][written["uri"]]
    assert post["text"] == f"水壶漏水了 the {word} kettle leaks"
    assert (post["author_handle"], post["author_id"]) == (alice.handle, alice.did)
    assert (post["lang_given"], post["links"], post["likes"]) == ("zh", ["https://example.com/k"], 0)
    assert abs(post["created_at"] - datetime.now(UTC)) < timedelta(minutes=5)


def test_every_new_post_comes_and_history_goes_back_to_the_first(
    alice: Person, brand: Person, listen: Listen, until: Until
) -> None:
    word = a_word()
    first = {alice.writes(f"第{number}条 {word}")["uri"] for number in range(3)}
    source = listen(brand, words=(word,))
    until(lambda: set(brought(source)[0]) == first)
    _, cursor = brought(source)
    later = {alice.writes(f"第{number}条 {word}")["uri"] for number in range(105)}
    until(lambda: len(brought(source, cursor)[0]) >= 105)
    assert set(brought(source, cursor)[0]) >= later
    found = [
        source.post(record)["native_id"] for page in source.history({}, LONG_AGO) for record in page.records
    ]
    assert set(found) == first | later


def test_a_conversation_with_us_comes_with_what_was_said_before(
    alice: Person, brand: Person, listen: Listen, until: Until
) -> None:
    first = alice.writes("水壶漏水了")
    ours = brand.writes("抱歉", reply=reply_to(first))
    source = listen(brand, mentions=True)
    # The AppView reads each account apart, and notifies nobody of an answer to what it has not read yet.
    until(lambda: len(source._client.posts([first["uri"], ours["uri"]])) == 2)
    asked = alice.writes("还在漏，请问怎么退货？", reply=reply_to(ours, first))
    until(lambda: asked["uri"] in brought(source)[0])
    posts, _ = brought(source)
    assert (posts[asked["uri"]]["reply_to"], posts[asked["uri"]]["thread"]) == (ours["uri"], first["uri"])
    assert posts[asked["uri"]]["to"] == brand.handle
    assert posts[first["uri"]]["text"] == "水壶漏水了"


def test_a_mention_and_a_quote_reach_us(alice: Person, brand: Person, listen: Listen, until: Until) -> None:
    text = f"@{brand.handle} 请帮忙"
    feature = {"$type": "app.bsky.richtext.facet#mention", "did": brand.did}
    facet = {"index": {"byteStart": 0, "byteEnd": len(brand.handle) + 1}, "features": [feature]}
    mention = alice.writes(text, facets=[facet])
    ours = brand.writes("新品上市")
    source = listen(brand, mentions=True)
    until(lambda: bool(source._client.posts([ours["uri"]])))
    embed = {"$type": "app.bsky.embed.record", "record": {"uri": ours["uri"], "cid": ours["cid"]}}
    quote = alice.writes("别买", embed=embed)
    until(lambda: {mention["uri"], quote["uri"]} <= set(brought(source)[0]))
    posts, _ = brought(source)
    assert posts[mention["uri"]]["has"] == ["mention"]
    assert posts[quote["uri"]]["is"] == ["quote"]


def test_an_answer_stands_and_is_found_before_it_is_sent_again(
    alice: Person, brand: Person, listen: Listen, until: Until
) -> None:
    asked = alice.writes("漏水了")
    source = listen(brand)
    until(lambda: bool(source._client.posts([asked["uri"]])))
    text = "抱歉，请看 https://example.com/help #水壶"
    assert source.answered(asked["uri"], text) is None
    sent = source.answer(asked["uri"], text)
    assert source.answered(asked["uri"], text) == sent
    assert source.answered(asked["uri"], "别的话") is None

    def answers() -> list[str]:
        thread = alice.sees("app.bsky.feed.getPostThread", uri=asked["uri"])["thread"]
        return [one["post"]["uri"] for one in thread.get("replies", [])]

    until(lambda: answers() == [sent.native_id])


def test_an_answer_that_is_too_long_is_refused_in_the_services_words(
    alice: Person, brand: Person, listen: Listen, until: Until
) -> None:
    asked = alice.writes("漏水了")
    source = listen(brand)
    until(lambda: bool(source._client.posts([asked["uri"]])))
    with pytest.raises(AnswerRefused, match="300"):
        source.answer(asked["uri"], "很" * 301)
    assert source.answered(asked["uri"], "很" * 301) is None


def test_deleted_posts_and_those_of_closed_accounts_are_gone(
    network: Peer, alice: Person, brand: Person, listen: Listen, until: Until
) -> None:
    leaver = a_person(network.address, "leaver")
    stays, goes, left = alice.writes("还在"), alice.writes("删掉"), leaver.writes("走了")
    source = listen(brand)
    wanted = [stays["uri"], goes["uri"], left["uri"]]
    until(lambda: not any(one.gone for one in source.again(wanted)))
    alice.deletes(goes["uri"])
    leaver.leaves()
    until(lambda: [one.gone for one in source.again(wanted)] == [False, True, True])
    record = next(iter(source.again(wanted))).record
    assert record
    assert source.post(record)["text"] == "还在"
    with pytest.raises(NotThere):
        source.answer(goes["uri"], "抱歉")


def test_a_wrong_password_is_named_as_that(brand: Person, listen: Listen) -> None:
    with pytest.raises(CredentialRefused):
        brought(listen(brand, "no-such-pass-word", words=("水壶",)))


def test_a_session_whose_token_is_not_good_any_more_is_renewed(brand: Person, listen: Listen) -> None:
    source = listen(brand, words=("水壶",))
    session = source._client.session
    sessions = source._client._us._sessions
    [key] = sessions
    sessions[key] = type(session)(session.did, session.handle, session.access[:-4] + "AAAA", session.refresh)
    brought(source)
    assert sessions[key].refresh != session.refresh


def test_a_test_of_the_source_says_who_we_are(
    alice: Person, brand: Person, listen: Listen, until: Until
) -> None:
    word = a_word()
    alice.writes(f"漏水 {word}")
    until(lambda: bool(listen(brand, words=(word,)).welcome().sample))
    assert listen(brand, words=(word,)).welcome().account == brand.handle


def test_a_network_that_hangs_loses_and_doubles_nothing(
    network: Peer, alice: Person, brand: Person, listen: Listen, store: PostStore, until: Until
) -> None:
    """It hangs between two pages, and what went on with the cursor kept before is another process of ours."""
    word = a_word()
    alice.writes(f"first {word}")
    source = listen(brand, words=(word,))
    until(lambda: len(brought(source)[0]) == 1)
    pipeline = Pipeline(store)
    for number in range(105):
        alice.writes(f"第{number}条 {word}")
    until(lambda: sum(len(page.records) for page in source.history({}, LONG_AGO)) == 106)
    pages = source.history({}, LONG_AGO)
    page = next(pages)
    take(page, source, pipeline.ingest, "source:1")
    node = int((network.folder / "node.pid").read_text())
    os.kill(node, signal.SIGSTOP)
    try:
        with pytest.raises(Unreachable):
            next(pages)
    finally:
        os.kill(node, signal.SIGCONT)
    source = listen(brand, words=(word,))
    for later in source.history(json.loads(json.dumps(page.cursor)), LONG_AGO):
        take(later, source, pipeline.ingest, "source:1")
    assert store.count(None).value == 106
