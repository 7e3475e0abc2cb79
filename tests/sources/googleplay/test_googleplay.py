"""Reviews of Google Play, against Google's own description: everything once, and answers."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import parse_qs

import httpx2
import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from tests.sources.googleplay.description import check, method_of
from tests.sources.network import NOW, Network, all_pages, fixture, ids, problem_of, stopped, told

from outlisten.sources.connector import Unmappable
from outlisten.sources.googleplay.connector import GooglePlay
from outlisten.sources.problems import (
    AnswerRefused,
    CredentialRefused,
    NotAllowed,
    NotThere,
    QuotaUsedUp,
    ShapeChanged,
    SourceProblem,
    Throttled,
    Unavailable,
    WrongOption,
)

APP = "com.example.kettle"
RECORDS = fixture(__file__, "reviews-2026-12-01")


@cache
def private_key() -> RSAPrivateKey:
    return generate_private_key(65537, 2048)


@cache
def key_file() -> str:
    pem = private_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    told = {
        "type": "service_account",
        "private_key_id": "k1",
        "private_key": pem,
        "client_email": "a@example.iam",
    }
    return json.dumps(told | {"token_uri": "https://thief.example/token"})


def review(number: int, at: int, reply: str = "", **more: Any) -> dict[str, Any]:
    user = {"text": f"\t闪退 {number}", "lastModified": {"seconds": str(at)}, "starRating": 1, **more}
    comments: list[dict[str, Any]] = [{"userComment": user}]
    if reply:
        comments.append({"developerComment": {"text": reply, "lastModified": {"seconds": str(at + 5)}}})
    return {"reviewId": f"gp:AAAA-{number}", "authorName": "用户", "comments": comments}


class Store:
    """Google's side: it checks each request and each answer of its own against the description."""

    def __init__(
        self, reviews: list[dict[str, Any]], refuses: httpx2.Response | None = None, at_once: int = 3
    ) -> None:
        self.reviews, self.refuses, self.at_once = reviews, refuses, at_once
        self.claims: list[str] = []
        self.called: list[str] = []
        self.network = Network(self._answer)

    def connector(self, now: datetime = NOW, **options: str) -> GooglePlay:
        found: GooglePlay = self.network.connector(
            GooglePlay, {"packages": APP, **options}, {"key": key_file()}, now
        )
        return found

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/token":
            assert request.url.host == "oauth2.googleapis.com"
            self.claims.append(parse_qs(request.content.decode())["assertion"][0])
            return told({"access_token": "token", "expires_in": 3599, "token_type": "Bearer"})
        assert request.headers["authorization"] == "Bearer token"
        self.called.append(method_of(request))
        if self.refuses is not None:
            return self.refuses
        answer, schema = getattr(self, f"_{self.called[-1]}")(request)
        if schema:
            check(answer, schema)
        return answer if isinstance(answer, httpx2.Response) else told(answer)

    def _list(self, request: httpx2.Request) -> tuple[Any, str]:
        token = request.url.params.get("token", "0")
        if not token.isdigit():
            return told({"error": {"code": 400}}, 400), ""
        first = int(token)
        listed = sorted(self.reviews, key=_at, reverse=True)
        last = first + self.at_once
        more = {"tokenPagination": {"nextPageToken": str(last)}} if last < len(listed) else {}
        return {"reviews": listed[first:last], **more}, "ReviewsListResponse"

    def _get(self, request: httpx2.Request) -> tuple[Any, str]:
        found = [one for one in self.reviews if request.url.path.endswith(f"/{one['reviewId']}")]
        return (found[0], "Review") if found else (told({}, 404), "")

    def _reply(self, request: httpx2.Request) -> tuple[Any, str]:
        text = json.loads(request.content)["replyText"]
        if len(text) > 350:
            return told({"error": {"code": 400}}, 400), ""
        (one,) = [one for one in self.reviews if f"/{one['reviewId']}:reply" in request.url.path]
        one["comments"] = [one["comments"][0], {"developerComment": {"text": text}}]
        return {"result": {"replyText": text}}, "ReviewsReplyResponse"


def _at(one: dict[str, Any]) -> int:
    return int(one["comments"][0]["userComment"]["lastModified"]["seconds"])


