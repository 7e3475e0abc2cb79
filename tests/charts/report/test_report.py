"""The listening report: one file that stands by itself, in either language, whatever the posts say."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest

from outlisten.charts.report import Subject, report_html
from outlisten.posts.store import TimeRange
from outlisten.query import parse

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)
HOSTILE = '<script>alert(1)</script> queue <img src=x onerror=alert(2)> \u202eevil \x1b[2J & "quoted"'
ENGLISH = "The queue at the branch was long and the clerk was {} on day {}"
CHINESE = "等位等了两个小时，服务员{}，第{}天"


@pytest.fixture
def full(store, make_posts):
    """Forty authors who speak of the queue, forty of 等位, and one with a hostile text."""
    moods = ("rude", "kind", "slow", "friendly"), ("态度很差", "很热情", "不理人", "很周到")
    said = []
    for n in range(40):
        when = NOON + timedelta(days=n % 20)
        said.append({"text": ENGLISH.format(moods[0][n % 4], n), "author": f"sam {n}", "created_at": when})
        said.append({"text": CHINESE.format(moods[1][n % 4], n), "author": f"小林 {n}", "created_at": when})
    said.append({"text": HOSTILE, "title": HOSTILE, "author": HOSTILE, "platform": "x", "created_at": NOON})
    posts = [{"sentiment": ("negative", "positive")[n % 2], "sentiment_score": 0.9, "lang": lang, **post}
             for n, post in enumerate(said) for lang in ["zh" if "等位" in post["text"] else "en"]]  # fmt: skip
    store.add(make_posts(*posts))
    return store


def made(store, locale="en", rivals=(), query="queue", **options) -> str:
    subject = Subject("Queues", parse(query))
    return report_html(
        store, subject, rivals, made_at=NOON, zone=ZoneInfo("Asia/Shanghai"), locale=locale, **options
    )  # fmt: skip


class Tags(HTMLParser):
    """The tags and addresses of a document."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.handlers: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "action", "data")]
        self.handlers += [name for name, _value in attrs if name.startswith("on")]


def test_it_loads_nothing_and_runs_nothing(full) -> None:
    found = Tags(made(full, rivals=[Subject("等位", parse("等位"))]))
    assert found.tags.isdisjoint({"script", "link", "iframe", "object", "embed", "form", "base"})
    assert found.handlers == []
    assert found.addresses
    assert all(address.startswith("data:image/svg+xml;base64,") for address in found.addresses)


def test_hostile_text_is_quoted_and_not_obeyed(full) -> None:
    html = made(full, query="evil")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script" not in html
    assert "\x1b" not in html


@pytest.mark.parametrize(
    ("locale", "title", "unit"),
    [("en", "What sets it apart", "Counted: authors."), ("zh-hans", "不同在哪里", "按作者计。")],
)
def test_it_speaks_the_language_asked_for(full, locale: str, title: str, unit: str) -> None:
    html = made(full, locale)
    assert title in html
    assert unit in html
    assert f'<html lang="{"zh-Hans" if locale == "zh-hans" else "en"}">' in html


def test_a_chinese_report_has_no_english_sentence(full) -> None:
    shown = re.sub(r"<(style|blockquote|code|svg).*?</\1>", "", made(full, "zh-hans"), flags=re.DOTALL)
    shown = re.sub(r"<[^>]+>", " ", shown)
    assert re.findall(r"(?:\b[a-z]{2,}\b[ ,]+){3,}", shown) == []


def test_the_figures_stand_beside_a_rival(full) -> None:
    html = made(full, rivals=[Subject("等位", parse("等位"))])
    assert "Beside the others" in html
    assert "Beside the others" not in made(full)
    shares = [
        row for row in re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL) if "Queues" in row or "等位" in row
    ]
    assert len(shares) >= 2


def test_every_figure_names_the_query_behind_it(full) -> None:
    html = made(full)
    assert html.count("The posts behind it:") == html.count("<section>") - 2 + 1


def test_a_report_about_nothing_says_so(store) -> None:
    html = made(store, query="nobody ever said this")
    assert "No posts." in html
    assert "No post matches." in html


def test_the_period_is_in_days_of_the_zone(full) -> None:
    window = TimeRange(datetime(2024, 2, 29, 16, tzinfo=UTC), datetime(2024, 3, 10, 16, tzinfo=UTC))
    assert "2024-03-01 to 2024-03-10" in made(full, window=window)


def test_the_limits_of_the_data_stand_at_the_head(full) -> None:
    html = made(full, limits=["A slice, not a sample."])
    assert html.index("A slice, not a sample.") < html.index("<main>")
