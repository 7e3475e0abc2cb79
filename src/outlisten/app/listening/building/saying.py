"""What the rows of the builder say, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from outlisten.app.listening.labels import FIELD, value_label
from outlisten.app.listening.wording import locale
from outlisten.app.web.templatetags.shell import colon
from outlisten.query.building import Row
from outlisten.query.building.changes import mode_of
from outlisten.query.building.leaves import value_name

MODES: Mapping[str, Promise] = {
    "all": gettext_lazy("All of these"), "any": gettext_lazy("Any of these"),
    "none": gettext_lazy("None of these"), "notall": gettext_lazy("Not all of these together"),
}  # fmt: skip
SCOPES: Mapping[str, Promise] = {
    "title": gettext_lazy("In the title"), "text": gettext_lazy("In the body"),
    "quoted": gettext_lazy("In the quoted post"),
}  # fmt: skip
FORMS: Mapping[str, Promise] = {
    **MODES, "near": gettext_lazy("Near each other"), "atleast": gettext_lazy("At least several times"), **SCOPES,
}  # fmt: skip
FIELDS: Mapping[str, Promise] = {
    **FIELD,
    "link": gettext_lazy("Links to"), "url": gettext_lazy("Address"), "country": gettext_lazy("Country"),
    "region": gettext_lazy("Region"),
    "date": gettext_lazy("Written"), "likes": gettext_lazy("Likes"), "comments": gettext_lazy("Comments"),
    "shares": gettext_lazy("Shares"), "views": gettext_lazy("Views"), "engagement": gettext_lazy("Engagement"),
    "rating": gettext_lazy("Rating"), "followers": gettext_lazy("Followers"), "is": gettext_lazy("Is"),
    "has": gettext_lazy("Has"), "list": gettext_lazy("On the list"), "query": gettext_lazy("Saved query"),
}  # fmt: skip
HAS: Mapping[str, Promise] = {
    "link": gettext_lazy("a link"), "image": gettext_lazy("an image"), "video": gettext_lazy("a video"),
    "audio": gettext_lazy("sound"), "location": gettext_lazy("a place"), "tag": gettext_lazy("a hashtag"),
    "mention": gettext_lazy("a mention"),
}  # fmt: skip
PREFIXES: Mapping[str, Promise] = {
    "loose": gettext_lazy("Together"), "word": gettext_lazy("Whole word"), "exact": gettext_lazy("Exactly"),
    "note": gettext_lazy("Comment"),
}  # fmt: skip


def field_said(name: str) -> str:
    """A field as a person says it."""
    return str(FIELDS.get(name, name))


def value_said(field: str, value: str) -> str:
    """A value as a person says it."""
    if field == "has" and value in HAS:
        return str(HAS[value])
    said = value_label(field, value)
    return value_name(field, value, locale()) if said == value else said


def prefix_said(row: Row) -> str:
    """What stands before a leaf: its field, or how its words are looked for; nothing for plain words."""
    if row.kind in PREFIXES:
        return str(PREFIXES[row.kind])
    return field_said(row.values["field"]) if "field" in row.values else ""


def leaf_said(row: Row) -> str:
    """What a leaf asks for."""
    values = row.values
    match row.kind:
        case "note":
            return row.text.removeprefix("/*").removesuffix("*/").strip()
        case "hashtag":
            return f"#{values['name']}{'…' if values.get('prefix') else ''}"
        case "mention":
            return f"@{values['name']}"
        case "code":
            return f"[{values['name']}]"
        case "exact":
            return values["characters"]
        case "loose":
            return _("%(words)s, within %(n)s") % {"words": values["words"], "n": values["slop"]}
        case "number":
            return _number(values)
        case "dates":
            return _dates(values)
        case _:
            return values["words"] if "words" in values else _value(values)


def _value(values: Mapping[str, str]) -> str:
    said = value_said(values["field"], values["value"])
    floor = values.get("floor")
    return _("%(value)s, probability %(floor)s or more") % {"value": said, "floor": floor} if floor else said


NUMBERS: Mapping[str, Promise] = {
    "atleast": gettext_lazy("%(low)s or more"), "atmost": gettext_lazy("%(high)s or fewer"),
    "between": gettext_lazy("%(low)s to %(high)s"), "more": gettext_lazy("more than %(low)s"),
    "less": gettext_lazy("fewer than %(high)s"), "exactly": gettext_lazy("exactly %(low)s"),
}  # fmt: skip


def _number(values: Mapping[str, str]) -> str:
    return str(NUMBERS.get(values.get("is", ""), NUMBERS["between"])) % values


def _dates(values: Mapping[str, str]) -> str:
    start, end = values.get("start", ""), values.get("end", "")
    if start == end:
        return _("on %(day)s") % {"day": start}
    if start and end:
        return _("%(start)s to %(end)s") % {"start": start, "end": end}
    return _("%(day)s or later") % {"day": start} if start else _("%(day)s or earlier") % {"day": end}


def row_said(row: Row) -> str:
    """A row in a few words, for announcements and lists of places."""
    if row.is_leaf:
        prefix = prefix_said(row)
        said = f"{prefix}{colon()}{leaf_said(row)}" if prefix else leaf_said(row)
    else:
        said = f"{_head(row)}{colon()}{_inside(row)}"
    return _("not %(row)s") % {"row": said} if row.negated and not row.is_group else said


def _head(row: Row) -> str:
    if row.is_group:
        return str(MODES[mode_of(row)])
    if row.kind == "atleast":
        return _("At least %(n)s times") % {"n": row.values.get("count", "")}
    return str(SCOPES.get(row.values["scope"], "") if row.kind == "within" else FORMS[row.kind])


def _inside(row: Row) -> str:
    """The first words of what a row holds."""
    leaves = [leaf_said(leaf) for leaf in _leaves(row)]
    shown = _(", ").join(leaves[:3])
    if not leaves:
        return _("empty")
    more = len(leaves) - 3
    if more <= 0:
        return shown
    return ngettext("%(shown)s and %(n)d more", "%(shown)s and %(n)d more", more) % {
        "shown": shown,
        "n": more,
    }


def _leaves(row: Row) -> list[Row]:
    if row.is_leaf:
        return [row]
    return [leaf for inner in row.rows for leaf in _leaves(inner)]
