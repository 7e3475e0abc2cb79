"""Answers on X: signed, refused in X's words, and found again before they are sent twice."""

from __future__ import annotations

from typing import Any

import pytest
from tests.sources.x.service import ACME, KEYS, Service, number, problem, source, tweet

from outlisten.sources.problems import (
    AnswerRefused,
    CredentialRefused,
    NotAllowed,
    QuotaUsedUp,
    SourceProblem,
    WrongOption,
)
from outlisten.sources.x.signing import Keys

TO = str(number(1))


def test_an_answer_is_signed_and_found_again() -> None:
    service = Service([tweet(1)])
    one = source(service, KEYS)
    assert one.answered(TO, "抱歉，请私信我们。") is None
    sent = one.answer(TO, "抱歉，请私信我们。")
    assert service.written == [{"text": "抱歉，请私信我们。", "reply": {"in_reply_to_tweet_id": TO}}]
    assert sent.url == f"https://x.com/i/status/{sent.native_id}"
    assert one.answered(TO, "抱歉， 请私信我们。") is None, "other words"
    assert one.answered(TO, "抱歉，请私信我们。") == sent


@pytest.mark.parametrize(
    ("stands", "text", "same"),
    [
        ("@lin @wang 好的", "好的", True),
        ("@lin Please see https://t.co/x &amp; write", "Please see https://acme.example/help & write", True),
        ("@lin 好的", "不好", False),
    ],
)
def test_an_answer_is_known_by_its_words(stands: str, text: str, same: bool) -> None:
    urls = [{"url": "https://t.co/x", "expanded_url": "https://acme.example/help"}]
    ours = tweet(
        5, stands, "99", referenced_tweets=[{"type": "replied_to", "id": TO}], entities={"urls": urls}
    )
    assert (source(Service([tweet(1), ours]), KEYS).answered(TO, text) is not None) is same


def test_an_answer_is_found_behind_many_others() -> None:
    ours = tweet(2, "@lin 好的", "99", referenced_tweets=[{"type": "replied_to", "id": TO}])
    others = [tweet(second, "别的", "99") for second in range(3, 300)]
    assert source(Service([tweet(1), ours, *others]), KEYS).answered(TO, "好的")


@pytest.mark.parametrize(
    ("status", "said", "kind"),
    [
        (
            403,
            {"title": "Forbidden", "detail": "You are not allowed to create a Tweet with duplicate content."},
            AnswerRefused,
        ),
        (400, problem("invalid-request", detail="text is too long"), AnswerRefused),
        (403, problem("client-forbidden", title="Client Forbidden"), NotAllowed),
        (403, problem("oauth1-permissions", title="Forbidden"), NotAllowed),
        (402, {"title": "CreditsDepleted"}, QuotaUsedUp),
        (401, {}, CredentialRefused),
    ],
)
def test_a_refused_answer_says_whether_it_surely_does_not_stand(
    status: int, said: Any, kind: type[SourceProblem]
) -> None:
    with pytest.raises(kind) as told:
        source(Service(refuse={"/2/tweets": (status, said)}), KEYS).answer(TO, "抱歉")
    assert type(told.value) is kind
    assert str(said.get("detail", "")) in str(told.value) or kind is not AnswerRefused


@pytest.mark.parametrize("missing", KEYS)
def test_all_four_keys_are_needed_to_answer(missing: str) -> None:
    secrets = {name: value for name, value in KEYS.items() if name != missing}
    for act in ("answer", "answered"):
        with pytest.raises(WrongOption) as told:
            getattr(source(Service(), secrets), act)(TO, "抱歉")
        assert "回复需要" in told.value.text("zh-hans")


def test_a_wrong_key_is_told() -> None:
    with pytest.raises(CredentialRefused):
        source(Service(), KEYS | {"access_secret": "wrong"}).answered(TO, "抱歉")


def test_keys_are_not_shown() -> None:
    assert "secret" not in repr(Keys.of(KEYS)).replace("api_secret", "").replace("access_secret", "")


def test_a_test_says_which_account_answers() -> None:
    assert source(Service([tweet(1)]), KEYS).welcome().account == ACME["username"]
