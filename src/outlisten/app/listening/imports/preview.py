"""What a person sees of a run: how its file would be read, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outlisten.app.listening.models import ImportRun
from outlisten.posts.files.presets import PRESETS

# The fields worth choosing a column for, the telling ones first.
FIELDS = {
    "text": gettext_lazy("Text"), "title": gettext_lazy("Title"), "created_at": gettext_lazy("Date"),
    "author": gettext_lazy("Author’s name"), "author_handle": gettext_lazy("Author’s handle"),
    "author_id": gettext_lazy("Author’s number"), "native_id": gettext_lazy("Number at the network"),
    "url": gettext_lazy("Address"), "platform": gettext_lazy("Platform"), "to": gettext_lazy("Addressed to"),
    "reply_to": gettext_lazy("Answers post"), "thread": gettext_lazy("Conversation"),
    "type": gettext_lazy("Kind"), "lang_given": gettext_lazy("Language"),
    "country": gettext_lazy("Country"), "region": gettext_lazy("Region"),
    "likes": gettext_lazy("Likes"), "comments": gettext_lazy("Comments"), "shares": gettext_lazy("Shares"),
    "views": gettext_lazy("Views"), "rating": gettext_lazy("Rating"), "voice_given": gettext_lazy("Voice"),
}  # fmt: skip
SHOWN = ("created_at", "platform", "author", "to", "title", "text")
USUAL = ("text", "title", "created_at", "author", "platform")
ENCODINGS = ("utf-8", "utf-16", "gb18030", "windows-1252")


@dataclass(frozen=True, slots=True)
class Mapped:
    """A field of a post and the column it is taken from; blank when it is left out."""

    field: str
    label: str
    column: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The plan of a file, ready to be shown and changed."""

    facts: list[tuple[str, str]]
    mapped: list[Mapped]
    left_out: list[Mapped]
    columns: list[str]
    presets: list[str]
    encodings: tuple[str, ...]
    heads: list[str]
    rows: list[list[Any]]
    messages: list[str]
    can_start: bool


def preview(run: ImportRun) -> Preview:
    """How the file would be read, from the plan the worker made."""
    plan = run.plan
    mapping = plan.get("mapping", {})
    heads = [
        name for name in SHOWN if any(post.get(name) not in (None, "") for post in plan.get("sample", []))
    ]
    fields = [Mapped(name, str(label), mapping.get(name, "")) for name, label in FIELDS.items()]
    return Preview(
        facts=_facts(plan),
        mapped=[one for one in fields if one.column or one.field in USUAL],
        left_out=[one for one in fields if not one.column and one.field not in USUAL],
        columns=list(plan.get("columns", [])),
        presets=[preset.name for preset in PRESETS],
        encodings=ENCODINGS,
        heads=[str(FIELDS[name]) for name in heads],
        rows=[[_cell(name, post) for name in heads] for post in plan.get("sample", [])[:5]],
        messages=list(plan.get("messages", [])),
        can_start=bool(plan.get("sample")),
    )


def _cell(name: str, post: dict[str, Any]) -> Any:
    """A value as the preview shows it: a date without the midnight that a file never said."""
    value = post.get(name)
    if name != "created_at" or not isinstance(value, str):
        return value
    return value[:10] if post.get("date_only") else value[:16].replace("T", " ")


def _facts(plan: dict[str, Any]) -> list[tuple[str, str]]:
    """What the file is, in words."""
    packed = plan.get("compression", "plain")
    facts = [
        (_("Format"), f"{plan.get('format', '')}{f' ({packed})' if packed != 'plain' else ''}"),
        (_("Encoding"), plan.get("encoding") or _("settled by the format")),
        (_("Recognised as"), plan.get("preset") or _("no known export; columns guessed by their names")),
        (_("Zone of dates without one"), plan.get("zone", "UTC")),
    ]
    return [(name, str(value)) for name, value in facts]


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a run is: its share done in percent (None when that cannot be said), and its counts."""

    percent: float | None
    counts: list[tuple[str, int]]
    seconds: float | None


def standing(run: ImportRun) -> Standing:
    """From the progress while it runs, from the report when it is done."""
    at = run.report or run.progress
    total = run.progress.get("bytes_total") or 0
    percent = round(100 * run.progress.get("bytes_done", 0) / total, 1) if total and run.open else None
    names = {
        "read": _("read"), "added": _("added"), "updated": _("updated"), "duplicate": _("duplicate"),
        "rejected": _("rejected"),
    }  # fmt: skip
    counts = [(label, int(at[name])) for name, label in names.items() if at.get(name) is not None]
    return Standing(percent, counts, run.report.get("seconds"))