def day(days: float) -> int:
    return int((NOW - timedelta(days=days)).timestamp())


@pytest.fixture
def store() -> Store:
    return Store([review(number, day(number / 2), "已修复" if number == 2 else "") for number in range(8)])


@pytest.mark.parametrize("record", RECORDS, ids=lambda one: one["review"]["reviewId"])
def test_the_fixtures_are_as_google_describes_reviews(record):
    check(record["review"], "Review")


@pytest.mark.parametrize(
    ("row", "post"),
    [
        (
            0,
            {
                "text": "更新之后就打不开了，一直闪退",
                "title": None,
                "rating": 1,
                "likes": 10,
                "author": "一位用户",
            },
        ),
        (1, {"text": "抱歉，1.2.1 已修复。", "voice_given": "owned", "reply_to": f"{APP}/gp:AAAA-1"}),
        (2, {"text": "Boils in a minute.", "title": "Love it", "likes": None, "author": None, "to": APP}),
        (3, {"text": "声音太大", "rating": 3}),
    ],
)
def test_a_review_becomes_the_post_it_should(row, post, store):
    made = store.connector().post(RECORDS[row])
    assert {name: made.get(name) for name in post} == post
    assert made["thread"].startswith(f"{APP}/gp:AAAA-")


def test_a_review_of_stars_alone_is_rejected(store):
    with pytest.raises(Unmappable):
        store.connector().post(RECORDS[4])


def test_the_claim_is_signed_with_the_accounts_key_and_goes_to_google_alone(store):
    all_pages(store.connector())
    head, said, sign = store.claims[0].split(".")
    raw = urlsafe_b64decode(sign + "==")
    private_key().public_key().verify(raw, f"{head}.{said}".encode(), PKCS1v15(), SHA256())
    claim = json.loads(urlsafe_b64decode(said + "=="))
    assert claim == {
        "iss": "a@example.iam",
        "scope": "https://www.googleapis.com/auth/androidpublisher",
        "aud": "https://oauth2.googleapis.com/token",
        "iat": int(NOW.timestamp()),
        "exp": int(NOW.timestamp()) + 3600,
    }


def test_at_first_the_latest_page_comes_and_then_what_is_new_with_replies(store):
    one = store.connector()
    pages = all_pages(one)
    assert ids(one, pages) == [f"{APP}/gp:AAAA-{name}" for name in ("0", "1", "2", "2/reply")]
    store.reviews.append(review(9, day(-0.1)))
    store.reviews[1] = review(1, day(0.5), "已修复")
    later = store.connector(NOW + timedelta(hours=3))
    assert ids(later, all_pages(later, pages[-1].cursor)) == [
        f"{APP}/gp:AAAA-{name}" for name in ("9", "1/reply", "3", "4")
    ]


def test_a_review_that_was_changed_comes_again(store):
    cursor = all_pages(store.connector())[-1].cursor
    store.reviews[1] = review(1, day(-0.1), starRating=5)
    later = store.connector(NOW + timedelta(hours=3))
    assert f"{APP}/gp:AAAA-1" in ids(later, all_pages(later, cursor))


@pytest.mark.parametrize("pages", range(1, 4))
def test_history_is_the_week_that_google_gives_wherever_it_stops(store, pages):
    one = store.connector()
    first = stopped(one.history({}, datetime(2026, 1, 1, tzinfo=UTC)), pages)
    rest = list(store.connector().history(first[-1].cursor, datetime(2026, 1, 1, tzinfo=UTC)))
    assert ids(one, [*first, *rest]) == [
        f"{APP}/gp:AAAA-{name}" for name in ("0", "1", "2", "2/reply", "3", "4", "5", "6", "7")
    ]


@pytest.mark.parametrize("pages", range(1, 3))
def test_a_walk_that_stops_after_any_page_goes_on_from_there(store, pages):
    cursor = all_pages(store.connector())[-1].cursor
    store.reviews += [review(number, day(-number / 100)) for number in range(20, 27)]
    one = store.connector(NOW + timedelta(hours=3))
    first = stopped(one.pages(cursor), pages)
    rest = all_pages(store.connector(NOW + timedelta(hours=3)), first[-1].cursor)
    found = ids(one, [*first, *rest])
    assert set(found) >= {f"{APP}/gp:AAAA-{number}" for number in range(20, 27)}
    assert len(found) == len(set(found))


