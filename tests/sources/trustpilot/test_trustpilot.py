"""Reviews of Trustpilot: everything once, what becomes of them, and replies."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from tests.sources.network import NOW, Network, all_pages, fixture, ids, problem_of, stopped, told

from outlisten.sources.connector import Unmappable
from outlisten.sources.problems import (
    AnswerRefused,
    CredentialRefused,
    NotAllowed,
    NotThere,
    ShapeChanged,
    Throttled,
    Unavailable,
    WrongOption,
)
from outlisten.sources.trustpilot import client, tokens
from outlisten.sources.trustpilot.connector import Trustpilot

COMPANY = "507f191e810c19729de860ea"
RECORDS = fixture(__file__, "reviews-2026-12-01")


@pytest.fixture(autouse=True)
def no_token_of_another_test() -> Iterator[None]:
    yield
    tokens._kept.clear()


def name(number: int) -> str:
    return f"507f191e810c19729de{number:05}"


def review(number: int, hours: float, reply: str = "", **more: Any) -> dict[str, Any]:
    at = (NOW - timedelta(hours=hours)).isoformat().replace("+00:00", "Z")
    said = {"text": reply, "createdAt": at, "updatedAt": None} if reply else None
    return {"id": name(number), "stars": 1, "text": "漏水", "createdAt": at, "companyReply": said, **more}


class Site:
    """Trustpilot's side, public and private."""

    def __init__(self, reviews: list[dict[str, Any]], refuses: httpx2.Response | None = None) -> None:
        self.reviews, self.refuses = reviews, refuses
        self.tokens = 0
        self.stale: set[str] = set()
        self.replies: list[dict[str, Any]] = []
        self.network = Network(self._answer)

    def connector(self, secret: str = "", now: datetime = NOW, **options: str) -> Trustpilot:
        secrets = {"api_key": "the-key"} | ({"api_secret": secret} if secret else {})
        found: Trustpilot = self.network.connector(
            Trustpilot, {"companies": COMPANY, **options}, secrets, now
        )
        return found

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path.removeprefix("/v1/")
        assert "the-key" not in str(request.url)
        if path.endswith("/accesstoken"):
            assert request.headers["authorization"] == f"Basic {b64encode(b'the-key:the-secret').decode()}"
            assert request.content == b"grant_type=client_credentials"
            self.tokens += 1
            return told(
                {"access_token": f"token-{self.tokens}", "refresh_token": "r", "expires_in": "359999"}
            )
        if self.refuses is not None:
            return self.refuses
        if path.startswith("private/"):
            if request.headers["authorization"].removeprefix("Bearer ") in self.stale:
                return told({}, 401)
        else:
            assert request.headers["apikey"] == "the-key"
        return self._of(request, path.removeprefix("private/"))

    def _of(self, request: httpx2.Request, path: str) -> httpx2.Response:
        if path == "business-units/find":
            known = request.url.params["name"] == "example.com"
            return told({"id": COMPANY}) if known else told({}, 404)
        if path == f"business-units/{COMPANY}/reviews":
            assert request.url.params["orderBy"] == "createdat.desc"
            first = (int(request.url.params["page"]) - 1) * 3
            listed = sorted(self.reviews, key=lambda one: str(one["createdAt"]), reverse=True)
            return told({"links": [], "reviews": listed[first : first + int(request.url.params["perPage"])]})
        (found,) = [one for one in self.reviews if one["id"] == path.split("/")[1]] or (None,)
        if found is None:
            return told({}, 404)
        if path.endswith("/reply"):
            said = json.loads(request.content)
            if not said["message"].strip():
                return told({}, 400)
            self.replies.append(said)
            found["companyReply"] = {"text": said["message"], "createdAt": "2026-12-01T12:00:00Z"}
            return told({}, 201)
        return told(found)


@pytest.fixture(autouse=True)
def three_a_page(monkeypatch):
    monkeypatch.setattr(client, "AT_ONCE", 3)


@pytest.fixture
def site() -> Site:
    return Site([review(n, 30 * n, "抱歉" if n == 1 else "") for n in range(8)])


@pytest.mark.parametrize(
    ("row", "post"),
    [
        (0, {"title": "再也不买了", "author": "某用户", "country": "CN", "to": "example.com", "lang_given": "zh",
             "rating": 1, "likes": 3, "edited_at": datetime(2026, 11, 30, 9, tzinfo=UTC)}),
        (1, {"text": "很抱歉，我们已联系您。", "voice_given": "owned", "reply_to": "507f191e810c19729de86001",
             "author": "Example", "created_at": datetime(2026, 11, 30, 10, tzinfo=UTC)}),
        (2, {"title": "Great shop", "country": None, "likes": None, "created_at": datetime(2013, 9, 7, 13, 37, tzinfo=UTC)}),
    ],
)  # fmt: skip
def test_a_review_becomes_the_post_it_should(row, post, site):
    made = site.connector().post(RECORDS[row])
    assert {field: made.get(field) for field in post} == post
    assert made["url"] == f"https://www.trustpilot.com/reviews/{made['thread']}"


def test_a_review_of_stars_alone_is_rejected(site):
    with pytest.raises(Unmappable):
        site.connector().post(RECORDS[3])


@pytest.mark.parametrize("secret", ["", "the-secret"])
def test_at_first_the_latest_page_comes_and_then_what_is_new_with_replies(site, secret):
    one = site.connector(secret)
    pages = all_pages(one)
    assert ids(one, pages) == [name(0), name(1), f"{name(1)}/reply", name(2)]
    site.reviews += [review(20 + number, -number) for number in range(1, 6)]
    site.reviews[2] = review(2, 60, "已处理")
    later = site.connector(secret)
    found = ids(later, all_pages(later, pages[-1].cursor))
    assert set(found) >= {*(name(20 + number) for number in range(1, 6)), f"{name(2)}/reply"}
    assert not {name(0), name(1), name(2)} & set(found)


