"""Comments and videos of YouTube as posts, from records as the official description has them."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.sources.network import fixture
from tests.sources.youtube import description

from outlisten.sources.youtube.mapping import post

THREAD, REPLY, ON_CHANNEL, VIDEO = fixture(__file__, "resources-2026-12-01")
SCHEMAS = {"thread": "CommentThread", "comment": "Comment", "video": "Video"}


def test_the_fixtures_agree_with_the_official_description():
    for record in (THREAD, REPLY, ON_CHANNEL, VIDEO):
        ((kind, resource),) = ((kind, record[kind]) for kind in SCHEMAS if kind in record)
        assert list(description.faults(resource, SCHEMAS[kind])) == []


def test_a_value_that_the_description_does_not_know_is_found():
    wrong = {"id": 7, "snippet": {"likeCount": "7", "viewerRating": "love", "karma": 1}}
    assert list(description.faults(wrong, "Comment")) == [
        "Comment.id is no string",
        "Comment.snippet.likeCount is no integer",
        "Comment.snippet.viewerRating has no love",
        "Comment.snippet has no karma",
    ]


def test_a_comment_at_the_top_answers_its_video():
    one = post(THREAD)
    assert one["native_id"] == "vidAAAAAAA1/UgxTest0000000000000000001"
    assert (one["reply_to"], one["thread"], one["is"]) == ("vidAAAAAAA1", "vidAAAAAAA1", ["reply"])
    assert (one["text"], one["likes"], one["comments"]) == ("续航比上一代强多了\n就是有点重", 7, 2)
    assert (one["author"], one["author_handle"]) == (None, "lanfeng-test")
    assert one["url"] == "https://www.youtube.com/watch?v=vidAAAAAAA1&lc=UgxTest0000000000000000001"
    assert one["created_at"] == datetime(2026, 12, 1, 10, tzinfo=UTC)


def test_a_reply_answers_its_comment_and_tells_of_its_edit():
    one = post(REPLY)
    assert one["reply_to"] == "vidAAAAAAA1/UgxTest0000000000000000001"
    assert (one["thread"], one["is"]) == ("vidAAAAAAA1", ["reply", "edited"])
    assert one["edited_at"] == datetime(2026, 12, 1, 11, 5, tzinfo=UTC)
    assert (one["author"], one["author_handle"], one["author_id"]) == (
        "River Test",
        None,
        "UC3333333333333333333333",
    )
    assert "comments" not in one


def test_a_comment_on_a_channel_starts_a_thread_of_its_own():
    one = post(ON_CHANNEL)
    assert one["native_id"] == one["thread"] == "channel/UgxTest0000000000000000002"
    assert (one["reply_to"], one["is"], one["has"]) == (None, [], ["image"])
    assert one["url"] == "https://www.youtube.com/channel/UC1111111111111111111111"


def test_a_video_has_its_numbers_and_one_that_hides_them_has_none():
    one = post(VIDEO)
    assert (one["title"], one["text"], one["lang_given"]) == ("充电宝横评", "十款充电宝，谁更耐用？", "zh-CN")
    assert (one["views"], one["likes"], one["comments"]) == (12034, 310, 42)
    hidden = {"video": {**VIDEO["video"], "statistics": {}}}
    assert [post(hidden)[name] for name in ("views", "likes", "comments")] == [None, None, None]
