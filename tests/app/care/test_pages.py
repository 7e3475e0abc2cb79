"""Care's pages: what each shows, to whom, and what it does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.app.conftest import BACKEND

from outlisten.app.care.actions.holding import take
from outlisten.app.care.models import Answer, Case, Draft, Promise, Rule, ServiceLevel
from outlisten.app.care.queries.thread import thread
from outlisten.app.people.models import Account
from outlisten.app.trust.models import AuditRow
from outlisten.app.web.live import Json

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Target": "case"}


@pytest.fixture
def signed_in(pages_store: Any) -> Callable[[Account], Client]:
    """A browser of somebody."""

    def open_as(who: Account) -> Client:
        client = Client()
        client.force_login(who, backend=BACKEND)
        return client

    return open_as


@pytest.fixture
def lin(member: Callable[..., Account]) -> Account:
    return member("responder", "support", name="林一")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_queue_shows_who_waits_in_the_customers_words(
    case: Any, member: Any, signed_in: Any, language: str
) -> None:
    case(text="退款什么时候到", author_handle="mei")
    page = signed_in(member("responder", "support", language=language)).get("/care/").content.decode()
    assert "退款什么时候到" in page
    assert "@mei" in page
    assert ("等我们" if language == "zh-hans" else "for us") in page


def test_the_page_of_a_case_shows_the_whole_thread(case: Any, lin: Account, signed_in: Any) -> None:
    opened, client = case(text="礼品卡不能用"), signed_in(lin)
    client.post(f"/care/{opened.pk}/note", {"text": "问过门店"})
    client.post(f"/care/{opened.pk}/answer", {"text": "已经换了新卡", "posted": "1", "then": "wait"})
    page = client.get(f"/care/{opened.pk}").content.decode()
    assert all(words in page for words in ("礼品卡不能用", "问过门店", "已经换了新卡", "林一"))
    assert Answer.objects.get().name == "林一"


def test_each_act_answers_htmx_with_the_case_and_an_undo(case: Any, lin: Account, signed_in: Any) -> None:
    opened, client = case(), signed_in(lin)
    answer = client.post(f"/care/{opened.pk}/take", headers=HTMX)
    assert (answer.status_code, b"/care/undo/" in answer.content) == (200, True)
    undo = answer.content.decode().split('action="/care/undo/')[1].split('"')[0]
    client.post(f"/care/undo/{undo}")
    assert Case.objects.get(pk=opened.pk).owner is None


def test_what_cannot_be_done_now_is_said_and_nothing_changes(
    case: Any, lin: Account, member: Any, signed_in: Any
) -> None:
    opened = case()
    take(opened.pk, by=lin)
    answer = signed_in(member("responder", "support")).post(f"/care/{opened.pk}/take", headers=HTMX)
    assert (answer.status_code, "林一" in answer.content.decode()) == (422, True)
    assert Case.objects.get(pk=opened.pk).owner == lin


def test_a_case_handed_to_another_department_leads_back_to_the_queue(
    case: Any, lin: Account, department: Any, signed_in: Any
) -> None:
    opened = case()
    sent = {"department": department("hr").pk, "note": "请接手"}
    answer = signed_in(lin).post(f"/care/{opened.pk}/hand-over", sent, headers=HTMX)
    assert answer.headers["HX-Redirect"] == "/care/"


@pytest.mark.parametrize(
    ("name", "sent", "said"),
    [
        ("answer", {"text": "hello"}, "posted"),
        ("answer", {"text": " ", "posted": "1"}, "Write the answer"),
        ("note", {"text": ""}, "Write the note"),
        ("promise", {"text": "x", "due_on": "soon"}, "2026-03-09"),
        ("promise", {"text": "", "due_on": "2099-01-01"}, "promised"),
        ("hand-over", {}, "department or colleague"),
        ("reopen", {}, "open"),
    ],
)
def test_bad_input_gets_one_clear_sentence(
    case: Any, lin: Account, signed_in: Any, name: str, sent: dict[str, str], said: str
) -> None:
    answer = signed_in(lin).post(f"/care/{case().pk}/{name}", sent, headers=HTMX)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)


def test_a_promise_is_written_down_and_kept(case: Any, lin: Account, signed_in: Any) -> None:
    opened, client = case(), signed_in(lin)
    due = (date.today() + timedelta(days=2)).isoformat()
    client.post(f"/care/{opened.pk}/promise", {"text": "新杯子", "due_on": due})
    made = Promise.objects.get()
    assert "新杯子" in client.get(f"/care/{opened.pk}").content.decode()
    client.post(f"/care/{opened.pk}/promises/{made.pk}/kept")
    made.refresh_from_db()
    assert made.kept is True


HIDDEN = ["/care/{pk}", "/care/{pk}/thread"]
HIDDEN_ACTS = ["take", "let-go", "hand-over", "note", "promise", "answer", "wait", "solve", "reopen", "here"]


def test_a_member_of_finance_cannot_learn_that_an_hr_case_exists(
    case: Any, member: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every channel answers as it does for a case that is not there: pages, acts, counts, parts, palette, the post."""
    told: list[tuple[str, Json]] = []
    monkeypatch.setattr("outlisten.app.care.intake.publish", lambda event, data: told.append((event, data)))
    hidden = case("hr", text="工资被拖欠 unpaid wages", author_handle="xiaoming")
    client = signed_in(member("lead", "operations"))
    for address in HIDDEN:
        assert client.get(address.format(pk=hidden.pk)).status_code == 404
        assert client.get(address.format(pk=99999)).status_code == 404
    for name in HIDDEN_ACTS:
        assert client.post(f"/care/{hidden.pk}/{name}").status_code == 404
        assert client.post(f"/care/99999/{name}").status_code == 404
    for address in ("/care/", "/care/queue", "/care/?show=solved", "/care/queue?show=mine", "/palette.json"):
        page = client.get(address).content.decode()
        assert "unpaid" not in page
        assert "xiaoming" not in page
        assert f"/care/{hidden.pk}" not in page
    assert "Nobody waits for us" in client.get("/care/queue").content.decode()
    assert client.get("/care/queue?department=hr").status_code == 404
    assert told == [("care", {})]
    post = hidden.posts.get().post
    assert f"Case {hidden.pk}" not in client.get(f"/posts/{post}").content.decode()
    opened = client.post(f"/care/posts/{post}/open", headers={"HX-Request": "true"}).content.decode()
    assert "passed on" in opened
    assert "/care/" not in opened


