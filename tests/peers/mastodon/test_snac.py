"""The connector on snac, a real server of the Fediverse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from tests.peers.conftest import Peer
from tests.peers.mastodon.conftest import Listen
from tests.peers.mastodon.listening import a_tag, brought, taken_in
from tests.peers.mastodon.people import Person, next_second

from outlisten.posts import PostStore
from outlisten.sources.connector import Sent
from outlisten.sources.mastodon.connector import Mastodon
from outlisten.sources.problems import CredentialRefused, NotOffered, Unreachable

pytestmark = pytest.mark.peers

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
People = dict[str, Person]
Until = Callable[..., None]


def test_a_hashtag_is_read_without_an_account(snac: Peer, snac_people: People, listen: Listen) -> None:
    tag = a_tag()
    written = snac_people["alice"].writes(f"水壶漏水了 the Acme kettle leaks #{tag} https://example.com/k")
    [post], _ = brought(listen(snac.address, hashtags=(tag,)))
    assert post["native_id"] == written["uri"]
    assert post["text"] == f"水壶漏水了 the Acme kettle leaks #{tag} https://example.com/k"
    assert post["author_handle"] == f"alice@127.0.0.1:{snac.port}"
    assert post["links"] == ["https://example.com/k"]
    assert abs(post["created_at"] - datetime.now(UTC)) < timedelta(minutes=1)


def test_every_new_post_comes_once_though_ids_are_no_numbers(
    snac: Peer, snac_people: People, listen: Listen
) -> None:
    tag, alice = a_tag(), snac_people["alice"]
    first = {alice.writes(f"before {n} #{tag}")["uri"] for n in range(3)}
    source = listen(snac.address, hashtags=(tag,))
    posts, cursor = brought(source)
    assert {post["native_id"] for post in posts} == first
    next_second()
    later = [alice.writes(f"第{n}条 #{tag}")["uri"] for n in range(45)]
    posts, cursor = brought(source, cursor)
    assert {post["native_id"] for post in posts} >= set(later)
    posts, _ = brought(source, cursor)
    assert {post["native_id"] for post in posts} <= first | set(later), "nothing new, a few newest once more"
    assert len(posts) <= 20


def test_history_goes_back_to_the_first_post(snac: Peer, snac_people: People, listen: Listen) -> None:
    tag, alice = a_tag(), snac_people["alice"]
    written = {alice.writes(f"第{n}条 #{tag}")["uri"] for n in range(45)}
    source, cursor, found = listen(snac.address, hashtags=(tag,)), {}, set[str]()
    for page in source.history(cursor, LONG_AGO):
        found |= {source.post(record)["native_id"] for record in page.records}
        cursor = dict(page.cursor)
    assert found == written
    assert list(source.history(cursor, LONG_AGO)) == [], "done is done"


def test_a_mention_brings_the_conversation_before_it(
    snac: Peer, snac_people: People, listen: Listen, until: Until
) -> None:
    alice, brand, tag = snac_people["alice"], snac_people["brand"], a_tag()
    first = alice.writes(f"水壶漏水了 {tag}")
    next_second()
    answer = brand.writes(f"@alice 抱歉 {tag}", in_reply_to_id=first["id"])
    next_second()
    last = alice.writes(f"@brand still leaking 还在漏 {tag}", in_reply_to_id=answer["id"])
    source = listen(snac.address, brand.token, mentions=True)
    until(lambda: any(tag in post["text"] for post in brought(source)[0]))
    posts = {post["native_id"]: post for post in brought(listen(snac.address, brand.token, mentions=True))[0]}
    mention = posts[last["uri"]]
    assert (mention["reply_to"], mention["thread"]) == (answer["uri"], first["uri"])
    assert mention["type"] == "reply"
    assert posts[first["uri"]]["text"] == f"水壶漏水了 {tag}"


def test_a_message_to_us_is_a_message(snac: Peer, snac_people: People, listen: Listen, until: Until) -> None:
    tag = a_tag()
    snac_people["alice"].writes(f"@brand 我的订单号是 {tag}", visibility="direct")
    source = listen(snac.address, snac_people["brand"].token, mentions=True)
    until(lambda: any(tag in post["text"] for post in brought(source)[0]))
    [post] = [post for post in brought(source)[0] if tag in post["text"]]
    assert post["type"] == "message"
    public, _ = brought(listen(snac.address))
    assert not [post for post in public if tag in post["text"]]


def test_an_answer_stands_once_though_it_is_sent_twice(
    snac: Peer, snac_people: People, listen: Listen, until: Until
) -> None:
    alice, brand = snac_people["alice"], snac_people["brand"]
    tag = a_tag()
    post = alice.writes(f"@brand 漏水了 {tag}")
    source = listen(snac.address, brand.token, mentions=True)
    until(lambda: any(tag in post["text"] for post in brought(source)[0]))
    assert source.answered(post["uri"], "抱歉，我们来处理。 Sorry!") is None
    sent = answered_for_sure(source, post["uri"], "抱歉，我们来处理。 Sorry!")
    assert answered_for_sure(source, post["uri"], "抱歉，我们来处理。 Sorry!") == sent
    assert source.answered(post["uri"], "抱歉，我们来处理。 Sorry!") == sent
    assert source.answered(post["uri"], "another one") is None
    after = brand.sees(f"/api/v1/statuses/{post['id']}/context")["descendants"]
    assert [one["uri"] for one in after] == [sent.native_id]
    until(lambda: any(n["type"] == "mention" and n["status"]["uri"] == sent.native_id
                      for n in alice.sees("/api/v1/notifications")))  # fmt: skip


def test_a_message_is_answered_with_a_message(
    snac: Peer, snac_people: People, listen: Listen, until: Until
) -> None:
    alice, brand, tag = snac_people["alice"], snac_people["brand"], a_tag()
    asked = alice.writes(f"@brand 我的订单号 {tag}", visibility="direct")
    source = listen(snac.address, brand.token, mentions=True)
    until(lambda: any(tag in post["text"] for post in brought(source)[0]))
    sent = answered_for_sure(source, asked["uri"], f"收到 {tag} thanks")
    public, _ = brought(listen(snac.address))
    assert sent.native_id not in {post["native_id"] for post in public}


def test_edits_and_deletions_are_told_when_posts_are_asked_for_again(
    snac: Peer, snac_people: People, listen: Listen
) -> None:
    alice, tag = snac_people["alice"], a_tag()
    alice.writes(f"before #{tag}")
    next_second()
    stays, goes = alice.writes(f"stays #{tag}"), alice.writes(f"删掉 #{tag}")
    source = listen(snac.address, snac_people["brand"].token, hashtags=(tag,))
    _, cursor = brought(source)
    _by_hand(snac, "note", {"edit_id": stays["uri"], "content": f"改过了 edited #{tag}"})
    _by_hand(snac, "action", {"id": goes["uri"], "actor": f"{snac.address}/alice", "action": "Delete"})
    standing = {one.native_id: one for one in source.again([stays["uri"], goes["uri"]])}
    assert not standing[stays["uri"]].gone
    assert standing[goes["uri"]].gone
    [post] = [post for post in brought(source, cursor)[0] if post["native_id"] == stays["uri"]]
    assert post["text"] == f"改过了 edited #{tag}"
    assert post["edited_at"]


@pytest.mark.parametrize("options", [{"mentions": True}, {"words": ("kettle",)}])
def test_a_wrong_token_is_named_as_that(snac: Peer, listen: Listen, options: dict[str, object]) -> None:
    with pytest.raises(CredentialRefused):
        brought(listen(snac.address, "no-such-token", **options))


def test_words_are_searched_for(snac: Peer, snac_people: People, listen: Listen) -> None:
    word = a_tag()
    written = snac_people["alice"].writes(f"水壶 {word} kettle")
    # A server searches what it keeps for an account.
    posts, _ = brought(listen(snac.address, snac_people["alice"].token, words=(word,)))
    assert [post["native_id"] for post in posts] == [written["uri"]]


def test_a_server_without_streams_is_polled(snac: Peer, snac_people: People, listen: Listen) -> None:
    source = listen(snac.address, snac_people["brand"].token, hashtags=("acme",))
    with pytest.raises(NotOffered):
        next(source.stream({}))


def test_a_test_of_the_source_says_who_we_are(snac: Peer, snac_people: People, listen: Listen) -> None:
    tag = a_tag()
    snac_people["alice"].writes(f"漏水 #{tag}")
    welcome = listen(snac.address, snac_people["brand"].token, hashtags=(tag,)).welcome()
    assert welcome.account == f"brand@127.0.0.1:{snac.port}"
    assert welcome.sample[0]["text"] == f"漏水 #{tag}"


def test_a_server_that_dies_in_between_loses_and_doubles_nothing(
    snac: Peer, snac_people: People, listen: Listen, store: PostStore
) -> None:
    tag, alice = a_tag(), snac_people["alice"]
    written = {alice.writes(f"第{n}条 #{tag}")["uri"] for n in range(45)}
    source = listen(snac.address, hashtags=(tag,))
    # History reads pages on request, so that the server can die between two of them.
    cursors = taken_in(source.history({}, LONG_AGO), source, store)
    cursor = next(cursors)
    snac.stop(at_once=True)
    with pytest.raises(Unreachable):
        next(cursors)
    snac.start()
    for _cursor in taken_in(listen(snac.address, hashtags=(tag,)).history(cursor, LONG_AGO), source, store):
        pass
    assert store.count(None).value == len(written)


def answered_for_sure(source: Mastodon, to: str, text: str) -> Sent:
    """Answer as the queue does: look whether the answer stands before sending it again. snac breaks connections."""
    for _ in range(5):
        try:
            return source.answered(to, text) or source.answer(to, text)
        except Unreachable:
            continue
    pytest.fail("no answer in five tries")


def _by_hand(snac: Peer, form: str, said: dict[str, str]) -> None:
    """Alice edits or deletes on the server's own pages: snac's interface has no call for it."""
    password = dict(line.split() for line in (snac.folder / "passwords").read_text().splitlines())["alice"]
    answer = httpx2.post(
        f"{snac.address}/alice/admin/{form}", auth=("alice", password), trust_env=False,
        headers={"Connection": "close"}, files={name: (None, value) for name, value in said.items()},
    )  # fmt: skip
    assert answer.status_code < 400, answer.text
