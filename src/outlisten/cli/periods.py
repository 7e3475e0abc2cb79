"""`--since` and `--until`: days or moments in the workspace's time zone, both ends included."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from outlisten.cli.endings import WrongUsage
from outlisten.posts.store import TimeRange
from outlisten.words import Locale, words

DAYS_AGO = re.compile(r"-?(\d{1,5})d")


def window(
    since: str | None, until: str | None, *, now: datetime, zone: ZoneInfo, locale: Locale = "en"
) -> TimeRange:
    """The UTC range of the two options. Raises WrongUsage for what is no date or ends before it starts."""
    start = _moment(since, "--since", now, zone, locale)
    end = _moment(until, "--until", now, zone, locale)
    found = TimeRange(start[0] if start else None, end[1] if end else None)
    if found.start and found.end and found.start >= found.end:
        _ = words("cli", locale)
        raise WrongUsage(_("--until {until} is before --since {since}.").format(until=until, since=since))
    return found


def check_window(since: str | None, until: str | None, locale: Locale) -> None:
    """Raise WrongUsage for what is no date in any time zone, before one is known."""
    window(since, None, now=datetime.now(UTC), zone=ZoneInfo("UTC"), locale=locale)
    window(None, until, now=datetime.now(UTC), zone=ZoneInfo("UTC"), locale=locale)


def _moment(
    text: str | None, option: str, now: datetime, zone: ZoneInfo, locale: Locale
) -> tuple[datetime, datetime] | None:
    """First moment and the moment after the last one that the words mean, in UTC."""
    if text is None:
        return None
    try:
        return _day_or_moment(text.strip(), now, zone)
    except (ValueError, OverflowError):
        _ = words("cli", locale)
        raise WrongUsage(
            _(
                "{option} {text} is not a date. Write 2019-07-31, 2019-07-31T18:00, today or 7d (a week ago)."
            ).format(option=option, text=text)
        ) from None


def _day_or_moment(text: str, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    day = _day(text, now.astimezone(zone).date())
    if day is not None:
        return _midnight(day, zone), _midnight(day + timedelta(days=1), zone)
    exact = datetime.fromisoformat(text)
    exact = (exact if exact.tzinfo else exact.replace(tzinfo=zone)).astimezone(UTC)
    return exact, exact + timedelta(seconds=1)


def _day(text: str, today: date) -> date | None:
    if text == "today":
        return today
    ago = DAYS_AGO.fullmatch(text)
    if ago:
        return today - timedelta(days=int(ago[1]))
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone).astimezone(UTC)
