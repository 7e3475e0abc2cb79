"""`outlisten sources`."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.app.sources.conftest import Site
from tests.commands import Kept, Ran

from outlisten.cli.main import invoke
from outlisten.cli.terminal import Serving, Terminal
from outlisten.home import Home
from outlisten.posts import PostStore, open_store

Run = Callable[..., Ran]

SECRET = "geheim-口令-123"


@pytest.fixture
def site(settings: Any, home: Any) -> Iterator[Site]:
    """A site with two entries that sources may reach."""
    from outlisten.app.sources import setting

    found = Site()
    found.say("1", "The queue was long", "We waited two hours")
    found.say("2", "排队太久", "等了两个小时，没人管")
    settings.OWN_SERVERS, settings.HOME = [found.host], home
    setting.fetcher.cache_clear()
    setting.fetcher()._politeness._seconds = 0.0
    yield found
    setting.fetcher.cache_clear()
    found.close()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostStore]:
    """One store for all tests here: opening it takes longer than they do. Each site has a port, so its posts are its own."""
    opened = open_store(f"chdb://{tmp_path_factory.mktemp('sources') / 'posts'}")
    yield opened
    opened.close()


@pytest.fixture
def typed(kept: PostStore, home: Home, site: Site, transactional_db: None, tmp_path: Path) -> Iterator[Run]:
    """A command typed beside a server, in a home with an owner and a viewer."""
    from outlisten.app.listening.store import use
    from outlisten.app.people.models import Account

    use(kept)
    Account.objects.create_user("owner@example.org", name="Owner", role="owner")
    Account.objects.create_user("viewer@example.org", name="Viewer", role="viewer")
    serving = Serving(home.create(), lambda: kept)

    def type_command(*words: str, stdin: bytes = b"", locale: Any = "en", **terminal: Any) -> Ran:
        out, err, sent = Kept(), Kept(), io.BufferedReader(io.BytesIO(stdin))
        status = invoke(Terminal(list(words), out, err, sent, tmp_path, locale, serving=serving, **terminal))
        return Ran(status, out.getvalue().decode(), err.getvalue().decode())

    yield type_command
    use(None)


@pytest.fixture
def sources(typed: Run) -> Run:
    """`outlisten sources …`."""
    return lambda *words, **terminal: typed("sources", *words, **terminal)


def test_without_a_server_the_command_asks_by_itself(run, site, transactional_db) -> None:
    from outlisten.app.people.models import Account

    assert run("search", "x", "--count").status == 0
    Account.objects.create_user("owner@example.org", name="Owner", role="owner")
    assert run("sources", "add", "rss", f"address={site.address}", "--name", "Shop").status == 0
    assert run("sources", "run", "--json").json["added"] == 2
    assert run("search", "排队 OR queue", "--count", "--json").json["count"] == 2


def counts(told: dict[str, Any]) -> dict[str, int]:
    return {name: told[name] for name in ("read", "added", "updated", "duplicate", "rejected")}


def test_a_source_is_added_asked_and_its_posts_are_found(sources, site, typed) -> None:
    before = typed("search", "排队 OR queue", "--count", "--json").json["count"]
    added = sources("add", "rss", f"address={site.address}", "--name", "店铺 feed", "--json").json
    assert (added["name"], added["state"], added["health"]) == ("店铺 feed", "on", "waiting")
    told = sources("run", "店铺 FEED", "--json").json
    assert counts(told) == {"read": 2, "added": 2, "updated": 0, "duplicate": 0, "rejected": 0}
    assert typed("search", "排队 OR queue", "--count", "--json").json["count"] == before + 2
    (listed,) = sources("list", "--json").json["sources"]
    assert (listed["id"], listed["health"], listed["day"]) == (added["id"], "good", 2)
    shown = sources("show", str(added["id"]), "--json").json
    assert shown["options"] == {"address": site.address}
    assert [counts(one) for one in shown["runs"]] == [counts(told)]


def test_asking_again_brings_what_is_new_and_says_so_in_words(sources, site) -> None:
    sources("add", "rss", f"address={site.address}", "--name", "Shop")
    assert sources("run").status == 0
    site.say("3", "又来了", "这次排了三个小时")
    ran = sources("run", locale="zh-hans")
    assert ran.out.startswith("Shop: 读取 3 · 新增 1 · 更新 0 · 重复 2 · 拒绝 0 (")
    assert "Shop\trss" in sources("show", "Shop").out


def test_a_test_keeps_nothing(sources, site, kept) -> None:
    before = kept.count(None).value
    ran = sources("test", "rss", f"address={site.address}")
    assert ran.out.splitlines()[0] == "Answered: Shop talk 店铺"
    assert "排队太久" in ran.out
    assert sources("list", "--json").json == {"sources": []}
    sources("add", "rss", f"address={site.address}", "--name", "Shop")
    told = sources("test", "Shop", "--json").json
    assert (told["account"], len(told["posts"])) == ("Shop talk 店铺", 2)
    assert kept.count(None).value == before


@pytest.mark.parametrize(("locale", "said"), [("en", "does not let"), ("zh-hans", "不允许")])
def test_a_failure_is_one_sentence_in_the_readers_language(sources, site, locale: str, said: str) -> None:
    sources("add", "rss", f"address={site.address}", "--name", "Shop")
    site.status = 403
    for act in ("test", "run"):
        ran = sources(act, "Shop", locale=locale)
        assert (ran.status, said in ran.err, ran.err.count("\n")) == (1, True, 1)


def test_one_source_that_fails_does_not_stop_the_others(sources, site) -> None:
    sources("add", "rss", f"address={site.address}", "--name", "店铺")
    sources("add", "rss", "address=http://127.0.0.1:9/feed", "--name", "Nobody there")
    ran = sources("run", "--json")
    assert (ran.status, ran.json["added"]) == (3, 2)
    assert {one["name"]: one["problem"] for one in ran.json["sources"]} == {
        "店铺": None,
        "Nobody there": "address",
    }


def test_rejected_records_are_told_and_become_posts_after_a_mend(sources, monkeypatch, site) -> None:
    from outlisten.sources.rss import mapping

    good = mapping.post

    def broken(record: Any) -> Any:
        raise KeyError("guid")

    monkeypatch.setattr(mapping, "post", broken)
    sources("add", "rss", f"address={site.address}", "--name", "Shop")
    ran = sources("run", "--json")
    assert (ran.status, ran.json["rejected"]) == (3, 2)
    assert sources("replay", "Shop").status == 3
    assert "KeyError" in sources("show", "Shop").out
    monkeypatch.setattr(mapping, "post", good)
    ran = sources("replay", "Shop", "--json")
    assert (ran.status, ran.json["posts"], ran.json["rejected"]) == (0, 2, 0)


def test_a_source_is_paused_resumed_and_removed(sources, site) -> None:
    sources("add", "rss", f"address={site.address}", "--name", "Shop")
    assert sources("pause", "Shop", "--json").json["state"] == "paused"
    assert sources("run", "--json").json["sources"] == []
    assert "resume" in sources("run", "Shop").err
    assert sources("resume", "Shop", locale="zh-hans").out == "Shop 恢复查询，从上次的位置继续。\n"
    assert sources("run", "Shop", "--json").json["added"] == 2
    assert sources("remove", "Shop").out == "Shop was removed. Its posts stay.\n"
    assert sources("list").out == ""


def sealed() -> dict[str, str]:
    from outlisten.app.sources.models import Source
    from outlisten.app.sources.secrets import opened

    return opened(Source.objects.get().sealed)


@pytest.mark.parametrize(
    ("given", "terminal"),
    [
        ("password", {"secret": {"Password, where the feed asks for one: ": SECRET}.get}),
        ("password=-", {"stdin": f"{SECRET}\n".encode()}),
        ("password=@FEED_KEY", {"variable": {"FEED_KEY": SECRET}.get}),
    ],
)
def test_a_secret_comes_from_terminal_input_or_environment(sources, site, given: str, terminal: Any) -> None:
    added = sources(
        "add", "rss", f"address={site.address}", "--name", "Shop", "--secret", given, "--json", **terminal
    )
    assert (added.status, added.json["name"]) == (0, "Shop")
    assert sealed() == {"password": SECRET}
    told = [added.out, added.err, sources("show", "Shop", "--json").out, sources("list", "--json").out]
    assert "geheim" not in "".join(told)
    assert sources("test", "Shop").status == 0


@pytest.mark.parametrize(
    "words",
    [
        ("--secret", f"password={SECRET}"),
        (f"password={SECRET}",),
        ("--secret", SECRET),
        ("--secret", "password=@"),
        ("--secret", "password=-", "--secret", "password=-"),
        (SECRET,),
    ],
)
def test_a_secret_in_the_command_line_is_refused_and_not_repeated(sources, site, words) -> None:
    ran = sources("add", "rss", f"address={site.address}", *words, stdin=b"x")
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "geheim" not in ran.err
    assert sources("list", "--json").json == {"sources": []}


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("add", "rss"), 2),
        (("add", "rss", "address=no address"), 2),
        (("add", "rss", "address=https://a.example", "adress=x"), 2),
        (("add", "weibo-没有"), 1),
        (("test", "没有的"), 1),
        (("run", "没有的"), 1),
        (("show", "99"), 1),
        (("pause", "没有的"), 1),
        (("resume", "nobody"), 1),
        (("remove", "没有的"), 1),
        (("replay", "nobody"), 1),
        (("add", "rss", "address=https://a.example", "--secret", "password"), 1),
        (("add", "rss", "address=https://a.example", "--secret", "password=-"), 1),
        (("add", "rss", "address=https://a.example", "--secret", "password=@NOT_THERE"), 1),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(sources, words, status: int) -> None:
    ran = sources(*words, locale="zh-hans", secret=lambda _prompt: None, variable=lambda _name: None)
    assert (ran.status, ran.out, ran.err.count("\n")) == (status, "", 1)
    assert "Outlisten" not in ran.err  # no accident


@pytest.mark.parametrize(
    "words",
    [
        ("add", "rss", "address=https://a.example"),
        ("test", "Shop"),
        ("run", "Shop"),
        ("pause", "Shop"),
        ("remove", "Shop"),
        ("replay", "Shop"),
    ],
)
def test_a_viewer_sees_sources_and_changes_none(sources, site, words) -> None:
    sources("add", "rss", f"address={site.address}", "--name", "Shop")
    ran = sources(*words, "--as", "viewer@example.org")
    assert (ran.status, "These roles can" in ran.err) == (1, True)
    assert site.asked == 0
    assert "options" not in sources("show", "Shop", "--as", "viewer@example.org", "--json").json


@pytest.mark.parametrize(
    ("locale", "label"), [("en", "tested against a real server"), ("zh-hans", "已用真实服务器测试")]
)
def test_connectors_say_how_far_they_were_tested(run, locale: str, label: str) -> None:
    ran = run("sources", "connectors", locale=locale)
    (line,) = [line for line in ran.text.splitlines() if line.startswith("rss\t")]
    assert label in line
    assert "address=…*" in line
    told = {one["name"]: one for one in run("sources", "connectors", "--json").json["connectors"]}
    assert (told["rss"]["tested"], told["rss"]["options"][0]["needed"]) == ("real server", True)
