"""What a person does in the builder: one act on one row, by name, with what was typed or chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from outlisten.app.listening.building.editors import text_of
from outlisten.app.listening.building.saying import FORMS, row_said
from outlisten.app.listening.wording import locale
from outlisten.query import Context, parse
from outlisten.query.building import Path, Row, changes, entered, outline, row_at
from outlisten.query.building.changes import Changed, new_row
from outlisten.query.building.entering import unlike
from outlisten.query.building.rows import WORDY, rewritten_at, spliced

MOST_TYPED = 20_000
NEAR_VALUES = ("distance", "unit", "ordered", "apart")


@dataclass(frozen=True, slots=True)
class Done:
    """The new outline, what to say of it, and where the focus goes: the row itself, or the input of its group."""

    root: Row
    path: Path
    said: str
    focus_on: str = "row"


class CannotBeDone(Exception):
    """An act that this row does not allow, or that lacks something; carries a sentence."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An act: on which outline, at which row, with which values."""

    root: Row
    path: Path
    values: Mapping[str, str]
    context: Context

    @property
    def row(self) -> Row:
        return row_at(self.root, self.path)

    def value(self, name: str = "value") -> str:
        return self.values.get(name, "")[:MOST_TYPED]


def done(act: str, asked: Asked) -> Done:
    """The outline after an act. Raises CannotBeDone."""
    try:
        return ACTS[act](asked)
    except (LookupError, ValueError) as error:
        raise CannotBeDone(_("That cannot be done here. The query was not changed.")) from error


def _words(asked: Asked) -> Done:
    found = entered(asked.value(), asked.context)
    if not found.rows and not found.unread:
        raise CannotBeDone(_("Type a word or a phrase first."))
    if not found.rows:
        raise CannotBeDone(_("“%(typed)s” holds nothing to look for.") % {"typed": found.unread[0]})
    fresh = list(unlike(found.rows, asked.row.rows))
    changed = changes.add(asked.root, asked.path, fresh)
    said = [_added(fresh)]
    if twice := len(found.rows) - len(fresh):
        said.append(
            ngettext("%(n)d stands there already.", "%(n)d stand there already.", twice) % {"n": twice}
        )
    if found.unread:
        said.append(_("“%(typed)s” holds nothing to look for.") % {"typed": found.unread[0]})
    return Done(changed.root, asked.path, " ".join(filter(None, said)), "input")


def _added(rows: list[Row]) -> str:
    if len(rows) == 1:
        return _("Added: %(row)s.") % {"row": row_said(rows[0])}
    return ngettext("%(n)d added.", "%(n)d added.", len(rows)) % {"n": len(rows)} if rows else ""


def _condition(asked: Asked) -> Done:
    """Beside words, a condition is one more thing to fit, not one more alternative."""
    row = _leaf(asked)
    group = asked.row
    alternatives = group.kind == "any" and not group.negated and group.rows
    if (
        not asked.path
        and alternatives
        and all(inner.kind in WORDY or inner.kind == "note" for inner in group.rows)
    ):
        changed = changes.also(asked.root, row)
    else:
        changed = changes.add(asked.root, asked.path, [row])
    return Done(changed.root, changed.path, _added([row]))


def _leaf(asked: Asked) -> Row:
    """The row that a filled-in form makes."""
    text = text_of(asked.value("kind"), asked.value("field"), asked.values)
    if not text:
        raise CannotBeDone(_("Fill this in first."))
    rows = _read(text, asked.context)
    return replace(rows[0], negated=False) if len(rows) == 1 else Row("any", tuple(rows))


def _read(text: str, context: Context) -> list[Row]:
    """Text of the query language as rows. Raises CannotBeDone with what the parser says."""
    read = parse(text, context)
    if read.tree is None:
        raise CannotBeDone(next(m.text(locale()) for m in read.messages if m.level == "error"))
    root = outline(read)
    return list(root.rows) if len(root.rows) == 1 and not root.negated else [root]


def _change(asked: Asked) -> Done:
    row = replace(_leaf(asked), negated=asked.row.negated)
    return _changed(changes.put(asked.root, asked.path, [row]))


def _text(asked: Asked) -> Done:
    """A row by its query text. Text with a mistake is refused, and stays in its box."""
    text = asked.value().strip()
    if not text:
        return _remove(asked)
    if asked.row.kind == "note":
        said = text.replace("/*", "").replace("*/", "").strip()
        return _changed(changes.put(asked.root, asked.path, [Row("note", text=f"/* {said} */")]))
    return _changed(changes.put(asked.root, asked.path, _read(text, asked.context)))


