"""Answers on Threads: made, published, refused in its words, and found again before they are sent twice."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from tests.sources.threads.service import Service, error, reply, source

from outlisten.sources.problems import (
    AnswerRefused,
    CredentialRefused,
    NotAllowed,
    QuotaUsedUp,
    SourceProblem,
    Unavailable,
)

MADE, PUBLISHED = "me/threads", "me/threads_publish"


def test_an_answer_is_made_published_and_found_again() -> None:
    service = Service()
    one = source(service)
    assert one.answered("18001", "抱歉，请私信我们。") is None
    sent = one.answer("18001", "抱歉，请私信我们。")
    assert service.containers == {
        "c0": {"media_type": "TEXT", "text": "抱歉，请私信我们。", "reply_to_id": "18001"}
    }
    assert sent.url.startswith("https://www.threads.net/@acme/post/")
    assert one.answered("18001", "抱歉，请私信我们。 ") == sent
    assert one.answered("18001", "别的话") is None
    assert one.answered("18002", "抱歉，请私信我们。") is None


def test_an_answer_waits_until_its_container_is_ready() -> None:
    service = Service(statuses=["IN_PROGRESS", "IN_PROGRESS", "FINISHED"])
    source(service).answer("18001", "抱歉")
    assert service.paths.count("c0") == 3
    assert len(service.replies) == 1


def test_an_answer_that_is_never_ready_is_not_published() -> None:
    service = Service(statuses=["IN_PROGRESS"])
    with pytest.raises(Unavailable) as told:
        source(service).answer("18001", "抱歉")
    assert "回复仍在处理中" in told.value.text("zh-hans")
    assert service.replies == []
    assert PUBLISHED not in service.paths


@pytest.mark.parametrize("status", ["ERROR", "EXPIRED"])
def test_a_container_that_failed_is_a_refusal(status: str) -> None:
    service = Service(statuses=[status])
    with pytest.raises(AnswerRefused):
        source(service).answer("18001", "抱歉")
    assert service.replies == []


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ((400, error(100, "Text is too long")), AnswerRefused),
        ((400, error(24, "x", error_user_msg="The requested resource does not exist")), AnswerRefused),
        ((403, error(10, "no permission")), NotAllowed),
        ((400, error(190, "expired", error_subcode=463)), CredentialRefused),
        ((400, error(4, "limit")), QuotaUsedUp),
        ((500, error(1, "unknown")), Unavailable),
    ],
)
def test_a_refusal_says_whether_it_is_about_the_words(said: Any, kind: type[SourceProblem]) -> None:
    service = Service(refuse={MADE: said})
    with pytest.raises(kind) as told:
        source(service).answer("18001", "很" * 501)
    assert type(told.value) is kind
    assert service.replies == []


@pytest.mark.parametrize("stands", [True, False])
def test_an_error_on_publishing_is_looked_into_before_it_is_believed(*, stands: bool) -> None:
    service = Service(
        refuse={PUBLISHED: (403, error(10, "no permission"))},
        statuses=["FINISHED", "PUBLISHED" if stands else "FINISHED"],
    )
    if stands:
        service.replies.append(reply(40_000, "18001", "18001", "抱歉", "acme"))
        assert source(service).answer("18001", "抱歉").native_id == service.replies[0]["id"]
        return
    with pytest.raises(NotAllowed):
        source(service).answer("18001", "抱歉")


def test_an_answer_is_found_behind_many_others() -> None:
    old = reply(1, "18001", "18001", "抱歉", "acme")
    service = Service(replies=[old, *(reply(number, "x", "x", "别的", "acme") for number in range(2, 250))])
    found = source(service).answered("18001", "抱歉")
    assert found
    assert found.native_id == old["id"]


def test_an_answer_whose_address_is_not_told_stands_all_the_same() -> None:
    service = Service()

    def answer(request: httpx2.Request) -> httpx2.Response:
        path = request.url.path
        if path.startswith("/v1.0/m") and not path.startswith("/v1.0/me"):
            return httpx2.Response(500, json=error(2, "later"))
        return service(request)

    sent = source(answer).answer("18001", "抱歉")  # type: ignore[arg-type]
    assert (sent.native_id, sent.url) == (service.replies[0]["id"], "")
