"""One question answered on a few pages: sentence, picture and rows for each figure, and how it was made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from outlisten import __version__
from outlisten.charts.report.quotations import quotations
from outlisten.charts.report.sections import Asked, Section, makers
from outlisten.charts.tokens import FONTS, PALETTES
from outlisten.insights import headline
from outlisten.language import model_card
from outlisten.posts.store import ALL_TIME, PostStore, TimeRange
from outlisten.query import Query, explain
from outlisten.words import Locale, words

# Posts quoted: enough to hear the voices, few enough to be read.
QUOTED = 12
# Controls have no place in HTML; they are shown as signs. Direction marks are held in by <bdi>.
CONTROLS = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r"} | {0x7F: 0x2421}
OnStep = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Subject:
    """Who or what the report is about: a name people use, and the query that finds it."""

    name: str
    query: Query


def report_html(
    store: PostStore,
    subject: Subject,
    rivals: Sequence[Subject] = (),
    window: TimeRange = ALL_TIME,
    *,
    made_at: datetime,
    zone: ZoneInfo,
    locale: Locale = "en",
    limits: Sequence[str] = (),
    all_voices: Query | None = None,
    on_step: OnStep = lambda done, total: None,
) -> str:
    """The whole report as one HTML document, its pictures inside: no script, nothing loaded from anywhere.

    `rivals` are set beside the subject: shares of voice among all of them, and the terms that part the
    subject from all of them together (from all other posts without any). `limits` are sentences about the data
    that must be read with it. `all_voices` is the subject's query before anybody's voice was left out: the figure of
    who speaks is about it, and it says how many posts the others leave out. `on_step(done, total)` is called before each figure.
    """
    others = {rival.name: rival.query for rival in rivals}
    asked = Asked(
        store, subject.name, subject.query, others, window, zone, locale, all_voices or subject.query
    )
    facts = headline(store, subject.query, window, zone=zone)
    html = _template().render(
        _=words("report", locale), locale=locale, subject=subject, rivals=rivals,
        period=period_in_words(window, zone, locale), sentence=facts.sentence(locale),
        notes=[note.text(locale) for note in facts.notes], evidence=facts.evidence,
        sections=_sections(asked, on_step), limits=limits,
        posts=quotations(store, subject.query, window, size=QUOTED, zone=zone),
        meaning=explain(subject.query, locale), model=str(model_card()), version=__version__,
        made_at=f"{made_at.astimezone(zone):%Y-%m-%d %H:%M}", zone=zone.key,
        fonts=FONTS[locale], colours=PALETTES["light"],
    )  # fmt: skip
    return html.translate(CONTROLS)


def _sections(asked: Asked, on_step: OnStep) -> list[Section]:
    wanted = makers(asked)
    made = []
    for done, make in enumerate(wanted):
        on_step(done, len(wanted))
        made.append(make(asked))
    return made


def period_in_words(window: TimeRange, zone: ZoneInfo, locale: Locale) -> str:
    """The days of a window in a zone, both ends included."""
    _ = words("report", locale)
    first = f"{window.start.astimezone(zone):%Y-%m-%d}" if window.start else ""
    # The end is the first moment after the window.
    last = f"{(window.end - timedelta(seconds=1)).astimezone(zone):%Y-%m-%d}" if window.end else ""
    if first and last:
        return _("{first} to {last}").format(first=first, last=last)
    if first:
        return _("from {first} on").format(first=first)
    return _("until {last}").format(last=last) if last else _("all time, undated posts included")


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("outlisten.charts.report", "."), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template("report.html.jinja")