def test_an_agency_drafts_on_a_post_and_is_refused_the_rest_in_words_and_in_the_log(
    case: Any, member: Any, signed_in: Any
) -> None:
    opened, agency = case(), member("agency", "support")
    client, post = signed_in(agency), opened.posts.get().post
    page = client.get(f"/posts/{post}").content.decode()
    assert "Draft an answer" in page
    assert "Make a case" not in page
    client.post(f"/care/posts/{post}/draft", {"text": "How about a new cup?"})
    assert Draft.objects.get().by == agency
    for name in ("take", "answer", "solve"):
        answer = client.post(f"/care/{opened.pk}/{name}", {"text": "x", "posted": "1"})
        assert (answer.status_code, b"These roles can" in answer.content) == (403, True)
    assert AuditRow.objects.filter(outcome="refused", actor=agency.pk).count() == 3
    assert 'href="/care/"' not in client.get("/").content.decode()


def test_an_employee_sees_whose_draft_it_is(case: Any, lin: Account, member: Any, signed_in: Any) -> None:
    opened = case()
    agency = member("agency", name="Studio Blue")
    Draft.objects.create(
        post=opened.posts.get().post, by=agency, text="Dear guest", changed_at=opened.opened_at
    )
    page = signed_in(lin).get(f"/care/{opened.pk}").content.decode()
    assert "Studio Blue" in page
    assert "Dear guest" in page


