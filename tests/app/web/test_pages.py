"""Every page of the shell: who may open it, in both languages, and that nothing in it is inline."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import translation

from outlisten import __version__
from outlisten.app.web.menu import MENU
from outlisten.app.web.security import CONTENT_SECURITY_POLICY
from outlisten.posts import PostStore

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages_store")]
Browser = Callable[..., Client]
SIGNED_IN = (
    "/", "/today/brands", "/today/sentence", "/today/newest", "/settings/sources", "/settings/account", "/settings/models",
    "/settings/about",
    "/ui", "/account/password/first", "/account/two-step/", "/account/sign-out",
    *(f"/rooms/{room.name}" for room in MENU if room.quiet),
)  # fmt: skip
OPEN = (
    "/account/sign-in",
    "/account/reset",
    "/account/closed",
    "/set-up/nothing",
    "/sign-in/link/nothing",
    "/nowhere",
)


class Inline(HTMLParser):
    """Collects what the content security policy forbids."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in given):
            self.found.append(tag)
        self.found += [
            f"{tag} {name}" for name in given if name == "style" or name.startswith(("on", "hx-on"))
        ]
        links = [str(given.get(name) or "") for name in ("href", "src", "action")]
        self.found += [link for link in links if link.lower().startswith(("javascript:", "data:text"))]
        if tag in ("script", "link", "img", "use"):
            self.found += [link for link in links if re.match(r"(https?:)?//", link)]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("page", SIGNED_IN)
def test_a_page_works_in_both_languages_with_nothing_inline(
    browser: Browser, page: str, language: str
) -> None:
    answer = browser(language=language).get(page, follow=True)
    assert answer.status_code == 200
    assert Inline(answer.content.decode()).found == []


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("page", OPEN)
def test_an_open_page_works_in_both_languages_with_nothing_inline(
    client: Client, page: str, language: str
) -> None:
    answer = client.get(page, headers={"accept-language": language})
    assert answer.headers["Content-Language"] == language
    assert Inline(answer.content.decode()).found == []


@pytest.mark.parametrize("page", ["/", "/ui", "/nowhere", "/health", "/account/sign-in", "/palette.json"])
def test_every_answer_carries_the_security_headers(browser: Browser, page: str) -> None:
    headers = browser().get(page).headers
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    rules = dict(rule.split(" ", 1) for rule in CONTENT_SECURITY_POLICY.split("; "))
    assert rules.pop("img-src") == "'self' data:"
    assert set(rules.values()) == {"'none'", "'self'"}
    assert rules["default-src"] == rules["frame-ancestors"] == rules["base-uri"] == "'none'"


def test_htmx_may_not_evaluate_or_inject(browser: Browser) -> None:
    page = browser().get("/settings/about").content.decode()
    for setting in ('"allowEval":false', '"includeIndicatorStyles":false', '"allowScriptTags":false'):
        assert setting in page


@pytest.mark.parametrize("room", [room for room in MENU if room.quiet], ids=lambda room: room.name)
def test_a_room_to_come_says_in_one_sentence_what_for(browser: Browser, room: object) -> None:
    page = browser().get(room.address).content.decode()  # type: ignore[attr-defined]
    with translation.override("en"):
        assert str(room.quiet).replace("'", "&#x27;") in page  # type: ignore[attr-defined]


@pytest.mark.parametrize("room", ["listen", "nonsense"])
def test_there_is_no_room_to_come_of_another_name(browser: Browser, room: str) -> None:
    assert browser().get(f"/rooms/{room}").status_code == 404


def test_the_menu_marks_where_one_is(browser: Browser) -> None:
    page = browser().get("/settings/about").content.decode()
    assert re.findall(r'title="(\w+)" aria-current="page"', page) == ["Settings"]


def test_settings_opens_the_first_tab_one_may_open(browser: Browser) -> None:
    assert browser("owner").get("/settings/").url == "/settings/workspace"
    assert browser("viewer").get("/settings/").url == "/settings/names"


@pytest.mark.parametrize("address", ["/settings/names", "/settings/brands/new", "/settings/topics/new"])
def test_the_forms_of_brands_and_topics_belong_to_their_tab(browser: Browser, address: str) -> None:
    page = browser("owner").get(address).content.decode()
    assert 'href="/settings/names" aria-current="page"' in page


def test_a_tab_one_may_not_open_is_absent(browser: Browser) -> None:
    page = browser("viewer").get("/settings/about").content.decode()
    assert 'href="/settings/names"' in page
    assert 'href="/import/"' not in page
    assert 'href="/settings/workspace"' not in page


@pytest.mark.parametrize(("role", "status"), [("owner", 200), ("admin", 200), ("lead", 403), ("agency", 403)])
def test_the_living_page_is_for_staff(browser: Browser, role: str, status: int) -> None:
    assert browser(role).get("/ui").status_code == status


def test_a_refusal_is_a_page(browser: Browser) -> None:
    answer = browser("viewer", language="zh-hans").get("/ui")
    assert "你不能打开这里" in answer.content.decode()


def test_a_form_without_its_token_is_refused_in_words(account: Callable[..., object]) -> None:
    answer = Client(enforce_csrf_checks=True).post("/preferences/theme", {"theme": "dark"})
    assert answer.status_code == 403
    assert "This form has expired" in answer.content.decode()


def test_a_wrong_host_is_a_bad_request(client: Client) -> None:
    answer = client.get("/account/sign-in", headers={"host": "evil.example"})
    assert answer.status_code == 400


def test_a_failure_shows_a_page_and_no_traceback(
    browser: Browser, pages_store: PostStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("outlisten.app.web.views.today.glance", lambda actor: 1 / 0)
    client = browser(language="zh-hans")
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert "我们这边出错了" in answer.content.decode()
    assert "ZeroDivisionError" not in answer.content.decode()


def test_health_answers_strangers_with_the_version_alone(client: Client) -> None:
    assert set(client.get("/health").json()) == {"ok", "version"}


@pytest.mark.parametrize("what", ["posts", "disk"])
def test_health_names_what_stops_the_work_in_one_word(
    client: Client, pages_store: PostStore, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    if what == "posts":
        pages_store.close()
    else:
        monkeypatch.setattr("outlisten.app.web.health.LEAST_ROOM", 2**80)
    answer = client.get("/health")
    assert answer.status_code == 503
    assert answer.json() == {"ok": False, "version": __version__, "problem": what}
