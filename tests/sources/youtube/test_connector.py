"""Listening on YouTube: threads with all replies, searches within their share, what is gone, the quota, answers once."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from tests.sources.network import NOW, Network, all_pages, ids, problem_of, refusing, stopped, told
from tests.sources.youtube.server import START, VIDEO, YouTube, refusal

from outlisten.sources.connector import Page
from outlisten.sources.problems import (
    AnswerRefused,
    CredentialRefused,
    NotAllowed,
    NotThere,
    QuotaUsedUp,
    ShapeChanged,
    Throttled,
    Unavailable,
    WrongOption,
)
from outlisten.sources.youtube import places
from outlisten.sources.youtube.connector import YouTube as Connector
from outlisten.sources.youtube.refusals import until_renewed

KEYS = {"key": "geheim-0", "secret": "geheim-1", "refresh_token": "geheim-2"}


def listening(network: Network, *, now: datetime = NOW, account: bool = True, **options: Any) -> Any:
    given = {"application": "app", **(options or {"channels": "@acme"})}
    return network.connector(Connector, given, KEYS if account else {"key": "geheim-0"}, now)


def busy(threads: int) -> YouTube:
    site = YouTube()
    for number in range(threads):
        site.comments_on(VIDEO, number * 60)
    return site


def test_the_threads_of_a_channel_come_with_all_their_replies():
    site = busy(2)
    few = [site.comments_on(VIDEO, 10 + n, parent="Ugx00000") for n in range(3)]
    many = [site.comments_on(VIDEO, 10 + n, parent="Ugx00001") for n in range(130)]
    connector = listening(Network(site))
    pages = all_pages(connector)
    brought = ids(connector, pages)
    assert sorted(brought) == sorted(f"{VIDEO}/{name}" for name in ["Ugx00000", "Ugx00001", *few, *many])
    posts = [connector.post(record) for page in pages for record in page.records]
    assert {post["thread"] for post in posts} == {VIDEO}
    assert {post["reply_to"] for post in posts} == {VIDEO, f"{VIDEO}/Ugx00000", f"{VIDEO}/Ugx00001"}


def test_the_key_goes_in_a_header_and_never_in_an_address():
    network = Network(busy(1))
    all_pages(listening(network))
    assert {request.headers["x-goog-api-key"] for request in network.asked} == {"geheim-0"}
    assert "geheim" not in "".join(str(request.url) for request in network.asked)


@pytest.mark.parametrize("stop", [1, 2, 3])
def test_a_stop_between_two_pages_loses_and_doubles_nothing(stop):
    site = busy(1)
    connector = listening(Network(site), channels="@acme", videos=VIDEO)
    cursor = all_pages(connector)[-1].cursor
    new = [site.comments_on(None, 1_000 + number) for number in range(250)]
    taken = stopped(connector.pages(cursor), stop)
    new.append(site.comments_on(None, 5_000))
    for _ in range(2):
        taken += stopped(connector.pages(taken[-1].cursor), 100)
    assert sorted(ids(connector, taken)) == sorted(f"channel/{name}" for name in new)


@pytest.mark.parametrize("stop", [1, 2])
def test_a_walk_whose_place_is_too_old_starts_anew_and_loses_nothing(stop):
    site = busy(1)
    connector = listening(Network(site))
    cursor = all_pages(connector)[-1].cursor
    new = [site.comments_on(VIDEO, 1_000 + number) for number in range(250)]
    taken = stopped(connector.pages(cursor), stop)
    for pages in (1, 1, 100):  # and grows old again before it has come further down
        site.old_tokens = True
        taken += stopped(connector.pages(taken[-1].cursor), pages)
    assert sorted(ids(connector, taken)) == [f"{VIDEO}/{name}" for name in new]


def test_a_new_reply_and_an_edit_bring_a_thread_again_while_it_is_young():
    site = busy(3)
    connector = listening(Network(site))
    cursor = all_pages(connector)[-1].cursor
    assert ids(connector, all_pages(connector, cursor)) == []
    reply = site.comments_on(VIDEO, 9_000, "我的也坏了", parent="Ugx00000")
    site.edits("Ugx00001", "改了一下", 9_500)
    pages = all_pages(connector, cursor)
    assert ids(connector, pages) == [f"{VIDEO}/{name}" for name in ("Ugx00001", "Ugx00000", reply)]
    assert connector.post(pages[0].records[0])["text"] == "改了一下"
    assert ids(connector, all_pages(connector, pages[-1].cursor)) == []


def test_an_old_thread_further_up_does_not_end_the_walk():
    site = busy(1)
    connector = listening(Network(site))
    cursor = all_pages(connector)[-1].cursor
    new = [site.comments_on(VIDEO, 400_000 + number) for number in range(150)]

    def pinned(request: httpx2.Request) -> httpx2.Response:
        answer = site(request)
        body = json.loads(answer.content)
        if request.url.path.endswith("commentThreads") and "pageToken" not in request.url.params:
            body["items"].insert(0, site._thread(site.comments["Ugx00000"]))
        return told(body, answer.status_code)

    again = listening(Network(pinned))
    assert {f"{VIDEO}/{name}" for name in new} <= {*ids(again, all_pages(again, cursor))}


def test_the_history_goes_back_as_far_as_was_asked():
    connector = listening(Network(busy(250)), videos=VIDEO)
    pages = list(connector.history({}, datetime.fromtimestamp(START + 100 * 60, UTC)))
    assert sorted(ids(connector, pages)) == [f"{VIDEO}/Ugx{number:05d}" for number in range(100, 250)]


def test_words_bring_new_videos_whole_and_only_those_that_are_public():
    site = YouTube()
    for number in range(3):
        site.shows(f"vidBBBBBB{number:02d}", number * 60)
    network = Network(site)
    connector = listening(network, words="充电宝")
    pages = all_pages(connector)
    assert ids(connector, pages) == ["vidBBBBBB02", "vidBBBBBB01", "vidBBBBBB00"]
    asked = network.asked[0].url.params
    assert (asked["q"], asked["order"], asked["type"]) == ("充电宝", "date", "video")
    assert connector.post(pages[0].records[0])["views"] == 5


def test_a_search_waits_for_its_share_of_the_days_searches_and_keeps_its_place():
    site = busy(1)
    site.shows("vidBBBBBB00", 0)
    options = {"channels": "@acme", "words": ["充电宝", "power bank"]}
    share = 86_400 * 2 / 80
    cursor = all_pages(listening(Network(site), **options))[-1].cursor
    site.shows("vidBBBBBB01", 60)
    network = Network(site)
    early = listening(network, now=NOW + timedelta(seconds=share - 1), **options)
    pages = stopped(early.pages(cursor), 100)
    assert (ids(early, pages), [page.more for page in pages]) == ([], [False])
    assert "/youtube/v3/search" not in network.paths
    due = listening(network, now=NOW + timedelta(seconds=share), **options)
    assert ids(due, all_pages(due, pages[-1].cursor)) == ["vidBBBBBB01"] * 2
    assert network.paths.count("/youtube/v3/search") == 2


def test_searches_alone_that_are_not_due_ask_nothing():
    site = YouTube()
    site.shows("vidBBBBBB00", 0)
    cursor = all_pages(listening(Network(site), words="充电宝"))[-1].cursor
    network = Network(site)
    assert all_pages(listening(network, words="充电宝"), cursor) == []
    assert network.asked == []


@pytest.mark.parametrize("spoils", [False, True])
def test_what_youtube_gives_no_more_is_gone_and_the_rest_is_read_anew(spoils):
    site = busy(60)
    site.shows(VIDEO, 0)
    site.one_missing_spoils_all = spoils
    del site.comments["Ugx00007"]
    site.edits("Ugx00009", "改过", 9_000)
    connector = listening(Network(site))
    names = [VIDEO, "vidGONE0000", *(f"{VIDEO}/Ugx{number:05d}" for number in range(60))]
    standing = {one.native_id: one for one in connector.again(names)}
    assert [name for name in names if standing[name].gone] == ["vidGONE0000", f"{VIDEO}/Ugx00007"]
    edited = connector.post(standing[f"{VIDEO}/Ugx00009"].record)
    assert (edited["text"], edited["thread"]) == ("改过", VIDEO)


def test_a_comment_that_alone_is_refused_is_hidden_but_nothing_is_known_where_all_are():
    site = busy(3)
    site.hidden = {"Ugx00001"}
    connector = listening(Network(site))
    names = [f"{VIDEO}/Ugx{number:05d}" for number in range(3)]
    assert [one.gone for one in connector.again(names)] == [False, True, False]
    site.hidden = {"Ugx00000", "Ugx00001", "Ugx00002"}
    assert [(one.gone, one.record) for one in connector.again(names)] == [(False, None)] * 3


def test_posts_are_asked_for_again_within_the_thirty_days_of_the_terms():
    again = Connector.manifest().again
    assert again is not None
    assert timedelta(days=10) < again < timedelta(days=29)


def test_an_answer_is_sent_once_and_found_again():
    site = busy(1)
    connector = listening(Network(site))
    to = f"{VIDEO}/Ugx00000"
    assert connector.answered(to, "感谢反馈") is None
    sent = connector.answer(to, "感谢反馈")
    assert sent == connector.answered(to, " 感谢反馈\n")
    assert sent.url == f"https://www.youtube.com/watch?v={VIDEO}&lc={sent.native_id.split('/')[1]}"
    assert connector.answered(to, "别的") is None


def test_an_answer_further_down_goes_to_the_top_of_the_thread_and_names_who_is_answered():
    site = busy(1)
    reply = site.comments_on(VIDEO, 10, parent="Ugx00000")
    network = Network(site)
    connector = listening(network)
    sent = connector.answer(f"{VIDEO}/{reply}", "请私信我们")
    said = json.loads(network.asked[-1].content)["snippet"]
    assert said == {"parentId": "Ugx00000", "textOriginal": "@lanfeng-test 请私信我们"}
    assert connector.answered(f"{VIDEO}/{reply}", "请私信我们") == sent


@pytest.mark.parametrize(
    ("status", "reason", "problem"),
    [
        (400, "commentTextTooLong", AnswerRefused),
        (403, "forbidden", AnswerRefused),
        (403, "commentsDisabled", AnswerRefused),
        (404, "parentCommentNotFound", AnswerRefused),
        (400, "processingFailure", Unavailable),
        (403, "quotaExceeded", QuotaUsedUp),
        (403, "insufficientPermissions", NotAllowed),
        (401, "authError", CredentialRefused),
    ],
)
def test_what_became_of_an_answer_is_told_apart(status, reason, problem):
    site = busy(1)
    site.refuses["POST comments"] = refusal(status, reason, "太长了")
    with pytest.raises(problem) as met:
        listening(Network(site)).answer(f"{VIDEO}/Ugx00000", "好")
    assert ("太长了" in str(met.value)) is (problem is AnswerRefused)


def test_a_comment_that_is_gone_and_a_video_are_not_answered():
    connector = listening(Network(busy(1)))
    with pytest.raises(NotThere):
        connector.answer(f"{VIDEO}/Ugx99999", "好")
    with pytest.raises(AnswerRefused):
        connector.answer(VIDEO, "好")


@pytest.mark.parametrize("act", ["answer", "answered"])
def test_with_a_key_alone_answers_are_refused_in_plain_words(act):
    connector = listening(Network(busy(1)), account=False)
    with pytest.raises(WrongOption) as met:
        getattr(connector, act)(f"{VIDEO}/Ugx00000", "好")
    assert "刷新令牌" in met.value.text("zh-hans")


@pytest.mark.parametrize(
    ("now", "hours"),
    [
        ("2026-12-01T12:00:00+00:00", 20),  # 04:00 on the Pacific coast in winter
        ("2026-07-01T06:30:00+00:00", 0.5),  # 23:30 there in summer
        ("2026-03-08T08:00:00+00:00", 23),  # the day on which its clocks go forward
    ],
)
def test_a_used_up_quota_waits_for_midnight_of_the_pacific_coast(now, hours):
    then = datetime.fromisoformat(now)
    assert until_renewed(then) == hours * 3600
    site = busy(1)
    site.refuses["GET commentThreads"] = refusal(403, "quotaExceeded")
    met = problem_of(listening(Network(site), now=then))
    assert (type(met), met.wait) == (QuotaUsedUp, hours * 3600)


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (refusal(400, "badRequest", detail="API_KEY_INVALID"), CredentialRefused),
        (refusal(403, "forbidden"), NotAllowed),
        (refusal(403, "accessNotConfigured", detail="SERVICE_DISABLED"), NotAllowed),
        (refusal(403, "commentsDisabled"), NotAllowed),
        (refusal(404, "videoNotFound"), NotThere),
        (refusal(403, "rateLimitExceeded"), Throttled),
        (refusal(400, "incompatibleParameters"), ShapeChanged),
        (told({}, 503), Unavailable),
        (httpx2.Response(403, content=b"<html>"), NotAllowed),
    ],
)  # fmt: skip
def test_an_error_of_the_interface_says_what_it_is(answer, problem):
    site = busy(1)
    site.refuses["GET commentThreads"] = answer
    met = problem_of(listening(Network(site)))
    assert type(met) is problem
    assert "geheim" not in f"{met} {met.text('zh-hans')}"


def test_a_video_without_comments_keeps_back_no_other_list_and_is_told():
    site = busy(2)

    def closed(request: httpx2.Request) -> httpx2.Response:
        if request.url.params.get("videoId") == "vidCLOSED00":
            return refusal(403, "commentsDisabled")
        return site(request)

    connector = listening(Network(closed), videos=["vidCLOSED00", VIDEO])
    brought: list[Page] = []
    with pytest.raises(NotAllowed) as met:
        brought.extend(connector.pages({}))
    assert ids(connector, brought) == [f"{VIDEO}/Ugx00001", f"{VIDEO}/Ugx00000"]
    assert "commentsDisabled" in str(met.value)


def test_a_refresh_token_that_google_withdrew_is_told_without_it():
    def withdrawn(request: httpx2.Request) -> httpx2.Response:
        return told({"error": "invalid_grant", "error_description": "geheim-2 revoked"}, 400)

    with pytest.raises(CredentialRefused) as met:
        listening(Network(withdrawn)).welcome()
    assert "geheim" not in f"{met.value} {met.value.text('zh-hans')}"
    assert "invalid_grant" in str(met.value)


def test_the_wait_of_a_refusal_is_kept():
    assert problem_of(listening(Network(refusing(429, retry_after="37")), videos=VIDEO)).wait == 37


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {},
        {"items": None},
        {"items": [{"id": "x"}]},
        {"items": [{"id": "x", "snippet": {"topLevelComment": {"snippet": {"publishedAt": "gestern"}}}}]},
    ],
)
def test_an_answer_of_another_shape_is_told_as_one(answer):
    assert isinstance(problem_of(listening(Network(lambda _: told(answer)), videos=VIDEO)), ShapeChanged)


def test_a_handle_that_nobody_has_is_not_there():
    assert isinstance(problem_of(listening(Network(busy(1)), channels="@没有这个")), NotThere)


@pytest.mark.parametrize(
    ("entered", "named"),
    [
        ("UC1234567890123456789012", "UC1234567890123456789012"),
        ("https://www.youtube.com/channel/UC1234567890123456789012/videos", "UC1234567890123456789012"),
        ("@acme", "@acme"),
        ("https://youtube.com/@%E5%B0%8F%E7%B1%B3?si=x", "@小米"),
    ],
)
def test_a_channel_is_known_however_it_was_entered(entered, named):
    assert places.channel(entered) == named


@pytest.mark.parametrize(
    "entered",
    [
        "abc-DEF_123",
        "https://www.youtube.com/watch?v=abc-DEF_123&t=10s",
        "https://youtu.be/abc-DEF_123?si=x",
        "https://www.youtube.com/shorts/abc-DEF_123",
    ],
)
def test_a_video_is_known_however_it_was_entered(entered):
    assert places.video(entered) == "abc-DEF_123"


@pytest.mark.parametrize(
    ("reader", "entered"),
    [(places.channel, "acme"), (places.video, "https://example.org/"), (places.video, "短")],
)
def test_what_is_neither_a_channel_nor_a_video_is_told(reader, entered):
    with pytest.raises(WrongOption):
        reader(entered)


def test_something_must_be_chosen():
    with pytest.raises(WrongOption):
        all_pages(listening(Network(YouTube()), channels=""))


def test_the_welcome_names_the_channel_and_shows_the_newest():
    welcome = listening(Network(busy(3))).welcome()
    assert (welcome.account, len(welcome.sample)) == ("Acme 官方", 3)
