from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.commands import ran

from outlisten.app.decisions.models import Decision, Insight
from outlisten.app.trust.models import AuditRow
from outlisten.cli.terminal import Serving
from outlisten.home import Home

pytestmark = pytest.mark.usefixtures("archive")


@pytest.fixture
def run(posts, account, tmp_path: Path):
    """Run a command inside this process, as in a running server: (status, standard output, standard error)."""
    account("owner")
    serving = Serving(Home(tmp_path / "home"), lambda: posts)

    def run_command(*words: str, locale: str = "en"):
        return ran(words, serving, tmp_path, locale)

    return run_command


def test_a_query_is_pinned_as_listen_says_it(run):
    status, out, _err = run("insight", "pin", "queue", "--since", "2026-03-01", "--title", "Queues", "--json")
    said = json.loads(out)
    assert status == 0
    assert (said["query"], said["since"], said["as_of"]) == ("queue", "2026-03-01", "2026-03-10")
    assert said["sentence"].startswith(f"{said['value']:.0f} posts by")
    assert AuditRow.objects.get().channel == "command"


def test_a_post_is_pinned_by_its_number(run, posts):
    post = posts.search(None, limit=1).posts["id"][0].as_py()
    status, out, _err = run("insight", "pin", "--post", post, "--json", locale="zh-hans")
    assert (status, json.loads(out)["post"]) == (0, post)


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("insight", "pin"), 2, "either a query or --post"),
        (("insight", "pin", "--post", "nonsense"), 1, "no post nonsense"),
        (("insight", "pin", "(queue"), 1, "bracket"),
        (("decision", "add", "x"), 1, "say that none"),
        (("decision", "add", "x", "--insight", "77"), 1, "no insight 77"),
        (("decision", "add", "x", "--insight", "9" * 30), 1, "no insight 999"),
        (("decision", "show", "9" * 30), 1, "no decision 999"),
        (("decision", "add", "x", "--no-insight", "--department", "moon"), 1, "no department moon"),
        (("decision", "add", "x", "--no-insight", "--owner", "a@b.example"), 1, "no open account"),
        (("decision", "add", "x", "--no-insight", "--review", "soon"), 2, "--review soon is not a day"),
        (("decision", "add", "x", "--no-insight", "--state", "reviewed"), 1, "what came of it"),
        (("decision", "show", "99"), 1, "no decision 99"),
        (("decision", "review", "99", "--outcome", "x", "--verdict", "better"), 1, "no decision 99"),
    ],
)
def test_bad_input_is_one_sentence_and_changes_nothing(run, words, status, said):
    ended, out, err = run(*words)
    assert (ended, out) == (status, "")
    assert said in err
    assert len(err.strip().splitlines()) <= 3  # a query's mistake is marked below it
    assert not Decision.objects.exists()
    assert not Insight.objects.exists()


def test_the_whole_way_from_insight_to_outcome(run):
    pinned = json.loads(run("insight", "pin", "海港", "--json")[1])["id"]
    made = json.loads(run(
        "decision", "add", "开第二个柜台", "--insight", str(pinned), "--level", "strategic", "--horizon", "long",
        "--department", "support", "--expect", "少等", "--amount", "-20 %", "--review", "2026-01-31", "--json",
    )[1])  # fmt: skip
    assert (made["insights"], made["department"], made["due"], made["owner"]) == (
        [pinned], "support", True, "owner@example.org"
    )  # fmt: skip
    number = str(made["id"])
    assert json.loads(run("decision", "list", "--due", "--json")[1])["decisions"][0]["id"] == made["id"]
    assert json.loads(run("decision", "move", number, "in_progress", "--json")[1])["state"] == "in_progress"
    reviewed = json.loads(run(
        "decision", "review", number, "--outcome", "等位变短", "--verdict", "better", "--value=-31", "--low=-38",
        "--high=-25", "--unit", "%", "--insight", str(pinned), "--json",
    )[1])  # fmt: skip
    assert reviewed["state"] == "reviewed"
    assert (reviewed["outcomes"][0]["value"], reviewed["outcomes"][0]["insight"]) == (-31, pinned)
    assert [change["act"] for change in reviewed["history"]] == ["review", "move", "add"]
    shown = run("decision", "show", number, locale="zh-hans")[1]
    assert "−31%（−38 至 −25） · 等位变短" in shown


def test_another_account_meets_its_own_limits(run, account):
    account("agency")
    status, _out, err = run("decision", "list", "--as", "agency@example.org")
    assert status == 1
    assert "read decisions" in err
    assert AuditRow.objects.get().outcome == "refused"
