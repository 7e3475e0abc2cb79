"""The log says which host was asked, and never where there: an address may hold a key."""

from __future__ import annotations

import logging

import httpx2

from outlisten.sources.fetching import Fetcher, Politeness


def test_the_log_of_requests_holds_hosts_and_no_addresses(caplog):
    with caplog.at_level(logging.DEBUG):
        for _ in range(2):
            transport = httpx2.MockTransport(lambda _: httpx2.Response(200, content=b"{}"))
            with Fetcher(transport=transport, politeness=Politeness(0)) as fetcher:
                fetcher.get("https://api.example/bot110201543:SECRET/getMe?key=密钥")
    said = [record.getMessage() for record in caplog.records if record.name == "httpx2"]
    assert len(said) == 2
    assert all("api.example" in one for one in said)
    assert "SECRET" not in caplog.text
    assert "key=" not in caplog.text
