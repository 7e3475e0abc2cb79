"""Tags of the layout and the building blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from outlisten.app.listening import told
from outlisten.app.listening.labels import value_label
from outlisten.app.web.hostile_text import marked as mark_spans
from outlisten.app.web.hostile_text import shown
from outlisten.app.web.settings_tabs import Tab, tabs_for

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; decoration unless it has a label."""
    address = f"{static('vendor/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="ol-icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, address
        )
    return format_html('<svg class="ol-icon" aria-hidden="true"><use href="{}"></use></svg>', address)


@register.filter
def hostile(text: object) -> SafeString:
    """Text of a stranger: escaped, with unprintable characters made visible."""
    return shown("" if text is None else str(text))


@register.simple_tag
def marked(text: object, spans: Iterable[tuple[int, int]] | None = None) -> SafeString:
    """Text of a stranger with its matching parts in <mark>; spans are code points of the original."""
    return mark_spans("" if text is None else str(text), spans or ())


@register.filter
def when(moment: datetime | None) -> SafeString:
    """A moment as a <time>: how long ago while it is recent, else the day; the full moment on hover."""
    if not moment:
        return format_html('<span class="ol-missing">{}</span>', _("no date"))
    local = timezone.localtime(moment)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        local.isoformat(),
        date_format(local, "DATETIME_FORMAT"),
        ago(moment, timezone.now()),
    )


@register.filter
def written(post: Mapping[str, Any]) -> SafeString:
    """When a post was written. A source that gave a day only is shown as that day, in no zone but its own."""
    moment = post.get("created_at")
    if not moment or not post.get("date_only"):
        return when(moment)
    said = date_format(moment, "DATE_FORMAT")
    return format_html('<time datetime="{}">{}</time>', moment.date().isoformat(), said)


def ago(moment: datetime, now: datetime) -> str:
    """Minutes and hours within a day, days within a week, else the date."""
    minutes = int((now - moment).total_seconds() // 60)
    if minutes == 0:
        return _("just now")
    if 0 < minutes < 60:
        return ngettext("%(n)d min ago", "%(n)d min ago", minutes) % {"n": minutes}
    if 0 <= minutes < 1440:
        return ngettext("%(n)d h ago", "%(n)d h ago", minutes // 60) % {"n": minutes // 60}
    if 0 <= minutes < 7 * 1440:
        return ngettext("%(n)d day ago", "%(n)d days ago", minutes // 1440) % {"n": minutes // 1440}
    return date_format(timezone.localtime(moment), "DATE_FORMAT")


@register.filter
def html_lang(code: str) -> str:
    """The BCP 47 tag for a `lang` attribute, so that Han characters take the right shapes."""
    return {"zh": "zh-Hans", "zh-hans": "zh-Hans", "cmn": "zh-Hans", "yue": "zh-Hant"}.get(code.lower(), code)


@register.filter
def named(value: object, field: str) -> str:
    """A value of a post's field in the reader's language: {{ post.platform|named:"platform" }}."""
    return value_label(field, value)


@register.filter
def tone_told(post: Mapping[str, Any]) -> told.Told:
    """The tone of a post of a list, or what the models lean to: {{ post|tone_told }}."""
    return told.tone_told(post)


@register.filter
def web_link(address: object) -> str:
    """The address when a browser may safely follow it (http or https, with a host), else nothing."""
    text = str(address or "").strip()
    try:
        parts = urlsplit(text)
        return text if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:  # such as an unfinished IPv6 host
        return ""


@register.filter
def initial(name: object) -> str:
    """The first letter or character of a name, for a face without a picture."""
    return next((character.upper() for character in str(name or "") if character.isalnum()), "·")


@register.simple_tag
def interval_band(value: float, low: float, high: float) -> SafeString:
    """An interval drawn on a track from 0 to 100: a band with a line at the estimate."""
    left, right, middle = (min(100.0, max(0.0, float(number))) for number in (low, high, value))
    return format_html(
        '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="is-track" y="4" width="100" height="2"></rect>'
        '<rect class="is-band" x="{}" y="2" width="{}" height="6"></rect>'
        '<rect class="is-middle" x="{}" y="0" width="2" height="10"></rect></svg>',
        f"{left:.1f}", f"{max(0.5, right - left):.1f}", f"{max(0.0, middle - 1):.1f}",
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def settings_tabs(context: dict[str, Any]) -> list[tuple[Tab, bool]]:
    """The tabs of Settings that this reader may open, and which of them is open."""
    request: HttpRequest = context["request"]
    tabs = tabs_for(request.user)
    page = request.resolver_match.url_name if request.resolver_match else None
    under = [tab for tab in tabs if page in tab.pages or request.path.startswith(tab.address)]
    current = max(under, key=lambda tab: len(tab.address), default=None)
    return [(tab, tab == current) for tab in tabs]


@register.simple_tag
def colon() -> str:
    """What parts a name from what it says: a colon and a space, in Chinese the full-width colon."""
    return "：" if (get_language() or "").startswith("zh") else ": "


_ESTIMATE = re.compile(r"(?:\d[\d.,]* ?%?\s*)?[(（][^()（）]{0,6}\d[^()（）]{0,20}[)）]|\d[\d.,]* %")


@register.filter
def unbroken(sentence: object) -> SafeString:
    """A sentence whose estimates, `31 % (27–35)`, stay on one line."""
    text, parts, after = str(sentence), [], 0
    for found in _ESTIMATE.finditer(text):
        parts += [(text[after : found.start()], ""), ("", found.group())]
        after = found.end()
    parts.append((text[after:], ""))
    return format_html_join(
        "",
        "{}{}",
        (
            (said, format_html('<span class="ol-unbroken">{}</span>', kept) if kept else "")
            for said, kept in parts
        ),
    )


@register.simple_tag
def sentence_gap() -> str:
    """What stands between two sentences: a space, in Chinese nothing."""
    return "" if (get_language() or "").startswith("zh") else " "
