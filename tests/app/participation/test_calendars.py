"""Calendars brought in: what is kept, what never is, and who may."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from outlisten.app.participation.actions import forget_meetings, import_calendar, set_domains
from outlisten.app.participation.models import MeetingTime
from outlisten.app.people.models import Department
from outlisten.app.people.rules import Refused
from outlisten.app.trust.models import AuditRow

from .conftest import SECRETS, calendar


def everything_kept(tmp_path) -> str:
    """Every value of every table, and every file under the test's folder."""
    values = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("participation", "trust")):
                cursor.execute(f'SELECT * FROM "{table}"')
                values.append(repr(cursor.fetchall()))
    files = [path.read_bytes().decode("utf-8", "replace") for path in tmp_path.rglob("*") if path.is_file()]
    return "\n".join([*values, *files])


@pytest.fixture
def support(db):
    return Department.objects.get(key="support")


def test_only_department_week_kind_and_minutes_are_kept(domains, browser, support, tmp_path):
    upload = SimpleUploadedFile("lin.ics", calendar(), "text/calendar")
    answer = browser("lead").post(
        "/participation/calendars", {"file": upload, "department": support.pk, "whose": ""}
    )
    assert answer.status_code == 302
    rows = list(MeetingTime.objects.values_list("department", "kind", "minutes").order_by("kind"))
    assert rows == [(support.pk, "customers", 60), (support.pk, "internal", 60), (support.pk, "unknown", 60)]
    kept = everything_kept(tmp_path / "uploads") + everything_kept(tmp_path / "home")
    assert [secret for secret in SECRETS if secret in kept] == []
    assert "meeting-0" not in kept


def test_a_second_import_adds_nothing(domains, account, support):
    lead = account("lead")
    assert import_calendar(calendar(), support, by=lead).added == 3
    again = import_calendar(calendar(), support, by=lead)
    assert (again.added, again.updated, again.known) == (0, 0, 3)
    assert MeetingTime.objects.count() == 3


def test_new_domains_change_what_is_known_at_the_next_import(domains, account, support):
    lead = account("lead")
    import_calendar(calendar(), support, by=lead)
    set_domains(["axitea.example"], ["harbour.example", "elsewhere.example"], by=lead)
    assert import_calendar(calendar(), support, by=lead).updated == 1
    assert MeetingTime.objects.filter(kind="customers").count() == 2


def test_the_same_meeting_counts_in_each_department(domains, account, support):
    lead = account("lead")
    import_calendar(calendar(), support, by=lead)
    import_calendar(calendar(), Department.objects.get(key="sales"), by=lead)
    assert MeetingTime.objects.count() == 6


@pytest.mark.parametrize("role", ["responder", "analyst", "viewer", "agency"])
def test_others_may_not_bring_calendars_in(domains, account, support, role):
    with pytest.raises(Refused):
        import_calendar(calendar(), support, by=account(role))
    with pytest.raises(Refused):
        forget_meetings(support, by=account(role, email="two@example.org"))
    assert MeetingTime.objects.count() == 0


def test_every_import_is_written_down_in_numbers(domains, account, support):
    import_calendar(calendar(), support, by=account("lead"))
    row = AuditRow.objects.get(act="calendar.import")
    assert row.about == "department:support"
    assert row.details == {"added": 3, "updated": 0, "known": 0, "left_out": 0}


def test_without_domains_of_ours_nothing_is_read(account, support):
    with pytest.raises(ValidationError, match="domains are ours"):
        import_calendar(calendar(), support, by=account("lead"))


@pytest.mark.parametrize(
    ("ours", "customers", "said"),
    [
        (["not a domain"], [], "is no domain"),
        (["公司"], [], "is no domain"),
        (["a.example"], ["x@A.example"], "both"),
    ],
)
def test_domains_that_cannot_be_get_one_sentence(account, ours, customers, said):
    with pytest.raises(ValidationError, match=said):
        set_domains(ours, customers, by=account("admin"))


@pytest.mark.parametrize(
    ("language", "said"), [("en", "This is no calendar file"), ("zh-hans", "这不是日历文件")]
)
def test_a_broken_file_gets_one_sentence_on_the_page(domains, browser, support, language, said):
    upload = SimpleUploadedFile("photo.ics", b"\x89PNG", "text/calendar")
    answer = browser("lead", language=language).post(
        "/participation/calendars", {"file": upload, "department": support.pk}
    )
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_departments_minutes_can_be_removed(domains, account, browser, support):
    import_calendar(calendar(), support, by=account("lead"))
    assert browser("owner").post(f"/participation/forget/{support.pk}").status_code == 302
    assert MeetingTime.objects.count() == 0
    assert AuditRow.objects.get(act="calendar.forget").details == {"meetings": 3}


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Damaged in the file: 损坏-1."), ("zh-hans", "文件中损坏的日程：损坏-1。")]
)
def test_the_report_names_the_damaged_events(domains, browser, support, language, said):
    broken = "BEGIN:VEVENT\r\nUID:损坏-1\r\nDTSTART:明天\r\nEND:VEVENT"
    upload = SimpleUploadedFile("lin.ics", calendar(broken), "text/calendar")
    form = {"file": upload, "department": support.pk, "whose": ""}
    page = browser("lead", language=language).post("/participation/calendars", form, follow=True)
    assert said in page.content.decode()
    assert MeetingTime.objects.count() == 3
