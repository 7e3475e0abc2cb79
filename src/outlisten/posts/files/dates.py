"""Dates in the forms that files really use, read one at a time once the order of day and month is settled."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Literal, NamedTuple

from outlisten.posts.files.problems import RowProblem

Order = Literal["day-first", "month-first", "year-first"]

EARLIEST = int(datetime(1990, 1, 1, tzinfo=UTC).timestamp())
AHEAD = timedelta(days=2)
EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 -- a workbook's days have no zone
# As epoch seconds these would be the first day of 1970; as Excel days they are 1982 to 2119.
EXCEL_DAYS = (30_000, 80_000)
MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
MONTH_WORD = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
CLOCK = (
    r"(?:[\sT,]+(?P<half>上午|下午|凌晨|中午|早上|晚上|AM|PM)?\s*(?P<h>\d{1,2})[:：时点](?P<m>\d{1,2})"
    r"(?:[:：分](?P<s>\d{1,2})?(?:[.,]\d+)?)?[秒分]?\s*(?P<ampm>[ap]\.?m\.?)?)?"
)
CLOCK_JOINED = CLOCK.replace(r"[\sT,]+", r"[\sT,]*")
ZONE = r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
NUMERIC = re.compile(rf"(\d{{1,4}})([./-])(\d{{1,2}})\2(\d{{1,4}}){CLOCK}{ZONE}", re.IGNORECASE)
HAN = re.compile(rf"(\d{{4}})\s*年\s*(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*[日号]{CLOCK_JOINED}{ZONE}", re.I)
DAY_WORD = re.compile(
    rf"(?:[a-z]{{3,9}},?\s+)?(\d{{1,2}})(?:st|nd|rd|th)?[\s-]+{MONTH_WORD},?[\s-]+(\d{{2,4}}){CLOCK}{ZONE}",
    re.I,
)
WORD_DAY = re.compile(
    rf"(?:[a-z]{{3,9}},?\s+)?{MONTH_WORD}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){CLOCK}{ZONE}", re.I
)
TWITTER = re.compile(
    rf"[A-Z][a-z]{{2}} {MONTH_WORD} (\d\d) (\d\d):(\d\d):(\d\d) (?:([+-]\d{{4}}|UTC|GMT) )?(\d{{4}})", re.I
)
EPOCH = re.compile(r"0|\d{9,10}(?:\.\d+)?|\d{13}|\d{16}|\d{19}")
DECIMAL = re.compile(r"\d{5}(?:\.\d+)?")


class Moment(NamedTuple):
    """Seconds since 1970 in UTC, and whether the source gave a day without a time of day."""

    seconds: int
    date_only: bool


class DateReader:
    """Reads dates in one column. A date without a zone is in `zone`; `order` settles 5/2/2018."""

    def __init__(self, zone: tzinfo, order: Order, now: datetime) -> None:
        self._zone, self._order = zone, order
        self._latest = int((now + AHEAD).timestamp())
        self._this_year = now.year
        self._days: dict[str, Moment] = {}

    def read(self, value: object) -> Moment | None:
        """The moment; None when there is no date. Raises RowProblem when it cannot be read or cannot be
        true."""
        if value is None or value == "":
            return None
        if isinstance(value, str):
            text = value.strip()
            moment = self._days.get(text) or self._text(text)
        else:
            text = str(value)
            moment = self._typed(value)
        if moment is None:
            if not text or text.lower() in {"nan", "nat", "null", "none", "n/a", "-"}:
                return None
            raise RowProblem("date-unreadable", value=text[:60])
        if not EARLIEST <= moment.seconds <= self._latest:
            code = "date-early" if moment.seconds < EARLIEST else "date-ahead"
            raise RowProblem(code, value=text[:60])
        if len(text) <= 10 and len(self._days) < 50_000:
            self._days[text] = moment
        return moment

    def _typed(self, value: object) -> Moment | None:
        if isinstance(value, datetime):
            return self._moment(value, date_only=False)
        if isinstance(value, date):
            return self._moment(datetime(value.year, value.month, value.day), date_only=True)  # noqa: DTZ001
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return None
        return self._number(float(value))

    def _text(self, text: str) -> Moment | None:
        try:
            if text[4:5] == "-" and text[7:8] == "-" and (moment := _iso(text)):
                return self._moment(moment, date_only=len(text) == 10)
            if found := TWITTER.fullmatch(text):
                return self._twitter(found)
            return self._spelled(text)
        except (ValueError, OverflowError):
            return None

    def _spelled(self, text: str) -> Moment | None:
        if found := NUMERIC.fullmatch(text):
            return self._numeric(found)
        if EPOCH.fullmatch(text) or DECIMAL.fullmatch(text):
            return self._number(float(text))
        if found := HAN.fullmatch(text):
            return self._clocked(found, int(found[1]), int(found[2]), int(found[3]))
        if found := DAY_WORD.fullmatch(text):
            return self._clocked(found, self._year(found[3]), MONTHS[found[2].lower()], int(found[1]))
        if found := WORD_DAY.fullmatch(text):
            return self._clocked(found, int(found[3]), MONTHS[found[1].lower()], int(found[2]))
        if text[:8].isdigit() and text[:2] in {"19", "20"}:
            return self._compact(text)
        if text[4:5] == "-" or not text[:3].isascii():
            return None
        return self._moment(parsedate_to_datetime(text), date_only=False)

    def _compact(self, text: str) -> Moment | None:
        if len(text) == 14 and text.isdigit():
            text = f"{text[:8]}T{text[8:]}"
        return self._moment(datetime.fromisoformat(text), date_only=len(text) == 8)

    def _number(self, number: float) -> Moment | None:
        if EXCEL_DAYS[0] <= number <= EXCEL_DAYS[1]:
            seconds = round((number % 1) * 86_400)
            moment = EXCEL_EPOCH + timedelta(days=int(number), seconds=seconds)
            return self._moment(moment, date_only=number == int(number))
        while number >= 1e11:  # milliseconds, microseconds, nanoseconds
            number /= 1000
        return Moment(int(number), date_only=False)

    def _numeric(self, found: re.Match[str]) -> Moment | None:
        first, second, third = found[1], found[3], found[4]
        if len(first) == 4:
            return self._clocked(found, int(first), int(second), int(third))
        day, month = (first, second) if self._order == "day-first" else (second, first)
        if int(month) > 12 >= int(day):  # the column's order does not fit this row; the other one does
            day, month = month, day
        return self._clocked(found, self._year(third), int(month), int(day))

    def _year(self, digits: str) -> int:
        if len(digits) > 2:
            return int(digits)
        century = self._this_year // 100 * 100
        year = century + int(digits)
        return year if year <= self._this_year + 1 else year - 100

    def _twitter(self, found: re.Match[str]) -> Moment | None:
        month, day, hour, minute, second, zone, year = found.groups()
        moment = datetime(  # noqa: DTZ001 -- the zone follows
            int(year), MONTHS[month.lower()], int(day), int(hour), int(minute), int(second)
        )
        return self._moment(moment, date_only=False, zone=zone)

    def _clocked(self, found: re.Match[str], year: int, month: int, day: int) -> Moment | None:
        if found["h"] is None:
            return self._moment(datetime(year, month, day), date_only=True)  # noqa: DTZ001
        hour = _hour(int(found["h"]), found["half"] or found["ampm"] or "")
        moment = datetime(year, month, day, hour, int(found["m"]), int(found["s"] or 0))  # noqa: DTZ001
        return self._moment(moment, date_only=False, zone=found["zone"])

    def _moment(self, moment: datetime, *, date_only: bool, zone: str | None = None) -> Moment:
        if zone:
            moment = moment.replace(tzinfo=_offset(zone))
        elif moment.tzinfo is None:
            # A day without a time is the day itself in the reader's zone: it starts at the file's midnight.
            moment = moment.replace(tzinfo=self._zone)
        return Moment(int(moment.timestamp()), date_only)


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _hour(hour: int, half: str) -> int:
    half = half.lower().replace(".", "")
    if half in {"pm", "下午", "晚上", "中午"} and hour < 12:
        # 中午11点 is eleven in the morning.
        return hour if half == "中午" and hour == 11 else hour + 12
    if half in {"am", "上午", "凌晨"} and hour == 12:
        return 0
    return hour


@cache
def _offset(zone: str) -> tzinfo:
    if zone.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    return datetime.strptime(zone, "%z").tzinfo or UTC