@pytest.mark.parametrize("pages", range(1, 4))
def test_a_walk_that_stops_after_any_page_goes_on_from_there(site, pages):
    cursor = all_pages(site.connector())[-1].cursor
    site.reviews += [review(20 + number, -number) for number in range(1, 10)]
    one = site.connector()
    first = stopped(one.pages(cursor), pages)
    found = ids(one, [*first, *all_pages(site.connector(), first[-1].cursor)])
    assert set(found) >= {name(20 + number) for number in range(1, 10)}
    assert len(found) == len(set(found))


@pytest.mark.parametrize("pages", range(1, 4))
def test_history_goes_back_wherever_it_stops(site, pages):
    since = NOW - timedelta(days=6)
    one = site.connector()
    first = stopped(one.history({}, since), pages)
    found = ids(one, [*first, *site.connector().history(first[-1].cursor, since)])
    assert found == [name(0), name(1), f"{name(1)}/reply", *(name(n) for n in range(2, 5))]


def test_addresses_of_customers_are_not_kept(site):
    site.reviews = [review(1, 1, referralEmail="someone@example.org", referenceId="1234")]
    one = site.connector("the-secret")
    (page,) = all_pages(one)
    assert "someone@" not in json.dumps(page.records)
    assert page.records[0]["review"]["referenceId"] == "1234"


def test_what_stands_what_was_changed_and_what_is_gone_is_told(site):
    site.reviews[2]["text"] = "修好了"
    asked = [name(1), f"{name(1)}/reply", name(2), f"{name(2)}/reply", name(99)]
    one = site.connector()
    found = {standing.native_id: standing for standing in one.again(asked)}
    assert [found[each].gone for each in asked] == [False, False, False, True, True]
    assert one.post(found[name(2)].record)["text"] == "修好了"
    assert len(site.network.asked) == 3


def test_a_review_is_answered_once_and_the_answer_is_found(site):
    one = site.connector("the-secret", business_user="u1")
    assert one.answered(name(2), "很抱歉") is None
    sent = one.answer(name(2), "很抱歉")
    assert one.answer(name(2), "很抱歉") == sent == one.answered(name(2), "很抱歉")
    assert site.replies == [{"authorBusinessUserId": "u1", "message": "很抱歉"}]
    assert sent.native_id == f"{name(2)}/reply"


def test_a_reply_that_stands_is_never_replaced(site):
    with pytest.raises(AnswerRefused):
        site.connector("the-secret", business_user="u1").answer(name(1), "另一条")
    assert site.replies == []


@pytest.mark.parametrize(
    ("secret", "user", "to", "text", "problem"),
    [
        ("the-secret", "", name(2), "您好", WrongOption),
        ("", "u1", name(2), "您好", CredentialRefused),
        ("the-secret", "u1", name(99), "您好", NotThere),
        ("the-secret", "u1", "../../x", "您好", NotThere),
        ("the-secret", "u1", name(2), " ", AnswerRefused),
    ],
)
def test_an_answer_that_cannot_be_given_is_told_with_its_reason(site, secret, user, to, text, problem):
    with pytest.raises(problem):
        site.connector(secret, business_user=user).answer(to, text)
    assert site.replies == []


def test_a_token_is_used_until_it_ends_by_every_ask(site, monkeypatch):
    for _ in range(3):
        all_pages(site.connector("the-secret"))
    assert site.tokens == 1
    now = tokens.time.time()
    monkeypatch.setattr(tokens.time, "time", lambda: now + 360_000)
    all_pages(site.connector("the-secret"))
    assert site.tokens == 2


def test_a_token_that_is_refused_is_renewed_once(site):
    all_pages(site.connector("the-secret"))
    site.stale = {"token-1"}
    all_pages(site.connector("the-secret"))
    assert site.tokens == 2
    site.stale = {"token-2", "token-3"}
    assert isinstance(problem_of(site.connector("the-secret")), CredentialRefused)
    assert site.tokens == 3


def test_a_secret_that_is_refused_is_told():
    network = Network(lambda _: told({"error": "invalid_client"}, 401))
    secrets = {"api_key": "the-key", "api_secret": "the-secret"}
    found = problem_of(network.connector(Trustpilot, {"companies": COMPANY}, secrets))
    assert isinstance(found, CredentialRefused)
    assert "the-secret" not in str(found)


@pytest.mark.parametrize(
    ("refuses", "problem"),
    [
        (told({}, 401), CredentialRefused),
        (told({}, 403), NotAllowed),
        (told({}, 404), NotThere),
        (told({}, 429, retry_after="30"), Throttled),
        (told({}, 503), Unavailable),
        (told({"reviews": None}), ShapeChanged),
        (told({"reviews": [{"id": "1"}]}), ShapeChanged),
    ],
)
def test_each_refusal_is_told_as_what_it_means(refuses, problem):
    assert type(problem_of(Site([], refuses).connector())) is problem


@pytest.mark.parametrize("entered", ["example.com", "https://www.trustpilot.com/review/example.com"])
def test_a_company_is_found_by_its_domain(site, entered):
    welcome = site.connector(companies=entered).welcome()
    assert (welcome.account, len(welcome.sample)) == (entered, 4)


@pytest.mark.parametrize("entered", ["unknown.example", "水壶", "com"])
def test_a_company_that_is_not_known_is_named(site, entered):
    found = problem_of(site.connector(companies=entered))
    assert isinstance(found, WrongOption)
    assert entered in found.text("zh-hans")
