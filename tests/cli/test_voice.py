"""`outlisten voice`, and `--voices` of compare and report."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

ROWS = """id,date,platform,author,text
1,2026-03-01,weibo,海港咖啡,海港新豆子上架
2,2026-03-02,weibo,阿明,海港排队两个小时
3,2026-03-02,weibo,小李,海港的豆子真香 #海港周#
4,2026-03-03,x,Ana,The Harbour queue was endless
"""


@pytest.fixture
def home_with_posts(run, tmp_path, transactional_db):
    """A home of its own with an owner and four posts."""
    (tmp_path / "posts.csv").write_text(ROWS, "utf-8")
    assert run("import", "posts.csv").status == 0
    from outlisten.app.people.models import Account

    if not Account.objects.filter(role="owner").exists():
        Account.objects.create_user("owner@example.org", name="Owner", role="owner")
    return run


def test_a_declared_account_changes_the_posts_that_are_kept(home_with_posts) -> None:
    run = home_with_posts
    told = run("voice", "declare", "海港咖啡", "--platform", "weibo", "--json").json
    assert told == {"declared": 1, "known": [], "refused": [], "read": 1, "changed": 1}
    assert run("search", "声源:自有", "--count", "--json").json["count"] == 1
    (account,) = run("voice", "list", "--json").json["accounts"]
    assert (account["platform"], account["account"], account["voice"]) == ("weibo", "海港咖啡", "owned")


def test_compare_and_report_say_what_they_left_out(home_with_posts, tmp_path: Path) -> None:
    run = home_with_posts
    run("voice", "declare", "海港咖啡", "--platform", "weibo")
    run("voice", "declare", "--campaign", "海港周", "--query", "#海港周#", "--voice", "partner")
    told = run("compare", "海港", "--against", "Harbour", "--json").json
    assert (told["a"]["posts"], told["left_out"]) == (1, {"a": {"owned": 1, "partner": 1}, "b": {}})
    everybody = run("compare", "海港", "--against", "Harbour", "--voices", "all", "--json").json
    assert (everybody["a"]["posts"], everybody["voices"]) == (3, ["all"])
    ran = run("report", "--query", "海港", "--out", "r.html", "--since", "2026-01-01", "--locale", "zh-hans")
    assert "因声源未计入的帖子：2 条" in ran.err
    page = (tmp_path / "r.html").read_text("utf-8")
    assert "谁在说" in page
    assert "因声源未计入的帖子：2 条" in page


def test_a_correction_and_tags_are_kept_with_the_post(home_with_posts) -> None:
    run = home_with_posts
    post = run("search", "阿明 OR 排队", "--json").json["posts"][0]["id"]
    told = run("voice", "correct", post, "paid", "--reason", "a contract", "--json").json
    assert told["voice"] == "paid"
    assert run("voice", "tag", post, "排队", "wait", "--json").json["tags"] == ["wait", "排队"]
    assert run("search", "topic:排队", "--count", "--json").json["count"] == 1
    assert run("voice", "tag", post, "wait", "--remove", "--json").json["tags"] == ["排队"]
    assert run("voice", "correct", post, "--clear", "--json").json["voice"] == "earned"


@pytest.mark.parametrize(
    "arguments",
    [
        ["declare", "harbour"],
        ["declare", "harbour", "--campaign", "Week", "--query", "#week", "--platform", "x"],
        ["declare", "--campaign", "Week"],
        ["declare", "harbour", "--platform", "x", "--since", "yesterday"],
        ["correct", "0000000000000000"],
    ],
)
def test_a_wrong_command_line_is_explained_in_one_sentence(run, arguments) -> None:
    ran = run("voice", *arguments)
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, b"", 1)


def test_a_post_or_a_voice_that_is_not_there_is_explained(home_with_posts) -> None:
    run = home_with_posts
    assert "no post" in run("voice", "tag", "0000000000000000", "x").err
    assert "no voice" in run("compare", "a", "--against", "b", "--voices", "loud").err
    assert "no declaration" in run("voice", "end", "nobody").err.lower()


def test_a_search_is_listening(home_with_posts) -> None:
    from outlisten.app.participation.models import ListeningDay

    home_with_posts("search", "排队", "--json")
    assert ListeningDay.objects.count() == 1


@pytest.mark.parametrize("name", ["海港咖啡", "Harbour Cafe"])
def test_a_declaration_ends_today_by_the_clock_in_an_archive_too(home_with_posts, name) -> None:
    from datetime import UTC, datetime

    from outlisten.app.listening.models import DeclaredAccount, Workspace

    Workspace.objects.update_or_create(pk=1, defaults={"as_of": "newest", "zone": "Asia/Shanghai"})
    home_with_posts("voice", "declare", name, "--platform", "weibo")
    home_with_posts("voice", "end", name)
    today = datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai")).date()
    assert DeclaredAccount.objects.get().until == today