def test_a_post_is_made_a_case_from_its_page(arrive: Any, lin: Account, signed_in: Any) -> None:
    [post] = arrive({"text": "快递丢了"})
    client = signed_in(lin)
    assert client.post(f"/care/posts/{post}/open").headers["Location"] == f"/care/{Case.objects.get().pk}"
    assert client.post("/care/posts/0000000000000000/open").status_code == 404


def test_who_else_has_a_case_open_is_shown(case: Any, lin: Account, member: Any, signed_in: Any) -> None:
    opened = case()
    signed_in(lin).post(f"/care/{opened.pk}/here")
    page = signed_in(member("responder", "support")).post(f"/care/{opened.pk}/here").content.decode()
    assert "林一" in page


def test_rules_are_taken_up_tried_switched_on_and_applied(
    arrive: Any, own_brand: Any, member: Any, signed_in: Any
) -> None:
    arrive({"text": "退款呢"}, {"native_id": "b", "text": "I want a refund"})
    client = signed_in(member("lead", "support"))
    assert b"Complains" in client.get("/care/rules/").content
    offer = {
        "query": "refund OR 退款",
        "name": "Refunds",
        "need": "complains",
        "addressed": "on",
        "position": "1",
    }
    support = Rule._meta.get_field("department").related_model.objects.get(key="support")
    made = client.post("/care/rules/new", {**offer, "department": support.pk})
    page = client.get(made.headers["Location"]).content.decode()
    assert "2 cases" in page
    rule = Rule.objects.get()
    client.post(f"/care/rules/{rule.pk}/switch", {"on": "1"})
    rule.refresh_from_db()
    assert rule.on
    client.post(f"/care/rules/{rule.pk}/apply", {"since": ""})
    assert Case.objects.count() == 2
    client.post(f"/care/rules/{rule.pk}/remove")
    assert not Rule.objects.exists()


def test_a_rule_that_cannot_be_understood_says_why(member: Any, department: Any, signed_in: Any) -> None:
    sent = {
        "query": "(refund",
        "name": "R",
        "need": "asks",
        "position": "1",
        "department": department("support").pk,
    }
    answer = signed_in(member("lead", "support")).post("/care/rules/new", sent)
    assert (answer.status_code, b"ol-problem" in answer.content) == (400, True)


def test_a_lead_sets_the_service_level_of_the_own_department(member: Any, signed_in: Any) -> None:
    client = signed_in(member("lead", "support"))
    page = client.get("/settings/service-levels").content.decode()
    assert ("Support" in page, "Human resources" in page) == (True, False)
    sent = {
        "hours": "2",
        "opens_0": "09:00",
        "closes_0": "17:00",
        "days_off": "2026-10-01",
        "zone": "Asia/Shanghai",
    }
    assert client.post("/settings/service-levels/support", sent).status_code == 302
    level = ServiceLevel.objects.get()
    assert (level.target_minutes, level.week, level.holidays) == (
        120,
        {"0": ["09:00", "17:00"]},
        ["2026-10-01"],
    )
    assert client.post("/settings/service-levels/hr", sent).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"opens_0": "18:00", "closes_0": "09:00"}, "opening comes before closing"),
        ({"days_off": "National Day"}, "not a day"),
        ({"zone": "Mars/Olympus"}, "no such time zone"),
        ({"opens_0": "", "closes_0": ""}, "at least one day"),
        ({"hours": "0"}, "ol-problem"),
    ],
)
def test_a_service_level_that_cannot_be_says_why(
    member: Any, signed_in: Any, wrong: dict[str, str], said: str
) -> None:
    sent = {"hours": "2", "opens_0": "09:00", "closes_0": "17:00", "days_off": "", "zone": "", **wrong}
    answer = signed_in(member("lead", "support")).post("/settings/service-levels/support", sent)
    assert (answer.status_code, said in answer.content.decode()) == (400, True)