def _changed(changed: Changed, focus_on: str = "row") -> Done:
    row = row_at(changed.root, changed.path)
    return Done(changed.root, changed.path, _("Changed: %(row)s.") % {"row": row_said(row)}, focus_on)


def _new(asked: Asked) -> Done:
    form, group = asked.value("form"), asked.row
    if not group.is_group:
        raise ValueError(group.kind)
    end = len(group.rows)
    root = spliced(asked.root, asked.path, end, end, [new_row(form)])
    said = _("Added: %(row)s.") % {"row": FORMS[form]}
    return Done(root, _first_input(root, (*asked.path, end)), said, "input")


def _also(asked: Asked) -> Done:
    changed = changes.also(asked.root, new_row(asked.value("form")))
    said = _("Added: %(row)s.") % {"row": FORMS[asked.value("form")]}
    return Done(changed.root, changed.path, said, "input")


def _first_input(root: Row, path: Path) -> Path:
    """The first group in a row that waits for words."""
    while not row_at(root, path).is_group:
        path = (*path, 0)
    return path


def _join(asked: Asked) -> Done:
    return _changed(changes.join(asked.root, asked.path, asked.value("mode")), "mode")


def _set(asked: Asked) -> Done:
    """How near, how often, in which field."""
    row = asked.row
    if row.kind == "near":
        values = {name: asked.value(name) for name in NEAR_VALUES}
        values["distance"] = _whole(values["distance"] or "4") if values["unit"] == "token" else ""
        if values["unit"] not in ("token", "sentence", "paragraph"):
            raise ValueError(values["unit"])
    elif row.kind == "atleast":
        values = {"count": _whole(asked.value("count"))}
    elif row.kind == "within":
        values = {"scope": asked.value("scope"), "name": asked.value("scope")}
        new_row(values["scope"])
    else:
        raise ValueError(row.kind)
    return _changed(
        Changed(rewritten_at(asked.root, asked.path, lambda one: replace(one, values=values)), asked.path),
        "set",
    )


def _whole(typed: str) -> str:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
        raise CannotBeDone(_("Write a whole number here."))
    return str(int(typed))


def _remove(asked: Asked) -> Done:
    said = _("Removed: %(row)s.") % {"row": row_said(asked.row)}
    changed = changes.remove(asked.root, asked.path)
    there = len(changed.path) > 0 and changed.path[-1] < len(row_at(changed.root, changed.path[:-1]).rows)
    if there or not changed.path:
        return Done(changed.root, changed.path, said, "row" if there else "input")
    return Done(changed.root, changed.path[:-1], said, "input")


def _duplicate(asked: Asked) -> Done:
    changed = changes.duplicate(asked.root, asked.path)
    return Done(changed.root, changed.path, _("Duplicated: %(row)s.") % {"row": row_said(asked.row)})


def _negate(asked: Asked) -> Done:
    return _changed(changes.negate(asked.root, asked.path))


def _wrap(asked: Asked) -> Done:
    return _changed(changes.wrap(asked.root, asked.path, asked.value("form")))


def _unwrap(asked: Asked) -> Done:
    changed = changes.unwrap(asked.root, asked.path)
    return Done(changed.root, changed.path, _("Taken apart: %(row)s.") % {"row": row_said(asked.row)})


def _shift(asked: Asked) -> Done:
    return _moved(asked, changes.shift(asked.root, asked.path, -1 if asked.value("by") == "-1" else 1))


def _move(asked: Asked) -> Done:
    place = asked.value("place")
    into = path_from(asked.value("into"))
    return _moved(
        asked, changes.move(asked.root, asked.path, into, int(place) if place.isdecimal() else None)
    )


def _moved(asked: Asked, changed: Changed) -> Done:
    group = row_at(changed.root, changed.path[:-1])
    said = _("Moved: %(row)s, now %(place)d of %(of)d.") % {
        "row": row_said(asked.row), "place": changed.path[-1] + 1, "of": len(group.rows),
    }  # fmt: skip
    return Done(changed.root, changed.path, said)


ACTS: Mapping[str, Callable[[Asked], Done]] = {
    "words": _words, "condition": _condition, "change": _change, "text": _text, "new": _new, "also": _also,
    "join": _join, "set": _set, "remove": _remove, "duplicate": _duplicate, "negate": _negate, "wrap": _wrap,
    "unwrap": _unwrap, "shift": _shift, "move": _move,
}  # fmt: skip


def path_from(typed: str) -> Path:
    """A path as a page writes it; the root for nothing. Raises ValueError."""
    return tuple(int(place) for place in typed.split(".")) if typed else ()
