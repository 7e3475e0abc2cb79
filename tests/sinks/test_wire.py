"""Over a real connection: what arrives, what is not followed, and what the log says."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
from tests.sinks.sending import HOSTILE, NOW, hostile, message
from tests.sources.site import Site, serving

from outlisten.sinks.problems import MessageRefused
from outlisten.sinks.slack.sink import Slack
from outlisten.sinks.webhook.sink import Webhook
from outlisten.sources.connector import Setting
from outlisten.sources.fetching import Fetcher, Guard, Politeness
from outlisten.sources.problems import Unreachable
from outlisten.sources.webhook.proofs import SIGNATURE, TIMESTAMP, is_signed

SECRET = "一个只有我们知道的密钥，至少二十四个字符，够长了"
HOOK = "/services/T00000000/B00000000/XXXXsecretXXXXsecretXXXX"


@pytest.fixture
def site() -> Iterator[Site]:
    """A server that says what it is told."""
    with serving() as one:
        yield one


def setting(site: Site, options: dict[str, str], secrets: dict[str, str]) -> Setting:
    """Entries for a server of one's own."""
    fetcher = Fetcher(guard=Guard.naming([site.host]), politeness=Politeness(0))
    return Setting(options, secrets, fetcher, NOW)


def webhook(site: Site) -> Webhook:
    return Webhook(setting(site, {"address": site.at("/in/7")}, {"secret": SECRET}))


def slack(site: Site) -> Slack:
    return Slack(setting(site, {}, {"hook": site.at(HOOK)}))


def test_a_signed_message_arrives_unchanged(site):
    site.says("/in/7", "{}", 202)
    webhook(site).deliver(hostile())
    (asked,) = site.asked
    headers = {SIGNATURE: asked.headers[SIGNATURE.lower()], TIMESTAMP: asked.headers[TIMESTAMP.lower()]}
    assert is_signed(SECRET, headers, asked.body, NOW)
    assert json.loads(asked.body)["lines"][0]["text"] == " ".join(HOSTILE.split())
    assert asked.headers["content-type"] == "application/json"
    assert asked.headers["idempotency-key"] == "alert-7-2026-12-01"


def test_chinese_arrives_at_a_secret_address(site):
    site.says(HOOK, "ok")
    slack(site).deliver(message())
    assert (
        json.loads(site.asked[0].body.decode("utf-8"))["blocks"][0]["text"]["text"] == "充电宝：负面声音增多"
    )


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_message_is_sent_on_nowhere(site, status):
    site.says("/in/7", "", status, location="/login")
    site.says("/login", "welcome")
    with pytest.raises(MessageRefused):
        webhook(site).deliver(message())
    assert site.paths == ["/in/7"]


def test_neither_the_log_nor_a_problem_holds_the_secret_address(site, caplog):
    site.says(HOOK, "no_service", 404)
    with caplog.at_level(logging.DEBUG), pytest.raises(Exception, match="secret address") as found:
        slack(site).deliver(message())
    assert site.paths == [HOOK]
    assert "XXXXsecret" not in f"{caplog.text} {found.value} {found.getrepr()}".replace(
        f'HOOK = "{HOOK}"', ""
    )


def test_a_server_that_is_away_is_tried_again():
    with serving() as site:
        sink = webhook(site)
    with pytest.raises(Unreachable, match="sent again") as found:
        sink.deliver(message())
    assert not found.value.pause
