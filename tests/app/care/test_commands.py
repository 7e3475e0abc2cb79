"""`outlisten case`: the same acts and the same refusals as on the pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.commands import Ran, ran

from outlisten.app.care.models import Answer, Case, Draft, Promise
from outlisten.app.people.models import Account
from outlisten.app.trust.models import AuditRow
from outlisten.cli.terminal import Serving
from outlisten.home import Home
from outlisten.posts import PostStore

pytestmark = pytest.mark.django_db
TOMORROW = (date.today() + timedelta(days=1)).isoformat()


@pytest.fixture
def run(pages_store: PostStore, tmp_path: Path) -> Callable[..., Ran]:
    """Run `outlisten case …` as somebody, in a language."""
    serving = Serving(Home(tmp_path / "home"), lambda: pages_store)

    def ask(who: Account, *words: object, locale: Any = "en") -> Ran:
        return ran(["case", *map(str, words), "--as", who.email], serving, tmp_path, locale)

    return ask


@pytest.fixture
def lin(member: Callable[..., Account]) -> Account:
    return member("responder", "support", name="林一")


def test_the_list_shows_what_waits_and_nothing_of_other_departments(
    run: Any, case: Any, lin: Account
) -> None:
    case("hr", text="someone shouted at me")
    mine = case("support", text="退款还没到")
    ran = run(lin, "list", "--json")
    assert (ran.status, [one["number"] for one in ran.json["cases"]], ran.json["total"]) == (0, [mine.pk], 1)
    assert "shouted" not in run(lin, "list").out


def test_a_longer_list_asks_the_database_no_more_questions(run: Any, case: Any, lin: Account) -> None:
    case()
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as questions:
            assert run(lin, "list", "--json").json["cases"][-1]["rule"]
        counts.append(len(questions))
        case(), case()
    assert counts[0] == counts[1]


def test_a_case_goes_from_new_to_solved_on_the_command_line(run: Any, case: Any, lin: Account) -> None:
    pk = case(text="退款还没到").pk
    assert run(lin, "take", pk, "--json").json["owner"] == lin.email
    assert run(lin, "note", pk, "查过订单").status == 0
    assert run(lin, "promise", pk, "退款", "--by", TOMORROW).status == 0
    told = run(lin, "answer", pk, "已经退了")
    assert (told.status, told.out.startswith("已经退了\n— 林一"), Answer.objects.count()) == (0, True, 0)
    assert run(lin, "answer", pk, "已经退了", "--posted").status == 0
    assert run(lin, "close", pk, "--json").json["state"] == "solved"
    shown = run(lin, "show", pk).out
    assert all(part in shown for part in ("退款还没到", "林一 » 已经退了", "查过订单"))
    assert AuditRow.objects.filter(channel="command", act__startswith="case.", outcome="done").count() >= 5


def test_a_hidden_case_and_one_that_is_not_there_are_told_alike(run: Any, case: Any, lin: Account) -> None:
    hidden = case("hr")
    for words in (("show",), ("take",), ("close",), ("note", "x")):
        there = run(lin, words[0], hidden.pk, *words[1:])
        nowhere = run(lin, words[0], 99999, *words[1:])
        assert (there.status, nowhere.status) == (1, 1)
        assert there.err.replace(str(hidden.pk), "N") == nowhere.err.replace("99999", "N")


def test_an_agency_is_refused_with_a_sentence_and_counted(run: Any, case: Any, member: Any) -> None:
    agency, opened = member("agency", "support"), case()
    for words in (
        ("take", opened.pk),
        ("answer", opened.pk, "x", "--posted"),
        ("close", opened.pk),
        ("list",),
    ):
        ran = run(agency, *words)
        assert ran.status == 1
        assert "These roles can" in ran.err
    refused = AuditRow.objects.filter(outcome="refused", actor=agency.pk).values_list("act", flat=True)
    assert set(refused) == {"take_case", "answer", "close_case", "see_cases"}


def test_taking_a_taken_case_names_who_has_it(run: Any, case: Any, lin: Account, member: Any) -> None:
    pk = case().pk
    run(lin, "take", pk)
    ran = run(member("responder", "support"), "take", pk)
    assert (ran.status, "林一" in ran.err) == (1, True)


def test_a_post_is_made_a_case_and_handed_over(run: Any, arrive: Any, lin: Account) -> None:
    [post] = arrive({"text": "where is it"})
    made = run(lin, "open", post, "--need", "complains", "--json").json
    assert (made["department"], made["need"]) == ("support", "complains")
    assert run(lin, "handover", made["number"], "--department", "legal", "--note", "yours").status == 0
    assert Case.objects.get().department.key == "legal"


def test_rules_are_listed_tried_and_applied(run: Any, arrive: Any, rule: Any, account: Any) -> None:
    owner = account("owner")
    arrive({"text": "退款呢"}, {"native_id": "b", "text": "refund?"})
    made = rule("support", "退款 OR refund")
    assert run(owner, "rules", "--json").json["rules"][0]["query"] == "退款 OR refund"
    assert run(owner, "rules", "--test", made.pk, "--json").json["cases"] == 2
    assert run(owner, "rules", "--apply", made.pk, "--json").json["opened"] == 2


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("open", "no-such-post"), 1, "no post"),
        (("open", "no-such-post", "--need", "tea"), 2, "--need"),
        (("list", "--department", "cellar"), 1, "cellar"),
        (("promise", "1", "x", "--by", "soon"), 2, "not a day"),
        (("rules", "--test", "1", "--apply", "1"), 2, "not both"),
        (("rules", "--test", "77"), 1, "no rule 77"),
        (("handover", "1", "--to", "nobody@example.org"), 1, "nobody@example.org"),
        (("levels", "--hours", "4"), 2, "--department"),
        (("levels", "--department", "support", "--open", "weekdays"), 2, "mon-fri="),
        (("levels", "--department", "support", "--open", "fri-mon=09:00-18:00"), 2, "mon-fri="),
        (("levels", "--department", "support", "--open", "mon=18:00-09:00"), 1, "opening comes before"),
        (("levels", "--department", "support", "--hours", "soon"), 1, "number"),
        (("levels", "--department", "support", "--holiday", "Easter"), 1, "not a day"),
    ],
)
def test_bad_input_gets_one_clear_sentence(
    run: Any, account: Any, words: tuple[str, ...], status: int, said: str
) -> None:
    ran = run(account("owner"), *words)
    assert (ran.status, said in ran.err, ran.err.count("\n")) == (status, True, 1)


def test_a_case_waits_is_let_go_and_opened_again_on_the_command_line(
    run: Any, case: Any, lin: Account
) -> None:
    pk = case().pk
    run(lin, "take", pk)
    assert run(lin, "wait", pk, "--json").json["state"] == "waiting_customer"
    assert run(lin, "let-go", pk, "--json").json["owner"] is None
    run(lin, "close", pk)
    assert run(lin, "reopen", pk, "--json").json["state"] == "reopened"
    assert run(lin, "reopen", pk, locale="zh-hans").err == "工单还没有解决，不用重新打开。\n"


def test_a_promise_is_settled_by_the_number_that_show_gives(run: Any, case: Any, lin: Account) -> None:
    pk = case().pk
    run(lin, "promise", pk, "寄一个新杯子", "--by", TOMORROW)
    [made] = run(lin, "show", pk, "--json").json["promises"]
    assert run(lin, "settle", pk, made["number"], "kept").status == 0
    assert Promise.objects.get().kept is True
    assert run(lin, "settle", pk, made["number"], "broken").status == 1
    assert run(lin, "settle", pk, made["number"], "perhaps").status == 2


def test_an_agency_drafts_on_the_command_line(run: Any, case: Any, member: Any) -> None:
    agency, post = member("agency"), case().posts.get().post
    assert run(agency, "draft", post, "您好，杯子明天寄出。", "--json").json["text"] == "您好，杯子明天寄出。"
    assert Draft.objects.get().by == agency
    assert run(agency, "draft", post, "").status == 0
    assert not Draft.objects.exists()
    assert run(agency, "draft", "no-such-post", "x").status == 1


def test_service_levels_are_shown_and_set_on_the_command_line(run: Any, case: Any, member: Any) -> None:
    lead, waiting = member("lead", "support"), case()
    week = ("--open", "mon-fri=09:00-21:00", "--open", "sun=10:00-12:00")
    ran = run(
        lead,
        "levels",
        "--department",
        "support",
        "--hours",
        "0.5",
        *week,
        "--holiday",
        "2026-10-01",
        "--json",
    )
    [level] = ran.json["levels"]
    assert (level["target_minutes"], level["holidays"]) == (30, ["2026-10-01"])
    assert (level["open"]["fri"], level["open"]["sun"], "sat" in level["open"]) == (
        "09:00-21:00",
        "10:00-12:00",
        False,
    )
    kept = run(lead, "levels", "--department", "support", "--hours", "2", "--json").json["levels"][0]
    assert (kept["open"], kept["holidays"], kept["target_minutes"]) == (level["open"], level["holidays"], 120)
    assert Case.objects.get(pk=waiting.pk).first_due_at != waiting.first_due_at
    assert "星期一–星期五 09:00–21:00" in run(lead, "levels", locale="zh-hans").out
    assert run(lead, "levels", "--department", "hr", "--hours", "1").status == 1
