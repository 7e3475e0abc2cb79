"""Meetings out of iCalendar files: what counts, what does not, and files that mean harm."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from outlisten.app.participation.calendars import BadCalendar, CalendarRead, Domains, read_calendar

DOMAINS = Domains(frozenset({"axitea.example"}), frozenset({"harbour.example"}))
SHANGHAI = ZoneInfo("Asia/Shanghai")
SINCE, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC)
US, COLLEAGUE = "ATTENDEE:mailto:lin@axitea.example", "ATTENDEE:mailto:chen@axitea.example"
CUSTOMER, STRANGER = "ATTENDEE:mailto:ana@mail.harbour.example", "ATTENDEE:mailto:bo@elsewhere.example"
START, END = "DTSTART:20260302T010000Z", "DTEND:20260302T020000Z"


def event(*lines: str, uid: str = "one") -> str:
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"])


def calendar(*events: str, head: str = "") -> bytes:
    inside = "\r\n".join(part for part in (head, *events) if part)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{inside}\r\nEND:VCALENDAR\r\n".encode()


def read(*events: str, head: str = "", whose: str = "") -> CalendarRead:
    data = calendar(*events, head=head)
    return read_calendar(data, DOMAINS, since=SINCE, until=UNTIL, zone=SHANGHAI, whose=whose)


@pytest.mark.parametrize(
    ("people", "kind"),
    [
        ((US, COLLEAGUE), "internal"),
        ((US, CUSTOMER), "customers"),
        ((US, STRANGER), "unknown"),
        ((US, STRANGER, CUSTOMER), "customers"),
        (("ORGANIZER:mailto:Lin@AxiTea.example", CUSTOMER), "customers"),
        ((US, 'ATTENDEE;CN="安娜，海港";EMAIL=ana@harbour.example:urn:uuid:1'), "customers"),
    ],
)
def test_the_domains_of_the_invited_say_with_whom_it_was(people, kind):
    (meeting,) = read(event(START, END, *people)).meetings
    assert (meeting.kind, meeting.minutes, meeting.week) == (kind, 60, date(2026, 3, 2))


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ((START, END, US), "alone"),
        ((START, END, US, "ATTENDEE;CUTYPE=ROOM:mailto:room@axitea.example"), "alone"),
        (("DTSTART;VALUE=DATE:20260302", US, CUSTOMER), "all_day"),
        ((START, END, "STATUS:CANCELLED", US, CUSTOMER), "cancelled"),
        ((START, END, "TRANSP:TRANSPARENT", US, CUSTOMER), "free"),
        ((START, END, "X-MICROSOFT-CDO-BUSYSTATUS:FREE", US, CUSTOMER), "free"),
        ((START, END, "ATTENDEE;PARTSTAT=DECLINED:mailto:lin@axitea.example", CUSTOMER), "declined"),
        ((START, "DTEND:20260304T020000Z", US, CUSTOMER), "series"),
        ((START, END, "RRULE:FREQ=SECONDLY", US, CUSTOMER), "series"),
        ((START, END, "RRULE:FREQ=DAILY;INTERVAL=0", US, CUSTOMER), "series"),
        (("DTSTART:00010101T000000Z", "DTEND:00010101T010000Z", "RRULE:FREQ=DAILY", US, CUSTOMER), "series"),
    ],
)
def test_what_is_no_meeting_is_left_out_with_its_reason(lines, reason):
    found = read(event(*lines), whose="lin@axitea.example")
    assert found.meetings == ()
    assert found.left_out == {reason: 1}


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART:garbage", END),
        ("DTSTART:二〇二六年三月二日", END),
        (START, "DTEND:明天上午"),
        (START, "DURATION:一小时"),
        (START, "DURATION:P99999999999D"),
        (START, START, END),
        (START, END, "DTEND:20260302T030000Z"),
        (START, END, "RRULE:FREQ=WEEKLY;COUNT=五"),
        (START, END, "RRULE:FREQ=WEEKLY;UNTIL=garbage"),
        (START, END, "EXDATE:下周一"),
        (START, END, "RECURRENCE-ID:第三次"),
        (START, END, "RECURRENCE-ID:20260302T010000Z", "RECURRENCE-ID:20260309T010000Z"),
        (START, END, "ATTENDEE"),
        ("DTSTART;TZID=Asia/Shanghai:00010101T000000", "DURATION:PT1H"),
        ("DTSTART:99991231T235900", "DTEND;TZID=America/New_York:99991231T235900"),
    ],
)
def test_a_damaged_event_is_named_and_costs_only_itself(lines):
    broken = event(*lines, US, CUSTOMER, uid="损坏-1")
    found = read(broken, event(START, END, US, CUSTOMER, uid="good"))
    assert (len(found.meetings), found.left_out, found.damaged) == (1, {"damaged": 1}, ("损坏-1",))


def test_a_damaged_event_without_a_number_has_its_place_in_the_file():
    lines = "\r\n".join(["BEGIN:VEVENT", "DTSTART:昨天", US, CUSTOMER, "END:VEVENT"])
    assert read(event(START, END, US, CUSTOMER), lines).damaged == ("VEVENT 2",)


def test_the_name_of_a_damaged_event_turns_no_line_around():
    assert read(event("DTSTART:x", uid="会议\u202e\x07txt")).damaged == ("会议��txt",)


@pytest.mark.parametrize(
    "twice", [("STATUS:CONFIRMED", "STATUS:CANCELLED"), ("STATUS:CANCELLED", "STATUS:CONFIRMED")]
)
def test_an_event_that_says_twice_how_it_stands_is_cancelled_if_one_says_so(twice):
    assert read(event(START, END, *twice, US, CUSTOMER)).left_out == {"cancelled": 1}


def test_a_calendar_tells_whose_it_is_by_its_events():
    declined = event(START, END, "ATTENDEE;PARTSTAT=DECLINED:mailto:lin@axitea.example", COLLEAGUE, uid="two")
    found = read(event(START, END, US, CUSTOMER), declined, event(START, END, US, STRANGER, uid="three"))
    assert found.left_out == {"declined": 1}


def test_a_cancelled_invitation_cancels():
    assert read(event(START, END, US, CUSTOMER), head="METHOD:CANCEL").meetings == ()


def test_a_series_counts_each_time_it_took_place_and_its_exceptions_do_not():
    weekly = event(
        "DTSTART;TZID=Asia/Shanghai:20260302T090000", "DTEND;TZID=Asia/Shanghai:20260302T093000",
        "RRULE:FREQ=WEEKLY;COUNT=5", "EXDATE;TZID=Asia/Shanghai:20260309T090000", US, CUSTOMER,
    )  # fmt: skip
    moved = event(
        "RECURRENCE-ID;TZID=Asia/Shanghai:20260316T090000", "DTSTART;TZID=Asia/Shanghai:20260317T140000",
        "DTEND;TZID=Asia/Shanghai:20260317T153000", US, CUSTOMER,
    )  # fmt: skip
    found = read(weekly, moved)
    assert sorted((meeting.week, meeting.minutes) for meeting in found.meetings) == [
        (date(2026, 3, 2), 30), (date(2026, 3, 16), 90), (date(2026, 3, 23), 30), (date(2026, 3, 30), 30),
    ]  # fmt: skip


WEEKLY = (
    "DTSTART;TZID=Asia/Shanghai:20260302T090000", "DTEND;TZID=Asia/Shanghai:20260302T093000",
    "RRULE:FREQ=WEEKLY;COUNT=3", US, CUSTOMER,
)  # fmt: skip


@pytest.mark.parametrize(
    "exception",
    ["EXDATE:20260309T010000Z", "EXDATE;TZID=Europe/Berlin:20260309T020000", "EXDATE;VALUE=DATE:20260309"],
)
def test_an_exception_is_the_same_moment_in_any_zone(exception):
    weeks = [meeting.week for meeting in read(event(*WEEKLY, exception)).meetings]
    assert weeks == [date(2026, 3, 2), date(2026, 3, 16)]


def test_an_occurrence_added_in_another_zone_is_at_its_own_moment():
    found = read(event(*WEEKLY, "RDATE:20260309T010000Z,20260401T010000Z"))
    assert [meeting.week.day for meeting in found.meetings] == [2, 9, 16, 30]


@pytest.mark.parametrize(
    "stands_for",
    ["RECURRENCE-ID:20260309T090000", "RECURRENCE-ID;VALUE=DATE:20260309", "RECURRENCE-ID:20260309T010000Z"],
)
def test_a_moved_occurrence_without_a_zone_counts_once(stands_for):
    floating = [line.replace(";TZID=Asia/Shanghai", "") for line in WEEKLY]
    moved = event(stands_for, "DTSTART:20260310T140000", "DTEND:20260310T153000", US, CUSTOMER)
    found = read(event(*floating), moved)
    assert sorted(meeting.minutes for meeting in found.meetings) == [30, 30, 90]


def test_a_series_keeps_its_hour_when_the_clocks_change():
    berlin = event(
        "DTSTART;TZID=Europe/Berlin:20260323T233000", "DTEND;TZID=Europe/Berlin:20260323T234500",
        "RRULE:FREQ=WEEKLY;UNTIL=20260413T213000Z", US, CUSTOMER,
    )  # fmt: skip
    data = calendar(berlin)
    zone = ZoneInfo("Europe/Berlin")
    found = read_calendar(data, DOMAINS, since=SINCE, until=UNTIL, zone=zone)
    assert [meeting.week.isoformat() for meeting in found.meetings] == [
        "2026-03-23", "2026-03-30", "2026-04-06", "2026-04-13",
    ]  # fmt: skip


def test_a_time_without_a_zone_is_the_workspaces():
    (meeting,) = read(event("DTSTART:20260301T233000", "DURATION:PT45M", US, CUSTOMER)).meetings
    assert (meeting.week, meeting.minutes) == (date(2026, 2, 23), 45)


def test_meetings_to_come_and_long_past_are_not_counted():
    old, far = (
        ("DTSTART:20200302T010000Z", "DTEND:20200302T020000Z"),
        ("DTSTART:20290302T010000Z", "DTEND:20290302T020000Z"),
    )
    assert read(event(*old, US, CUSTOMER), event(*far, US, CUSTOMER, uid="two")).meetings == ()


def test_the_same_meeting_twice_has_the_same_key():
    once = read(event(START, END, US, CUSTOMER)).meetings
    assert read(event(START, END, US, CUSTOMER), event(START, END, US, CUSTOMER)).meetings == once


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no calendar file"),
        (b"\x89PNG\r\n", "no calendar file"),
        ("日期,主题\n2026-03-02,例会".encode("gb18030"), "no calendar file"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "cut off"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nEND:VCALENDAR\r\n", "nested wrongly"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 50_000, "nested wrongly"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 31_000, "more than 30000 entries"),
        (b"BEGIN:VCALENDAR\r\n" + b"X" * 21_000_000, "larger than 20 MB"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VTODO\r\nEND:VCALENDAR\r\n", "nested wrongly"),
    ],
)
def test_a_file_that_cannot_be_used_gets_one_sentence(data, said):
    with pytest.raises(BadCalendar, match=said):
        read_calendar(data, DOMAINS, since=SINCE, until=UNTIL, zone=SHANGHAI)


@pytest.mark.parametrize(
    "rule", ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3"]
)
def test_a_rule_that_never_comes_true_is_no_meeting(rule):
    assert read(event(START, END, f"RRULE:{rule}", US, CUSTOMER)).left_out == {"series": 1}


def test_series_that_take_too_long_stop_the_reading(monkeypatch):
    monkeypatch.setattr("outlisten.app.participation.calendars.reading.SECONDS", 0.0)
    with pytest.raises(BadCalendar, match="take too long"):
        read(event(START, END, "RRULE:FREQ=WEEKLY", US, CUSTOMER))


def test_titles_and_places_are_dropped_before_the_file_is_read(monkeypatch):
    from outlisten.app.participation.calendars import reading

    seen: list[str] = []
    parse = reading.Calendar.from_ical

    def spy(text: str, **more: bool) -> object:
        seen.append(text)
        return parse(text, **more)

    monkeypatch.setattr(reading.Calendar, "from_ical", spy)
    read(
        event(
            START,
            END,
            US,
            CUSTOMER,
            "SUMMARY:裁员计划",
            "DESCRIPTION:strictly\r\n  confidential",
            "LOCATION:Room 4",
        )
    )
    assert "lin@axitea.example" in seen[0]
    assert not [word for word in ("裁员", "strictly", "confidential", "Room 4") if word in seen[0]]
