"""`outlisten reread`: kept posts read again with today's models."""

from __future__ import annotations

import pytest

ROWS = """id,date,platform,author,text
1,2026-03-01,weibo,阿明,海港排队两个小时
2,2026-03-02,x,Ana,The Harbour queue was endless
3,2026-03-03,x,Bo,Great coffee at Harbour
"""


@pytest.fixture
def home_with_posts(run, tmp_path, transactional_db, monkeypatch):
    """Three posts, read by today's models; then an older version is what they were read by."""
    (tmp_path / "posts.csv").write_text(ROWS, "utf-8")
    assert run("import", "posts.csv").status == 0
    from outlisten.app.listening.rereading import current
    from outlisten.app.people.models import Account
    from outlisten.pipeline import derive

    if not Account.objects.filter(role="owner").exists():
        Account.objects.create_user("owner@example.org", name="Owner", role="owner")
    read = derive.read

    def newer(*given):
        table = read(*given)
        place = table.column_names.index("model")
        return table.set_column(place, "model", [["newer@2"] * table.num_rows])

    monkeypatch.setattr(derive, "read", newer)
    monkeypatch.setattr(current, "fast_model", lambda: "newer@2")
    return run


def test_status_says_what_is_left_and_starts_nothing(home_with_posts) -> None:
    told = home_with_posts("reread", "--status", "--json").json
    assert (told["posts"], told["left"], told["last"]) == (3, 3, None)
    assert told["models"][0]["current"] is False
    assert told["measured_on"] == 3


def test_all_posts_are_read_again(home_with_posts) -> None:
    told = home_with_posts("reread", "--json").json
    assert (told["left"], told["last"]["state"], told["last"]["read"]) == (0, "done", 3)
    assert told["models"] == [{"model": "newer@2", "posts": 3, "current": True}]


def test_only_some_days(home_with_posts) -> None:
    told = home_with_posts("reread", "--since", "2026-03-02", "--until", "2026-03-02", "--json").json
    assert (told["left"], told["last"]["read"]) == (2, 1)


def test_what_was_interrupted_goes_on(home_with_posts) -> None:
    from outlisten.app.listening.models import Rereading

    Rereading.objects.create(kind="models", state="paused")
    refused = home_with_posts("reread", "--since", "2026-03-02")
    assert refused.status == 1
    assert "under way" in refused.err
    assert home_with_posts("reread", "--json").json["left"] == 0
    assert Rereading.objects.count() == 1


def test_in_words_of_both_languages(home_with_posts) -> None:
    assert "Read by other models than today's: 3 of 3" in home_with_posts("reread", "--status").text
    assert "3 条中的 3 条" in home_with_posts("reread", "--status", locale="zh-hans").text
    assert home_with_posts("reread", "--since", "soon").status == 2
