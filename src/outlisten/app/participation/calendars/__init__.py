"""Meetings in an iCalendar file, reduced to week, kind and minutes before anything else sees them."""

from outlisten.app.participation.calendars.limits import BadCalendar
from outlisten.app.participation.calendars.people import Domains
from outlisten.app.participation.calendars.reading import CalendarRead, Meeting, read_calendar

__all__ = ["BadCalendar", "CalendarRead", "Domains", "Meeting", "read_calendar"]
