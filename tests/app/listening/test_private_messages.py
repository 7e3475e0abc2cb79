"""Private messages are kept from those who may not read them: on every page, in every file and command."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from tests.app.conftest import Browser

from outlisten.app.listening.models import Brand
from outlisten.app.people.models import Account
from outlisten.cli.main import invoke
from outlisten.cli.terminal import Serving, Terminal
from outlisten.home import Home
from outlisten.posts import PostStore

NEWEST = datetime(2026, 3, 9, 8, tzinfo=UTC)
SECRET = "1188"
GIVEN = (
    {"native_id": "s1", "type": "message", "text": f"queue: 我的卡尾号 {SECRET}", "author": f"Bo{SECRET}", "thread": "q1"},
    {"native_id": "s2", "type": "message", "text": f"Harbour took my card {SECRET} in the queue", "platform": f"p{SECRET}"},
)  # fmt: skip
READERS, OTHERS = ("owner", "admin", "lead", "responder"), ("agency", "analyst", "viewer")
ADDRESSES = (
    "/", "/today/sentence", "/today/newest", "/today/brands", "/listen/?q=queue", "/listen/result?q=queue+OR+card&period=all",
    "/listen/more?q=queue&period=all&after=4294967295-ffffffffffffffff",
    "/listen/again?q=queue+OR+card&period=all", "/listen/people?q=queue&period=all", "/listen/terms?q=queue&period=all",
    "/listen/headline?q=type:message&period=all", "/compare/quotes?q=queue", "/compare/result?period=all",
    "/palette.json",
)  # fmt: skip


@pytest.fixture
def messages(posts: PostStore, brands: list[Brand], make_posts: Callable[..., pa.Table]) -> list[str]:
    """Two private messages among the posts, one of them in a public conversation; their ids."""
    table = make_posts(*({"created_at": NEWEST, "lang": "en", **post} for post in GIVEN))
    posts.add(table)
    return [str(identifier) for identifier in table["id"].to_pylist()]


@pytest.mark.parametrize("role", OTHERS)
def test_no_page_shows_them_to_those_who_may_not_read_them(
    browser: Browser, messages: list[str], role: str
) -> None:
    client = browser(role)
    for address in ADDRESSES:
        answer = client.get(address)
        assert answer.status_code in (200, 422), address
        assert SECRET not in answer.content.decode(), address
    assert all(client.get(f"/posts/{identifier}").status_code == 404 for identifier in messages)


@pytest.mark.parametrize("role", READERS)
def test_those_who_answer_customers_read_them(browser: Browser, messages: list[str], role: str) -> None:
    client = browser(role)
    assert SECRET in client.get("/listen/result?q=queue&period=all").content.decode()
    assert all(client.get(f"/posts/{identifier}").status_code == 200 for identifier in messages)


def test_a_count_is_the_reader_s_own_and_is_not_remembered_for_another(
    browser: Browser, messages: list[str]
) -> None:
    asked = "/listen/headline?q=card&period=all"
    assert "1 post" in browser("owner").get(asked).content.decode()
    assert "1 post" not in browser("agency").get(asked).content.decode()


def test_a_public_conversation_is_shown_without_its_private_part(
    browser: Browser, messages: list[str], posts: PostStore
) -> None:
    public = posts.search(None, limit=20).posts.to_pylist()
    first = next(post["id"] for post in public if "two hours long" in post["text"])
    page = browser("agency").get(f"/posts/{first}").content.decode()
    assert "We are sorry" in page
    assert SECRET not in page
    assert SECRET in browser("lead").get(f"/posts/{first}").content.decode()


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "xlsx"])
def test_an_export_holds_no_more_than_its_reader_may_see(
    browser: Browser, messages: list[str], form: str
) -> None:
    asked = f"/listen/export/{form}?q=queue&period=all"
    everything = int(browser("owner").get(asked).headers["X-Outlisten-Posts"])
    assert int(browser("agency").get(asked).headers["X-Outlisten-Posts"]) == everything - 2


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Private messages are left out for your role."),
        ("zh-hans", "你的角色不能看私信，这里不包括私信。"),
    ],
)
def test_the_page_says_what_is_left_out(
    browser: Browser, messages: list[str], language: str, said: str
) -> None:
    assert said in browser("agency", language=language).get("/listen/?q=queue").content.decode()
    assert said not in browser("responder", language=language).get("/listen/?q=queue").content.decode()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("search", "card", "--json"), lambda said: len(said["posts"])),
        (("search", "card", "--count", "--json"), lambda said: said["count"]),
    ],
)  # fmt: skip
def test_a_command_sees_what_its_account_may(
    account: Callable[..., Account], messages: list[str], posts: PostStore, tmp_path: Path,
    words: tuple[str, ...], found: Callable[[dict[str, object]], int],
) -> None:  # fmt: skip
    def as_(role: str) -> int:
        out, stdin = io.BytesIO(), io.BufferedReader(io.BytesIO())
        out.close = lambda: None  # type: ignore[method-assign]
        serving = Serving(Home(tmp_path / "home"), lambda: posts)
        line = [*words, "--as", account(role).email]
        assert invoke(Terminal(line, out, io.BytesIO(), stdin, tmp_path, "en", serving=serving)) == 0
        return found(json.loads(out.getvalue()))

    assert (as_("responder"), as_("agency"), as_("analyst")) == (1, 0, 0)
