"""`outlisten disclosure ask`, `accept`, `mistaken`, `reopen`, `recheck`: as on the page, by the number of the post."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from tests.app.trust.disclosure.conftest import Write
from tests.commands import Ran, ran

from outlisten.app.people.models import Account
from outlisten.app.trust.models import AuditRow, JudgedPost
from outlisten.cli.terminal import Serving
from outlisten.home import Home
from outlisten.posts import PostStore


@pytest.fixture
def run(pages_store: PostStore, tmp_path: Path) -> Callable[..., Ran]:
    """Run `outlisten disclosure …` as somebody."""
    serving = Serving(Home(tmp_path / "home"), lambda: pages_store)

    def go(who: Account, *words: str, locale: Any = "en") -> Ran:
        return ran(["disclosure", *words, "--as", who.email], serving, tmp_path, locale)

    return go


@pytest.fixture
def post(harbour: None, write: Write) -> str:
    """The number of a partner's post with signs and no disclosure."""
    write("小林", "新款海港手机拍照真好看，推荐大家去试试", platform="weibo")
    return JudgedPost.objects.get().post_id


def test_a_post_is_asked_about_accepted_and_opened_again(run: Any, post: str, account: Any) -> None:
    lead = account("lead")
    due = (timezone.localdate() + timedelta(days=3)).isoformat()
    asked = run(lead, "ask", post, "--due", due, "--json").json
    assert (asked["state"], asked["owner"], asked["due"]) == ("asked", lead.email, due)
    assert run(lead, "accept", post, "--reason", "已当面说明", "--json").json["state"] == "accepted"
    assert run(lead, "reopen", post, "--json").json["state"] == "open"
    assert run(lead, "mistaken", post, "--reason", "no relation", "--json").json["state"] == "mistaken"
    acts = AuditRow.objects.filter(channel="command", about__startswith="disclosure:", outcome="done")
    assert [row.act for row in acts.order_by("number")] == [
        "disclosure.ask", "disclosure.accept", "disclosure.reopen", "disclosure.mistaken",
    ]  # fmt: skip


def test_everything_is_judged_afresh(run: Any, post: str, account: Any) -> None:
    assert run(account("lead"), "recheck", "--json").json == {"judged": 1, "found": 0}


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("accept", "{post}"), 1, "Give a reason"),
        (("ask", "{post}", "--due", "2001-01-01"), 1, "This day is over"),
        (("ask", "{post}", "--due", "soon"), 2, "not a day"),
        (("ask", "{post}", "--owner", "nobody@example.org"), 1, "nobody@example.org"),
        (("mistaken", "0000000000000000", "--reason", "x"), 1, "has not judged"),
        (("reopen", "{post}"), 1, "nothing was changed"),
    ],
)
def test_bad_input_gets_one_clear_sentence(
    run: Any, post: str, account: Any, words: tuple[str, ...], status: int, said: str
) -> None:
    ran = run(account("lead"), *(word.format(post=post) for word in words))
    assert (ran.status, said in ran.err, ran.err.count("\n")) == (status, True, 1)
    assert JudgedPost.objects.get().state == "open"


def test_an_analyst_is_refused_in_words_and_in_the_log(run: Any, post: str, account: Any) -> None:
    ran = run(account("analyst"), "accept", post, "--reason", "x", locale="zh-hans")
    assert (ran.status, "可以的角色" in ran.err) == (1, True)
    assert AuditRow.objects.filter(outcome="refused", act="mend_disclosure").exists()
