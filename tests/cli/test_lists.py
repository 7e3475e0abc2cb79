"""`outlisten list`."""

from __future__ import annotations

from pathlib import Path

import pytest

MEDIA = "人民日报\n@Reuters\nnews.cn\n"


@pytest.fixture
def run_as_owner(run, tmp_path: Path, transactional_db):
    """A home with an owner and two posts, one by Reuters."""
    (tmp_path / "posts.csv").write_text("id,author,text\n1,reuters,海港排队\n2,阿明,海港排队\n", "utf-8")
    (tmp_path / "media.txt").write_text(MEDIA, "utf-8")
    assert run("import", "posts.csv").status == 0
    from outlisten.app.people.models import Account

    if not Account.objects.filter(role="owner").exists():
        Account.objects.create_user("owner@example.org", name="Owner", role="owner")
    return run


def test_a_list_is_made_used_shown_and_read_again(run_as_owner) -> None:
    run = run_as_owner
    told = run("list", "add", "媒体", "--file", "media.txt", "--json").json
    assert told == {"name": "媒体", "accounts": 2, "sites": 1, "description": ""}
    assert run("search", "海港 list:媒体", "--count", "--json").json["count"] == 1
    text = run("list", "show", "媒体").out
    assert run("list", "add", "Copy", "--file", "-", stdin=text).status == 0
    assert [one["name"] for one in run("list", "list", "--json").json["lists"]] == ["Copy", "媒体"]
    assert run("list", "show", "copy", "--json").json["sites"] == ["news.cn"]


def test_what_is_given_replaces_what_was_there(run_as_owner) -> None:
    run = run_as_owner
    run("list", "add", "媒体", "--file", "media.txt")
    ran = run("list", "change", "媒体", "--entry", "阿明", "--rename", "Press", locale="zh-hans")
    assert ran.text == "Press\t账号：1\t站点：0\n"
    assert run("search", "海港 名单:press", "--count", "--json").json["count"] == 1


def test_a_list_in_use_is_not_removed(run_as_owner) -> None:
    run = run_as_owner
    run("list", "add", "媒体", "--entry", "reuters")
    from outlisten.app.listening.models import Topic

    topic = Topic.objects.create(name="报道", query="海港 list:媒体")
    ran = run("list", "remove", "媒体")
    assert (ran.status, "报道" in ran.err) == (1, True)
    topic.delete()
    assert run("list", "remove", "媒体").status == 0
    assert run("list", "list", "--json").json == {"lists": []}


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("add", "x"), 2), (("add", "x", "--entry", "@"), 1), (("add", "x", "--entry", "a", "--file", "-"), 2),
        (("add", "x", "--file", "posts.csvx"), 1), (("add", "", "--entry", "a"), 1), (("change", "没有的", "--entry", "a"), 1),
        (("change", "没有的"), 2), (("show", "没有的"), 1), (("remove", "没有的"), 1), (("add", "x", "--file", "gbk.txt"), 1),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_in_one_sentence(run_as_owner, tmp_path: Path, arguments, status: int) -> None:
    (tmp_path / "gbk.txt").write_bytes("人民日报".encode("gbk"))
    ran = run_as_owner("list", *arguments, locale="zh-hans")
    assert (ran.status, ran.out) == (status, b"")
    assert ran.err.strip()
    assert "Traceback" not in ran.err