@pytest.mark.parametrize("role", ["analyst", "viewer", "agency"])
def test_roles_without_cases_are_told_who_can(
    pages_store: Any, member: Any, signed_in: Any, role: str
) -> None:
    answer = signed_in(member(role, "support")).get("/care/")
    assert (answer.status_code, b"These roles can" in answer.content) == (403, True)


def test_hostile_words_stay_words(case: Any, lin: Account, signed_in: Any) -> None:
    opened = case(text="<script>alert(1)</script>", author_handle="<b>x")
    page = signed_in(lin).get(f"/care/{opened.pk}").content
    assert b"<script>alert(1)" not in page
    assert b"<b>x" not in page


def test_a_draft_for_a_case_of_another_department_stays_there(
    case: Any, lin: Account, member: Any, department: Any, signed_in: Any
) -> None:
    """Nor does it show before the post has a case: that it went away would tell that there is one now."""
    opened, bo = case("hr"), member("responder", "hr", name="Wang Xiaobo")
    post = opened.posts.get().post
    signed_in(bo).post(f"/care/posts/{post}/draft", {"text": "我们会更正您的工资单"})
    signed_in(lin).post(f"/care/posts/{post}/draft", {"text": "my own words"})
    page = signed_in(lin).get(f"/posts/{post}").content.decode()
    assert ("工资单" in page, "Xiaobo" in page, "my own words" in page) == (False, False, True)
    assert "工资单" in signed_in(member("responder", "hr")).get(f"/posts/{post}").content.decode()
    assert "工资单" in signed_in(member("admin")).get(f"/posts/{post}").content.decode()
    opened.delete()
    assert "工资单" not in signed_in(lin).get(f"/posts/{post}").content.decode()


@pytest.mark.parametrize("writer", [{"author_id": "u7"}, {"author_handle": "mei"}, {"author": "小梅"}])
def test_what_the_customer_wrote_before_the_case_is_shown_as_theirs(
    arrive: Any, case: Any, lin: Account, writer: dict[str, str]
) -> None:
    by_mei = {"author_id": None, "author_handle": None, "thread": "t", **writer}
    arrive({"native_id": "early", "text": "有人吗", **by_mei})
    arrive({"native_id": "other", "text": "same here", "thread": "t", "author_handle": "stranger"})
    shown = thread(lin, case(text="还没到", native_id="late", **by_mei).pk)
    voices = {item.line.post["native_id"]: item.voice for item in shown.items if item.line}
    assert voices == {"early": "customer", "other": "other", "late": "customer"}


def test_the_form_for_an_answer_says_that_a_solved_case_stays_solved(
    case: Any, lin: Account, signed_in: Any
) -> None:
    opened, client = case(), signed_in(lin)
    client.post(f"/care/{opened.pk}/solve")
    page = client.get(f"/care/{opened.pk}").content.decode()
    assert "The case is solved and stays so" in page
    assert page.index('<option value="solve">') < page.index('<option value="wait">')
    client.post(f"/care/{opened.pk}/answer", {"text": "再补充一点", "posted": "1"})
    assert Case.objects.get(pk=opened.pk).state == "solved"


def test_more_cases_and_colleagues_ask_the_database_no_more_questions(
    case: Any, lin: Account, member: Any, signed_in: Any
) -> None:
    first, client = case(), signed_in(lin)
    addresses = [f"/care/{first.pk}", "/care/", "/care/queue"]

    def asked() -> list[int]:
        counts = []
        for address in addresses:
            with CaptureQueriesContext(connection) as questions:
                client.get(address)
            counts.append(len(questions))
        return counts

    asked()
    before = asked()
    for _ in range(3):
        case()
        member("responder", "support")
    assert asked() == before


def test_an_address_with_a_number_of_five_thousand_digits_is_the_queue(lin: Account, signed_in: Any) -> None:
    assert signed_in(lin).get(f"/care/?at={'9' * 5000}").status_code == 200
