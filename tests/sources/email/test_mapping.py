"""Mails as posts: words, conversation and people as mail programs write them; machines are no people."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from outlisten.sources.connector import Skipped, Unmappable
from outlisten.sources.email.documents import record
from outlisten.sources.email.mapping import post

CASES = json.loads((Path(__file__).parent / "fixtures" / "mails-2026-12-01.json").read_text())
ARRIVED = int(datetime(2026, 12, 1, 10, tzinfo=UTC).timestamp())


def mapped(raw: bytes, *, articles: bool = False) -> dict[str, Any]:
    found = {**record(raw), "uid": 7, "validity": 9, "folder": "INBOX", "received": ARRIVED}
    return post(json.loads(json.dumps(found)), mailbox="care@brand.test", articles=articles)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_mail_becomes_the_post_it_should(case):
    made = mapped(case["mail"].encode(case["charset"]))
    made["created_at"] = made["created_at"].isoformat()
    assert {name: made[name] for name in case["post"]} == case["post"]


@pytest.mark.parametrize(
    "head",
    [
        "Auto-Submitted: auto-replied (vacation)",
        "Return-Path: <>",
        "X-Autoreply: yes",
        "Precedence: auto_reply",
        "From: MAILER-DAEMON@mx.example",
        "Subject: =?utf-8?B?6Ieq5Yqo5Zue5aSNOiDkvJHlgYc=?=",
        "Subject: Automatic reply: Kettle",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="x"',
    ],
)
def test_bounces_and_answers_of_machines_are_skipped(head):
    with pytest.raises(Skipped):
        mapped(f"{head}\nMessage-ID: <a@b>\n\nI am away 我不在\n".encode())


def test_an_alert_that_a_machine_wrote_is_an_article():
    made = mapped(
        b"From: alerts@news.test\nAuto-Submitted: auto-generated\nSubject: Alert\n\nwords", articles=True
    )
    assert (made["type"], made["to"]) == ("article", None)


def test_a_mail_that_says_nothing_is_rejected():
    with pytest.raises(Unmappable):
        mapped(b"From: ann@customer.test\n\n")
