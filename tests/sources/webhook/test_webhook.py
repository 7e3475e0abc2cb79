"""What is sent here as posts, and who may send it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from outlisten.sources.connector import Setting, Unmappable
from outlisten.sources.options import entered
from outlisten.sources.problems import WrongOption
from outlisten.sources.pushing import Push
from outlisten.sources.webhook.connector import Webhook
from outlisten.sources.webhook.proofs import SIGNATURE, TIMESTAMP, WINDOW, is_signed, signature

CASES = json.loads((Path(__file__).parent / "fixtures" / "items-2026-12-01.json").read_text())
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
SECRET = "一个只有我们知道的密钥，至少二十四个字符，够长了"
BODY = '{"text": "好"}'.encode()


def webhook(secret: str = SECRET, **given: str) -> Webhook:
    wanted = [option for option in Webhook.manifest().options if not option.secret]
    return Webhook(Setting(entered(wanted, given), {"secret": secret}, now=NOW))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_an_item_becomes_the_post_it_should(case):
    made = webhook(**case["options"]).post(case["item"])
    if "created_at" in made:
        made["created_at"] = made["created_at"].isoformat()
    assert {name: made.get(name) for name in case["post"]} == case["post"]


@pytest.mark.parametrize("item", [{"author": "无话"}, {"text": "  "}, {"text": "a", "created_at": "昨天"}])
def test_an_item_without_words_or_with_no_real_date_is_rejected(item):
    with pytest.raises(Unmappable):
        webhook().post(item)


def test_counts_that_were_not_sent_stay_unknown():
    assert "likes" not in webhook().post({"text": "好"})


@pytest.mark.parametrize("fields", ["text", "words=body", "text="])
def test_a_field_that_posts_do_not_have_is_refused(fields):
    with pytest.raises(WrongOption):
        webhook(fields=fields)


def test_a_short_secret_is_refused():
    with pytest.raises(WrongOption):
        webhook("short")


def test_a_signature_is_hmac_sha256_of_time_and_body():
    """Worked out with `printf '1796000000.{}' | openssl dgst -sha256 -hmac 0123456789abcdef01234567`."""
    said = signature("0123456789abcdef01234567", 1_796_000_000, b"{}")
    assert said == "sha256=ee9b5066d04b9086cd38e9e7fb1a7fa43b3f95ea0c40a556738cc76fd3ec6f3e"


@pytest.mark.parametrize(
    ("late", "change", "good"),
    [
        (0, {}, True),
        (WINDOW, {}, True),
        (WINDOW + 1, {}, False),
        (-WINDOW - 1, {}, False),
        (0, {"body": b"{}"}, False),
        (0, {"secret": SECRET + "x"}, False),
        (0, {SIGNATURE: "sha256="}, False),
        (0, {SIGNATURE: "签名"}, False),
        (0, {TIMESTAMP: ""}, False),
        (0, {TIMESTAMP: "１２３"}, False),
        (0, {TIMESTAMP: "9" * 400}, False),
    ],
)
def test_only_what_was_signed_just_now_is_let_in(late, change, good):
    sent = int((NOW - timedelta(seconds=late)).timestamp())
    headers = {TIMESTAMP: str(sent), SIGNATURE: signature(change.get("secret", SECRET), sent, BODY)}
    headers |= {name: value for name, value in change.items() if name in headers}
    assert is_signed(SECRET, headers, change.get("body", BODY), NOW) is good


@pytest.mark.parametrize(
    ("said", "good"),
    [(f"Bearer {SECRET}", True), (f"bearer {SECRET} ", True), (SECRET, False), ("Bearer ", False), ("", False)],
)  # fmt: skip
def test_a_token_lets_in_where_the_source_says_so(said, good):
    assert webhook(proof="token").lets_in(pushed({"Authorization": said})) is good
    assert not webhook().lets_in(pushed({"Authorization": said}))


def test_only_what_is_posted_is_let_in():
    signed = {TIMESTAMP: str(int(NOW.timestamp())), SIGNATURE: signature(SECRET, int(NOW.timestamp()), BODY)}
    assert webhook().lets_in(pushed(signed))
    assert not webhook().lets_in(pushed(signed, method="GET"))


def pushed(headers: dict[str, str], method: str = "POST") -> Push:
    return Push(method, {}, headers, BODY, NOW)
