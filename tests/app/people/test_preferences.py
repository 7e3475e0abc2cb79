"""Language, theme and time zone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from outlisten.app.people.models import Account

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]


def test_the_language_of_the_account_is_the_language_of_the_page(browser: Browser) -> None:
    page = browser(language="zh-hans").get("/settings/about")
    assert '<html lang="zh-Hans"' in page.content.decode()
    assert page.headers["Content-Language"] == "zh-hans"
    assert "本机安装" in page.content.decode()


def test_a_visitor_reads_the_language_of_the_browser(client: Client) -> None:
    page = client.get("/account/sign-in", headers={"accept-language": "zh-CN,zh;q=0.9"})
    assert '<html lang="zh-Hans"' in page.content.decode()


def test_the_switch_keeps_the_language_and_comes_back(browser: Browser) -> None:
    client = browser()
    answer = client.post("/preferences/language", {"language": "zh-hans", "next": "/settings/about"})
    assert (answer.status_code, answer.url) == (302, "/settings/about")
    assert Account.objects.get().language == "zh-hans"


def test_a_visitor_can_switch_too(client: Client) -> None:
    client.post("/preferences/language", {"language": "zh-hans", "next": "/account/sign-in"})
    assert '<html lang="zh-Hans"' in client.get("/account/sign-in").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://bad.example/", "//bad.example", "javascript:alert(1)", ""])
def test_the_switch_leads_nowhere_else(client: Client, elsewhere: str) -> None:
    answer = client.post("/preferences/language", {"language": "en", "next": elsewhere})
    assert answer.url == "/"


@pytest.mark.parametrize(("name", "wrong"), [("language", "tlh"), ("theme", "pink")])
def test_a_choice_that_does_not_exist_changes_nothing(browser: Browser, name: str, wrong: str) -> None:
    client = browser()
    before = Account.objects.get()
    assert client.post(f"/preferences/{name}", {name: wrong}).status_code == 302
    after = Account.objects.get()
    assert (after.language, after.theme) == (before.language, before.theme)


def test_the_theme_is_kept_and_drawn(browser: Browser) -> None:
    client = browser()
    client.post("/preferences/theme", {"theme": "dark"})
    assert 'data-theme="dark" data-bs-theme="dark"' in client.get("/settings/about").content.decode()


def test_the_theme_of_the_system_follows_what_the_browser_said(browser: Browser) -> None:
    client = browser()
    client.cookies["outlisten_scheme"] = "dark"
    assert 'data-theme="system" data-bs-theme="dark"' in client.get("/settings/about").content.decode()


def test_preferences_are_saved(browser: Browser) -> None:
    client = browser()
    wanted = {"name": "林一", "language": "zh-hans", "theme": "light", "zone": "Asia/Shanghai"}
    assert client.post("/settings/account", wanted).status_code == 302
    me = Account.objects.get()
    assert {name: getattr(me, name) for name in wanted} == wanted
    assert "已保存" in client.get("/settings/account").content.decode()


def test_bad_preferences_are_explained_and_not_saved(browser: Browser) -> None:
    client = browser()
    answer = client.post(
        "/settings/account", {"name": "", "language": "en", "theme": "dark", "zone": "Mars/Base"}
    )
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"name", "zone"}
    assert Account.objects.get().theme == "system"


def test_times_are_shown_in_the_zone_of_the_account(browser: Browser) -> None:
    from outlisten.app.people.middleware import zone_of

    browser(zone="Asia/Shanghai")
    me = Account.objects.get()
    assert zone_of(me).key == "Asia/Shanghai"
    me.zone = "Nowhere/Lost"
    assert zone_of(me).key == "UTC"
