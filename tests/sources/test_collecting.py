"""A page is taken in: posts go the one way in, what does not fit is kept with its reason, and nothing else is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outlisten.pipeline import Hooks, Pipeline
from outlisten.posts.store import AddResult
from outlisten.sources import collecting
from outlisten.sources.collecting import GIVEN, LARGEST_RECORD, as_table, complete, storable, take, take_large
from outlisten.sources.connector import Connector, Page, Setting, Skipped, Unmappable

WRITTEN = datetime(2026, 12, 1, 8, 30, tzinfo=timezone(timedelta(hours=8)))


class Board(Connector):
    """A made-up network whose records are nearly posts; those with `do` show what mappings run into."""

    PACKAGE = "outlisten.sources.rss"

    def pages(self, cursor: Mapping[str, Any]) -> Iterator[Page]:
        yield Page([], cursor)

    def post(self, record: Mapping[str, Any]) -> dict[str, Any]:
        match record.get("do"):
            case "skip":
                raise Skipped("置顶公告")
            case "unmappable":
                raise Unmappable("没有正文")
            case "crash":
                return {"text": record["no such field"]}
            case "raise":
                raise record["problem"]
        return {name: value for name, value in record.items() if name not in {"do", "note"}}


class Door:
    """Stands for the pipeline: notes the batches, and rejects or refuses the rows it is told to."""

    def __init__(
        self, rejected: tuple[tuple[int, str], ...] = (), refused: frozenset[int] = frozenset()
    ) -> None:
        self.batches: list[pa.Table] = []
        self._rejected, self._refused = rejected, refused

    def __call__(self, posts: pa.Table) -> AddResult:
        self.batches.append(posts)
        return AddResult(
            added=posts.num_rows - len(self._rejected), rejected=self._rejected, refused=self._refused
        )

    @property
    def posts(self) -> list[dict[str, Any]]:
        return [post for batch in self.batches for post in batch.to_pylist()]


@pytest.fixture
def board() -> Board:
    return Board(Setting({}))


def text(said: str, **more: Any) -> dict[str, Any]:
    return {"text": said, "native_id": said, **more}


def test_a_page_goes_in_as_one_batch_with_platform_source_and_the_record_as_it_came(board):
    door = Door()
    records = [
        text("充电宝又坏了", likes=3, created_at=WRITTEN),
        text("fine", has=["link"], links=["https://a.example"]),
    ]
    taken = take(Page(records, {}), board, door, "source:7")
    first, second = door.posts
    assert len(door.batches) == 1
    assert (first["platform"], first["source"], first["likes"], first["text"]) == (
        "web",
        "source:7",
        3,
        "充电宝又坏了",
    )
    assert first["created_at"] == WRITTEN
    assert json.loads(first["raw"])["text"] == "充电宝又坏了"
    assert "充电宝" in first["raw"], "Chinese stays readable"
    assert second["likes"] is None, "what was not sent is missing, not zero"
    assert (first["links"], second["links"]) == ([], ["https://a.example"])
    assert (taken.records, taken.result.added, taken.rejected, taken.skipped) == (2, 2, (), 0)


def test_a_post_may_name_a_platform_of_its_own(board):
    door = Door()
    take(Page([text("好", platform="discourse")], {}), board, door, "s")
    assert door.posts[0]["platform"] == "discourse"


def test_an_empty_page_asks_nothing_of_the_pipeline(board):
    door = Door()
    assert take(Page([], {}), board, door, "s").records == 0
    assert take(Page([{"do": "skip"}, {"do": "unmappable"}], {}), board, door, "s").skipped == 1
    assert door.batches == []


@pytest.mark.parametrize(
    ("problem", "reason"),
    [
        (KeyError("正文"), "KeyError '正文'"), (TypeError("None"), "TypeError None"), (ValueError("坏"), "ValueError 坏"),
        (AttributeError("x"), "AttributeError x"), (IndexError("0"), "IndexError 0"), (OverflowError("!"), "OverflowError"),
        (RecursionError("deep"), "RecursionError"), (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "no"), "UnicodeDecodeError"),
    ],
)  # fmt: skip
def test_a_record_of_another_shape_is_kept_with_the_reason_and_the_others_go_in(board, problem, reason):
    door = Door()
    bad = {"do": "raise", "problem": problem}
    taken = take(Page([text("前"), bad, text("后")], {}), board, door, "s")
    assert [post["text"] for post in door.posts] == ["前", "后"]
    ((record, why),) = [(one.record, one.reason) for one in taken.rejected]
    assert record is bad
    assert why.startswith(f"another shape than documented: {reason}")


def test_every_record_of_a_page_is_accounted_for(board):
    door = Door(rejected=((1, "it has neither text nor title"),))
    records = [
        text("甲"),
        {"do": "skip"},
        {"do": "unmappable"},
        text("乙"),
        {"do": "crash"},
        text("丙", colour="红"),
    ]
    taken = take(Page(records, {}), board, door, "s")
    assert taken.records == 6
    assert taken.native_ids == ("甲",), "of what was taken in"
    assert (taken.skipped, taken.result.added, len(taken.rejected)) == (1, 1, 4)
    assert {one.reason for one in taken.rejected} == {
        "没有正文", "another shape than documented: KeyError 'no such field'", "it has neither text nor title",
        "another shape than documented: ValueError posts have no columns ['colour']",
    }  # fmt: skip
    assert [one.record for one in taken.rejected][-1] == records[3], (
        "the row of the batch is told back as its record"
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"likes": -1}, {"likes": "很多"}, {"likes": 2**70}, {"views": "12"}, {"followers": True}, {"rating": "五星"},
        {"text": 5}, {"text": ["分", "段"]}, {"author": {"name": "小红"}}, {"has": [["link"]]}, {"has": "link"},
        {"links": "https://a.example"}, {"links": [7]},
        {"created_at": "2026-12-01"}, {"created_at": datetime(2026, 12, 1)}, {"edited_at": datetime(2026, 12, 1)},
        {"date_only": "是"},
    ],
    ids=str,
)  # fmt: skip
def test_a_post_that_the_schema_does_not_take_keeps_back_none_of_its_page(board, wrong):
    door = Door()
    taken = take(Page([text("前"), text("坏") | wrong, text("后")], {}), board, door, "s")
    assert [post["text"] for post in door.posts] == ["前", "后"]
    assert [one.record for one in taken.rejected] == [text("坏") | wrong]
    assert taken.rejected[0].reason.startswith("another shape than documented")
    assert len(taken.rejected[0].reason) <= 500


def test_a_page_of_which_nothing_fits_asks_nothing_of_the_pipeline(board):
    door = Door()
    taken = take(Page([text("坏", likes=-1)], {}), board, door, "s")
    assert (door.batches, len(taken.rejected), taken.newest) == ([], 1, None)


@pytest.mark.parametrize(
    ("said", "kept"),
    [("好\ud83d", "好\ufffd"), ("\udc00\ud800", "\ufffd\ufffd"), ("😀好", "😀好"), ("a\0b", "a\0b")],
)
def test_half_an_emoji_is_no_reason_to_lose_a_post(board, said, kept):
    door = Door()
    record = text(said, author=said, has=["link"], links=[f"https://a.example/{said}"])
    assert take(Page([record], {}), board, door, "s").rejected == ()
    (post,) = door.posts
    assert (post["text"], post["author"], post["links"]) == (kept, kept, [f"https://a.example/{kept}"])
    assert json.loads(post["raw"]) == record, "the record keeps what it came with"


def test_of_an_author_who_refused_nothing_is_left(board):
    door = Door(rejected=((0, "its author refused"), (1, "its date is before 1990")), refused=frozenset({0}))
    taken = take(Page([text("不要收集我", author="小红"), text("old")], {}), board, door, "s")
    assert [one.record["text"] for one in taken.rejected] == ["old"]
    assert "小红" not in repr(taken.rejected)
    assert taken.result.refused == {0}
    assert taken.native_ids == ()


def test_the_dates_of_a_page_are_those_of_its_posts(board):
    days = [WRITTEN + timedelta(days=n) for n in (2, 0, 1)]
    taken = take(
        Page([text(str(n), created_at=day) for n, day in enumerate(days)] + [text("无日期")], {}),
        board,
        Door(),
        "s",
    )
    assert (taken.oldest, taken.newest) == (WRITTEN, WRITTEN + timedelta(days=2))
    assert take(Page([text("无日期")], {}), board, Door(), "s").newest is None


def test_a_post_that_was_rejected_for_its_date_does_not_set_the_dates_of_its_page(board):
    records = [text("好", created_at=WRITTEN), text("未来", created_at=WRITTEN + timedelta(days=4000))]
    taken = take(Page(records, {}), board, Door(rejected=((1, "its date is more than two days ahead"),)), "s")
    assert (taken.oldest, taken.newest) == (WRITTEN, WRITTEN)


def test_a_record_too_large_to_be_of_use_is_not_kept_beside_its_post(board):
    door = Door()
    small = text("好", note="长" * (LARGEST_RECORD - 100))
    large = text("大", note="长" * LARGEST_RECORD)
    take(Page([small, large], {}), board, door, "s")
    assert door.posts[0]["raw"] is not None
    assert door.posts[1]["raw"] is None
    assert door.posts[1]["text"] == "大"


def test_a_record_that_is_no_table_is_rejected_too(board):
    taken = take(Page(["文字", None, 5], {}), board, Door(), "s")
    assert [one.record for one in taken.rejected] == ["文字", None, 5]


def test_unknown_columns_are_named(board):
    with pytest.raises(ValueError, match=r"posts have no columns \['color', '颜色'\]"):
        complete({"text": "好", "颜色": "红", "color": "red"}, {}, board, "s")


def test_a_table_has_the_schema_and_an_address_list_only_where_there_is_one():
    assert as_table([{"text": "好"}]).schema.equals(GIVEN)
    table = as_table([{"text": "好"}, {"text": "链", "links": ["https://a.example"]}])
    assert table.column_names == [*GIVEN.names, "links"]
    assert table["links"].to_pylist() == [[], ["https://a.example"]]


@pytest.mark.parametrize(
    ("record", "kept"),
    [
        ({"文\0": "a\0b"}, {"文\u2400": "a\u2400b"}),
        ({"half": "好\ud83d"}, {"half": "好?"}),
        ({"deep": [{"a": ("\0",)}]}, {"deep": [{"a": ["\u2400"]}]}),
        ({"n": float("nan"), "m": float("-inf"), "k": 1.5}, {"n": None, "m": None, "k": 1.5}),
        ({1: True, "无": None}, {"1": True, "无": None}),
        ("长" * (LARGEST_RECORD + 5), "长" * LARGEST_RECORD),
    ],
)
def test_a_rejected_record_is_kept_in_a_form_that_every_database_takes(record, kept):
    assert storable(record) == kept


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=()), max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(anything)
def test_whatever_a_network_sends_its_kept_form_is_strict_json_without_nul(record):
    kept = json.dumps(storable(record), allow_nan=False, ensure_ascii=False).encode()
    assert b"\\u0000" not in kept


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)  # a busy machine is no defect
@given(st.lists(st.dictionaries(st.sampled_from(GIVEN.names), anything, max_size=6), max_size=5))
def test_whatever_mappings_give_every_record_goes_in_or_is_rejected(records):
    door = Door()
    taken = take(Page(records, {}), Board(Setting({})), door, "s")
    went_in = sum(batch.num_rows for batch in door.batches)
    assert went_in + len(taken.rejected) == taken.records == len(records)


def test_a_real_pipeline_takes_a_page_and_a_second_time_adds_nothing(store, board):
    hooks = Hooks(
        refuse=lambda people: {n for n, name in enumerate(people["author"].to_pylist()) if name == "不收"}
    )
    pipeline = Pipeline(store, hooks=hooks, clock=lambda: datetime(2026, 12, 1, 12, tzinfo=UTC))
    good = [text("一", created_at=WRITTEN), text("二\ud83d"), text("三", author="不收")]
    records = [*good, text("", note="空"), text("四", likes=-1)]
    try:
        first, second = (take(Page(records, {}), board, pipeline.ingest, "s") for _ in range(2))
    finally:
        pipeline.close()
    assert (first.result.added, second.result.added, second.result.duplicate) == (2, 0, 2)
    assert [one.record for one in first.rejected] == [records[4], records[3]]
    kept = store.search(None, columns=["text", "raw"]).posts.to_pylist()
    assert {post["text"] for post in kept} == {"一", "二\ufffd"}
    assert "不收" not in str(kept)


def test_what_counts_as_another_shape_is_no_programming_slip_of_ours():
    assert not any(
        issubclass(one, (NameError, ImportError, AssertionError, OSError)) for one in collecting.OTHER_SHAPE
    )


@pytest.fixture
def pieces_of_two(monkeypatch):
    monkeypatch.setattr(collecting, "PIECE", 2)


def test_a_large_page_goes_in_by_pieces_and_is_counted_as_one(pieces_of_two, board):
    doors = [
        Door(),
        Door(rejected=((1, "its date is before 1990"),)),
        Door(refused=frozenset({0}), rejected=((0, "asked"),)),
    ]
    records = [
        text("一", created_at=WRITTEN), text("二"), {"do": "skip"}, {"do": "unmappable"}, text("三"), text("老"),
        text("不收"), text("四", created_at=WRITTEN + timedelta(days=1)),
    ]  # fmt: skip

    def ingest_many(tables):
        return [door(table) for door, table in zip(doors, tables, strict=True)]

    taken = take_large(Page(records, {}), board, ingest_many, "s")
    assert [[post["text"] for post in door.posts] for door in doors] == [
        ["一", "二"],
        ["三", "老"],
        ["不收", "四"],
    ]
    assert (taken.records, taken.skipped, taken.result.added) == (8, 1, 4)
    assert taken.result.rejected == ((3, "its date is before 1990"), (4, "asked"))
    assert taken.result.refused == {4}
    assert [(one.record.get("text"), one.reason) for one in taken.rejected] == [
        (None, "没有正文"), ("老", "its date is before 1990"),
    ]  # fmt: skip
    assert taken.native_ids == ("一", "二", "三", "四")
    assert (taken.oldest, taken.newest) == (WRITTEN, WRITTEN + timedelta(days=1))


def test_of_a_large_page_the_next_piece_is_mapped_before_the_one_before_it_is_kept(
    pieces_of_two, store, board
):
    kept_when_mapped: list[int] = []
    pipeline = Pipeline(store, clock=lambda: datetime(2026, 12, 1, 12, tzinfo=UTC))
    board.post = lambda record: kept_when_mapped.append(store.count(None).value) or dict(record)
    try:
        taken = take_large(Page([text(f"第{n}条") for n in range(4)], {}), board, pipeline.ingest_many, "s")
    finally:
        pipeline.close()
    assert (kept_when_mapped, taken.result.added, store.count(None).value) == ([0, 0, 0, 0], 4, 4)


def test_a_page_that_stopped_between_two_pieces_adds_the_rest_when_it_comes_again(
    pieces_of_two, store, board
):
    pipeline = Pipeline(store, clock=lambda: datetime(2026, 12, 1, 12, tzinfo=UTC))
    page = Page([text(f"第{n}条") for n in range(5)], {})

    def stops(tables):
        for number, table in enumerate(tables):
            if number == 1:
                raise OSError("电源断了")
            yield pipeline.ingest(table)

    try:
        with pytest.raises(OSError, match="电源"):
            take_large(page, board, stops, "s")
        taken = take_large(page, board, pipeline.ingest_many, "s")
    finally:
        pipeline.close()
    assert (taken.result.added, taken.result.duplicate, store.count(None).value) == (3, 2, 5)


@pytest.mark.parametrize("value", [2**70, "半个表情\ud83d", float("nan")])
def test_a_record_that_the_quick_encoder_refuses_is_kept_too(board, value):
    raw = complete({"text": "等位太久"}, {"id": value}, board, "board:1")["raw"]
    assert raw.startswith('{"id":')
    raw.encode()


def test_what_mapping_a_later_piece_raises_is_raised_here(board, pieces_of_two, monkeypatch):
    monkeypatch.setattr(collecting, "OTHER_SHAPE", (KeyError,))
    records = [text("一"), text("二"), text("三"), {"do": "raise", "problem": ValueError("坏了")}]
    with pytest.raises(ValueError, match="坏了"):
        take_large(Page(records, {}), board, lambda tables: (AddResult() for _ in tables), "board:1")
