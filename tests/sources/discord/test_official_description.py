"""Fixtures, and what the tests' own Discord is asked and answers, have the shapes that Discord describes."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import httpx2
import pytest
from jsonschema import ValidationError
from tests.sources.discord.official import EXTRACT, extract, fits, request_fits, written
from tests.sources.network import fixture

SHARED = Path(os.environ.get("OUTLISTEN_SHARED", Path(__file__).parents[4] / "shared"))
WHOLE = SHARED / "reference" / "openapi" / "discord.openapi.json.gz"
AS_A_BOT = {"Authorization": "Bot x"}


def test_every_message_of_the_fixtures_is_as_described():
    for record in fixture(__file__, "messages-2026-12-01"):
        fits(record["message"], "MessageResponse")


def test_a_message_that_was_passed_on_is_as_described_but_for_its_kind_of_reference():
    # The documentation of messages names the kind FORWARD (1), the description none but the usual one.
    (record,) = fixture(__file__, "forwarded-2026-12-01")
    reference = {**record["message"]["message_reference"], "type": 0}
    fits({**record["message"], "message_reference": reference}, "MessageResponse")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/channels/1/messages?limit=101", None),
        ("GET", "/channels/1/messages?since=5", None),
        ("GET", "/channels/general/messages", None),
        ("POST", "/channels/1/messages", {"content": "好" * 4001}),
        ("POST", "/channels/1/messages", {"content": "好", "nonce": "x" * 26}),
        ("POST", "/channels/1/messages", {"content": "好", "message_reference": {"channel_id": "1"}}),
    ],
)
def test_a_request_of_another_shape_is_noticed(method, path, body):
    request = httpx2.Request(method, f"https://discord.com/api/v10{path}", json=body, headers=AS_A_BOT)
    with pytest.raises((AssertionError, ValidationError)):
        request_fits(request)


def test_an_answer_of_another_shape_is_noticed():
    (record, *_) = fixture(__file__, "messages-2026-12-01")
    with pytest.raises(ValidationError):
        fits({**record["message"], "content": None}, "MessageResponse")


@pytest.mark.shared
@pytest.mark.skipif(not WHOLE.is_file(), reason="the official description is not beside the repository")
def test_the_extract_says_what_the_whole_description_says():
    whole = json.loads(gzip.decompress(WHOLE.read_bytes()))
    assert EXTRACT.read_text("utf-8") == written(extract(whole))
