"""What a calendar file may hold: everything beyond is refused in one sentence."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

BYTES = 20_000_000  # a year of a busy person's meetings is some 5 MB, most of it invitations' texts
COMPONENTS = 30_000
DEPTH = 4  # calendar, event, alarm; or calendar, zone, daylight saving
LINE = 20_000  # characters of a property that is kept; an attendee takes some 200
# All that is needed to know when, how long and with whom. Titles, texts and places are dropped before the file is parsed.
KEPT = frozenset({
    "BEGIN", "END", "METHOD", "X-WR-CALNAME", "X-WR-TIMEZONE", "UID", "RECURRENCE-ID", "DTSTART", "DTEND", "DURATION",
    "RRULE", "RDATE", "EXDATE", "STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS", "ATTENDEE", "ORGANIZER",
    "TZID", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "X-LIC-LOCATION",
})  # fmt: skip


class BadCalendar(ValueError):
    """The file cannot be used; the message is one sentence for the reader."""


def needed_lines(data: bytes) -> str:
    """The file with only the properties of KEPT, unfolded. Raises BadCalendar for a file that is none or too big."""
    if len(data) > BYTES:
        raise BadCalendar(
            _("This file is larger than %(limit)d MB; export a shorter period from your calendar.")
            % {"limit": BYTES // 1_000_000}
        )
    text = data.decode("utf-8-sig", "replace")
    if "BEGIN:VCALENDAR" not in text[:5_000].upper():
        raise BadCalendar(
            _("This is no calendar file: it does not begin with BEGIN:VCALENDAR. Export it as .ics.")
        )
    return "\r\n".join(_checked(_kept(text)))


def _kept(text: str) -> Iterator[str]:
    """The lines of KEPT; a line that begins with a blank continues the one before."""
    parts: list[str] = []
    for line in text.splitlines():
        if line[:1] in (" ", "\t"):
            if parts:
                parts.append(line[1:])
            continue
        yield from _whole(parts)
        name = line.partition(":")[0].partition(";")[0].strip().upper()
        parts = [line] if name in KEPT else []
    yield from _whole(parts)


def _whole(parts: list[str]) -> Iterator[str]:
    line = "".join(parts)
    if line and len(line) <= LINE:
        yield line


def _checked(lines: Iterator[str]) -> Iterator[str]:
    """The same lines, counted. Raises BadCalendar where components are too many, too deep or not closed."""
    damaged = BadCalendar(_("This calendar file is damaged: its parts are nested wrongly. Export it again."))
    open_parts: list[str] = []
    components = 0
    for line in lines:
        word, _colon, name = line.upper().partition(":")
        if word == "BEGIN":
            components += 1
            open_parts.append(name.strip())
        elif word == "END" and (not open_parts or open_parts.pop() != name.strip()):
            raise damaged
        if components > COMPONENTS:
            raise BadCalendar(
                _("This calendar holds more than %(limit)d entries; export a shorter period.")
                % {"limit": COMPONENTS}
            )
        if len(open_parts) > DEPTH:
            raise damaged
        yield line
    if open_parts:
        raise BadCalendar(_("This calendar file is cut off in the middle. Export it again."))
