"""The builder for one request: the text is read, the act is done, and the new picture is drawn.

Nothing is kept between requests. The page sends the text and the outline it showed; the outline counts only while it
writes exactly that text, so a query changed by hand is always read from its text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from outlisten.app.listening.building.acts import ACTS, Asked, CannotBeDone, Done, done, path_from
from outlisten.app.listening.building.editors import editor_of, new_editor
from outlisten.app.listening.building.saying import row_said
from outlisten.app.listening.building.shown import (
    Opened,
    Picture,
    Problem,
    path_text,
    places_for,
    show,
    state_of,
)
from outlisten.app.listening.wording import locale
from outlisten.query import Context, Query, parse
from outlisten.query.building import EMPTY, Path, Row, from_json, outline, placed, row_at, written

# A page always has a period of its own, so what the language says about a missing one does not hold here.
OF_THE_PERIOD = ("W105",)
# Rows that are open for changing are asked for, not changed.
OPENING = ("edit", "ask")


@dataclass(frozen=True, slots=True)
class Sent:
    """What the page sent: the text in the box, the outline it showed, and an act with its values."""

    text: str
    root: Row | None
    act: str
    path: str
    values: Mapping[str, str]
    saving: bool = False
    refused: str = ""  # the act that was just refused, whose values are shown again
    as_typed: bool = False  # the text stays as it is, and the rows stand where they do in it


def sent(values: Mapping[str, str]) -> Sent:
    """What a request sent; an outline that is none counts as not sent."""
    text = values.get("text", "").replace("\r\n", "\n").strip()
    try:
        root = from_json(json.loads(values.get("outline", "")))
    except (ValueError, RecursionError):
        root = None
    return Sent(
        text, root, values.get("act", ""), values.get("path", ""), values, values.get("saving") == "1"
    )


def picture(asked: Sent, context: Context) -> Picture:
    """The builder after what was sent."""
    root = asked.root if asked.root is not None and written(asked.root) == asked.text else None
    if root is None:
        read = parse(asked.text, context) if asked.text else None
        if read is not None and read.tree is None:
            return _stale(asked, read)
        root = outline(read) if read is not None else EMPTY
        if asked.act not in ACTS:
            return _after(root, replace(asked, as_typed=True), context)
    return _after(root, asked, context)


def _after(root: Row, asked: Sent, context: Context) -> Picture:
    """The picture after an act on an outline."""
    if asked.act in OPENING:
        return _opened(root, asked, context)
    if asked.act not in ACTS:
        return _drawn(root, asked, context, said=_("Undone.") if asked.act == "undo" else "")
    try:
        result = done(asked.act, Asked(root, path_from(asked.path), asked.values, context))
    except (CannotBeDone, ValueError) as refusal:
        return _refused(root, asked, context, str(refusal))
    return _drawn(result.root, asked, context, result=result)


def _refused(root: Row, asked: Sent, context: Context, sentence: str) -> Picture:
    """What could not be done, said beside what was typed; the form stays open."""
    try:
        opened = _opened(root, replace(asked, act=asked.values.get("from", ""), refused=asked.act), context)
    except (LookupError, ValueError):
        opened = _drawn(root, asked, context)
    return replace(opened, problems=[Problem("error", sentence)], said=sentence, refused=True)


def _opened(root: Row, asked: Sent, context: Context) -> Picture:
    """The picture with the form of a row, or of a new condition, open."""
    try:
        path = path_from(asked.path)
        row = row_at(root, path)
        fresh = asked.act == "ask"
        if asked.act not in OPENING:
            return _drawn(root, asked, context)
        editor = new_editor(asked.values.get("field", ""), context) if fresh else editor_of(row, context)
    except (LookupError, ValueError):
        return _drawn(root, asked, context)
    text = "" if fresh else written(row)
    if asked.refused == "text":
        text = asked.values.get("value", "")
    elif asked.refused and editor:
        editor = editor.filled(asked.values)
    places = [] if fresh or not path else places_for(root, path)
    form = Opened(editor, text, places, fresh, row_said(row))
    return _drawn(root, asked, context, opened=(path, form))


def _drawn(
    root: Row, asked: Sent, context: Context, *, result: Done | None = None, said: str = "",
    opened: tuple[Path, Opened] | None = None,
) -> Picture:  # fmt: skip
    """An outline as a picture."""
    root, text = (root, asked.text) if asked.as_typed else (placed(root), written(root))
    messages = parse(text, context, saving=asked.saving).messages if text else ()
    shown, whole = show(root, [message for message in messages if message.code not in OF_THE_PERIOD], opened)
    return Picture(
        root=shown,
        state=state_of(root, text),
        text=text,
        said=result.said if result else said,
        focus=path_text(result.path) if result else path_text(opened[0]) if opened else "",
        focus_on=result.focus_on if result else "form" if opened else "",
        problems=whole,
        empty=not root.rows,
    )


def _stale(asked: Sent, read: Query) -> Picture:
    """The last good picture, and why there is none of the text."""
    error = next(message for message in read.messages if message.level == "error")
    root = placed(asked.root or EMPTY)
    shown, _whole = show(root, [])
    state = json.dumps({"text": asked.text, "outline": json.loads(state_of(root, ""))["outline"]})
    return Picture(
        root=shown,
        state=state,
        text=asked.text,
        stale=Problem("error", error.text(locale())),
        stale_at=f"{error.at[0]},{error.at[1]}",
        empty=asked.root is None or not asked.root.rows,
    )