def test_a_place_that_google_no_longer_knows_is_left_for_the_top(store):
    cursor = json.loads(json.dumps(all_pages(store.connector())[-1].cursor))
    cursor[APP]["walk"] = {"top": cursor[APP]["known"], "next": "expired"}
    store.reviews.append(review(9, day(-0.1)))
    one = store.connector(NOW + timedelta(hours=3))
    assert f"{APP}/gp:AAAA-9" in ids(one, all_pages(one, cursor))


def test_a_review_is_answered_once_and_the_answer_is_found(store):
    one = store.connector()
    name = f"{APP}/gp:AAAA-1"
    assert one.answered(name, "请更新到 1.2.1") is None
    sent = one.answer(name, "请更新到 1.2.1")
    assert one.answer(name, "请更新到 1.2.1") == sent == one.answered(name, "请更新到 1.2.1")
    assert (sent.native_id, store.called.count("reply")) == (f"{name}/reply", 1)


def test_an_answer_that_stands_is_never_replaced(store):
    with pytest.raises(AnswerRefused) as found:
        store.connector().answer(f"{APP}/gp:AAAA-2", "另一条回复")
    assert "已有另一条回复" in found.value.text("zh-hans")
    assert "reply" not in store.called


def test_an_answer_that_is_too_long_is_told(store):
    with pytest.raises(AnswerRefused):
        store.connector().answer(f"{APP}/gp:AAAA-1", "长" * 351)


@pytest.mark.parametrize("name", [f"{APP}/gp:none", "好", "a/../b"])
def test_what_is_not_there_is_not_answered(store, name):
    with pytest.raises(NotThere):
        store.connector().answer(name, "您好")


def refusing(status: int, reason: str = "", **headers: str) -> httpx2.Response:
    return told({"error": {"code": status, "errors": [{"reason": reason}]}}, status, **headers)


@pytest.mark.parametrize(
    ("refuses", "problem"),
    [
        (refusing(401), CredentialRefused),
        (refusing(403, "permissionDenied"), NotAllowed),
        (refusing(403, "quotaExceeded"), QuotaUsedUp),
        (refusing(403, "rateLimitExceeded"), Throttled),
        (refusing(404), NotThere),
        (refusing(429, retry_after="60"), Throttled),
        (refusing(503), Unavailable),
        (told([]), ShapeChanged),
        (told({"reviews": [{"reviewId": "1"}]}), ShapeChanged),
    ],
)
def test_each_refusal_is_told_as_what_it_means(refuses, problem):
    assert type(problem_of(Store([], refuses).connector())) is problem


@pytest.mark.parametrize("key", ["", "密钥", "{}", '{"private_key": "x", "client_email": "a"}', "[1]"])
def test_a_key_that_is_none_is_told_without_it(key):
    one = Network(lambda _: told({})).connector(GooglePlay, {"packages": APP}, {"key": key})
    found = problem_of(one)
    assert isinstance(found, CredentialRefused)
    assert "服务账号" in found.text("zh-hans")


def test_a_key_that_google_refuses_is_told():
    network = Network(lambda _: told({"error": "invalid_grant"}, 400))
    one = network.connector(GooglePlay, {"packages": APP}, {"key": key_file()})
    assert isinstance(problem_of(one), CredentialRefused)


@pytest.mark.parametrize(
    ("entered", "package"),
    [
        (APP, APP),
        (f"https://play.google.com/store/apps/details?id={APP}&hl=zh", APP),
        ("com.示例.app", None),
        ("kettle", None),
        ("com.example/../x", None),
    ],
)
def test_an_app_is_named_by_its_package_or_its_address(store, entered, package):
    one = store.connector(packages=entered)
    if package:
        assert one.post(all_pages(one)[0].records[0])["to"] == package
    else:
        with pytest.raises(SourceProblem) as found:
            all_pages(one)
        assert isinstance(found.value, WrongOption)
