"""The connector on Synapse, the homeserver of Matrix."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from threading import Timer
from typing import Any

import pytest
from tests.peers.conftest import Peer
from tests.peers.mastodon.listening import brought, posts_of, taken_in
from tests.peers.matrix.conftest import Listen
from tests.peers.matrix.people import Person, answers, registered

from outlisten.posts import PostStore
from outlisten.sources.connector import Page, Unmappable
from outlisten.sources.matrix.connector import Matrix
from outlisten.sources.problems import (
    AnswerRefused,
    CredentialRefused,
    NotThere,
    Throttled,
    Unreachable,
    WrongOption,
)

pytestmark = pytest.mark.peers

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def test_a_message_comes_with_its_author_its_room_and_its_time(
    alice: Person, brand: Person, listen: Listen
) -> None:
    alice.asks("PUT", f"/profile/{alice.account}/displayname", {"displayname": "爱丽丝"})
    room = alice.makes_room(brand)
    event = alice.writes(room, "水壶漏水了 the Acme kettle leaks", m__mentions={"user_ids": [brand.account]})
    [post], _ = brought(listen(brand))
    assert post["native_id"] == f"{room}/{event}"
    assert post["text"] == "水壶漏水了 the Acme kettle leaks"
    assert (post["author"], post["author_id"], post["to"]) == ("爱丽丝", alice.account, brand.account[1:])
    assert abs(post["created_at"] - datetime.now(UTC)) < timedelta(minutes=1)
    assert post["type"] == "post", "everybody may join"


def test_a_room_by_invitation_holds_private_messages(alice: Person, brand: Person, listen: Listen) -> None:
    room = alice.makes_room(preset="private_chat", invite=[brand.account])
    brand.joins(room)
    alice.writes(room, "我的订单号是 7")
    [post], _ = brought(listen(brand))
    assert post["type"] == "message"


def test_more_than_a_sync_holds_comes_whole_and_once(alice: Person, brand: Person, listen: Listen) -> None:
    room, other = alice.makes_room(brand), alice.makes_room(brand)
    alice.writes(room, "before 之前")
    _, cursor = brought(listen(brand))
    written = [alice.writes(room, f"第{n}条") for n in range(180)]
    written += [alice.writes(other, f"other {n}") for n in range(60)]
    found: list[str] = []
    while True:  # a new process after every page
        page = next(listen(brand).pages(cursor))
        found += [one["native_id"].rpartition("/")[2] for one in posts_of(listen(brand), page)]
        cursor = page.cursor
        if not page.more:
            break
    assert sorted(found) == sorted(written)
    assert brought(listen(brand), cursor)[0] == []


def test_what_was_written_before_we_joined_a_moment_ago_is_not_lost(
    alice: Person, brand: Person, listen: Listen
) -> None:
    alice.makes_room(brand)
    _, cursor = brought(listen(brand))
    room = alice.makes_room()
    written = {alice.writes(room, f"第{n}条") for n in range(70)}
    brand.joins(room)
    posts, _ = brought(listen(brand), cursor)
    assert {post["native_id"].rpartition("/")[2] for post in posts} == written


def test_history_goes_back_to_the_first_message_and_can_stop_after_every_page(
    alice: Person, brand: Person, listen: Listen
) -> None:
    room, other = alice.makes_room(brand), alice.makes_room(brand)
    written = {f"{room}/{alice.writes(room, f'第{n}条')}" for n in range(150)}
    written.add(f"{other}/{alice.writes(other, 'hello')}")
    cursor: Any = {}
    found: list[str] = []
    while page := next(listen(brand).history(cursor, LONG_AGO), None):
        found += [post["native_id"] for post in posts_of(listen(brand), page)]
        cursor = page.cursor
    assert len(found) == len(written)
    assert set(found) == written


def test_threads_and_answers_are_told_apart(alice: Person, brand: Person, listen: Listen) -> None:
    room = alice.makes_room(brand)
    root = alice.writes(room, "水壶漏水了")
    in_thread = {"rel_type": "m.thread", "event_id": root}
    first = alice.writes(room, "照片", **answers(root, **in_thread, is_falling_back=True))
    second = brand.writes(room, "抱歉", **answers(first, **in_thread, is_falling_back=True))
    third = alice.writes(
        room,
        "> <@brand:localhost> 抱歉\n\nthanks 谢谢",
        **answers(second, **in_thread, is_falling_back=False),
    )
    plain = brand.writes(room, "fixed?", **answers(root))
    last = alice.writes(room, "修好了", **answers(plain))
    posts = {post["native_id"].rpartition("/")[2]: post for post in brought(listen(brand))[0]}

    def told(event: str) -> tuple[str, str]:
        return posts[event]["reply_to"], posts[event]["thread"]

    place = f"{room}/{root}"
    assert told(first) == told(second) == (place, place)
    assert told(third) == (f"{room}/{second}", place)
    assert told(plain) == (place, place)
    assert told(last) == (f"{room}/{plain}", place), (
        "its conversation began where the message before it began"
    )
    assert posts[third]["text"] == "thanks 谢谢"
    assert posts[second]["voice_given"] == "owned"


def test_an_edit_changes_the_first_message_and_a_message_taken_back_is_gone(
    alice: Person, brand: Person, listen: Listen, store: PostStore
) -> None:
    room = alice.makes_room(brand)
    stays, goes = alice.writes(room, "stays"), alice.writes(room, "删掉")
    source = listen(brand)
    cursor = list(taken_in(source.pages({}), source, store))[-1]
    alice.edits(room, stays, "first edit")
    alice.edits(room, stays, "改过了 edited")
    alice.takes_back(room, goes)
    pages = list(listen(brand).pages(cursor))
    [post] = [post for page in pages for post in posts_of(source, page)]
    assert (post["native_id"], post["text"]) == (f"{room}/{stays}", "改过了 edited")
    assert post["edited_at"] >= post["created_at"]
    assert [one for page in pages for one in page.gone] == [f"{room}/{goes}"]
    for _ in taken_in(pages, source, store):
        pass
    assert store.count(None).value == 2, "no message of its own"


def test_history_brings_what_was_edited_as_it_stands_now(
    alice: Person, brand: Person, listen: Listen
) -> None:
    room = alice.makes_room(brand)
    event, goes = alice.writes(room, "before"), alice.writes(room, "删掉")
    alice.edits(room, event, "after 之后")
    alice.takes_back(room, goes)
    source = listen(brand)
    posts = [post for page in source.history({}, LONG_AGO) for post in posts_of(source, page)]
    assert [(post["native_id"], post["text"]) for post in posts] == [(f"{room}/{event}", "after 之后")]


def test_an_encrypted_room_is_told_of_once(brand: Person, alice: Person, listen: Listen) -> None:
    settings = [
        {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
    ]
    room = alice.makes_room(brand, name="秘密 secret", initial_state=settings)
    sealed = {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "x"}
    alice.sends(room, "m.room.encrypted", sealed)
    source = listen(brand)
    [page] = source.pages({})
    with pytest.raises(Unmappable, match=r"秘密 secret is end-to-end encrypted.*端到端加密"):
        source.post(page.records[0])
    alice.sends(room, "m.room.encrypted", sealed)
    assert [list(later.records) for later in listen(brand).pages(page.cursor)] == [[]]


def test_an_encrypted_room_is_not_answered_in_plain_words(
    brand: Person, alice: Person, listen: Listen
) -> None:
    room = alice.makes_room(brand)
    event = alice.writes(room, "漏水了")
    alice.asks("PUT", f"/rooms/{room}/state/m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"})
    with pytest.raises(AnswerRefused, match="encrypted"):
        listen(brand).answer(f"{room}/{event}", "抱歉")


def test_an_invitation_is_told_of_once_or_accepted(brand: Person, alice: Person, listen: Listen) -> None:
    alice.makes_room(brand)
    _, cursor = brought(listen(brand))
    room = alice.makes_room(name="客服", preset="private_chat", invite=[brand.account])
    alice.writes(room, "水壶漏水了")
    [told] = listen(brand).pages(cursor)
    with pytest.raises(Unmappable, match="invited to the room 客服"):
        listen(brand).post(told.records[0])
    assert [list(page.records) for page in listen(brand).pages(told.cursor)] == [[]]
    posts, _ = brought(listen(brand, join=True), cursor)
    assert [post["text"] for post in posts] == ["水壶漏水了"]


def test_only_the_chosen_rooms_and_words_are_read(brand: Person, alice: Person, listen: Listen) -> None:
    name = f"acme-{alice.name}"
    room, other = alice.makes_room(brand, room_alias_name=name), alice.makes_room(brand)
    alice.writes(room, "水壶漏水了")
    event = alice.writes(room, "unrelated 无关")
    alice.writes(other, "水壶")
    source = listen(brand, rooms=(f"#{name}:localhost",), words=("水壶",))
    posts, cursor = brought(source)
    assert [post["text"] for post in posts] == ["水壶漏水了"]
    alice.edits(room, event, "unrelated 水壶")
    assert [post["text"] for post in brought(source, cursor)[0]] == ["unrelated 水壶"]
    for wrong in ("#nowhere:localhost", alice.makes_room()):
        with pytest.raises(WrongOption):
            brought(listen(brand, rooms=(wrong,)))


def test_a_stream_brings_messages_edits_and_deletions_as_they_happen(
    alice: Person, brand: Person, listen: Listen
) -> None:
    room = alice.makes_room(brand)
    alice.writes(room, "before 之前")
    source = listen(brand)
    pages = source.stream({})
    assert [post["text"] for post in posts_of(source, next(pages))] == ["before 之前"]
    event = alice.writes(room, "漏水了")
    assert texts(source, _until(pages, lambda page: bool(page.records))) == ["漏水了"]
    alice.edits(room, event, "不漏了")
    assert texts(source, _until(pages, lambda page: bool(page.records))) == ["不漏了"]
    alice.takes_back(room, event)
    assert list(_until(pages, lambda page: bool(page.gone)).gone) == [f"{room}/{event}"]
    for number in range(130):
        alice.writes(room, f"第{number}条")
    found = [text for page in islice(pages, 3) for text in texts(source, page)]
    assert sorted(found) == sorted(f"第{number}条" for number in range(130))


@pytest.mark.parametrize("in_thread", [False, True])
def test_an_answer_stands_once_in_its_thread_though_it_is_sent_twice(
    alice: Person, brand: Person, listen: Listen, *, in_thread: bool
) -> None:
    room = alice.makes_room(brand)
    root = alice.writes(room, "水壶漏水了")
    thread = {"rel_type": "m.thread", "event_id": root}
    event = alice.writes(room, "照片", **answers(root, **thread, is_falling_back=True)) if in_thread else root
    source, to = listen(brand), f"{room}/{event}"
    assert source.answered(to, "抱歉 Sorry!") is None
    sent = source.answer(to, "抱歉 Sorry!")
    assert source.answer(to, "抱歉 Sorry!") == sent
    for _ in range(3):
        alice.writes(room, "later")
    assert listen(brand).answered(to, "抱歉 Sorry!") == sent
    assert source.answered(to, "another one") is None
    posts = {post["native_id"]: post for post in brought(listen(alice))[0]}
    answer = posts[sent.native_id]
    assert (answer["reply_to"], answer["thread"], answer["to"]) == (to, f"{room}/{root}", alice.account[1:])
    assert len([post for post in posts.values() if post["text"] == "抱歉 Sorry!"]) == 1


def test_a_message_that_is_gone_or_too_long_an_answer_is_refused(
    alice: Person, brand: Person, listen: Listen
) -> None:
    room = alice.makes_room(brand)
    event = alice.writes(room, "漏水了")
    with pytest.raises(AnswerRefused, match=r"too large|M_TOO_LARGE|[Ee]vent"):
        listen(brand).answer(f"{room}/{event}", "很" * 30_000)
    alice.takes_back(room, event)
    with pytest.raises(NotThere):
        listen(brand).answer(f"{room}/{event}", "抱歉")


def test_a_wrong_password_and_a_wrong_token_are_named_as_that(brand: Person, listen: Listen) -> None:
    with pytest.raises(CredentialRefused, match="M_FORBIDDEN"):
        brought(listen(brand, "wrong", user=brand.name))
    with pytest.raises(CredentialRefused, match="M_UNKNOWN_TOKEN"):
        brought(listen(brand, "syt_wrong"))


def test_a_sign_in_with_a_password_is_kept_and_made_again_when_it_was_ended(
    brand: Person, listen: Listen
) -> None:
    source = listen(brand, f"pw-{brand.name}", user=brand.name)
    assert source.welcome().account == brand.account[1:]
    listen(brand, f"pw-{brand.name}", user=brand.name).welcome()
    devices = [one["device_id"] for one in brand.asks("GET", "/devices")["devices"]]
    assert len([one for one in devices if one.startswith("OUTLISTEN")]) == 1
    brand.asks("POST", "/logout/all")
    brought(source)
    with pytest.raises(CredentialRefused):
        brought(listen(brand))


def test_a_server_that_dies_between_two_pages_loses_and_doubles_nothing(
    synapse: Peer, alice: Person, brand: Person, listen: Listen, store: PostStore
) -> None:
    room = alice.makes_room(brand)
    alice.writes(room, "before")
    source = listen(brand)
    cursor = list(taken_in(source.pages({}), source, store))[-1]
    for number in range(200):
        alice.writes(room, f"第{number}条")
    cursors = taken_in(source.pages(cursor), source, store)
    cursor = next(cursors)
    synapse.stop(at_once=True)
    with pytest.raises(Unreachable):
        next(cursors)
    synapse.start()
    again = listen(brand)
    for _cursor in taken_in(again.pages(cursor), again, store):
        pass
    assert store.count(None).value == 201


def test_a_stream_goes_on_where_it_was_after_the_server_was_restarted(
    synapse: Peer, alice: Person, brand: Person, listen: Listen
) -> None:
    room = alice.makes_room(brand)
    source = listen(brand)
    pages = source.stream({})
    cursor = next(pages).cursor
    synapse.stop()
    with pytest.raises(Unreachable):
        next(pages)
    synapse.start()
    alice.writes(room, "又漏水了")
    assert texts(source, _until(listen(brand).stream(cursor), lambda page: bool(page.records))) == [
        "又漏水了"
    ]


def test_a_server_killed_while_it_holds_its_answer_back_loses_and_doubles_nothing(
    synapse: Peer, alice: Person, brand: Person, listen: Listen, store: PostStore
) -> None:
    room = alice.makes_room(brand)
    alice.writes(room, "before")
    source = listen(brand)
    cursors = taken_in(source.stream({}), source, store)
    cursor = next(cursors)
    dying = Timer(1.0, synapse.stop, kwargs={"at_once": True})
    dying.start()
    with pytest.raises(Unreachable):
        next(cursors)
    dying.join()
    synapse.start()
    for number in range(60):
        alice.writes(room, f"第{number}条")
    again = listen(brand)
    for _cursor in taken_in(again.pages(cursor), again, store):
        pass
    assert store.count(None).value == 61


def test_a_place_that_the_server_does_not_know_is_told_of_and_listening_goes_on(
    alice: Person, brand: Person, listen: Listen
) -> None:
    room = alice.makes_room(brand)
    alice.writes(room, "漏水了")
    source = listen(brand)
    [page] = source.pages({"account": brand.account, "since": "no-such-place"})
    with pytest.raises(Unmappable, match="no longer knew"):
        source.post(page.records[0])
    assert texts(source, page) == ["漏水了"]


def test_the_servers_own_limits_say_how_long_to_wait(
    run_synapse: Callable[[str], Peer], listen: Listen
) -> None:
    limited = run_synapse("peer_synapse_limited.sh")
    alice, brand = registered(limited.address, "alice"), registered(limited.address, "brand")
    room = alice.makes_room(brand)
    event, source = alice.writes(room, "漏水了"), listen(brand)
    sent = 0

    def answers_thirty_times() -> None:
        nonlocal sent
        for sent in range(30):
            source.answer(f"{room}/{event}", f"抱歉 {sent}")

    with pytest.raises(Throttled) as waiting:
        answers_thirty_times()
    assert 0 < (waiting.value.wait or 0) < 60
    assert source.answered(f"{room}/{event}", f"抱歉 {sent - 1}")
    assert source.answered(f"{room}/{event}", f"抱歉 {sent}") is None, "the refused one does not stand"


def test_the_servers_own_limits_on_signing_in_are_told_apart_from_a_wrong_password(
    run_synapse: Callable[[str], Peer], listen: Listen
) -> None:
    limited = run_synapse("peer_synapse_limited.sh")
    brand = registered(limited.address, "brand")

    def tried() -> type[Exception]:
        with pytest.raises((CredentialRefused, Throttled)) as found:
            brought(listen(brand, "wrong", user=brand.name))
        return found.type

    assert list(dict.fromkeys(tried() for _ in range(9))) == [CredentialRefused, Throttled]


def texts(source: Matrix, page: Page) -> list[str]:
    return [post["text"] for post in posts_of(source, page)]


def _until(pages: Iterator[Page], true: Callable[[Page], bool]) -> Page:
    """The first page for which that is true."""
    return next(page for page in islice(pages, 5) if true(page))
