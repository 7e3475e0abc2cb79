"""Moments on an axis and in a tooltip, in both languages."""

from __future__ import annotations

from datetime import datetime, timedelta

from babel.dates import format_datetime

from outlisten.posts.store import Bucket
from outlisten.words import Locale

# Babel patterns of a bucket's name.
NAMES: dict[Locale, dict[Bucket, str]] = {
    "en": {"hour": "d MMM y, HH:mm", "day": "EEE d MMM y", "week": "'week of' d MMM y", "month": "MMMM y"},
    "zh-hans": {
        "hour": "y年M月d日 HH:mm",
        "day": "y年M月d日 EEE",
        "week": "y年M月d日'起一周'",
        "month": "y年M月",
    },
}
BABEL: dict[Locale, str] = {"en": "en", "zh-hans": "zh_Hans"}


def bucket_name(start: datetime, bucket: Bucket, locale: Locale) -> str:
    """A bucket in words: `Wed 1 May 2024`, 2024年5月1日 周三."""
    return format_datetime(start, NAMES[locale][bucket], locale=BABEL[locale])


def axis_format(first: datetime, last: datetime, bucket: Bucket, locale: Locale) -> str:
    """The d3 format of a time axis that says no more than the span needs."""
    chinese, span = locale == "zh-hans", last - first
    if bucket == "hour" and span <= timedelta(days=2):
        return "%H:%M"
    if bucket == "month" or span > timedelta(days=550):
        return "%Y年%-m月" if chinese else "%b %Y"
    return "%-m月%-d日" if chinese else "%-d %b"


def as_utc(moment: datetime) -> str:
    """A wall-clock moment written as UTC: charts use a UTC scale, so that no viewer's zone moves it."""
    return f"{moment.isoformat(timespec='seconds')}Z"
