"""Talk balance, departments and backgrounds, and how concentrated the work is."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from outlisten import sample
from outlisten.app.listening.models import Workspace
from outlisten.app.participation.actions import import_calendar, set_domains
from outlisten.app.participation.balance import TalkBalance
from outlisten.app.participation.case_time import CaseAct, minutes_by_department
from outlisten.app.participation.concentration import concentration
from outlisten.app.participation.measures import talk_balance
from outlisten.app.participation.models import ListeningDay, MeetingTime
from outlisten.app.participation.queries.takes_part import takes_part
from outlisten.app.participation.queries.talk import talk
from outlisten.app.people.models import Department
from outlisten.app.people.rules import Refused

from .conftest import calendar

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def act(person, minute, department=1):
    return CaseAct(person, department, NINE + timedelta(minutes=minute))


@pytest.mark.parametrize(
    ("acts", "minutes"),
    [
        ([act(1, 0)], 5),
        ([act(1, 0), act(1, 4)], 9),
        ([act(1, 0), act(1, 10)], 15),
        ([act(1, 0), act(1, 11)], 10),  # a pause: two beginnings
        ([act(1, 0), act(2, 1)], 10),  # two people, each a beginning
        ([act(1, 300), act(1, 0)], 10),  # in any order
        ([], None),
    ],
)
def test_time_on_cases_is_the_time_between_acts_capped(acts, minutes):
    assert minutes_by_department(acts).get(1) == minutes


def test_the_balance_counts_what_could_be_told_and_says_what_the_rest_could_make_of_it():
    found = TalkBalance(internal=6.0, customers=2.0, unknown=2.0, cases=2.0)
    assert found.share == 0.4
    assert found.below_even
    assert (round(found.low, 3), round(found.high, 3)) == (0.333, 0.5)
    assert found.classified == 0.8


def test_nothing_known_is_not_zero():
    empty = TalkBalance(0.0, 0.0, 3.0, 0.0)
    assert empty.share is None
    assert not empty.below_even


def test_four_equal_departments_are_four_and_one_is_one():
    acts = dict.fromkeys(range(8), 10)
    spread = concentration(acts, {person: [person % 4] for person in acts})
    assert spread.departments.value == pytest.approx(4.0)
    assert spread.top.value == pytest.approx(3 / 8)
    alone = concentration(acts, {key: [7] for key in acts})
    assert (alone.departments.value, alone.departments.high) == (1.0, 1.0)


@pytest.mark.parametrize("acts", [{1: 100}, dict.fromkeys(range(9), 1), {}])
def test_a_handful_of_acts_or_people_is_too_few_to_say(acts):
    assert concentration(acts, {}).top is None


def test_the_page_says_plainly_that_we_talk_more_with_each_other(domains, account, browser):
    more = [
        f"BEGIN:VEVENT\r\nUID:extra-{n}\r\nDTSTART:{datetime.now(UTC) - timedelta(days=8):%Y%m%dT%H0000Z}\r\n"
        "DURATION:PT1H\r\nATTENDEE:mailto:lin@axitea.example\r\nATTENDEE:mailto:chen@axitea.example\r\nEND:VEVENT"
        for n in range(3)
    ]
    import_calendar(calendar(*more), Department.objects.get(key="support"), by=account("lead"))
    page = re.sub("</?span[^>]*>", "", browser("viewer").get("/participation/").content.decode())
    assert "1.0 hours with customers" in page
    assert "20 % of the talk is with customers. That is less than half" in page
    assert "1.0 more hours cannot be told" in page
    whole = talk(account("analyst")).whole
    assert (whole.customers, whole.internal, whole.unknown) == (1.0, 4.0, 1.0)


def test_listening_leaves_a_day_and_nothing_else(pages_store, browser):
    reader = browser("analyst")
    reader.get("/listen/result?q=裁员")
    reader.get("/listen/result?q=pricing")
    day = ListeningDay.objects.get()
    assert {field.name for field in ListeningDay._meta.fields} == {"id", "account", "day"}
    assert day.account.email == "analyst@example.org"


@pytest.mark.parametrize(
    "page", ["/ten-statements/1", "/listen/", "/listen/check?q=排队", "/compare/", "/mirror/"]
)
def test_what_pages_ask_by_themselves_is_not_listening(pages_store, browser, page):
    assert browser("owner").get(page).status_code == 200
    assert not ListeningDay.objects.exists()


def test_a_day_is_one_of_the_workspaces_calendar(pages_store, browser, monkeypatch):
    Workspace.objects.create(pk=1, zone="Asia/Shanghai")
    monday_there = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)  # 00:30 of Monday 2 March
    monkeypatch.setattr("outlisten.app.participation.actions.timezone.now", lambda: monday_there)
    browser("analyst").get("/listen/result?q=排队")
    assert ListeningDay.objects.get().day == date(2026, 3, 2)


def test_departments_and_backgrounds_are_counted_in_people(pages_store, account, browser):
    analyst = account("analyst", background="engineering")
    analyst.departments.add(Department.objects.get(key="product"))
    account("viewer", email="two@example.org").departments.add(Department.objects.get(key="product"))
    ListeningDay.objects.create(account=analyst, day=datetime.now(UTC).date())
    found = takes_part(analyst)
    product = next(part for part in found.departments if part.name == "Product")
    assert (product.people, product.listened, product.answered) == (2, 1, 0)
    engineering = next(part for part in found.backgrounds if part.name == "Engineering")
    assert (engineering.people, engineering.listened) == (1, 1)


def test_an_agencys_people_are_not_the_company(account):
    agency = account("agency")
    ListeningDay.objects.create(account=agency, day=datetime.now(UTC).date())
    assert takes_part(account("viewer")).whole.listened == 0


def test_an_agency_does_not_see_who_takes_part(account, browser):
    with pytest.raises(Refused):
        takes_part(account("agency"))
    assert browser("agency", email="b@example.org").get("/participation/").status_code == 403


def test_nobody_is_named_on_the_page(pages_store, account, browser):
    account("responder", name="陈晓")
    page = browser("owner", name="A quiet owner").get("/participation/").content.decode()
    assert "陈晓" not in page


@pytest.mark.parametrize(
    ("language", "said"), [("en", "calendars of this demo are made up"), ("zh-hans", "日历是虚构的")]
)
def test_the_samples_calendars_tell_a_balance_and_say_that_they_are_made_up(account, browser, language, said):
    Workspace.objects.create(pk=1, sample=True)
    admin = account("admin")
    set_domains([sample.OUR_DOMAIN], [sample.CUSTOMERS_DOMAIN], by=admin)
    for key in sample.CALENDARS:
        report = import_calendar(sample.calendar(key), Department.objects.get(key=key), by=admin)
        assert (report.added > 50, report.left_out) == (True, {})
    assert said in browser("viewer", language=language).get("/participation/").content.decode()
    measure = talk_balance(account("analyst"))
    assert 0.1 < measure.value < 0.5
    assert len(measure.trend) >= 11
    assert len(measure.limits) == 1
    Workspace.objects.update(sample=False)
    assert not talk_balance(account("analyst", email="2@example.org")).limits


def test_a_week_without_meetings_is_no_point_of_the_trend(domains, account):
    lead = account("lead")
    MeetingTime.objects.create(
        department=Department.objects.get(key="support"), week=date(2026, 3, 2), kind="internal", minutes=60, digest="a"
    )  # fmt: skip
    found = dict(talk(lead, date(2026, 3, 9)).weeks)
    assert found[date(2026, 3, 2)].share == 0.0
    assert found[date(2026, 3, 9)].share is None
