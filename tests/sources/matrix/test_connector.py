"""An account's rooms as a source: places and gaps, edits and deletions, invitations, history and answers."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import pytest
from tests.sources.matrix.server import (
    LIN,
    OTHER,
    OWN,
    ROOM,
    Server,
    edit,
    message,
    redaction,
    setting,
    source,
)

from outlisten.sources.connector import Page, Unmappable
from outlisten.sources.matrix.answering import transaction
from outlisten.sources.matrix.connector import Matrix
from outlisten.sources.problems import (
    AnswerRefused,
    NotThere,
    QuotaUsedUp,
    Throttled,
    WrongOption,
)

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
ENCRYPTED = setting("m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"})
PUBLIC = setting("m.room.join_rules", {"join_rule": "public"})


def texts(pages: list[Page], one: Matrix | None = None) -> list[str]:
    """What the posts of pages say; notices are left out."""
    one = one or source(Server())
    records = [record for page in pages for record in page.records if "notice" not in record]
    return [one.post(record)["text"] for record in records]


def notices(pages: list[Page]) -> list[tuple[str, str]]:
    return [(one["notice"], one["room"]) for page in pages for one in page.records if "notice" in one]


def read(server: Server, cursor: Any = None, **options: Any) -> tuple[list[Page], Any]:
    pages = list(source(server, **options).pages(cursor or {}))
    return pages, json.loads(json.dumps(pages[-1].cursor))


def test_at_first_the_newest_of_each_room_comes_and_then_all_that_is_new() -> None:
    server = Server({ROOM: [message(n, f"第{n}条") for n in range(9)], OTHER: [message(20, "hello")]})
    pages, cursor = read(server)
    assert texts(pages) == ["第6条", "第7条", "第8条", "hello"]
    assert not pages[-1].more
    server.says(ROOM, *(message(n, f"第{n}条") for n in range(30, 38)))
    pages, cursor = read(server, cursor)
    assert sorted(texts(pages)) == [f"第{n}条" for n in range(30, 38)]
    assert [page.more for page in pages] == [True, True, True, False]
    assert texts(read(server, cursor)[0]) == []


@pytest.mark.parametrize("stop", [1, 2, 3, 4])
def test_a_stop_after_any_page_loses_and_doubles_nothing(stop: int) -> None:
    server = Server({ROOM: [message(1)], OTHER: [message(2)]})
    _, cursor = read(server)
    server.says(ROOM, *(message(n, f"第{n}条") for n in range(10, 20)))
    server.says(OTHER, *(message(n, f"第{n}条") for n in range(20, 26)))
    pages = list(islice(source(server).pages(cursor), stop))
    server.says(ROOM, message(26, "第26条"))
    cursor = json.loads(json.dumps(pages[-1].cursor))
    pages += list(source(server).pages(cursor))
    assert sorted(texts(pages)) == [f"第{n}条" for n in range(10, 27)]


def test_what_was_written_before_we_were_removed_from_a_room_comes() -> None:
    server = Server()
    _, cursor = read(server)
    server.says(ROOM, *(message(n, f"第{n}条") for n in range(9)))
    server.closed.add(ROOM)
    pages, _ = read(server, cursor)
    assert texts(pages) == ["第6条", "第7条", "第8条"]
    assert notices(pages) == [("left", ROOM)], "what came before is not hidden"


def test_an_edit_comes_under_the_first_id_and_the_latest_one_counts() -> None:
    server = Server({ROOM: [message(1, "teh kettle")]})
    one = source(server)
    _, cursor = read(server)
    server.says(ROOM, edit(2, 1, "the kettle"), edit(3, 1, "水壶 the kettle"))
    pages, _ = read(server, cursor)
    [record] = pages[0].records
    post = one.post(record)
    assert (post["native_id"], post["text"], post["is"]) == (f"{ROOM}/$1", "水壶 the kettle", ["edited"])
    assert post["created_at"] < post["edited_at"]


def test_what_the_server_says_is_the_newest_edit_goes_before_one_that_passed_by() -> None:
    newest = edit(9, 1, "newest 最新")
    server = Server(
        {ROOM: [message(1) | {"unsigned": {"m.relations": {"m.replace": newest}}}, edit(2, 1, "old")]}
    )
    assert texts(read(server)[0]) == ["newest 最新"]


def test_the_edit_of_somebody_else_is_none() -> None:
    server = Server({ROOM: [message(1, "水壶漏水了"), edit(2, 1, "all is well", by="@mallory:evil.example")]})
    assert texts(read(server)[0]) == ["水壶漏水了"]


def test_the_edit_of_a_message_that_is_hidden_from_us_or_taken_back_brings_nothing() -> None:
    server = Server({ROOM: [edit(2, 1, "新"), edit(4, 3, "new")]})
    server.rooms[ROOM].insert(0, message(3) | {"content": {}, "unsigned": {"redacted_because": {}}})
    server.limit = 2
    assert texts(read(server)[0]) == []


@pytest.mark.parametrize("is_old", [False, True])
def test_a_message_that_is_taken_back_is_gone(*, is_old: bool) -> None:
    server = Server({ROOM: [message(1)]})
    _, cursor = read(server)
    server.says(ROOM, redaction(2, 1, is_old=is_old))
    [page], _ = read(server, cursor)
    assert (list(page.records), list(page.gone)) == ([], [f"{ROOM}/$1"])


def test_a_message_taken_back_before_its_page_was_read_does_not_come() -> None:
    server = Server({ROOM: [message(1)]})
    _, cursor = read(server)
    taken = message(2) | {"content": {}, "unsigned": {"redacted_because": {}}}
    server.says(ROOM, taken, *(message(n, f"第{n}条") for n in range(3, 6)), redaction(6, 2))
    pages, _ = read(server, cursor)
    assert sorted(texts(pages)) == ["第3条", "第4条", "第5条"]
    assert [one for page in pages for one in page.gone] == [f"{ROOM}/$2"]


@pytest.mark.parametrize(
    "how",
    [{"state": [ENCRYPTED]}, {"events": [message(1) | {"type": "m.room.encrypted", "content": {"x": 1}}]}],
)
def test_an_encrypted_room_is_told_of_once(how: Any) -> None:
    server = Server({ROOM: how.get("events", [])}, {ROOM: how.get("state", [])})
    pages, cursor = read(server)
    assert notices(pages) == [("encrypted", ROOM)]
    with pytest.raises(Unmappable, match=f"{ROOM} is end-to-end encrypted.*已启用端到端加密"):
        source(server).post(pages[0].records[0])
    server.says(ROOM, message(5) | {"type": "m.room.encrypted", "content": {"ciphertext": "x"}})
    assert notices(read(server, cursor)[0]) == []


def test_a_room_that_moved_says_so() -> None:
    server = Server({ROOM: [setting("m.room.tombstone", {"replacement_room": OTHER})]})
    pages, cursor = read(server)
    assert notices(pages) == [("moved", ROOM)]
    assert notices(read(server, cursor)[0]) == []


def test_an_invitation_is_told_of_once_unless_it_is_accepted() -> None:
    server = Server(invited={OTHER: [message(1, "水壶漏水了")]})
    pages, cursor = read(server)
    assert notices(pages) == [("invited", OTHER)]
    assert notices(read(server, cursor)[0]) == []
    pages, _ = read(server, cursor, join=True)
    assert texts(pages) == ["水壶漏水了"]
    assert [page.more for page in pages] == [True, False]


def test_an_invitation_that_cannot_be_accepted_is_told_of() -> None:
    server = Server(invited={OTHER: []}, refuse={f"/join/{OTHER}": (403, {"errcode": "M_FORBIDDEN"})})
    assert notices(read(server, join=True)[0]) == [("not joined", OTHER)]


def test_a_place_that_the_server_does_not_know_is_told_of_and_the_newest_come() -> None:
    server = Server({ROOM: [message(1, "水壶")]})
    pages, cursor = read(server, {"account": OWN, "since": "gone", "gaps": {}})
    assert notices(pages) == [("place", "matrix.example")]
    assert texts(pages) == ["水壶"]
    assert notices(read(server, cursor)[0]) == []


@pytest.mark.parametrize(("state", "kind"), [([PUBLIC], "post"), ([], "message")])
def test_messages_of_a_room_that_not_everybody_may_join_are_private(state: Any, kind: str) -> None:
    server = Server({ROOM: [message(1)]}, {ROOM: state})
    pages, cursor = read(server)
    server.says(ROOM, message(2))
    pages += read(server, cursor)[0]
    pages += source(server).history({}, LONG_AGO)
    assert {source(server).post(record)["type"] for page in pages for record in page.records} == {kind}
    assert len(pages) >= 3


def test_a_conversation_is_followed_to_its_first_message() -> None:
    def answer(number: int, to: int) -> Any:
        return message(number, "好", m__relates_to={"m.in_reply_to": {"event_id": f"${to}"}})

    server = Server({ROOM: [message(1), answer(2, 1), answer(3, 2)]})
    one = source(server)
    posts = [one.post(record) for page in one.pages({}) for record in page.records]
    assert [post["reply_to"] for post in posts] == [None, f"{ROOM}/$1", f"{ROOM}/$2"]
    assert [post["thread"] for post in posts] == [None, f"{ROOM}/$1", f"{ROOM}/$1"]


def test_a_conversation_that_did_not_pass_by_is_asked_for_and_not_in_history() -> None:
    def answer(number: int, to: int) -> Any:
        return message(number, "好", m__relates_to={"m.in_reply_to": {"event_id": f"${to}"}})

    server = Server(
        {ROOM: [message(1), answer(2, 1), answer(3, 2), message(4), message(5), answer(6, 3)]}, limit=1
    )
    one = source(server)
    [page] = one.pages({})
    assert one.post(page.records[0])["thread"] == f"{ROOM}/$1"
    server.says(ROOM, edit(7, 3, "改了"), answer(8, 404))
    server.limit = 9
    found = [source(server).post(record) for record in next(source(server).pages(page.cursor)).records]
    assert [post["thread"] for post in found] == [f"{ROOM}/$1", None], (
        "an edited one, and one whose parent is hidden"
    )
    server.asked.clear()
    list(source(server).history({}, LONG_AGO))
    asked = [path.rpartition("/")[2] for path in server.paths() if "/event/" in path]
    assert asked == ["$3", "$2", "$1"], "for the edited one alone"


def test_words_choose_what_is_kept_also_by_what_was_said_before_an_edit() -> None:
    server = Server({ROOM: [message(1, "水壶漏水了"), message(2, "start"), message(3, "ART!")]})
    pages, cursor = read(server, words=("水壶", "art"))
    assert texts(pages) == ["水壶漏水了", "ART!"]
    server.says(ROOM, edit(4, 1, "没事了"))
    assert texts(read(server, cursor, words=("水壶",))[0]) == ["没事了"]


def test_only_the_chosen_rooms_are_asked_for() -> None:
    server = Server({ROOM: [message(1, "一")], OTHER: [message(2, "二")]})
    assert texts(read(server, rooms=(OTHER,))[0]) == ["二"]
    server.refuse["/directory/room/#nowhere:matrix.example"] = 404, {"errcode": "M_NOT_FOUND"}
    with pytest.raises(WrongOption, match="no room #nowhere"):
        read(server, rooms=("#nowhere:matrix.example",))
    with pytest.raises(WrongOption) as found:
        read(server, rooms=("!three:matrix.example",))
    assert found.value.text("zh-hans").endswith("账号不在房间 !three:matrix.example 中")


def test_history_stops_where_it_was_told_to_and_after_every_page() -> None:
    server = Server({ROOM: [message(n, f"第{n}条") for n in range(10)], OTHER: [message(50, "hello")]})
    since = datetime.fromtimestamp(1_796_000_003, UTC)
    found: list[str] = []
    cursor: Any = {}
    while page := next(source(server).history(cursor, since), None):
        found += texts([page])
        cursor = json.loads(json.dumps(page.cursor))
    assert sorted(found) == ["hello", *(f"第{n}条" for n in range(3, 10))]
    assert list(source(server).history(cursor, since)) == [], "done is done"


def test_history_tells_of_a_room_that_was_left() -> None:
    server = Server({ROOM: [message(1)]}, closed={ROOM})
    assert notices(list(source(server).history({}, LONG_AGO))) == [("left", ROOM)]


def test_a_stream_lets_the_server_hold_its_answer_back() -> None:
    server = Server({ROOM: [message(1, "之前")]})
    pages = source(server).stream({})
    assert texts([next(pages)]) == ["之前"]
    server.meanwhile = lambda: server.says(ROOM, message(2, "漏水了"))
    assert texts([next(pages)]) == ["漏水了"]
    server.meanwhile = lambda: None
    assert texts([next(pages)]) == [], "a quiet network gives an empty page"
    server.meanwhile = lambda: server.says(ROOM, *(message(n, f"第{n}条") for n in range(10, 17)))
    assert sorted(texts(list(islice(pages, 3)))) == [f"第{n}条" for n in range(10, 17)]
    waits = [one.url.params["timeout"] for one in server.asked if one.url.path.endswith("/sync")]
    assert waits == ["0", "15000", "15000", "15000"]


def test_an_answer_is_sent_once_and_found_again() -> None:
    server = Server({ROOM: [message(1, "水壶漏水了"), *(message(n) for n in range(2, 7))]})
    one = source(server)
    assert one.answered(f"{ROOM}/$1", "抱歉") is None
    sent = one.answer(f"{ROOM}/$1", "抱歉")
    assert one.answer(f"{ROOM}/$1", "抱歉") == sent
    assert source(server).answered(f"{ROOM}/$1", " 抱歉\n") == sent
    assert one.answered(f"{ROOM}/$2", "抱歉") is None
    assert len(server.sent) == 1
    assert server.rooms[ROOM][-1]["content"] == {
        "msgtype": "m.text", "body": "抱歉", "m.mentions": {"user_ids": [LIN]},
        "m.relates_to": {"m.in_reply_to": {"event_id": "$1"}},
    }  # fmt: skip


def test_an_answer_stays_in_its_thread() -> None:
    thread = {"rel_type": "m.thread", "event_id": "$1", "is_falling_back": True}
    server = Server(
        {ROOM: [message(1), message(2, m__relates_to={**thread, "m.in_reply_to": {"event_id": "$1"}})]}
    )
    source(server).answer(f"{ROOM}/$2", "好")
    relation = server.rooms[ROOM][-1]["content"]["m.relates_to"]
    assert relation == {**thread, "is_falling_back": False, "m.in_reply_to": {"event_id": "$2"}}


def test_an_answer_that_the_server_refuses_says_why() -> None:
    server = Server({ROOM: [message(1)]})
    with pytest.raises(AnswerRefused, match="no words"):
        source(server).answer(f"{ROOM}/$1", " \n")
    server.state[ROOM] = [ENCRYPTED]
    with pytest.raises(AnswerRefused) as found:
        source(server).answer(f"{ROOM}/$1", "好")
    assert "房间已启用端到端加密" in found.value.text("zh-hans")
    server.state[ROOM] = []
    with pytest.raises(NotThere):
        source(server).answer(f"{ROOM}/$404", "好")
    server.refuse[transaction(f"{ROOM}/$1", "好")] = (
        403,
        {"errcode": "M_FORBIDDEN", "error": "You may not write here"},
    )
    with pytest.raises(AnswerRefused, match="may not write"):
        source(server).answer(f"{ROOM}/$1", "好")


@pytest.mark.parametrize(
    ("answer", "kind", "wait"),
    [
        ((429, {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 2500}), Throttled, 2.5),
        ((429, {"errcode": "M_LIMIT_EXCEEDED"}), Throttled, None),
        ((403, {"errcode": "M_RESOURCE_LIMIT_EXCEEDED", "error": "full"}), QuotaUsedUp, None),
    ],
)
def test_limits_are_told_apart(answer: Any, kind: type[Exception], wait: float | None) -> None:
    with pytest.raises(kind) as found:
        read(Server(refuse={"/sync": answer}))
    assert getattr(found.value, "wait", None) == wait
