"""What snac lacks, on mastodon_mock: streams, edits and deletions by the interface, and keys that make an answer once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from tests.peers.conftest import Peer
from tests.peers.mastodon.conftest import Listen
from tests.peers.mastodon.listening import a_tag, brought, posts_of
from tests.peers.mastodon.people import Person, registered

from outlisten.sources.connector import Page
from outlisten.sources.mastodon.connector import Mastodon
from outlisten.sources.problems import AnswerRefused, CredentialRefused, NotThere, Unreachable

pytestmark = pytest.mark.peers

COLLECT = Path(__file__).parents[1] / "collect.py"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def alice(mastodon_mock: Peer) -> Person:
    return registered(mastodon_mock.address, "alice")


@pytest.fixture(scope="module")
def brand(mastodon_mock: Peer) -> Person:
    return registered(mastodon_mock.address, "brand")


def test_a_hashtag_is_read_and_every_new_post_comes_once(
    mastodon_mock: Peer, alice: Person, listen: Listen
) -> None:
    tag = a_tag()
    first = {alice.writes(f"第{n}条 #{tag}")["uri"] for n in range(3)}
    source = listen(mastodon_mock.address, hashtags=(f"#{tag}",))
    posts, cursor = brought(source)
    assert {post["native_id"] for post in posts} == first
    later = {alice.writes(f"number {n} #{tag}")["uri"] for n in range(45)}
    posts, cursor = brought(source, cursor)
    assert {post["native_id"] for post in posts} >= later
    assert brought(source, cursor)[1] == cursor


def test_history_goes_back_page_by_page(mastodon_mock: Peer, alice: Person, listen: Listen) -> None:
    tag = a_tag()
    written = [alice.writes(f"第{n}条 #{tag}")["uri"] for n in range(45)]
    source = listen(mastodon_mock.address, hashtags=(tag,))
    found = [
        source.post(record)["native_id"] for page in source.history({}, LONG_AGO) for record in page.records
    ]
    assert found == written[::-1]


def test_a_conversation_is_linked_and_a_mention_is_addressed_to_us(
    mastodon_mock: Peer, alice: Person, brand: Person, listen: Listen
) -> None:
    tag = a_tag()
    first = alice.writes(f"水壶漏水了 {tag}")
    answer = brand.writes(f"@alice Sorry {tag}", in_reply_to_id=first["id"])
    last = alice.writes(f"@brand 还在漏 {tag}", in_reply_to_id=answer["id"])
    posts = {
        post["native_id"]: post
        for post in brought(listen(mastodon_mock.address, brand.token, mentions=True))[0]
    }
    mention = posts[last["uri"]]
    assert (mention["reply_to"], mention["thread"]) == (answer["uri"], first["uri"])
    assert mention["to"] == f"brand@localhost:{mastodon_mock.port}"


def test_streams_bring_new_posts_mentions_and_deletions(
    mastodon_mock: Peer, alice: Person, brand: Person, listen: Listen
) -> None:
    # Not edits: it calls them status_update, where Mastodon writes status.update.
    tag = a_tag()
    before = alice.writes(f"before 之前 #{tag}")
    source = listen(mastodon_mock.address, brand.token, hashtags=(tag,), mentions=True)
    pages = source.stream({})
    assert before["uri"] in _ids(source, islice(pages, 2)), "what is new until now comes first"
    written = alice.writes(f"漏水了 #{tag}")
    assert _until(pages, lambda page: written["uri"] in _ids(source, [page]))
    alice.deletes(written["id"])
    page = _until(pages, lambda page: bool(page.gone))
    assert list(page.gone) == [written["uri"]]
    mention = alice.writes("@brand 请帮忙")
    assert _until(pages, lambda page: mention["uri"] in _ids(source, [page]))
    pages.close()  # type: ignore[attr-defined]


def test_an_edit_comes_again_and_a_deleted_post_is_gone(
    mastodon_mock: Peer, alice: Person, listen: Listen
) -> None:
    tag = a_tag()
    stays, goes = alice.writes(f"stays #{tag}"), alice.writes(f"删掉 #{tag}")
    alice.edits(stays["id"], f"改过了 edited #{tag}")
    alice.deletes(goes["id"])
    source = listen(mastodon_mock.address, hashtags=(tag,))
    standing = {one.native_id: one for one in source.again([stays["uri"], goes["uri"]])}
    assert standing[goes["uri"]].gone
    record = standing[stays["uri"]].record
    assert record
    assert source.post(record)["text"] == f"改过了 edited #{tag}"
    assert source.post(record)["edited_at"]


def test_an_answer_stands_once_though_it_is_sent_twice(
    mastodon_mock: Peer, alice: Person, brand: Person, listen: Listen
) -> None:
    post = alice.writes("漏水了")
    source = listen(mastodon_mock.address, brand.token)
    assert source.answered(post["uri"], "抱歉 Sorry!") is None
    sent = source.answer(post["uri"], "抱歉 Sorry!")
    assert source.answer(post["uri"], "抱歉 Sorry!") == sent
    assert source.answered(post["uri"], "抱歉 Sorry!") == sent
    assert len(brand.sees(f"/api/v1/statuses/{post['id']}/context")["descendants"]) == 1


def test_an_answer_that_is_too_long_is_refused_in_the_servers_words(
    mastodon_mock: Peer, alice: Person, brand: Person, listen: Listen
) -> None:
    post = alice.writes("漏水了")
    with pytest.raises(AnswerRefused, match="500 characters"):
        listen(mastodon_mock.address, brand.token).answer(post["uri"], "很" * 501)


def test_a_post_that_is_gone_cannot_be_answered(
    mastodon_mock: Peer, alice: Person, brand: Person, listen: Listen
) -> None:
    post = alice.writes("漏水了")
    alice.deletes(post["id"])
    with pytest.raises(NotThere):
        listen(mastodon_mock.address, brand.token).answer(post["uri"], "抱歉")


def test_a_wrong_token_is_named_as_that(mastodon_mock: Peer, listen: Listen) -> None:
    with pytest.raises(CredentialRefused):
        brought(listen(mastodon_mock.address, "no-such-token", mentions=True))


def test_a_collector_killed_in_the_middle_of_a_page_keeps_every_post_once(
    mastodon_mock: Peer, alice: Person, tmp_path: Path
) -> None:
    tag = a_tag()
    command = [sys.executable, str(COLLECT), mastodon_mock.address, tag, str(tmp_path)]
    alice.writes(f"first #{tag}")
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    for number in range(45):
        alice.writes(f"第{number}条 #{tag}")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as killed:
        assert killed.stdout
        assert killed.stdout.readline() == "kept\n"
        killed.kill()  # its page is in the store, its cursor may not be kept
    again = subprocess.run(command, check=True, capture_output=True, text=True)
    assert again.stdout.split()[-1] == "46"


def test_a_stream_ends_when_the_server_does(
    run_peer: Callable[..., Peer], mastodon_mock: Peer, listen: Listen
) -> None:
    other = run_peer("peer_mastodon_mock.sh", host="localhost", answers_at="/api/v1/instance")
    person = registered(other.address, "carol")
    pages = listen(other.address, person.token, hashtags=("acme",)).stream({})
    next(pages)
    other.stop(at_once=True)
    with pytest.raises((Unreachable, StopIteration)):
        _until(pages, lambda page: False)


def _ids(source: Mastodon, pages: Any) -> set[str]:
    return {post["native_id"] for page in pages for post in posts_of(source, page)}


def _until(pages: Iterator[Page], true: Callable[[Page], bool]) -> Page:
    """The first page for which that is true."""
    return next(page for page in islice(pages, 3) if true(page))
