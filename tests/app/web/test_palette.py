"""The command palette offers what this person may do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from outlisten.app.listening.models import Brand, Topic

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]


def entries(client: Client) -> dict[str, dict[str, Any]]:
    return {entry["name"]: entry for entry in client.get("/palette.json").json()["entries"]}


def test_it_goes_to_every_room(browser: Browser) -> None:
    found = entries(browser())
    assert found["Listen"]["url"] == "/listen/"
    assert found["Care"]["url"] == "/care/"
    assert found["Decisions"]["url"] == "/decisions/"
    assert found["Themes"]["url"] == "/rooms/themes"


def test_brands_and_topics_run_their_queries(browser: Browser) -> None:
    Brand.objects.create(name="阿喜茶馆", query="阿喜 OR to:axi")
    Topic.objects.create(name="等位", query="排队 OR 等位")
    found = entries(browser())
    assert found["阿喜茶馆"]["url"] == "/listen/?q=%E9%98%BF%E5%96%9C+OR+to%3Aaxi"
    assert found["等位"]["url"].startswith("/listen/?q=")


def test_it_goes_to_the_pages_inside_trust(browser: Browser) -> None:
    inside = {"Audit log": "/trust/audit", "Disclosure watch": "/trust/disclosure",
              "How long posts are kept": "/trust/retention", "Requests of people": "/trust/privacy"}  # fmt: skip
    found = entries(browser("admin"))
    assert {name: found[name]["url"] for name in inside} == inside
    assert found["Audit log"]["kind"] == "Trust"
    assert not set(inside) & set(entries(browser("viewer")))


def test_what_one_may_not_do_is_absent(browser: Browser) -> None:
    assert "Import a file" in entries(browser("analyst"))
    assert not {"Import a file", "Add a brand", "Add a topic", "Workspace"} & set(entries(browser("viewer")))


def test_it_speaks_the_language_of_the_reader(browser: Browser) -> None:
    found = entries(browser(language="zh-hans"))
    assert found["倾听"]["kind"] == "前往"
    assert found["English"]["post"] == {"name": "language", "value": "en"}


def test_who_manages_care_finds_its_rules_and_service_levels(browser: Browser) -> None:
    found = entries(browser("lead"))
    assert found["Rules that make posts into cases"]["url"] == "/care/rules/"
    assert found["Service levels"]["url"] == "/settings/service-levels"
    assert "Rules that make posts into cases" not in entries(browser("responder"))
